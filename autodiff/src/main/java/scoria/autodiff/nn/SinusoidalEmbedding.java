package scoria.autodiff.nn;

import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/**
 * Sinusoidal features: cos(x w) and sin(x w) with frequencies in geometric progression.
 *
 * <p>Vaswani et al. 2017, "Attention is all you need", section 3.5, where x counts positions and w
 * falls from 1 to 1/10000. The frequencies follow from the settings, so they are not saved.
 *
 * @param frequencies w, in radians a unit of x, [size / 2]
 */
public record SinusoidalEmbedding(Tensor frequencies) implements Embedding {
  /** Checks the shape; the frequencies are constants. */
  public SinusoidalEmbedding {
    frequencies = Waves.checkFrequencies(frequencies);
  }

  /**
   * Frequencies from {@code highest} down to {@code lowest}, both included.
   *
   * @param size number of features, even, at least 4
   * @param highest largest frequency, in radians a unit of x
   * @param lowest smallest frequency, positive
   */
  public static SinusoidalEmbedding of(long size, double highest, double lowest, DType dtype) {
    Waves.checkSize(size);
    if (size < 4 || !(lowest > 0 && lowest <= highest && highest < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a sinusoidal embedding of "
              + size
              + " features with frequencies from "
              + highest
              + " to "
              + lowest
              + "; it takes at least 4 features and 0 < lowest <= highest");
    }
    int half = Math.toIntExact(size / 2);
    double[] frequencies = new double[half];
    for (int i = 0; i < half; i++) {
      // StrictMath, so that a model has the same frequencies on every machine.
      frequencies[i] = highest * StrictMath.pow(lowest / highest, i / (half - 1.0));
    }
    return new SinusoidalEmbedding(Tensor.of(frequencies).to(dtype));
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
}
