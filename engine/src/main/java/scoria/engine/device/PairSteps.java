package scoria.engine.device;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.device.Schedule.Task;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.PairwiseKernel;

/** Steps over two or three operands that broadcast. */
final class PairSteps {
  private PairSteps() {}

  /**
   * One call of a loop over rows and columns.
   *
   * <p>Places are in elements; {@code rows} of {@code columns} elements each.
   */
  private interface Loop {
    void run(Frame f, long[] shift, long rows, long columns, long[] row, int[] column);
  }

  static RowStep of(@Nullable PairwiseKernel kernel, Task task, Place[] in, Place out) {
    if (kernel == null) {
      throw new IllegalArgumentException("no loop for " + task.inputs().get(0).dtype());
    }
    Place a = in[0];
    Place b = in[1];
    return walk(
        task,
        new Place[] {a, b, out},
        (f, shift, rows, columns, row, column) ->
            kernel.run(
                a.segment(f),
                a.at(f) + shift[0],
                row[0],
                column[0],
                b.segment(f),
                b.at(f) + shift[1],
                row[1],
                column[1],
                out.segment(f),
                out.at(f) + shift[2],
                row[2],
                rows,
                columns));
  }

  static RowStep where(Task task, Place[] in, Place out) {
    CpuElementwise.Choice choice = CpuElementwise.choice(task.outputs().get(0).dtype());
    Place condition = in[0];
    Place a = in[1];
    Place b = in[2];
    return walk(
        task,
        new Place[] {condition, a, b, out},
        (f, shift, rows, columns, row, column) ->
            choice.run(
                condition.segment(f),
                condition.at(f) + shift[0],
                row[0],
                column[0],
                a.segment(f),
                a.at(f) + shift[1],
                row[1],
                column[1],
                b.segment(f),
                b.at(f) + shift[2],
                row[2],
                column[2],
                out.segment(f),
                out.at(f) + shift[3],
                row[3],
                rows,
                columns));
  }

  private static RowStep walk(Task task, Place[] places, Loop loop) {
    List<Tensor> inputs = task.inputs();
    Tensor y = task.outputs().get(0);
    int operands = places.length;
    Layout[] layouts = new Layout[operands];
    for (int k = 0; k < inputs.size(); k++) {
      layouts[k] = inputs.get(k).layout();
    }
    layouts[operands - 1] = y.layout();
    RowWalk walk = RowWalk.of(y.shape(), layouts);
    long[] rowStep = new long[operands];
    for (int k = 0; k < operands; k++) {
      rowStep[k] = places[k].row();
    }
    long[] none = new long[operands];
    int[] column = new int[operands];
    if (walk.axes() == 0) {
      // One element a row: rows are the columns, if they lie evenly.
      boolean even = true;
      for (int k = 0; k < operands; k++) {
        even &= rowStep[k] == 0 || rowStep[k] == 1;
        column[k] = (int) rowStep[k];
      }
      if (even) {
        return f -> loop.run(f, none, 1, f.rows, none, column);
      }
      int[] ones = new int[operands];
      Arrays.fill(ones, 1);
      return f -> loop.run(f, none, f.rows, 1, rowStep, ones);
    }
    int last = walk.axes() - 1;
    long columns = walk.sizes[last];
    if (last == 0 && walk.isEven()) {
      boolean flat = true;
      for (int k = 0; k < operands; k++) {
        column[k] = (int) walk.strides[k][0];
        flat &= rowStep[k] == columns * column[k];
      }
      return flat
          ? f -> loop.run(f, none, 1, f.rows * columns, none, column)
          : f -> loop.run(f, none, f.rows, columns, rowStep, column);
    }
    return nested(walk, rowStep, loop);
  }

  /** More than two axes, or an uneven one: the frame's rows go side by side through all others. */
  private static RowStep nested(RowWalk walk, long[] rowStep, Loop loop) {
    int operands = rowStep.length;
    boolean even = walk.isEven();
    int looped = even ? walk.axes() - 1 : walk.axes();
    long columns = even ? walk.sizes[looped] : 1;
    int[] column = new int[operands];
    for (int k = 0; k < operands; k++) {
      column[k] = even ? (int) walk.strides[k][looped] : 1;
    }
    return f -> {
      long[] index = new long[looped];
      long[] shift = new long[operands];
      int axis;
      do {
        loop.run(f, shift, f.rows, columns, rowStep, column);
        for (axis = looped - 1; axis >= 0; axis--) {
          index[axis]++;
          for (int k = 0; k < operands; k++) {
            shift[k] += walk.strides[k][axis];
          }
          if (index[axis] < walk.sizes[axis]) {
            break;
          }
          for (int k = 0; k < operands; k++) {
            shift[k] -= walk.sizes[axis] * walk.strides[k][axis];
          }
          index[axis] = 0;
        }
      } while (axis >= 0);
    };
  }
}
