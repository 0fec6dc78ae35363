package scoria.samplers.sample;

import java.util.Arrays;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;
import scoria.samplers.noise.NoiseSchedule;
import scoria.samplers.score.Score;
import scoria.samplers.score.TimeScore;

/**
 * The reverse stochastic equation dx = (a(t) x - g<sup>2</sup>(t) s<sub>t</sub>(x)) dt + g(t) dW of
 * a schedule, backwards in time from t<sub>0</sub> = tMax (noise) to t<sub>N</sub> = tMin (data),
 * by the Euler-Maruyama method with h = t<sub>i</sub> - t<sub>i+1</sub> &gt; 0:
 *
 * <pre>
 *   x[i+1] = x[i] - (a(t[i]) x[i] - g^2(t[i]) s(x[i])) h + g(t[i]) sqrt(h) z
 * </pre>
 *
 * <p>The result follows the density at tMin, whose noise is left in it: {@code
 * model.toDenoiser().denoise(x.div(schedule.alpha(tMin)), schedule.level(tMin))} takes it out. Weak
 * order one. Anderson, Reverse-Time Diffusion Equation Models, 1982; Song et al., 2021.
 */
public final class EulerMaruyama {
  private final NoiseSchedule schedule;
  private final double[] times;

  private EulerMaruyama(NoiseSchedule schedule, double[] times) {
    this.schedule = schedule;
    this.times = times;
  }

  /** Even steps of time; {@code steps} is at least 1. */
  public static EulerMaruyama of(NoiseSchedule schedule, int steps) {
    Steps.atLeastOne(steps, "steps");
    double[] times = new double[steps + 1];
    for (int i = 0; i < steps; i++) {
      times[i] = schedule.tMax() + i * (schedule.tMin() - schedule.tMax()) / steps;
    }
    times[steps] = schedule.tMin();
    return new EulerMaruyama(schedule, times);
  }

  /**
   * Steps between given times.
   *
   * @param times falling, from noise to data, at least 2; for {@link scoria.samplers.noise.Edm},
   *     whose time is the noise level, such as {@link scoria.samplers.noise.NoiseGrid} makes
   */
  public static EulerMaruyama on(NoiseSchedule schedule, double... times) {
    if (times.length < 2) {
      throw new IllegalArgumentException(times.length + " times; it takes at least 2");
    }
    for (int i = 1; i < times.length; i++) {
      if (!(times[i] < times[i - 1])) {
        throw new IllegalArgumentException(
            "times " + Arrays.toString(times) + "; they must fall, from noise to data");
      }
    }
    return new EulerMaruyama(schedule, times.clone());
  }

  /**
   * Samples from noise of standard deviation sigma(tMax).
   *
   * @param model the score of data with noise alone; it is asked for x / alpha and sigma / alpha
   * @param rng where start and noise come from
   * @param dtype type of the state, float32 or float64
   * @param shape [n, d] or with more axes
   */
  public Tensor sample(Score model, Rng rng, DType dtype, long... shape) {
    StepNoise noise = new StepNoise(rng);
    Tensor initial = noise.draw(dtype, Shape.of(shape)).mul(schedule.sigma(times[0]));
    return walk(model.along(schedule), initial, noise);
  }

  /**
   * Goes on from a given state.
   *
   * @param model the score of data with noise alone; it is asked for x / alpha and sigma / alpha
   * @param initial from the density at the first time, [n, d]
   * @param rng where noise comes from
   * @return of the shape and type of {@code initial}
   */
  public Tensor sample(Score model, Tensor initial, Rng rng) {
    return reverse(model.along(schedule), initial, rng);
  }

  /**
   * Goes on from a given state with a model of time.
   *
   * @param model the score at time t, which runs from data to noise
   * @param initial from the density at the first time, [n, d]
   * @param rng where noise comes from
   * @return of the shape and type of {@code initial}
   */
  public Tensor reverse(TimeScore model, Tensor initial, Rng rng) {
    return walk(model, initial, new StepNoise(rng));
  }

  private Tensor walk(TimeScore model, Tensor initial, StepNoise noise) {
    return Steps.take(
        "Euler-Maruyama step",
        initial,
        times.length - 1,
        (x, i) -> {
          double t = times[i];
          double h = t - times[i + 1];
          double a = schedule.drift(t);
          double g2 = schedule.diffusionSquared(t);
          Tensor mean = x.mul(1 - a * h).add(model.score(x, t).mul(g2 * h));
          return mean.add(noise.like(x).mul(Math.sqrt(g2 * h)));
        });
  }
}
