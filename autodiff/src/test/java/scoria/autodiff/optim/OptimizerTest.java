package scoria.autodiff.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scoria.autodiff.nn.Parameters;
import scoria.engine.op.AdamUpdate;
import scoria.engine.op.Reference;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/** Adam and descent with momentum against their formulas written out. */
class OptimizerTest {
  private static final int STEPS = 20;

  private static Parameters parameters(DType dtype) {
    Rng rng = Rng.of(21);
    return Parameters.of(
        "weight", rng.normal(dtype, 7, 5).tracked(), "bias", rng.normal(dtype, 5).tracked());
  }

  private static List<Tensor> gradients(DType dtype, int step) {
    Rng rng = Rng.of(22).stream(step);
    return List.of(rng.normal(dtype, 7, 5), rng.normal(dtype, 5).mul(1e-3));
  }

  private static double[] flat(List<Tensor> tensors) {
    return tensors.stream().flatMapToDouble(t -> Arrays.stream(t.toDoubles())).toArray();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1})
  void adamIsItsFormula(double decay) {
    Parameters parameters = parameters(DType.FLOAT64);
    double[] p = flat(parameters.tensors());
    double[] m = new double[p.length];
    double[] v = new double[p.length];
    Adam adam =
        Adam.of(parameters, step -> 0.01 / (step + 1))
            .withBetas(0.8, 0.95)
            .withEpsilon(1e-6)
            .withDecay(decay);
    for (int t = 1; t <= STEPS; t++) {
      List<Tensor> gradients = gradients(DType.FLOAT64, t);
      double[] g = flat(gradients);
      double rate = 0.01 / t;
      for (int i = 0; i < p.length; i++) {
        m[i] = 0.8 * m[i] + 0.2 * g[i];
        v[i] = 0.95 * v[i] + 0.05 * g[i] * g[i];
        double mHat = m[i] / (1 - Math.pow(0.8, t));
        double vHat = v[i] / (1 - Math.pow(0.95, t));
        p[i] -= rate * decay * p[i];
        p[i] -= rate * mHat / (Math.sqrt(vHat) + 1e-6);
      }
      adam.step(gradients);
    }
    assertArrayEquals(p, flat(parameters.tensors()), 1e-13);
    assertArrayEquals(m, flat(adam.state().under("first").tensors()), 1e-14);
    assertArrayEquals(v, flat(adam.state().under("second").tensors()), 1e-14);
    assertEquals(STEPS, adam.steps());
  }

  /** What the device computes in float32 is what the operation says it means. */
  @Test
  void adamIsWhatItsUpdateMeans() {
    Parameters parameters = parameters(DType.FLOAT32);
    Reference[] outputs = new Reference[6];
    for (int i = 0; i < 6; i++) {
      Tensor tensor = parameters.tensors().get(i % 2);
      outputs[i] =
          i < 2
              ? new Reference(tensor.shape(), tensor.toDoubles())
              : Reference.zeros(tensor.shape());
    }
    AdamUpdate update = new AdamUpdate(0.9, 0.999, 1e-8);
    Adam adam = Adam.of(parameters, LearningRate.constant(1e-2)).withDecay(0.1);
    for (int t = 1; t <= STEPS; t++) {
      List<Tensor> gradients = gradients(DType.FLOAT32, t);
      Reference[] inputs =
          Stream.concat(gradients.stream(), Stream.of(numbers(update, t)))
              .map(g -> new Reference(g.shape(), g.toDoubles()))
              .toArray(Reference[]::new);
      outputs = update.after(inputs, outputs);
      adam.step(gradients);
    }
    assertArrayEquals(outputs[0].values(), parameters.get("weight").toDoubles(), 2e-6);
    assertArrayEquals(outputs[1].values(), parameters.get("bias").toDoubles(), 2e-6);
  }

  private static Tensor numbers(AdamUpdate update, long step) {
    double[] numbers = new double[AdamUpdate.NUMBERS];
    update.fill(numbers, 1e-2, 0.1, step);
    return Tensor.of(numbers);
  }

  @Test
  void momentumIsItsFormula() {
    Parameters parameters = parameters(DType.FLOAT64);
    double[] p = flat(parameters.tensors());
    double[] u = new double[p.length];
    Sgd sgd = Sgd.of(parameters, LearningRate.constant(0.03)).withMomentum(0.7);
    for (int t = 1; t <= STEPS; t++) {
      double[] g = flat(gradients(DType.FLOAT64, t));
      for (int i = 0; i < p.length; i++) {
        u[i] = 0.7 * u[i] + g[i];
        p[i] -= 0.03 * u[i];
      }
      sgd.step(gradients(DType.FLOAT64, t));
    }
    assertArrayEquals(p, flat(parameters.tensors()), 1e-13);
    assertEquals(List.of("velocity.weight", "velocity.bias"), sgd.state().names());
  }

  /** Taken up in the middle, an optimiser goes on with the same bits. */
  @Test
  void restoredOptimisersGoOnAsBefore() {
    List<double[]> ends = new ArrayList<>();
    for (int broken : new int[] {0, 8}) {
      Parameters parameters = parameters(DType.FLOAT32);
      Adam adam = Adam.of(parameters, LearningRate.constant(1e-2).warmUp(12));
      for (int t = 1; t <= STEPS; t++) {
        adam.step(gradients(DType.FLOAT32, t));
        if (t == broken) {
          Parameters values = parameters.copy();
          Parameters state = adam.state().copy();
          parameters = parameters(DType.FLOAT32);
          parameters.assign(values);
          adam = Adam.of(parameters, LearningRate.constant(1e-2).warmUp(12));
          adam.restore(state, t);
        }
      }
      ends.add(flat(parameters.tensors()));
    }
    assertArrayEquals(ends.get(0), ends.get(1));
  }

  @Test
  void gradientsThatDoNotFitAreRefused() {
    Parameters parameters = parameters(DType.FLOAT32);
    Adam adam = Adam.of(parameters, LearningRate.constant(1));
    List<Tensor> gradients = gradients(DType.FLOAT32, 1);
    refused("1 gradients for 2", () -> adam.step(gradients.subList(0, 1)));
    refused(
        "the gradient of 'weight', float32[7, 5], is float32[5]",
        () -> adam.step(gradients.reversed()));
    refused("float64", () -> adam.step(gradients(DType.FLOAT64, 1)));
    refused("in [0, 1)", () -> adam.withBetas(0.9, 1));
    refused("in [0, 1)", () -> Sgd.of(parameters, LearningRate.constant(1)).withMomentum(-0.1));
    refused("'first.weight'", () -> adam.restore(Parameters.none(), 3));
    assertEquals(0, adam.steps());
  }

  private static void refused(String why, org.junit.jupiter.api.function.Executable call) {
    var e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
  }
}
