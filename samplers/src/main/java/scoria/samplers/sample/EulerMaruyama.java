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
  private final boolean recorded;

  private EulerMaruyama(NoiseSchedule schedule, double[] times, boolean recorded) {
    this.schedule = schedule;
    this.times = times;
    this.recorded = recorded;
  }

  /** Even steps of time; {@code steps} is at least 1. */
  public static EulerMaruyama of(NoiseSchedule schedule, int steps) {
    Steps.atLeastOne(steps, "steps");
    double[] times = new double[steps + 1];
    for (int i = 0; i < steps; i++) {
      times[i] = schedule.tMax() + i * (schedule.tMin() - schedule.tMax()) / steps;
    }
    times[steps] = schedule.tMin();
    return new EulerMaruyama(schedule, times, false);
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
    return new EulerMaruyama(schedule, times.clone(), false);
  }

  /**
   * The same with steps that are recorded and replayed, see {@link scoria.engine.exec.Program}:
   * faster, with the same bits. The model must do nothing but operations on tensors.
   */
  public EulerMaruyama withRecording() {
    return new EulerMaruyama(schedule, times, true);
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
    return walk(along(model), initial, recorded, noise);
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
    return walk(along(model), initial, recorded, new StepNoise(rng));
  }

  /**
   * Goes on from a given state with a model of time. Since time is a number of Java's, steps are
   * never recorded.
   *
   * @param model the score at time t, which runs from data to noise
   * @param initial from the density at the first time, [n, d]
   * @param rng where noise comes from
   * @return of the shape and type of {@code initial}
   */
  public Tensor reverse(TimeScore model, Tensor initial, Rng rng) {
    return walk((x, now) -> model.score(x, times[now.step]), initial, false, new StepNoise(rng));
  }

  /** The score at the time that a step starts from. */
  @FunctionalInterface
  private interface ScoreNow {
    Tensor score(Tensor x, Now now);
  }

  /** {@link Score#along} with the numbers of the schedule as tensors. */
  private ScoreNow along(Score model) {
    return (x, now) -> {
      Tensor alpha = now.number(x, i -> schedule.alpha(times[i]));
      Tensor level = now.level(x, i -> schedule.level(times[i]));
      return model.score(x.div(alpha), level).div(alpha);
    };
  }

  private double length(int i) {
    return times[i] - times[i + 1];
  }

  private double variance(int i) {
    return schedule.diffusionSquared(times[i]) * length(i);
  }

  private Tensor walk(ScoreNow model, Tensor initial, boolean record, StepNoise noise) {
    return Steps.take(
        "Euler-Maruyama step",
        initial,
        times.length - 1,
        record,
        _ -> 0,
        (x, now) -> {
          Tensor keep = now.number(x, i -> 1 - schedule.drift(times[i]) * length(i));
          Tensor pull = now.number(x, this::variance);
          Tensor spread = now.number(x, i -> Math.sqrt(variance(i)));
          Tensor mean = x.mul(keep).add(model.score(x, now).mul(pull));
          return mean.add(noise.like(x).mul(spread));
        });
  }
}
