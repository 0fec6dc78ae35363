package scoria.autodiff.grad;

import java.util.Arrays;
import java.util.List;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * What lies between a field's input and its value, for products with the Jacobian.
 *
 * @param y [n, d]
 * @param x [n, d]
 */
record Field(Graph graph, Tensor y, Tensor x) {
  static Field of(Tensor y, Tensor x, Tensor probes, long count) {
    if (x.rank() != 2 || !y.signature().equals(x.signature())) {
      throw new IllegalArgumentException(
          "the divergence of a field that takes "
              + x.signature()
              + " to "
              + y.signature()
              + "; it is defined for fields from [n, d] to [n, d]");
    }
    Shape wanted = Shape.of(x.size(0), count, x.size(1));
    if (!probes.shape().equals(wanted) || probes.dtype() != x.dtype()) {
      throw new IllegalArgumentException(
          "the probes are "
              + probes.signature()
              + "; for points "
              + x.signature()
              + " they must be "
              + x.dtype()
              + wanted);
    }
    Graph.tracked(List.of(x));
    return new Field(Graph.between(List.of(x), List.of(y)), y, x);
  }

  /** J v for every row. */
  Tensor times(Tensor v, boolean again) {
    return Forward.walk(graph, List.of(y), List.of(x), List.of(v), again).get(0);
  }

  /** v<sup>T</sup>J v for every row, [n, 1]. */
  Tensor form(Tensor v, boolean again) {
    return times(v, again).mul(v).sum(new int[] {1}, true);
  }

  /** Columns side by side; [n, 0] where there are none. */
  Tensor columns(Tensor... columns) {
    return columns.length == 0 ? x.filled(0, x.size(0), 0) : Tensor.concat(1, columns);
  }

  /** {@link #form} of several vectors, [n, count]. */
  Tensor forms(Tensor[] vs, boolean again) {
    return columns(Arrays.stream(vs).map(v -> form(v, again)).toArray(Tensor[]::new));
  }
}
