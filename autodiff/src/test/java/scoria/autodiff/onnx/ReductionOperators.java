package scoria.autodiff.onnx;

import scoria.engine.tensor.Tensor;

/** One number from those along axes. */
final class ReductionOperators {
  private ReductionOperators() {}

  /** A reduction over axes that stay with size 1; none for all. */
  private interface Kept {
    Tensor over(Tensor x, int[] axes);
  }

  static void addTo(Operators table) {
    reduction(table, "ReduceSum", (x, axes) -> x.sum(axes, true).to(x.dtype()));
    reduction(table, "ReduceMean", (x, axes) -> x.mean(axes, true));
    reduction(table, "ReduceProd", (x, axes) -> x.prod(axes, true));
    reduction(table, "ReduceMax", (x, axes) -> x.amax(axes, true));
    reduction(table, "ReduceMin", (x, axes) -> x.amin(axes, true));
    reduction(table, "ReduceSumSquare", (x, axes) -> x.square().sum(axes, true));
    reduction(table, "ReduceL1", (x, axes) -> x.norm(1, axes, true));
    reduction(table, "ReduceL2", (x, axes) -> x.norm(2, axes, true));
    reduction(table, "ReduceLogSumExp", (x, axes) -> x.logSumExp(axes, true));
    reduction(table, "ReduceLogSum", (x, axes) -> x.sum(axes, true).log());
    table.one("CumSum", ReductionOperators::cumSum);
    table.one("ArgMax", call -> place(call, Tensor::argMax, Tensor::argMaxLast));
    table.one("ArgMin", call -> place(call, Tensor::argMin, Tensor::argMinLast));
  }

  private static void reduction(Operators table, String name, Kept reduction) {
    table.one(
        name,
        call -> {
          Tensor x = call.in(0);
          int[] axes = call.axes(1);
          if (axes.length == 0 && call.flag("noop_with_empty_axes")) {
            return x;
          }
          Tensor kept = reduction.over(x, axes);
          boolean keep = call.integer("keepdims", 1) != 0;
          return keep ? kept : kept.reshape(x.shape().reduce(x.shape().axes(axes), false));
        });
  }

  private interface Search {
    Tensor along(Tensor x, int axis, boolean keep);
  }

  private static Tensor place(NodeCall call, Search first, Search last) {
    boolean keep = call.integer("keepdims", 1) != 0;
    return (call.flag("select_last_index") ? last : first).along(call.in(0), call.axis(0), keep);
  }

  private static Tensor cumSum(NodeCall call) {
    int axis = (int) call.in(1).item();
    return call.in(0).cumSum(axis, call.flag("exclusive"), call.flag("reverse"));
  }
}
