package scoria.samplers.density;

import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;
import scoria.samplers.score.Denoiser;
import scoria.samplers.score.Score;

/**
 * A density that stays known when noise is added: p<sub>sigma</sub>, the density of x<sub>0</sub> +
 * sigma eps with x<sub>0</sub> from p and eps normal, has its logarithm and score in closed form.
 *
 * <p>In all methods x has shape [n, d] and sigma shape [n], not negative, of the type of x, which
 * is float32 or float64.
 */
public interface ExactDensity extends Density {
  /** Number of components d of a point. */
  int dimension();

  /** ln p<sub>sigma</sub>(x), [n], nats. */
  Tensor logDensity(Tensor x, Tensor sigma);

  /** The score grad<sub>x</sub> ln p<sub>sigma</sub>(x), [n, d]. */
  Tensor score(Tensor x, Tensor sigma);

  /**
   * E[x<sub>0</sub> | x<sub>0</sub> + sigma eps = x], [n, d], without the cancellation of Tweedie's
   * formula.
   */
  Tensor denoise(Tensor x, Tensor sigma);

  /** The density of x<sub>0</sub> + sigma eps as one of the same kind. */
  ExactDensity noised(double sigma);

  /**
   * Independent points.
   *
   * @param rng where from
   * @param dtype float32 or float64
   * @param n how many
   * @return [n, d]
   */
  Tensor sample(Rng rng, DType dtype, long n);

  /** The score at every noise level, as a trained model would be used. */
  default Score asScore() {
    return this::score;
  }

  /** The denoiser at every noise level, as a trained model would be used. */
  default Denoiser asDenoiser() {
    return this::denoise;
  }

  @Override
  default Tensor logDensity(Tensor x) {
    return logDensity(x, noNoise(x));
  }

  @Override
  default Tensor score(Tensor x) {
    return score(x, noNoise(x));
  }

  private static Tensor noNoise(Tensor x) {
    return x.filled(0, x.size(0));
  }
}
