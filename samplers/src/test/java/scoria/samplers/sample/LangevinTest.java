package scoria.samplers.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;
import scoria.samplers.Columns;
import scoria.samplers.density.Density;
import scoria.samplers.density.Gaussian;
import scoria.samplers.density.Mixture;

class LangevinTest {
  private static final int N = 10_000;

  @Test
  void theBiasOnANormalDensityIsTheKnownOne() {
    Gaussian p = Gaussian.isotropic(1, 0);
    Tensor initial = Rng.of(1).normal(DType.FLOAT64, N, 1);
    for (double h : new double[] {0.2, 1, 2}) {
      // A step multiplies by 1 - h/2 and adds variance h: stationary at 1 / (1 - h/4).
      Tensor x = new Langevin(LangevinStep.HALF, h, 60).sample(p::score, initial, Rng.of(2));
      Columns column = Columns.of(x, 0);
      assertEquals(1 / (1 - h / 4), column.variance(), 4 * column.varianceError(), "step " + h);
      assertEquals(0, column.mean(), 4 * column.meanError(), "step " + h);
    }
  }

  @Test
  void theConventionsDifferByAFactorOfTwo() {
    Gaussian p = Gaussian.isotropic(1, 0, 0);
    Tensor initial = Rng.of(3).normal(DType.FLOAT64, 100, 2);
    assertArrayEquals(
        new Langevin(LangevinStep.FULL, 0.1, 10).sample(p::score, initial, Rng.of(4)).toDoubles(),
        new Langevin(LangevinStep.HALF, 0.2, 10).sample(p::score, initial, Rng.of(4)).toDoubles());
  }

  @Test
  void aDensityOfOnesOwnIsALambda() {
    // p ~ exp(-x^4 / 4), the score by differentiation: E[x^2] = 2 Gamma(3/4) / Gamma(1/4).
    Density quartic = x -> x.square().square().sum(1).mul(-0.25);
    Tensor initial = Rng.of(5).normal(DType.FLOAT64, N, 1).mul(0.8);
    Tensor x =
        new Langevin(LangevinStep.FULL, 0.02, 200).sample(quartic::score, initial, Rng.of(6));
    double second = x.square().mean().item();
    // x^2 has variance 1 - 0.676^2 = 0.54, so four standard errors are 0.03; the step's bias is of
    // order 0.02 times a number below one.
    assertEquals(0.6759782400672846, second, 0.03 + 0.01);
  }

  @Test
  void annealingFindsBothModesInTheirProportions() {
    Mixture p =
        Mixture.of(
            new double[] {0.3, 0.7}, Gaussian.isotropic(0.5, -3, 0), Gaussian.isotropic(0.5, 3, 1));
    int n = 4000;
    AnnealedLangevin sampler =
        new AnnealedLangevin(LangevinStep.FULL, 15, 0.05, 30, 15, 0.25 * 0.05 * 0.05);
    Tensor x = sampler.sample(p.asScore(), Rng.of(7), DType.FLOAT64, n, 2);
    double[] first = x.get(1, 0).toDoubles();
    int left = 0;
    double sum = 0;
    double squares = 0;
    for (double v : first) {
      if (v < 0) {
        left++;
      } else {
        sum += v - 3;
        squares += (v - 3) * (v - 3);
      }
    }
    int right = n - left;
    // A binomial share, of standard error 0.007.
    assertEquals(0.3, left / (double) n, 0.03);
    assertEquals(0, sum / right, 0.05);
    // The chain falls behind the ladder where a step in x, of size 0.25 sigma^2, no longer reaches
    // across a
    // mode in the steps of a level, and keeps some of the noise of that level.
    assertEquals(0.25, squares / right, 0.025);
  }

  @Test
  void wrongNumbersAreNamed() {
    assertThrows(IllegalArgumentException.class, () -> new Langevin(LangevinStep.FULL, 0, 10));
    assertThrows(
        IllegalArgumentException.class,
        () -> new AnnealedLangevin(LangevinStep.FULL, 1, 0.1, 10, 0, 1e-3));
    assertThrows(
        IllegalArgumentException.class,
        () -> new AnnealedLangevin(LangevinStep.FULL, 0.1, 1, 10, 5, 1e-3));
  }
}
