package scoria.engine.device;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.device.Schedule.Task;
import scoria.engine.op.Binary;
import scoria.engine.op.Bitwise;
import scoria.engine.op.Cast;
import scoria.engine.op.Comparison;
import scoria.engine.op.Concat;
import scoria.engine.op.Copy;
import scoria.engine.op.Embed;
import scoria.engine.op.MatMul;
import scoria.engine.op.Op;
import scoria.engine.op.RandomOp;
import scoria.engine.op.Reduction;
import scoria.engine.op.RowOp;
import scoria.engine.op.ScalarOp;
import scoria.engine.op.Take;
import scoria.engine.op.Unary;
import scoria.engine.op.Where;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * How a task goes through a batch by rows, the indices of the first axis.
 *
 * @param byRow for each input whether row i of the output needs row i of it alone; others are
 *     needed whole
 * @param sums whether rows are added up: the output is whole, and comes from parts of the batch
 */
record RowForm(boolean[] byRow, boolean sums) {
  /**
   * The form of a task, or null where it has none.
   *
   * @param n rows of the batch, at least 1
   */
  static @Nullable RowForm of(Task task, long n) {
    if (task.outputs().size() != 1) {
      return null;
    }
    Op op = task.op();
    List<Tensor> inputs = task.inputs();
    Shape out = task.outputs().get(0).shape();
    boolean rows = out.rank() > 0 && out.size(0) == n;
    return switch (op) {
      case Unary _, ScalarOp _, Cast _, Copy _ -> rows ? all(inputs) : null;
      case Binary _, Bitwise _, Comparison _, Where _ -> rows ? broadcast(inputs, out) : null;
      case RowOp _ -> rows && out.rank() > 1 ? all(inputs) : null;
      case RandomOp _ -> rows ? new RowForm(new boolean[] {false}, false) : null;
      case Concat concat -> rows && concat.axis() > 0 ? all(inputs) : null;
      case Embed embed -> rows && embed.axis() > 0 ? all(inputs) : null;
      case Take take -> rows ? take(take) : null;
      case Reduction reduction -> reduction(reduction, inputs.get(0), rows, n);
      case MatMul product -> product(product, inputs, rows, n);
      default -> null;
    };
  }

  private static RowForm all(List<Tensor> inputs) {
    boolean[] byRow = new boolean[inputs.size()];
    Arrays.fill(byRow, true);
    return new RowForm(byRow, false);
  }

  private static RowForm broadcast(List<Tensor> inputs, Shape out) {
    boolean[] byRow = new boolean[inputs.size()];
    for (int i = 0; i < byRow.length; i++) {
      Shape shape = inputs.get(i).shape();
      byRow[i] = shape.rank() == out.rank() && shape.size(0) == out.size(0);
    }
    return new RowForm(byRow, false);
  }

  private static RowForm take(Take take) {
    return new RowForm(
        take.axis() == 0 ? new boolean[] {false, true} : new boolean[] {true, false}, false);
  }

  private static @Nullable RowForm reduction(Reduction reduction, Tensor x, boolean rows, long n) {
    if (reduction.from() > 0) {
      return rows ? new RowForm(new boolean[] {true}, false) : null;
    }
    boolean sum =
        reduction.kind() == Reduction.Kind.SUM && x.dtype().isFloat() && x.shape().size(0) == n;
    return sum ? new RowForm(new boolean[] {true}, true) : null;
  }

  private static @Nullable RowForm product(
      MatMul product, List<Tensor> inputs, boolean rows, long n) {
    Layout a = inputs.get(0).layout();
    Layout b = inputs.get(1).layout();
    if (a.shape().rank() != 2 || b.shape().rank() != 2 || !liesByRows(a)) {
      return null;
    }
    if (!product.transposeA()) {
      return rows ? new RowForm(new boolean[] {true, false}, false) : null;
    }
    boolean sums = !product.transposeB() && a.shape().size(0) == n && liesByRows(b);
    return sums ? new RowForm(new boolean[] {true, true}, true) : null;
  }

  private static boolean liesByRows(Layout matrix) {
    long columns = matrix.shape().size(1);
    return matrix.stride(1) == 1 && matrix.stride(0) >= columns || columns == 1;
  }
}
