package scoria.autodiff.grad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scoria.autodiff.nn.Activation;
import scoria.autodiff.nn.Linear;
import scoria.autodiff.nn.Mlp;
import scoria.autodiff.nn.Parameters;
import scoria.autodiff.nn.Sequential;
import scoria.engine.exec.Program;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Gradients sample by sample, against the rows of the losses' Jacobian. */
class PerSampleTest {
  private static final int N = 6;

  private record Example(
      String name, boolean together, Tensor batch, Parameters p, UnaryOperator<Tensor> losses) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Tensor normal(long seed, long... sizes) {
    return Rng.of(seed).normal(DType.FLOAT64, sizes);
  }

  static Stream<Example> examples() {
    Sequential net = Mlp.of(Rng.of(1), Activation.SILU, DType.FLOAT64, 3, 8, 4, 3);
    Parameters p = net.parameters();
    Tensor scale = normal(3, 3).tracked();
    Tensor shift = normal(4, 1, 3).tracked();
    Tensor w = normal(5, 3, 3).tracked();
    Tensor both = normal(7, N, 3).tracked();
    Parameters few = Parameters.of("scale", scale, "shift", shift).and(Parameters.of("w", w));
    Tensor x = normal(6, N, 3);
    return Stream.of(
        new Example("mlp", true, x, p, t -> net.forward(t).sub(t).square().sum(1)),
        new Example("one sample", true, x.narrow(0, 2, 1), p, t -> net.forward(t).square().sum(1)),
        new Example(
            "tokens",
            true,
            normal(8, N, 5, 3),
            p,
            t -> net.forward(t).softmax(-1).mul(t).square().sum(1, 2)),
        new Example(
            "scaled and shifted, used twice",
            true,
            x,
            few,
            t -> {
              Tensor h = t.matmul(w).mul(scale).sub(shift).tanh().div(scale.detach());
              Tensor again = h.matmul(w, false, true).add(h).mul(scale);
              return Tensor.concat(1, again, h.narrow(1, 1, 2)).exp().mean(1);
            }),
        new Example("unused", true, x, few, t -> t.matmul(w).square().sum(1)),
        new Example(
            "batches as wide as long",
            false,
            normal(9, 3, 3),
            few,
            t -> t.matmul(w).transpose().square().transpose().matmul(scale).square()),
        new Example(
            "weight seen as a view", false, x, few, t -> t.matmul(w.transpose()).exp().sum(1)),
        new Example(
            "decay in the loss",
            false,
            x,
            few,
            t -> t.matmul(w).square().sum(1).add(w.square().sum())),
        new Example(
            "a row for each sample",
            false,
            x,
            Parameters.of("both", both),
            t -> t.narrow(0, 0, t.size(0)).mul(both.narrow(0, 0, 1)).square().sum(1)));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void areRowsOfTheJacobian(Example e) {
    Tensor losses = e.losses.apply(e.batch);
    Parameters want = Jacobian.of(losses, e.p);
    List<Tensor> together = RowGradients.of(losses, e.p.tensors(), false);
    assertEquals(e.together, together != null, "in one walk");
    Parameters got = PerSample.gradients(e.losses, e.p, e.batch);
    for (String name : e.p.names()) {
      assertEquals(want.get(name).shape(), got.get(name).shape(), name);
      assertArrayEquals(want.get(name).toDoubles(), got.get(name).toDoubles(), 1e-11, name);
      assertFalse(got.get(name).isTracked());
    }
    // Again: the gradient of their squares.
    Parameters again = PerSample.differentiable(e.losses, e.p, e.batch);
    Parameters second = Gradient.of(squares(again), e.p);
    Parameters wanted =
        Gradient.of(squares(Jacobian.differentiable(e.losses.apply(e.batch), e.p)), e.p);
    for (String name : e.p.names()) {
      assertArrayEquals(wanted.get(name).toDoubles(), second.get(name).toDoubles(), 1e-9, name);
    }
  }

  private static Tensor squares(Parameters gradients) {
    return gradients.tensors().stream()
        .map(g -> g.square().sum())
        .reduce(Tensor::add)
        .orElseThrow();
  }

  @Test
  void recordedTheyHaveTheSameBitsAndMeanTheGradient() {
    Sequential net = Mlp.of(Rng.of(1), Activation.SILU, 3, 8, 3);
    Parameters p = net.parameters();
    Tensor x = Rng.of(2).normal(600, 3);
    UnaryOperator<Tensor> losses = t -> net.forward(t).square().sum(1);
    Parameters eager = PerSample.gradients(losses, p, x);
    List<Tensor> recorded =
        Program.record(in -> PerSample.gradients(losses, p, in.get(0)).tensors()).run(x);
    Parameters mean = Gradient.of(losses.apply(x).mean(), p);
    for (int i = 0; i < p.size(); i++) {
      String name = p.names().get(i);
      assertArrayEquals(eager.get(name).toFloats(), recorded.get(i).toFloats(), name);
      assertArrayEquals(
          mean.get(name).toDoubles(), eager.get(name).mean(0).toDoubles(), 1e-5, name);
    }
  }

  @Test
  void ofNoSamples() {
    Linear layer = Linear.of(Rng.of(1), 3, 2);
    Parameters none =
        PerSample.gradients(t -> layer.forward(t).sum(1), layer.parameters(), Tensor.zeros(0, 3));
    assertEquals(Shape.of(0, 3, 2), none.get("weight").shape());
    assertEquals(Shape.of(0, 2), none.get("bias").shape());
  }

  @Test
  void errorsSayWhatWouldBeRight() {
    Linear layer = Linear.of(Rng.of(1), 3, 2);
    Parameters p = layer.parameters();
    Tensor x = Tensor.ones(4, 3);
    refused("one for each", () -> PerSample.gradients(t -> layer.forward(t).sum(), p, x));
    refused(
        "same number of rows",
        () -> PerSample.gradients(in -> in.get(0), p, List.of(x, Tensor.ones(3))));
    assertNotNull(RowGradients.of(layer.forward(x).sum(1), p.tensors(), false));
    assertNull(RowGradients.of(layer.forward(x).sum(0), p.tensors(), false));
  }

  private static void refused(String part, Runnable call) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
  }
}
