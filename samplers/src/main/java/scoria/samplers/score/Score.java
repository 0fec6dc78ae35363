package scoria.samplers.score;

import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;
import scoria.samplers.noise.NoiseSchedule;

/**
 * The score of noised data: s(x, sigma) = grad<sub>x</sub> ln p<sub>sigma</sub>(x), where
 * p<sub>sigma</sub> is the density of x<sub>0</sub> + sigma eps.
 */
@FunctionalInterface
public interface Score {
  /**
   * The score.
   *
   * @param x noised data, [n, d] or with more axes after the first
   * @param sigma standard deviation of the noise in each sample, [n], positive, of the type of
   *     {@code x}
   * @return of the shape and type of {@code x}
   */
  Tensor score(Tensor x, Tensor sigma);

  /** {@link #score(Tensor, Tensor)} where all samples have one noise level. */
  default Tensor score(Tensor x, double sigma) {
    return score(x, Levels.all(x, sigma));
  }

  /** The denoiser that belongs to it by Tweedie's formula, D = x + sigma<sup>2</sup> s. */
  default Denoiser toDenoiser() {
    return (x, sigma) -> x.add(score(x, sigma).mul(Levels.column(sigma, x).square()));
  }

  /** The noise prediction that belongs to it, -sigma s. */
  default NoisePrediction toNoisePrediction() {
    return (x, sigma) -> score(x, sigma).mul(Levels.column(sigma, x)).neg();
  }

  /**
   * The score as a function of a schedule's time, where the data are scaled as well. Since alpha
   * x<sub>0</sub> + sigma eps = alpha (x<sub>0</sub> + (sigma / alpha) eps), s<sub>t</sub>(x) = s(x
   * / alpha, sigma / alpha) / alpha.
   *
   * @param schedule time runs from data to noise
   */
  default TimeScore along(NoiseSchedule schedule) {
    return (x, t) -> {
      double alpha = schedule.alpha(t);
      return score(x.div(alpha), schedule.level(t)).div(alpha);
    };
  }

  /** The same function computed in another type; see {@link Denoiser#computedIn}. */
  default Score computedIn(DType type) {
    return (x, sigma) -> score(x.to(type), sigma.to(type)).to(x.dtype());
  }
}
