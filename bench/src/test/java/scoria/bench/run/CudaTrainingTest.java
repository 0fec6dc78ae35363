package scoria.bench.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import scoria.autodiff.grad.Gradient;
import scoria.autodiff.grad.Jvp;
import scoria.autodiff.nn.Activation;
import scoria.autodiff.nn.Mlp;
import scoria.autodiff.nn.Parameters;
import scoria.autodiff.nn.Sequential;
import scoria.bench.data.DataSet;
import scoria.bench.data.DataSets;
import scoria.engine.device.Device;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * Whole work on the CPU and on the GPU, with the same bits: sums and products are added in one
 * order on both, so that no bound is needed.
 */
@Tag("cuda")
class CudaTrainingTest {
  private static final List<Device> BOTH = List.of(Device.cpu(), Device.cuda());

  @ParameterizedTest
  @EnumSource
  void aTrainingHasTheSameLossesAndWeights(Noise noise) {
    List<List<Double>> losses = new ArrayList<>();
    List<Parameters> states = new ArrayList<>();
    for (Device device : BOTH) {
      try (Device.Use use = device.use()) {
        DataSet data = DataSets.of("two-moons");
        Settings settings =
            Recipe.of(data, noise).settings("two-moons", 3, 20L, 48, 4e-3, 24, 1, 0.9, null);
        Trainer trainer = Trainer.begin(data, settings);
        List<Double> values = new ArrayList<>();
        while (!trainer.isDone()) {
          values.add(trainer.next());
        }
        assertEquals(20, values.size());
        losses.add(values);
        states.add(trainer.checkpoint().tensors());
      }
    }
    assertEquals(losses.get(0), losses.get(1));
    states
        .get(0)
        .toMap()
        .forEach(
            (name, tensor) -> {
              Tensor other = states.get(1).get(name);
              assertSame(Device.cuda(), other.device(), name);
              assertArrayEquals(tensor.toDoubles(), other.toDoubles(), 0, name);
            });
  }

  @ParameterizedTest
  @EnumSource
  void derivativesOfNetworks(Activation activation) {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      List<List<Tensor>> results = new ArrayList<>();
      for (Device device : BOTH) {
        try (Device.Use use = device.use()) {
          results.add(derivatives(activation, dtype));
        }
      }
      for (int i = 0; i < results.get(0).size(); i++) {
        assertSame(Device.cuda(), results.get(1).get(i).device());
        assertArrayEquals(
            results.get(0).get(i).toDoubles(),
            results.get(1).get(i).toDoubles(),
            0,
            activation + " " + dtype + " " + i);
      }
    }
  }

  /** Gradients in the weights, a Hessian times a vector, and a directional derivative. */
  private static List<Tensor> derivatives(Activation activation, DType dtype) {
    Rng rng = Rng.of(11);
    Sequential net = Mlp.of(rng, activation, 3, 20, 20, 2);
    List<Tensor> weights = net.parameters().tensors();
    Tensor x = rng.normal(33, 3).tracked();
    Tensor y = net.forward(x);
    Tensor v = rng.normal(33, 3);
    List<Tensor> out = new ArrayList<>(Gradient.of(y.square().mean(), weights));
    Tensor slope = Gradient.differentiable(y.to(dtype).square().sum(), x);
    out.add(slope);
    out.add(Gradient.of(slope.mul(v).sum(), x));
    out.add(Jvp.of(y, x, v));
    return out;
  }

  @Test
  void derivativesPassFromOneDeviceToTheOther() {
    Tensor x = Tensor.of(new double[] {1, 2, 3}).tracked();
    Tensor there = x.to(Device.cuda());
    Tensor y = there.square().to(Device.cpu()).mul(x).sum();
    Tensor gradient = Gradient.of(y, x);
    assertSame(Device.cpu(), gradient.device());
    assertArrayEquals(new double[] {3, 12, 27}, gradient.toDoubles());
    assertArrayEquals(
        new double[] {9, 18, 27},
        Jvp.of(there.square(), x, Tensor.of(new double[] {4.5, 4.5, 4.5})).toDoubles());
  }
}
