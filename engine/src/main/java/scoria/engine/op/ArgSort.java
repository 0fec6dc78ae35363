package scoria.engine.op;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;

/**
 * The places of a row's elements in the order of their size, as int64: rows go along the last axis.
 * Stable; NaN comes last, and -0 equals +0.
 */
public enum ArgSort implements ConstantOp {
  /** The smallest first. */
  ASCENDING,
  /** The largest first; of equal ones the first in the row. */
  DESCENDING;

  /** The test points: with equal elements, long rows, no rows. */
  static List<Case> cases() {
    return Arrays.stream(values())
        .flatMap(
            op ->
                List.of(
                    Case.of(op, List.of(0), Case.spread(3, 7).map(v -> Math.rint(2 * v))),
                    Case.of(op, List.of(0), Case.spread(2, 300)),
                    Case.of(op, List.of(0), Case.spread(2, 0)))
                    .stream())
        .toList();
  }

  @Override
  public String label() {
    return "argsort";
  }

  @Override
  public String shapes() {
    return "[..., n] -> int64[..., n]";
  }

  @Override
  public Signature result(Signature... inputs) {
    if (!inputs[0].dtype().isFloat() && inputs[0].dtype() != DType.INT64) {
      throw new IllegalArgumentException(
          "it works on float32, float64 and int64, not on "
              + inputs[0].dtype()
              + "; convert with to(dtype)");
    }
    if (inputs[0].shape().rank() == 0) {
      throw new IllegalArgumentException("it works along the last axis, and a scalar has none");
    }
    return new Signature(inputs[0].shape(), DType.INT64);
  }

  @Override
  public Reference value(Reference... inputs) {
    Shape shape = inputs[0].shape();
    int n = (int) shape.size(-1);
    double sign = this == ASCENDING ? 1 : -1;
    double[] out = new double[inputs[0].values().length];
    for (int row = 0; n > 0 && row < out.length / n; row++) {
      double[] x = Arrays.copyOfRange(inputs[0].values(), row * n, (row + 1) * n);
      Integer[] order = new Integer[n];
      Arrays.setAll(order, i -> i);
      // NaN is above all numbers to Java too, and remains so with its sign changed.
      Arrays.sort(order, Comparator.comparingDouble(i -> sign * x[i] + 0.0));
      for (int i = 0; i < n; i++) {
        out[row * n + i] = order[i];
      }
    }
    return new Reference(shape, out);
  }
}
