package scoria.samplers.score;

import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/**
 * The mean of the data given a noised point: D(x, sigma) = E[x<sub>0</sub> | x<sub>0</sub> + sigma
 * eps = x].
 */
@FunctionalInterface
public interface Denoiser {
  /**
   * The mean of clean data.
   *
   * @param x noised data, [n, d] or with more axes after the first
   * @param sigma standard deviation of the noise in each sample, [n], positive, of the type of
   *     {@code x}
   * @return of the shape and type of {@code x}
   */
  Tensor denoise(Tensor x, Tensor sigma);

  /** {@link #denoise(Tensor, Tensor)} where all samples have one noise level. */
  default Tensor denoise(Tensor x, double sigma) {
    return denoise(x, Levels.all(x, sigma));
  }

  /** The score that belongs to it, s = (D - x) / sigma<sup>2</sup>. */
  default Score toScore() {
    return (x, sigma) -> {
      Tensor c = Levels.column(sigma, x);
      return denoise(x, sigma).sub(x).div(c.square());
    };
  }

  /** The noise prediction that belongs to it, (x - D) / sigma. */
  default NoisePrediction toNoisePrediction() {
    return (x, sigma) -> x.sub(denoise(x, sigma)).div(Levels.column(sigma, x));
  }

  /**
   * The same function computed in another type: both inputs are converted to it and the result back
   * to the type of x. So a sampler can keep its state in float64 around a network of float32
   * weights.
   */
  default Denoiser computedIn(DType type) {
    return (x, sigma) -> denoise(x.to(type), sigma.to(type)).to(x.dtype());
  }
}
