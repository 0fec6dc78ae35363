package scoria.samplers.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scoria.samplers.Refusals;

class NoiseScheduleTest {
  static List<NoiseSchedule> schedules() {
    return List.of(
        new VarianceExploding(0.01, 50), new VariancePreserving(0.1, 20), new Edm(0.002, 80));
  }

  private static double derivative(DoubleUnaryOperator f, double t) {
    double h = 1e-4 * Math.max(t, 1e-3);
    // Five points: the error is of order h^4.
    return (8 * (f.applyAsDouble(t + h) - f.applyAsDouble(t - h))
            - (f.applyAsDouble(t + 2 * h) - f.applyAsDouble(t - 2 * h)))
        / (12 * h);
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void driftAndDiffusionBelongToAlphaAndSigma(NoiseSchedule schedule) {
    for (double u : new double[] {0.01, 0.1, 0.5, 0.9, 1}) {
      double t = schedule.tMin() + u * (schedule.tMax() - schedule.tMin());
      double a = derivative(s -> Math.log(schedule.alpha(s)), t);
      double sigma = schedule.sigma(t);
      double g2 = derivative(s -> Math.pow(schedule.sigma(s), 2), t) - 2 * a * sigma * sigma;
      assertEquals(a, schedule.drift(t), 1e-8 * (1 + Math.abs(a)), "drift at " + t);
      assertEquals(g2, schedule.diffusionSquared(t), 1e-8 * g2, "g^2 at " + t);
    }
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void timeRunsFromDataToNoise(NoiseSchedule schedule) {
    double last = 0;
    for (int i = 0; i <= 100; i++) {
      double t = schedule.tMin() + i / 100.0 * (schedule.tMax() - schedule.tMin());
      assertTrue(schedule.level(t) > last, "level at " + t);
      last = schedule.level(t);
    }
  }

  @Test
  void theEndsAreTheSources() {
    assertEquals(50, new VarianceExploding(0.01, 50).sigma(1), 1e-12);
    // alpha(1) = exp(-(20 - 0.1) / 4 - 0.1 / 2) = exp(-5.025).
    NoiseSchedule vp = new VariancePreserving(0.1, 20);
    assertEquals(Math.exp(-5.025), vp.alpha(1), 1e-15);
    assertEquals(1, Math.pow(vp.alpha(1e-9), 2) + Math.pow(vp.sigma(1e-9), 2), 1e-15);
    // sigma^2 = beta_min t near 0, which 1 - alpha^2 would lose to rounding.
    assertEquals(Math.sqrt(0.1 * 1e-12), vp.sigma(1e-12), 1e-14);
  }

  @Test
  void levelsOutOfOrderAreNamed() {
    String message =
        Refusals.message(IllegalArgumentException.class, () -> new VarianceExploding(50, 0.01));
    assertTrue(message.contains("50.0 to 0.01"), message);
    assertThrows(IllegalArgumentException.class, () -> new VariancePreserving(0, 20));
    assertThrows(IllegalArgumentException.class, () -> new Edm(0.002, Double.NaN));
  }
}
