package scoria.autodiff.docs;

// >>>
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;
import scoria.autodiff.check.OpCheck;
import scoria.engine.exec.Execute;
import scoria.engine.op.Call;
import scoria.engine.op.Case;
import scoria.engine.op.CustomOp;
import scoria.engine.op.Reference;
import scoria.engine.op.Signature;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/** ln cosh x, which is x^2/2 near 0 and |x| - ln 2 far away. */
record LogCosh() implements CustomOp {
  /** How to run it: the one output of a call. */
  static Tensor of(Tensor x) {
    return Execute.run(new LogCosh(), x)[0];
  }

  @Override
  public String label() {
    return "logCosh";
  }

  /** The shape rule, and in words. */
  @Override
  public Signature[] infer(Signature... inputs) {
    if (inputs.length != 1 || !inputs[0].dtype().isFloat()) {
      throw new IllegalArgumentException("it takes one tensor of float32 or float64");
    }
    return new Signature[] {inputs[0]};
  }

  @Override
  public String shapes() {
    return "[...] -> [...]";
  }

  /** What it means, for tests: independent of the kernel, and as plain as can be. */
  @Override
  public Reference[] meaning(Reference... inputs) {
    return new Reference[] {inputs[0].map(v -> Math.log(Math.cosh(v)))};
  }

  /** The kernel: inputs are dense, and every element of the outputs is written. */
  @Override
  public void run(Tensor[] inputs, Tensor[] outputs) {
    MemorySegment x = inputs[0].segment();
    MemorySegment y = outputs[0].segment();
    boolean wide = inputs[0].dtype() == DType.FLOAT64;
    for (long i = 0; i < inputs[0].elements(); i++) {
      if (wide) {
        y.setAtIndex(ValueLayout.JAVA_DOUBLE, i, logCosh(x.getAtIndex(ValueLayout.JAVA_DOUBLE, i)));
      } else {
        y.setAtIndex(
            ValueLayout.JAVA_FLOAT, i, (float) logCosh(x.getAtIndex(ValueLayout.JAVA_FLOAT, i)));
      }
    }
  }

  /** Without cosh, which overflows. */
  private static double logCosh(double x) {
    double a = Math.abs(x);
    return a + StrictMath.log1p(StrictMath.exp(-2 * a)) - 0.6931471805599453;
  }

  /** Reverse mode, in calls on tensors, so that it can be differentiated again. */
  @Override
  public @Nullable Tensor[] pullback(Call call, @Nullable Tensor[] gradients) {
    return new @Nullable Tensor[] {slope(call, gradients[0])};
  }

  /** Forward mode: the Jacobian is diagonal, so that both are one rule. */
  @Override
  public @Nullable Tensor[] pushforward(Call call, @Nullable Tensor[] tangents) {
    return new @Nullable Tensor[] {slope(call, tangents[0])};
  }

  private static @Nullable Tensor slope(Call call, @Nullable Tensor g) {
    return g == null ? null : g.mul(call.input(0).tanh());
  }

  /** The test: a call. */
  static void check() {
    OpCheck.of(new LogCosh(), Case.spread(3, 4)).run();
  }
}
// <<<
