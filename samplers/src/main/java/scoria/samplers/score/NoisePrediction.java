package scoria.samplers.score;

import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/**
 * The mean of the noise given a noised point: eps(x, sigma) = E[eps | x<sub>0</sub> + sigma eps =
 * x].
 */
@FunctionalInterface
public interface NoisePrediction {
  /**
   * The mean of the noise, in units of its standard deviation.
   *
   * @param x noised data, [n, d] or with more axes after the first
   * @param sigma standard deviation of the noise in each sample, [n], positive, of the type of
   *     {@code x}
   * @return of the shape and type of {@code x}
   */
  Tensor noise(Tensor x, Tensor sigma);

  /** {@link #noise(Tensor, Tensor)} where all samples have one noise level. */
  default Tensor noise(Tensor x, double sigma) {
    return noise(x, Levels.all(x, sigma));
  }

  /** The denoiser that belongs to it, D = x - sigma eps. */
  default Denoiser toDenoiser() {
    return (x, sigma) -> x.sub(noise(x, sigma).mul(Levels.column(sigma, x)));
  }

  /** The score that belongs to it, s = -eps / sigma. */
  default Score toScore() {
    return (x, sigma) -> noise(x, sigma).div(Levels.column(sigma, x)).neg();
  }

  /** The same function computed in another type; see {@link Denoiser#computedIn}. */
  default NoisePrediction computedIn(DType type) {
    return (x, sigma) -> noise(x.to(type), sigma.to(type)).to(x.dtype());
  }
}
