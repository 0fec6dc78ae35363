package scoria.autodiff.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import scoria.engine.exec.Execute;
import scoria.engine.function.Composed;
import scoria.engine.op.Call;
import scoria.engine.op.Case;
import scoria.engine.op.CustomOp;
import scoria.engine.op.Reference;
import scoria.engine.op.Signature;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/** The check passes what is right, and says where the fault is in what is wrong. */
class OpCheckTest {
  /** The cube of every element, and of what is wrong with it. */
  private record Cube(
      DoubleUnaryOperator kernel,
      BinaryOperator<Tensor> back,
      BinaryOperator<Tensor> forward,
      UnaryOperator<Signature> rule)
      implements CustomOp {
    static Cube right() {
      BinaryOperator<Tensor> slope = (x, g) -> g.mul(x.square()).mul(3);
      return new Cube(v -> v * v * v, slope, slope, s -> s);
    }

    Cube computing(DoubleUnaryOperator other) {
      return new Cube(other, back, forward, rule);
    }

    Cube back(BinaryOperator<Tensor> other) {
      return new Cube(kernel, other, forward, rule);
    }

    Cube both(BinaryOperator<Tensor> other) {
      return new Cube(kernel, other, other, rule);
    }

    @Override
    public String label() {
      return "cube";
    }

    @Override
    public String toString() {
      return "cube";
    }

    @Override
    public Signature[] infer(Signature... inputs) {
      return new Signature[] {rule.apply(inputs[0])};
    }

    @Override
    public Reference[] meaning(Reference... inputs) {
      return new Reference[] {inputs[0].map(v -> v * v * v)};
    }

    @Override
    public @Nullable Tensor[] pullback(Call call, @Nullable Tensor[] gradients) {
      Tensor g = gradients[0];
      return new @Nullable Tensor[] {g == null ? null : back.apply(call.input(0), g)};
    }

    @Override
    public @Nullable Tensor[] pushforward(Call call, @Nullable Tensor[] tangents) {
      Tensor t = tangents[0];
      return new @Nullable Tensor[] {t == null ? null : forward.apply(call.input(0), t)};
    }

    @Override
    public void run(Tensor[] inputs, Tensor[] outputs) {
      write(inputs[0], outputs[0], kernel);
    }
  }

  private static void write(Tensor x, Tensor y, DoubleUnaryOperator f) {
    MemorySegment to = y.segment();
    double[] values = x.toDoubles();
    for (int i = 0; i < values.length; i++) {
      if (y.dtype() == DType.FLOAT64) {
        to.setAtIndex(ValueLayout.JAVA_DOUBLE, i, f.applyAsDouble(values[i]));
      } else {
        to.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) f.applyAsDouble(values[i]));
      }
    }
  }

  private static final Reference AT = Case.spread(2, 3);

  private static String fault(CustomOp op) {
    AssertionError e = assertThrows(AssertionError.class, () -> OpCheck.of(op, AT).run());
    String message = String.valueOf(e.getMessage());
    assertEquals(-1, message.indexOf('\n'), message);
    assertTrue(message.startsWith("cube of [2, 3]: "), message);
    return message.substring("cube of [2, 3]: ".length());
  }

  private static void says(String message, String part) {
    assertTrue(message.contains(part), message);
  }

  @Test
  void whatIsRightPasses() {
    OpReport report = OpCheck.of(Cube.right(), AT).run();
    assertTrue(report.float64() <= 1e-15 && report.float32() <= 1e-6, report.toString());
    for (double error :
        new double[] {report.first(), report.second(), report.third(), report.adjoint()}) {
      assertTrue(error > 0 && error < 1e-10, report.toString());
    }
  }

  @Test
  void wrongValues() {
    says(fault(Cube.right().computing(v -> v > 1 ? v : v * v * v)), "float64, output 0, element [");
    Cube right = Cube.right();
    says(
        fault(
            new Cube(
                right.kernel,
                right.back,
                right.forward,
                s -> new Signature(s.shape().with(0, 5), s.dtype()))),
        "has shape [5, 3]; the meaning has [2, 3]");
  }

  @Test
  void wrongFirstOrder() {
    says(
        fault(
            Cube.right()
                .both(
                    (x, g) ->
                        g.mul(x.square())
                            .mul(3)
                            .add(x.greater(x.onesLike()).to(g.dtype()).mul(g).mul(1e-6)))),
        "order 1, input 0, element [");
    says(fault(Cube.right().both((x, g) -> g.mul(x.square()).mul(3).detach())), "order 2");
    says(fault(Cube.right().back((x, g) -> g.sum())), "order 1 threw");
  }

  @Test
  void wrongSecondOrder() {
    says(
        fault(Cube.right().both((x, g) -> g.mul(x.mul(x.detach())).mul(3))),
        "order 2, input 0, element [0, 0]");
  }

  /** The first derivative has a second derivative that forgets to depend on x. */
  private record Slope() implements CustomOp {
    @Override
    public String label() {
      return "slope";
    }

    @Override
    public Signature[] infer(Signature... inputs) {
      return inputs;
    }

    @Override
    public Reference[] meaning(Reference... inputs) {
      return new Reference[] {inputs[0].map(v -> 3 * v * v)};
    }

    @Override
    public @Nullable Tensor[] pullback(Call call, @Nullable Tensor[] gradients) {
      Tensor g = gradients[0];
      return new @Nullable Tensor[] {g == null ? null : g.mul(call.input(0).detach()).mul(6)};
    }

    @Override
    public @Nullable Tensor[] pushforward(Call call, @Nullable Tensor[] tangents) {
      return pullback(call, tangents);
    }

    @Override
    public void run(Tensor[] inputs, Tensor[] outputs) {
      write(inputs[0], outputs[0], v -> 3 * v * v);
    }
  }

  @Test
  void wrongThirdOrder() {
    says(
        fault(Cube.right().both((x, g) -> g.mul(Execute.run(new Slope(), x)[0]))),
        "order 3, input 0, element [0, 0]: want ");
  }

  @Test
  void wrongForwardMode() {
    Cube right = Cube.right();
    says(
        fault(
            new Cube(
                right.kernel,
                right.back,
                (x, t) -> right.forward.apply(x, t).mul(1 + 1e-8),
                right.rule)),
        "<J v, w> = <v, J^T w>: want ");
    says(
        fault(
            new Cube(
                right.kernel,
                right.back,
                (x, t) -> right.forward.apply(x, t).detach(),
                right.rule)),
        "order 2, reverse over forward");
  }

  @Test
  void wrongTypeOfGradient() {
    says(
        fault(Cube.right().both((x, g) -> g.mul(x.square()).mul(3).to(DType.FLOAT64))),
        "the gradient in float32 threw");
  }

  /**
   * Product and quotient: two outputs, two inputs that broadcast, an index that has no derivative.
   */
  private record Pair(boolean forgets) implements CustomOp {
    @Override
    public String label() {
      return "pair";
    }

    @Override
    public Signature[] infer(Signature... inputs) {
      if (inputs[2].dtype() != DType.INT64 || inputs[2].shape().rank() != 1) {
        throw new IllegalArgumentException("the last input is an index");
      }
      if (!inputs[0].equals(inputs[1])) {
        throw new IllegalArgumentException("two inputs of one shape");
      }
      return new Signature[] {inputs[0], inputs[2], inputs[1]};
    }

    @Override
    public Reference[] meaning(Reference... inputs) {
      return new Reference[] {
        inputs[0].zip(inputs[1], (a, b) -> a * b),
        inputs[2],
        inputs[0].zip(inputs[1], (a, b) -> a / b)
      };
    }

    @Override
    public @Nullable Tensor[] pullback(Call call, @Nullable Tensor[] gradients) {
      Tensor a = call.input(0);
      Tensor b = call.input(1);
      Tensor da = null;
      Tensor db = null;
      Tensor product = gradients[0];
      if (product != null) {
        da = product.mul(b);
        db = product.mul(a);
      }
      Tensor quotient = gradients[2];
      if (quotient != null && !(forgets && da != null)) {
        Tensor pa = quotient.div(b);
        Tensor pb = quotient.mul(a).div(b.square()).neg();
        da = da == null ? pa : da.add(pa);
        db = db == null ? pb : db.add(pb);
      }
      return new @Nullable Tensor[] {da, db, null};
    }

    @Override
    public @Nullable Tensor[] pushforward(Call call, @Nullable Tensor[] tangents) {
      Tensor a = call.input(0);
      Tensor b = call.input(1);
      Tensor ta = tangents[0] == null ? a.zerosLike() : tangents[0];
      Tensor tb = tangents[1] == null ? b.zerosLike() : tangents[1];
      return new @Nullable Tensor[] {
        ta.mul(b).add(a.mul(tb)), null, ta.div(b).sub(tb.mul(a).div(b.square()))
      };
    }

    @Override
    public void run(Tensor[] inputs, Tensor[] outputs) {
      double[] b = inputs[1].toDoubles();
      int[] at = {0, 0};
      write(inputs[0], outputs[0], v -> v * b[at[0]++]);
      write(inputs[0], outputs[2], v -> v / b[at[1]++]);
      MemorySegment.copy(
          MemorySegment.ofArray(inputs[2].toLongs()),
          0,
          outputs[1].segment(),
          0,
          outputs[1].segment().byteSize());
    }
  }

  @Test
  void severalOutputs() {
    Reference index = Case.spread(4).map(Math::rint);
    List<Integer> wrt = List.of(0, 1);
    OpReport report =
        OpCheck.of(Case.of(new Pair(false), wrt, Case.spread(2, 3), Case.positive(2, 3), index))
            .run();
    assertTrue(report.third() < 1e-8, report.toString());
    AssertionError e =
        assertThrows(
            AssertionError.class,
            () ->
                OpCheck.of(
                        Case.of(new Pair(true), wrt, Case.spread(2, 3), Case.positive(2, 3), index))
                    .run());
    says(
        String.valueOf(e.getMessage()),
        "pair (Pair[forgets=true]) of [2, 3], [2, 3], [4]: order 1");
  }

  @Test
  void composedFunctions() {
    Composed right =
        Composed.of(
            "sine of a square",
            xs -> xs[0].square().sin(),
            xs -> xs[0].map(v -> Math.sin(v * v)),
            AT);
    assertTrue(OpCheck.of(right).run().third() < 1e-8);
    Composed wrong =
        Composed.of("sine of a square", xs -> xs[0].mul(xs[0].detach()).sin(), right.meaning(), AT);
    AssertionError e = assertThrows(AssertionError.class, () -> OpCheck.of(wrong).run());
    says(
        String.valueOf(e.getMessage()),
        "sine of a square of [2, 3]: order 1, input 0, element [0, 0]");
  }

  @Test
  void tolerancesAreTheCallers() {
    Cube rough = Cube.right().computing(v -> v * v * v + 1e-9);
    says(fault(rough), "float64, output 0, element [0, 0]: want ");
    assertTrue(OpCheck.of(rough, AT).values(1e-8, 1e-5).run().float64() > 1e-10);
    AssertionError e =
        assertThrows(
            AssertionError.class,
            () -> OpCheck.of(Cube.right(), AT).derivatives(1e-8, 1e-8, 1e-18).run());
    says(String.valueOf(e.getMessage()), "order 3");
  }
}
