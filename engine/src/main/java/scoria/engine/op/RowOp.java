package scoria.engine.op;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Functions of a row: of all elements along the last axis together. */
public enum RowOp implements SingleOp {
  /** e<sup>x</sup> over the row's sum of it. */
  SOFTMAX("softmax"),
  /** x less the row's {@link #LOG_SUM_EXP}. */
  LOG_SOFTMAX("logSoftmax"),
  /** ln of the sum of e<sup>x</sup>; the axis stays with size 1. */
  LOG_SUM_EXP("logSumExp");

  private final String label;

  RowOp(String label) {
    this.label = label;
  }

  /** The test points of all rows. */
  static List<Case> cases() {
    return Arrays.stream(values())
        .flatMap(
            op ->
                List.of(Case.of(op, Case.spread(3, 5)), Case.of(op, Case.spread(2, 2, 3))).stream())
        .toList();
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public String shapes() {
    return this == LOG_SUM_EXP ? "[..., n] -> [..., 1]" : "[..., n] -> [..., n]";
  }

  @Override
  public Signature result(Signature... inputs) {
    Rules.floats(inputs[0]);
    if (inputs[0].shape().rank() == 0) {
      throw new IllegalArgumentException("it works along the last axis, and a scalar has none");
    }
    return this == LOG_SUM_EXP
        ? new Signature(inputs[0].shape().with(-1, 1), inputs[0].dtype())
        : inputs[0];
  }

  @Override
  public Reference value(Reference... inputs) {
    Reference x = inputs[0];
    int n = (int) x.shape().size(-1);
    Shape sums = x.shape().with(-1, 1);
    Reference lse = Reference.zeros(sums);
    for (int row = 0; row < lse.values().length; row++) {
      double[] values = Arrays.copyOfRange(x.values(), row * n, (row + 1) * n);
      double max = Arrays.stream(values).max().orElse(Double.NEGATIVE_INFINITY);
      lse.values()[row] =
          max + StrictMath.log(Arrays.stream(values).map(v -> StrictMath.exp(v - max)).sum());
    }
    return switch (this) {
      case LOG_SUM_EXP -> lse;
      case LOG_SOFTMAX -> x.zip(lse, (v, l) -> v - l);
      case SOFTMAX -> x.zip(lse, (v, l) -> StrictMath.exp(v - l));
    };
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor g) {
    return new @Nullable Tensor[] {
      switch (this) {
        case SOFTMAX -> softmaxJacobian(call.output(0), g);
        case LOG_SOFTMAX -> g.sub(call.output(0).exp().mul(rowSum(g)));
        case LOG_SUM_EXP -> call.input(0).softmax(-1).mul(g);
      }
    };
  }

  @Override
  public @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    Tensor t = tangents[0];
    if (t == null) {
      return null;
    }
    return switch (this) {
      case SOFTMAX -> softmaxJacobian(call.output(0), t);
      case LOG_SOFTMAX -> t.sub(rowSum(call.output(0).exp().mul(t)));
      case LOG_SUM_EXP -> rowSum(call.input(0).softmax(-1).mul(t));
    };
  }

  /** (diag(y) - y y^T) v, which is its own transpose. */
  private static Tensor softmaxJacobian(Tensor y, Tensor v) {
    return y.mul(v.sub(rowSum(v.mul(y))));
  }

  private static Tensor rowSum(Tensor x) {
    return x.sum(new int[] {-1}, true);
  }
}
