package scoria.samplers.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;
import scoria.samplers.Columns;
import scoria.samplers.Refusals;
import scoria.samplers.density.Gaussian;
import scoria.samplers.density.Mixture;
import scoria.samplers.diagnose.EnergyDistance;

class EdmHeunTest {
  private static final int REPETITIONS = 6;
  private static final Mixture MIXTURE =
      Mixture.of(
          new double[] {1, 2, 3},
          Gaussian.isotropic(0.3, -2, 0),
          Gaussian.of(new double[] {1, 2}, new double[][] {{0.5, 0.3}, {0.3, 0.4}}),
          Gaussian.isotropic(0.5, 1.5, -2));

  @Test
  void theOrderIsTwo() {
    double s = 0.7;
    double sigmaMax = 10;
    Gaussian data = Gaussian.isotropic(s, 1, -2);
    Tensor initial = data.noised(sigmaMax).sample(Rng.of(1), DType.FLOAT64, 100);
    // The flow's closed form: x(0) = m + (x_T - m) s / sqrt(s^2 + sigma_T^2).
    double shrink = s / Math.sqrt(s * s + sigmaMax * sigmaMax);
    Tensor m = Tensor.of(new double[] {1, -2}, 1, 2);
    Tensor exact = m.add(initial.sub(m).mul(shrink));
    int[] intervals = {20, 40, 80, 160};
    double[] error = new double[intervals.length];
    for (int i = 0; i < intervals.length; i++) {
      // sigma_min so small that the last step, Euler's, counts for nothing: (sigma_min / s)^2 / 2 =
      // 1e-8.
      EdmHeun sampler = new EdmHeun(intervals[i] + 1).withLevels(1e-4, sigmaMax);
      Tensor x = sampler.sample(data.asDenoiser(), initial, Rng.of(2));
      error[i] = Math.sqrt(x.sub(exact).square().mean().item());
    }
    for (int i = 1; i < error.length; i++) {
      double order = Math.log(error[i - 1] / error[i]) / Math.log(2);
      assertEquals(
          2, order, 0.1, "from " + intervals[i - 1] + " to " + intervals[i] + " intervals");
    }
  }

  /** Mean distance of a sampler's points to exact ones, over repetitions. */
  private static double meanDistance(LongFunction<Tensor> sampler) {
    double sum = 0;
    for (int i = 0; i < REPETITIONS; i++) {
      sum += EnergyDistance.unbiased(sampler.apply(100 + i), exact(200 + i, 1000));
    }
    return sum / REPETITIONS;
  }

  private static Tensor exact(long seed, int n) {
    return MIXTURE.sample(Rng.of(seed), DType.FLOAT64, n);
  }

  @Test
  void samplesOfAMixtureHaveItsLaw() {
    int n = 500;
    // The estimate's spread between sets of exact points.
    double squares = 0;
    for (int i = 0; i < 2 * REPETITIONS; i++) {
      squares += Math.pow(EnergyDistance.unbiased(exact(300 + i, n), exact(400 + i, 1000)), 2);
    }
    double error = Math.sqrt(squares / (2 * REPETITIONS) / REPETITIONS);
    double flow =
        meanDistance(
            seed ->
                new EdmHeun(32).sample(MIXTURE.asDenoiser(), Rng.of(seed), DType.FLOAT64, n, 2));
    // The error itself is known to a quarter.
    assertEquals(0, flow, 4 * error);
    double churned =
        meanDistance(
            seed ->
                new EdmHeun(48)
                    .withChurn(Churn.everywhere(20))
                    .sample(MIXTURE.asDenoiser(), Rng.of(seed), DType.FLOAT32, n, 2));
    assertEquals(0, churned, 4 * error);
    // It would see weights of a third each in place of 1/6, 1/3 and 1/2.
    Mixture even = Mixture.even(MIXTURE.components().toArray(new Gaussian[0]));
    double wrong = meanDistance(seed -> even.sample(Rng.of(seed), DType.FLOAT64, n));
    assertTrue(wrong > 20 * error, wrong + " against an error of " + error);
  }

  @Test
  void churnKeepsTheMoments() {
    int n = 10_000;
    Gaussian data = Gaussian.isotropic(0.5, 3);
    Tensor x =
        new EdmHeun(64)
            .withChurn(Churn.everywhere(20))
            .sample(data.asDenoiser(), Rng.of(7), DType.FLOAT64, n, 1);
    Columns column = Columns.of(x, 0);
    assertEquals(3, column.mean(), 4 * column.meanError());
    // Steps of ratio about 1.2 in sigma leave a bias of order two, well below 1%.
    assertEquals(0.25, column.variance(), 4 * column.varianceError() + 0.0025);
  }

  @Test
  void theModelIsAskedTwiceAStepButForTheLast() {
    int[] calls = {0};
    new EdmHeun(5)
        .sample(
            (x, sigma) -> {
              calls[0]++;
              return x.zerosLike();
            },
            Rng.of(8),
            DType.FLOAT32,
            3,
            2);
    assertEquals(9, calls[0]);
  }

  @Test
  void wrongInputsAreNamed() {
    assertThrows(IllegalArgumentException.class, () -> new EdmHeun(1));
    assertThrows(IllegalArgumentException.class, () -> new Churn(-1, 0, 1, 1));
    Tensor integers = Tensor.of(new long[] {1, 2}, 1, 2);
    String message =
        Refusals.message(
            IllegalArgumentException.class,
            () -> new EdmHeun(5).sample((x, s) -> x, integers, Rng.of(9)));
    assertTrue(message.contains("float32 or float64"), message);
    message =
        Refusals.message(
            IllegalArgumentException.class,
            () ->
                new EdmHeun(5).sample((x, s) -> x.narrow(1, 0, 1), Rng.of(9), DType.FLOAT64, 4, 2));
    assertTrue(message.contains("keep shape and type"), message);
  }
}
