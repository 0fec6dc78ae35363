package scoria.autodiff.nn;

import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * Gaussian Fourier features: cos(x w) and sin(x w) with w drawn once from a normal distribution.
 *
 * <p>Tancik et al. 2020, "Fourier features let networks learn high frequency functions in low
 * dimensional domains"; for noise levels Song et al. 2021. The frequencies are not trained, but
 * belong to what is saved.
 *
 * @param frequencies w, in radians a unit of x, [size / 2]
 */
public record FourierEmbedding(Tensor frequencies) implements Embedding {
  /** Checks the shape; the frequencies are constants. */
  public FourierEmbedding {
    frequencies = Waves.checkFrequencies(frequencies);
  }

  /**
   * Draws frequencies.
   *
   * @param size number of features, even
   * @param scale standard deviation of w / (2 pi), in cycles a unit of x: about how fine a detail
   *     of x the network is to see
   */
  public static FourierEmbedding of(Rng rng, long size, double scale, DType dtype) {
    Waves.checkSize(size);
    return new FourierEmbedding(rng.normal(dtype, size / 2).mul(2 * Math.PI * scale));
  }

  @Override
  public long size() {
    return 2 * frequencies.elements();
  }

  @Override
  public Tensor forward(Tensor x) {
    return Waves.of(x, frequencies);
  }

  @Override
  public Parameters parameters() {
    return Parameters.none();
  }

  @Override
  public Parameters buffers() {
    return Parameters.of("frequencies", frequencies);
  }
}
