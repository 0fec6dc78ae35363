package scoria.samplers.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;
import scoria.samplers.Columns;
import scoria.samplers.Refusals;
import scoria.samplers.density.Gaussian;
import scoria.samplers.noise.Edm;
import scoria.samplers.noise.NoiseGrid;
import scoria.samplers.noise.NoiseSchedule;
import scoria.samplers.noise.VarianceExploding;
import scoria.samplers.noise.VariancePreserving;

class EulerMaruyamaTest {
  private static final double MEAN = 2;
  private static final double STD = 0.5;
  private static final Gaussian DATA = Gaussian.isotropic(STD, MEAN);
  private static final int N = 10_000;

  /** The mean and variance of the data at tMin: alpha m and alpha^2 s^2 + sigma^2. */
  private static void assertLaw(NoiseSchedule schedule, Tensor x) {
    double alpha = schedule.alpha(schedule.tMin());
    double variance = Math.pow(alpha * STD, 2) + Math.pow(schedule.sigma(schedule.tMin()), 2);
    Columns column = Columns.of(x, 0);
    // The method has weak order one: with some hundred steps a bias of one percent of the standard
    // deviation and two of the variance are allowed on top of four standard errors.
    assertEquals(alpha * MEAN, column.mean(), 4 * column.meanError() + 0.01 * STD);
    assertEquals(variance, column.variance(), 4 * column.varianceError() + 0.02 * variance);
  }

  private static Tensor sample(EulerMaruyama sampler, long seed) {
    return sampler.sample(DATA.asScore(), Rng.of(seed), DType.FLOAT64, N, 1);
  }

  @Test
  void variancePreserving() {
    NoiseSchedule schedule = new VariancePreserving(0.1, 20);
    assertLaw(schedule, sample(EulerMaruyama.of(schedule, 400), 1));
  }

  @Test
  void varianceExploding() {
    NoiseSchedule schedule = new VarianceExploding(0.01, 50);
    assertLaw(schedule, sample(EulerMaruyama.of(schedule, 400), 2));
  }

  @Test
  void edmOnItsOwnGrid() {
    NoiseSchedule schedule = new Edm();
    double[] times = NoiseGrid.karras(80, 0.002, 7, 401);
    assertLaw(schedule, sample(EulerMaruyama.on(schedule, times), 3));
  }

  /** Brownian motion with a pull: a schedule of one's own is a small record. */
  private record OrnsteinUhlenbeck(double tMin, double tMax) implements NoiseSchedule {
    @Override
    public double alpha(double t) {
      return Math.exp(-t);
    }

    @Override
    public double sigma(double t) {
      return Math.sqrt(-Math.expm1(-2 * t));
    }

    @Override
    public double drift(double t) {
      return -1;
    }

    @Override
    public double diffusionSquared(double t) {
      return 2;
    }
  }

  @Test
  void aScheduleOfOnesOwnAndAModelOfTime() {
    NoiseSchedule schedule = new OrnsteinUhlenbeck(0.01, 3);
    double last = schedule.alpha(3);
    Tensor initial =
        Gaussian.isotropic(last * STD, last * MEAN)
            .noised(schedule.sigma(3))
            .sample(Rng.of(4), DType.FLOAT64, N);
    // The same score written down in time: -(x - alpha m) / (alpha^2 s^2 + sigma^2).
    Tensor x =
        EulerMaruyama.of(schedule, 500)
            .reverse(
                (y, t) -> {
                  double alpha = schedule.alpha(t);
                  double v = Math.pow(alpha * STD, 2) + Math.pow(schedule.sigma(t), 2);
                  return y.sub(alpha * MEAN).mul(-1 / v);
                },
                initial,
                Rng.of(5));
    assertLaw(schedule, x);
  }

  @Test
  void wrongTimesAreNamed() {
    NoiseSchedule schedule = new Edm();
    String message =
        Refusals.message(
            IllegalArgumentException.class, () -> EulerMaruyama.on(schedule, 0.1, 1, 2));
    assertTrue(message.contains("must fall"), message);
    assertThrows(IllegalArgumentException.class, () -> EulerMaruyama.of(schedule, 0));
  }
}
