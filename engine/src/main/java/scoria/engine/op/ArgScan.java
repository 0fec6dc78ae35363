package scoria.engine.op;

import java.util.ArrayList;
import java.util.List;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;

/**
 * The places along an axis of the extreme elements so far, as int64. Of equal ones the last, and
 * the last NaN from the first NaN on, as PyTorch has it.
 *
 * @param kind which extreme
 * @param axis from 0
 */
public record ArgScan(Kind kind, int axis) implements ConstantOp {
  /** The extremes. */
  public enum Kind {
    /** Places of the largest. */
    MAX("argcummax"),
    /** Places of the smallest. */
    MIN("argcummin");

    private final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  /** The test points: equal elements, rows longer than one block, none. */
  static List<Case> cases() {
    Reference equal = new Reference(Shape.of(6), 1, 3, -2, 3, -2, 0);
    List<Case> cases = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      cases.add(Case.of(new ArgScan(kind, 1), Case.spread(2, 5, 3)));
      cases.add(Case.of(new ArgScan(kind, 1), Case.spread(2, 1100)));
      cases.add(Case.of(new ArgScan(kind, 0), equal));
      cases.add(Case.of(new ArgScan(kind, 0), Case.spread(0, 3)));
    }
    return cases;
  }

  @Override
  public String label() {
    return kind.label;
  }

  @Override
  public String shapes() {
    return "[..., n, ...] -> int64 [..., n, ...]";
  }

  @Override
  public Signature result(Signature... inputs) {
    inputs[0].shape().axis(axis);
    if (!inputs[0].dtype().isFloat() && inputs[0].dtype() != DType.INT64) {
      throw new IllegalArgumentException(
          "it works on float32, float64 and int64, not on "
              + inputs[0].dtype()
              + "; convert with to(dtype)");
    }
    return new Signature(inputs[0].shape(), DType.INT64);
  }

  @Override
  public Reference value(Reference... inputs) {
    Reference x = inputs[0];
    Reference y = Reference.zeros(x.shape());
    Layout places = Layout.dense(x.shape());
    long[] index = new long[x.shape().rank()];
    for (int at = 0; at < y.values().length; at++) {
      long[] before = index.clone();
      for (long i = 0; i <= index[axis]; i++) {
        before[axis] = (long) y.values()[at];
        double best = x.values()[(int) places.place(before)];
        before[axis] = i;
        double v = x.values()[(int) places.place(before)];
        if (kind == Kind.MAX ? v >= best : v <= best) {
          y.values()[at] = i;
        }
      }
      Reference.next(index, x.shape());
    }
    return y;
  }
}
