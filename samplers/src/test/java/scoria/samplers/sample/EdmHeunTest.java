package scoria.samplers.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;
import scoria.samplers.Columns;
import scoria.samplers.density.Gaussian;
import scoria.samplers.density.Mixture;
import scoria.samplers.diagnose.EnergyDistance;

class EdmHeunTest {
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
    System.out.println("Heun errors " + java.util.Arrays.toString(error));
    for (int i = 1; i < error.length; i++) {
      double order = Math.log(error[i - 1] / error[i]) / Math.log(2);
      System.out.println("order " + order);
      assertEquals(
          2, order, 0.1, "from " + intervals[i - 1] + " to " + intervals[i] + " intervals");
    }
  }

  @Test
  void samplesOfAMixtureHaveItsLaw() {
    int n = 2000;
    int m = 4000;
    // The estimate's spread between exact samples.
    double[] exact = new double[10];
    double squares = 0;
    for (int i = 0; i < exact.length; i++) {
      Tensor x = MIXTURE.sample(Rng.of(100 + i), DType.FLOAT64, n);
      Tensor y = MIXTURE.sample(Rng.of(200 + i), DType.FLOAT64, m);
      exact[i] = EnergyDistance.unbiased(x, y);
      squares += exact[i] * exact[i];
    }
    double error = Math.sqrt(squares / exact.length);
    Tensor y = MIXTURE.sample(Rng.of(3), DType.FLOAT64, m);
    Tensor x = new EdmHeun(32).sample(MIXTURE.asDenoiser(), Rng.of(4), DType.FLOAT64, n, 2);
    double distance = EnergyDistance.unbiased(x, y);
    System.out.println("mixture " + distance + " +- " + error);
    // Ten repetitions give the error to a quarter, and its law has an exponential tail to the
    // right.
    assertTrue(distance < 4 * error, distance + " against an error of " + error);
    // Float32 and churn, the same.
    Tensor churned =
        new EdmHeun(64)
            .withChurn(Churn.everywhere(30))
            .sample(MIXTURE.asDenoiser(), Rng.of(5), DType.FLOAT32, n, 2);
    double withChurn = EnergyDistance.unbiased(churned, y);
    System.out.println("churn " + withChurn);
    assertTrue(withChurn < 4 * error, withChurn + " against an error of " + error);
    // And it would see wrong weights.
    Tensor wrong =
        Mixture.even(MIXTURE.components().toArray(new Gaussian[0]))
            .sample(Rng.of(6), DType.FLOAT64, n);
    System.out.println("wrong " + EnergyDistance.unbiased(wrong, y));
    assertTrue(EnergyDistance.unbiased(wrong, y) > 8 * error);
  }

  @Test
  void churnKeepsTheMoments() {
    int n = 20_000;
    Gaussian data = Gaussian.isotropic(0.5, 3);
    Tensor x =
        new EdmHeun(128)
            .withChurn(Churn.everywhere(40))
            .sample(data.asDenoiser(), Rng.of(7), DType.FLOAT64, n, 1);
    Columns column = Columns.of(x, 0);
    System.out.println("churn moments " + column);
    assertEquals(3, column.mean(), 4 * column.meanError());
    // Steps of ratio about 1.1 in sigma leave a bias of order two, well below 1%.
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
        assertThrows(
                IllegalArgumentException.class,
                () -> new EdmHeun(5).sample((x, s) -> x, integers, Rng.of(9)))
            .getMessage();
    assertTrue(message.contains("float32 or float64"), message);
    message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new EdmHeun(5)
                        .sample((x, s) -> x.narrow(1, 0, 1), Rng.of(9), DType.FLOAT64, 4, 2))
            .getMessage();
    assertTrue(message.contains("keep shape and type"), message);
  }
}
