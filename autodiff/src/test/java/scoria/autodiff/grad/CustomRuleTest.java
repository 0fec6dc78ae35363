package scoria.autodiff.grad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import scoria.engine.exec.Execute;
import scoria.engine.op.Call;
import scoria.engine.op.CustomOp;
import scoria.engine.op.Reference;
import scoria.engine.op.Signature;
import scoria.engine.tensor.Tensor;

/**
 * Derivatives through operations of a user's own: rules that give nothing, and rules gone wrong.
 */
class CustomRuleTest {
  /** 2 a and 3 b, two outputs, by rules that are given. */
  private record Twins(
      BiFunction<Call, @Nullable Tensor[], @Nullable Tensor[]> back,
      BiFunction<Call, @Nullable Tensor[], @Nullable Tensor[]> forward)
      implements CustomOp {
    @Override
    public String label() {
      return "twins";
    }

    @Override
    public Signature[] infer(Signature... inputs) {
      return inputs.clone();
    }

    @Override
    public Reference[] meaning(Reference... inputs) {
      return new Reference[] {inputs[0].map(v -> 2 * v), inputs[1].map(v -> 3 * v)};
    }

    @Override
    public @Nullable Tensor[] pullback(Call call, @Nullable Tensor[] gradients) {
      return back.apply(call, gradients);
    }

    @Override
    public @Nullable Tensor[] pushforward(Call call, @Nullable Tensor[] tangents) {
      return forward.apply(call, tangents);
    }

    @Override
    public void run(Tensor[] inputs, Tensor[] outputs) {
      for (int k = 0; k < 2; k++) {
        MemorySegment from = inputs[k].segment();
        for (long i = 0; i < inputs[k].elements(); i++) {
          double v = (k + 2) * from.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
          outputs[k].segment().setAtIndex(ValueLayout.JAVA_DOUBLE, i, v);
        }
      }
    }
  }

  private static @Nullable Tensor[] scaled(@Nullable Tensor[] given) {
    Tensor a = given[0];
    Tensor b = given[1];
    return new @Nullable Tensor[] {a == null ? null : a.mul(2), b == null ? null : b.mul(3)};
  }

  private final Tensor a = Tensor.of(new double[] {1, 2}).tracked();
  private final Tensor b = Tensor.of(new double[] {5, 7}).tracked();

  @Test
  void nothingIsZero() {
    Twins twins = new Twins((c, g) -> scaled(g), (c, t) -> scaled(t));
    Tensor[] out = Execute.run(twins, a, b);
    // Only the first output is used, so the second one's gradient is null.
    List<Tensor> gradients = Gradient.of(out[0].square().sum(), List.of(a, b));
    assertArrayEquals(new double[] {8, 16}, gradients.get(0).toDoubles());
    assertArrayEquals(new double[] {0, 0}, gradients.get(1).toDoubles());
    assertArrayEquals(new double[] {0, 0}, Jvp.of(out[1], a, a.onesLike()).toDoubles());
    assertArrayEquals(new double[] {2, 2}, Jvp.of(out[0].add(out[1]), a, a.onesLike()).toDoubles());
    assertArrayEquals(
        new double[] {2 * 4 + 3 * 15 * 2, 2 * 4 + 3 * 2 * 15},
        Jvp.of(
                out[0].square().add(out[1].square()),
                List.of(a, b),
                List.of(a.onesLike(), b.onesLike()))
            .narrow(0, 0, 1)
            .expand(2)
            .toDoubles());
  }

  @Test
  void wrongShapesAndCountsAreRefused() {
    refused(new Twins((c, g) -> new Tensor[] {a.sum(), null}, (c, t) -> t), "float64[]");
    refused(new Twins((c, g) -> new Tensor[] {a}, (c, t) -> t), "gave 1 gradients");
    Tensor[] out =
        Execute.run(new Twins((c, g) -> g, (c, t) -> new Tensor[] {a.unsqueeze(0), null}), a, b);
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> Jvp.of(out[0], a, a.onesLike()));
    assertTrue(String.valueOf(e.getMessage()).contains("float64[1, 2]"), e.getMessage());
  }

  private void refused(Twins twins, String part) {
    Tensor y = Execute.run(twins, a, b)[0].sum();
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> Gradient.of(y, a));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("'twins'") && message.contains(part), message);
    assertEquals(-1, message.indexOf('\n'), message);
  }
}
