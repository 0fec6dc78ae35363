package scoria.samplers.score;

import scoria.engine.tensor.Tensor;
import scoria.samplers.noise.NoiseSchedule;

/**
 * The score as a function of time: s<sub>t</sub>(x) = grad<sub>x</sub> ln p<sub>t</sub>(x), where
 * p<sub>t</sub> is the density of alpha(t) x<sub>0</sub> + sigma(t) eps under some {@link
 * NoiseSchedule}.
 */
@FunctionalInterface
public interface TimeScore {
  /**
   * The score.
   *
   * @param x noised data, [n, d] or with more axes after the first
   * @param t time, the same for all samples, from data to noise
   * @return of the shape and type of {@code x}
   */
  Tensor score(Tensor x, double t);
}
