package scoria.autodiff.grad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scoria.autodiff.nn.Activation;
import scoria.autodiff.nn.Init;
import scoria.autodiff.nn.Linear;
import scoria.autodiff.nn.Mlp;
import scoria.autodiff.nn.Sequential;
import scoria.autodiff.optim.Adam;
import scoria.autodiff.optim.LearningRate;
import scoria.engine.exec.Program;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * A divergence as a training loss: implicit score matching, the mean of |s|²/2 + div s, whose
 * minimum is the score of the data [Hyvarinen 2005].
 */
class ScoreMatchingTest {
  /** Of the covariance [[2, 0.6], [0.6, 0.5]]: its lower root, transposed for rows. */
  private static final Tensor ROOT =
      Tensor.of(new double[] {Math.sqrt(2), 0.6 / Math.sqrt(2), 0, Math.sqrt(0.5 - 0.18)}, 2, 2);

  private static final Tensor MEAN = Tensor.of(new double[] {0.4, -0.3});

  /** Rows of the inverse of the covariance, whose determinant is 0.64. */
  private static final Tensor PRECISION =
      Tensor.of(new double[] {0.5 / 0.64, -0.6 / 0.64, -0.6 / 0.64, 2 / 0.64}, 2, 2);

  private static Tensor data(Rng rng, long n) {
    return rng.normal(DType.FLOAT64, n, 2).matmul(ROOT).add(MEAN);
  }

  private static Tensor score(Tensor x) {
    return MEAN.sub(x).matmul(PRECISION);
  }

  private static Tensor loss(DivergenceEstimate e) {
    return e.field().square().sum(1).mul(0.5).add(e.divergence()).mean();
  }

  @Test
  void aLinearFieldFindsTheInverseOfTheCovariance() {
    Tensor x = data(Rng.of(1), 400);
    Linear field = Linear.of(Rng.of(2), 2, 2, Init.kaimingUniform(1), DType.FLOAT64);
    List<Tensor> parameters = field.parameters().tensors();
    Adam adam = Adam.of(field.parameters(), LearningRate.constant(0.1).cosine(400));
    Rng rng = Rng.of(3);
    Divergence exact = Divergence.exact();
    Program step =
        Program.record(
            in -> {
              Tensor loss = loss(exact.differentiableAt(field::forward, in.get(0), rng));
              adam.step(Gradient.of(loss, parameters));
              return List.of(loss);
            });
    for (int i = 0; i < 400; i++) {
      step.run(x);
    }
    // The minimum on these very points: the inverse of their own covariance, of 400 as divisor.
    Tensor centred = x.sub(x.mean(new int[] {0}, true));
    double[] c = centred.transpose().matmul(centred).mul(1.0 / 400).toDoubles();
    double determinant = c[0] * c[3] - c[1] * c[2];
    assertArrayEquals(
        new double[] {
          -c[3] / determinant, c[1] / determinant, c[2] / determinant, -c[0] / determinant
        },
        field.weight().toDoubles(),
        1e-4);
  }

  static List<Divergence> estimates() {
    return List.of(
        Divergence.hutchinson(Probe.RADEMACHER, 1), Divergence.hutchPlusPlus(Probe.GAUSSIAN, 3));
  }

  @ParameterizedTest
  @MethodSource("estimates")
  void aNetworkFindsTheScore(Divergence how) {
    Sequential net = Mlp.of(Rng.of(2), Activation.TANH, DType.FLOAT64, 2, 24, 24, 2);
    List<Tensor> parameters = net.parameters().tensors();
    int steps = 400;
    Adam adam = Adam.of(net.parameters(), LearningRate.constant(0.01).cosine(steps));
    Rng rng = Rng.of(3);
    Program step =
        Program.record(
            in -> {
              Tensor x = data(rng, 128);
              Tensor loss = loss(how.differentiableAt(net::forward, x, rng));
              adam.step(Gradient.of(loss, parameters));
              return List.of(loss);
            });
    for (int i = 0; i < steps; i++) {
      step.run();
    }
    Tensor x = data(Rng.of(4), 2000);
    Tensor want = score(x);
    double error = net.forward(x).detach().sub(want).square().sum().item();
    double size = want.square().sum().item();
    assertTrue(error < 0.05 * size, "relative squared error " + error / size);
  }
}
