package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/**
 * A function of every element and one number known when it is called.
 *
 * @param kind which function
 * @param value the number; rounded to the tensor's type before use
 */
public record ScalarOp(Kind kind, double value) implements SingleOp {
  /** The functions. */
  public enum Kind {
    /** x + c. */
    ADD("addScalar"),
    /** x c. */
    MUL("mulScalar"),
    /** The larger of x and c; at a tie the derivative is 0. */
    MAX("maxScalar"),
    /** The smaller of x and c; at a tie the derivative is 0. */
    MIN("minScalar"),
    /** x<sup>c</sup> with the special cases of IEEE 754; of floats alone. */
    POW("powScalar"),
    /** The derivative of order c of digamma, for a whole c from 1 to 100; of floats alone. */
    POLYGAMMA("polygammaScalar");

    private final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  /** The test points: one case a kind. */
  static List<Case> cases() {
    return List.of(
        Case.of(new ScalarOp(Kind.ADD, 0.7), Case.spread(2, 5)),
        Case.of(new ScalarOp(Kind.MUL, -1.3), Case.spread(2, 5)),
        Case.of(new ScalarOp(Kind.MAX, 0.25), Case.spread(2, 5)),
        Case.of(new ScalarOp(Kind.MIN, 0.25), Case.spread(2, 5)),
        Case.of(new ScalarOp(Kind.POW, 1.7), Case.positive(2, 5)),
        Case.of(new ScalarOp(Kind.POW, 3), Case.spread(2, 5)),
        Case.of(new ScalarOp(Kind.POW, 0), Case.spread(3)),
        Case.of(new ScalarOp(Kind.POLYGAMMA, 1), Case.positive(2, 5)),
        Case.of(new ScalarOp(Kind.POLYGAMMA, 2), Case.positive(3)));
  }

  @Override
  public String label() {
    return kind.label;
  }

  @Override
  public String shapes() {
    return "[...] -> [...]";
  }

  @Override
  public Signature result(Signature... inputs) {
    DType dtype = inputs[0].dtype();
    if (kind == Kind.POLYGAMMA && !(value == Math.rint(value) && value >= 1 && value <= 100)) {
      throw new IllegalArgumentException(
          "the order must be a whole number from 1 to 100, not " + value);
    }
    if (kind == Kind.POW
        || kind == Kind.POLYGAMMA
        || (dtype != DType.INT64 && dtype != DType.INT32)) {
      Rules.floats(inputs[0]);
    } else if (!(dtype == DType.INT64
        ? value == (long) value && Math.abs(value) < 0x1p63
        : value == (int) value)) {
      throw new IllegalArgumentException(
          value + " is not a whole number of " + dtype + "; convert with to(dtype)");
    }
    return inputs[0];
  }

  @Override
  public Reference value(Reference... inputs) {
    return inputs[0].map(
        switch (kind) {
          case ADD -> x -> x + value;
          case MUL -> x -> x * value;
          case MAX -> x -> Math.max(x, value);
          case MIN -> x -> Math.min(x, value);
          case POW -> x -> StrictMath.pow(x, value);
          case POLYGAMMA -> x -> Meaning.polygamma((int) value, x);
        });
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor gradient) {
    return new @Nullable Tensor[] {times(call, gradient)};
  }

  @Override
  public @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    Tensor tangent = tangents[0];
    return tangent == null ? null : times(call, tangent);
  }

  private @Nullable Tensor times(Call call, Tensor g) {
    return switch (kind) {
      case ADD -> g;
      case MUL -> g.mul(value);
      case MAX -> call.input(0).add(-value).reluGrad(g);
      case MIN -> call.input(0).neg().add(value).reluGrad(g);
      case POLYGAMMA -> g.mul(call.input(0).polygamma((int) value + 1));
      case POW -> value == 0 ? null : g.mul(call.input(0).pow(value - 1)).mul(value);
    };
  }
}
