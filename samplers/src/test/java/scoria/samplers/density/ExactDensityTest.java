package scoria.samplers.density;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scoria.autodiff.grad.Gradient;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;
import scoria.engine.tensor.Tracking;
import scoria.samplers.Columns;
import scoria.samplers.Refusals;

class ExactDensityTest {
  static final Gaussian GAUSSIAN =
      Gaussian.of(
          new double[] {1, -2, 0.5},
          new double[][] {{2, 0.6, -0.3}, {0.6, 1, 0.2}, {-0.3, 0.2, 0.5}});
  static final Mixture MIXTURE =
      Mixture.of(
          new double[] {0.2, 0.8},
          Gaussian.isotropic(0.5, -2, 0),
          Gaussian.of(new double[] {2, 1}, new double[][] {{1, 0.5}, {0.5, 0.5}}));

  static List<ExactDensity> densities() {
    return List.of(GAUSSIAN, MIXTURE);
  }

  private static void assertClose(double[] expected, double[] actual, double tolerance) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance * (1 + Math.abs(expected[i])), "at " + i);
    }
  }

  @Test
  void logDensitiesAreScipys() {
    Tensor x = Tensor.of(new double[] {0.3, -1, 2, 4, 0, -3}, 2, 3);
    assertClose(new double[] {-4.82476642, -22.24916088}, GAUSSIAN.logDensity(x).toDoubles(), 1e-8);
    Tensor sigma = Tensor.of(new double[] {0.7, 0.7});
    assertClose(
        new double[] {-4.68741065, -12.14118127}, GAUSSIAN.logDensity(x, sigma).toDoubles(), 1e-8);
    // The second point is so far out that every component's density underflows.
    Tensor y = Tensor.of(new double[] {-1.5, 0.2, 30, -40}, 2, 2);
    assertClose(new double[] {-2.63973626, -5250.06102}, MIXTURE.logDensity(y).toDoubles(), 1e-8);
    assertClose(
        new double[] {-3.29434026, -1776.11918286}, MIXTURE.logDensity(y, sigma).toDoubles(), 1e-8);
  }

  @ParameterizedTest
  @MethodSource("densities")
  void scoresAreDerivativesOfLogDensities(ExactDensity p) {
    int d = p.dimension();
    Tensor x = p.sample(Rng.of(1), DType.FLOAT64, 20).mul(1.5);
    // From no noise to much, one level a point.
    double[] levels = new double[20];
    for (int i = 1; i < 20; i++) {
      levels[i] = 0.01 * Math.pow(1.5, i);
    }
    Tensor sigma = Tensor.of(levels);
    Tensor score = p.score(x, sigma);
    for (int k = 0; k < d; k++) {
      double[] unit = new double[d];
      // Error of the difference: h^2 times a third derivative, and rounding 1e-16 / h.
      unit[k] = 1e-5;
      Tensor h = Tensor.of(unit, 1, d);
      Tensor slope = p.logDensity(x.add(h), sigma).sub(p.logDensity(x.sub(h), sigma)).mul(0.5e5);
      assertClose(slope.toDoubles(), score.get(1, k).toDoubles(), 1e-8);
    }
  }

  @ParameterizedTest
  @MethodSource("densities")
  void theScoreByDifferentiationIsTheClosedForm(ExactDensity p) {
    Density byDifferentiation = p::logDensity;
    Tensor x = p.sample(Rng.of(2), DType.FLOAT64, 30);
    assertClose(p.score(x).toDoubles(), byDifferentiation.score(x).toDoubles(), 1e-12);
    // And once more: the divergence-like sum of second derivatives.
    Tensor tracked = x.tracked();
    Tensor exact = Gradient.of(p.score(tracked).sum(), tracked);
    Tensor twice = Gradient.of(byDifferentiation.score(tracked).sum(), tracked);
    assertClose(exact.toDoubles(), twice.toDoubles(), 1e-11);
  }

  @Test
  void aPausedDerivativeIsNoSilentZero() {
    Density p = x -> x.square().sum(1).neg();
    Tensor x = Tensor.full(1, DType.FLOAT64, 2, 2);
    try (Tracking.Pause _ = Tracking.pause()) {
      String message = Refusals.message(IllegalStateException.class, () -> p.score(x));
      assertTrue(message.contains("tracking is paused"), message);
    }
    assertArrayEquals(new double[] {-2, -2, -2, -2}, p.score(x).toDoubles());
  }

  @ParameterizedTest
  @MethodSource("densities")
  void theDenoiserIsTweedies(ExactDensity p) {
    Tensor x = p.sample(Rng.of(3), DType.FLOAT64, 40).mul(3);
    Tensor sigma = Rng.of(4).uniform(DType.FLOAT64, 40).mul(5).add(0.01);
    assertClose(
        p.asScore().toDenoiser().denoise(x, sigma).toDoubles(),
        p.denoise(x, sigma).toDoubles(),
        1e-12);
  }

  @ParameterizedTest
  @MethodSource("densities")
  void noiseMakesADensityOfTheSameKind(ExactDensity p) {
    Tensor x = p.sample(Rng.of(5), DType.FLOAT64, 10);
    Tensor sigma = Tensor.full(0.8, DType.FLOAT64, 10);
    assertClose(p.logDensity(x, sigma).toDoubles(), p.noised(0.8).logDensity(x).toDoubles(), 1e-13);
    assertClose(p.score(x, sigma).toDoubles(), p.noised(0.8).score(x).toDoubles(), 1e-13);
  }

  @Test
  void float32FollowsFloat64() {
    Tensor x = MIXTURE.sample(Rng.of(6), DType.FLOAT64, 50);
    Tensor sigma = Rng.of(7).uniform(DType.FLOAT64, 50).add(0.1);
    Tensor narrow = MIXTURE.denoise(x.to(DType.FLOAT32), sigma.to(DType.FLOAT32));
    assertEquals(DType.FLOAT32, narrow.dtype());
    assertClose(MIXTURE.denoise(x, sigma).toDoubles(), narrow.toDoubles(), 2e-5);
  }

  @Test
  void samplesHaveTheMoments() {
    Tensor x = GAUSSIAN.sample(Rng.of(8), DType.FLOAT64, 40_000);
    Tensor centred = x.sub(Tensor.of(GAUSSIAN.mean(), 1, 3));
    double[] s = centred.matmul(centred, true, false).mul(1 / 40_000.0).toDoubles();
    for (int i = 0; i < 3; i++) {
      Columns column = Columns.of(x, i);
      assertEquals(GAUSSIAN.mean()[i], column.mean(), 4 * column.meanError());
      for (int j = 0; j < 3; j++) {
        double[][] c = GAUSSIAN.covariance();
        // Variance of an element of the sample covariance: (S_ii S_jj + S_ij^2) / n.
        double error = Math.sqrt((c[i][i] * c[j][j] + c[i][j] * c[i][j]) / 40_000);
        assertEquals(c[i][j], s[i * 3 + j], 4 * error, i + ", " + j);
      }
    }
    Tensor y = MIXTURE.sample(Rng.of(9), DType.FLOAT32, 40_000);
    // Mean 0.2 (-2) + 0.8 2 = 1.2; variance 0.2 (0.25 + 4) + 0.8 (1 + 4) - 1.44 = 3.41.
    Columns first = Columns.of(y, 0);
    assertEquals(1.2, first.mean(), 4 * first.meanError());
    assertEquals(3.41, first.variance(), 4 * first.varianceError());
  }

  @Test
  void dataOnALineHaveAScoreUnderNoise() {
    // (u, u) with u normal: the direction across has no variance of its own.
    Gaussian line = Gaussian.of(new double[] {0, 0}, new double[][] {{1, 1}, {1, 1}});
    Tensor x = Tensor.of(new double[] {2, 0}, 1, 2);
    Tensor sigma = Tensor.of(new double[] {0.5});
    // Along (1, 1): variance 2 + 1/4, component 1; across (1, -1): variance 1/4, component 1.
    assertClose(
        new double[] {-1 / 2.25 - 4, -1 / 2.25 + 4}, line.score(x, sigma).toDoubles(), 1e-12);
    assertClose(new double[] {2 / 2.25, 2 / 2.25}, line.denoise(x, sigma).toDoubles(), 1e-12);
  }

  @Test
  void aLargeCovarianceIsDecomposed() {
    int d = 64;
    double[] r = Rng.of(10).normal(DType.FLOAT64, d, d).toDoubles();
    double[][] s = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        for (int k = 0; k < d; k++) {
          s[i][j] += r[i * d + k] * r[j * d + k] / d;
        }
      }
    }
    double[][] back = Gaussian.of(new double[d], s).covariance();
    for (int i = 0; i < d; i++) {
      assertArrayEquals(s[i], back[i], 1e-12);
    }
  }

  @Test
  void wrongParametersAreNamed() {
    double[] zero = {0, 0};
    assertMessage("not symmetric", () -> Gaussian.of(zero, new double[][] {{1, 2}, {0, 1}}));
    assertMessage("negative eigenvalue", () -> Gaussian.of(zero, new double[][] {{1, 2}, {2, 1}}));
    assertMessage("2 by 2", () -> Gaussian.of(zero, new double[][] {{1}}));
    assertMessage("positive", () -> Mixture.of(new double[] {0}, Gaussian.isotropic(1, 0)));
    assertMessage("[n, 3]", () -> GAUSSIAN.logDensity(Tensor.full(0, DType.FLOAT64, 5, 2)));
  }

  private static void assertMessage(String part, Runnable call) {
    String message = Refusals.message(IllegalArgumentException.class, call::run);
    assertTrue(message.contains(part), message);
  }
}
