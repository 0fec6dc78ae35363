package scoria.engine.op;

import java.util.List;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Layout;

/**
 * The place of the extreme element along an axis, as int64; the axis stays with size 1. The first
 * of equal ones; the first NaN where there is one.
 *
 * @param kind which extreme
 * @param axis from 0
 */
public record ArgReduction(Kind kind, int axis) implements ConstantOp {
  /** The extremes. */
  public enum Kind {
    /** Place of the largest. */
    MAX("argmax"),
    /** Place of the smallest. */
    MIN("argmin");

    private final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  /** The test points. */
  static List<Case> cases() {
    return List.of(
        Case.of(new ArgReduction(Kind.MAX, 1), Case.spread(3, 7)),
        Case.of(new ArgReduction(Kind.MIN, 0), Case.spread(5, 3)),
        Case.of(new ArgReduction(Kind.MIN, 1), Case.spread(2, 4, 3)));
  }

  @Override
  public String label() {
    return kind.label;
  }

  @Override
  public String shapes() {
    return "[..., n, ...] -> int64 [..., 1, ...]";
  }

  @Override
  public Signature result(Signature... inputs) {
    if (!inputs[0].dtype().isFloat() && inputs[0].dtype() != DType.INT64) {
      throw new IllegalArgumentException(
          "it works on float32, float64 and int64, not on "
              + inputs[0].dtype()
              + "; convert with to(dtype)");
    }
    if (inputs[0].shape().size(axis) == 0) {
      throw new IllegalArgumentException("axis " + axis + " of " + inputs[0].shape() + " is empty");
    }
    return new Signature(inputs[0].shape().with(axis, 1), DType.INT64);
  }

  @Override
  public Reference value(Reference... inputs) {
    Reference x = inputs[0];
    Reference y = Reference.zeros(x.shape().with(axis, 1));
    Layout places = Layout.dense(x.shape());
    long[] index = new long[x.shape().rank()];
    for (int at = 0; at < y.values().length; at++) {
      long[] place = index.clone();
      double best = x.at(place);
      for (int i = 1; i < x.shape().size(axis); i++) {
        place[axis] = i;
        double v = x.values()[(int) places.place(place)];
        if (kind == Kind.MAX ? v > best : v < best) {
          best = v;
          y.values()[at] = i;
        }
      }
      Reference.next(index, y.shape());
    }
    return y;
  }
}
