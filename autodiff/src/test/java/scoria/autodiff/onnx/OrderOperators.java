package scoria.autodiff.onnx;

import java.util.List;
import scoria.engine.tensor.Picked;
import scoria.engine.tensor.Tensor;
import scoria.engine.tensor.Unique;

/** Elements by their size. */
final class OrderOperators {
  private OrderOperators() {}

  static void addTo(Operators table) {
    table.many("TopK", OrderOperators::topK);
    table.many("Unique", OrderOperators::unique);
  }

  private static List<Tensor> topK(NodeCall call) {
    long k = (long) call.in(1).item();
    Picked picked = call.in(0).topK(call.axis(-1), k, call.integer("largest", 1) != 0);
    return List.of(picked.values(), picked.indices());
  }

  /** In the order of size, or in that in which they come. */
  private static List<Tensor> unique(NodeCall call) {
    boolean whole = !call.says("axis");
    Tensor x = whole ? call.in(0).flatten() : call.in(0);
    int axis = whole ? 0 : call.axis(0);
    Unique unique = whole ? x.unique() : x.unique(axis);
    Tensor first = unique.first();
    Tensor inverse = unique.inverse();
    if (call.integer("sorted", 1) != 0) {
      return List.of(unique.values(), first, inverse, unique.counts());
    }
    Tensor order = first.argSort(0, false);
    return List.of(
        unique.values().take(axis, order),
        first.take(0, order),
        order.argSort(0, false).take(0, inverse),
        unique.counts().take(0, order));
  }
}
