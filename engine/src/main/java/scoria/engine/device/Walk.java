package scoria.engine.device;

import java.util.Arrays;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;

/**
 * A way through several operands at once: the axes of a common shape with those merged that all
 * operands step through evenly. The last axis is a row, the one before it counts rows, and those
 * before are looped over here.
 */
final class Walk {
  private final long[] sizes;
  private final long[][] strides;
  private final long[] offsets;
  private final int rank;

  private Walk(long[] sizes, long[][] strides, long[] offsets, int rank) {
    this.sizes = sizes;
    this.strides = strides;
    this.offsets = offsets;
    this.rank = rank;
  }

  /**
   * A way through operands that broadcast to a shape.
   *
   * @param shape the common shape
   * @param operands layouts that expand to it
   */
  static Walk of(Shape shape, Layout... operands) {
    int n = operands.length;
    // Room for two axes more, so that rows and columns always exist.
    int capacity = shape.rank() + 2;
    long[] sizes = new long[capacity];
    long[][] strides = new long[n][capacity];
    long[] offsets = new long[n];
    for (int k = 0; k < n; k++) {
      offsets[k] = operands[k].offset();
    }
    // Filled from the back, the last place being kept for a row of one element.
    int end = capacity - 1;
    int at = end;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      long size = shape.size(axis);
      if (size == 1) {
        continue;
      }
      boolean merges = at < end;
      for (int k = 0; k < n && merges; k++) {
        merges = step(operands[k], shape, axis) == strides[k][at] * sizes[at];
      }
      if (merges) {
        sizes[at] *= size;
      } else {
        at--;
        sizes[at] = size;
        for (int k = 0; k < n; k++) {
          strides[k][at] = step(operands[k], shape, axis);
        }
      }
    }
    // Where an operand's neighbours in a row lie apart, or there is no axis at all, a row is one
    // element. With one element any step will do, and 1 is the one that loops like best.
    boolean even = at < end;
    for (int k = 0; k < n && even; k++) {
      even = strides[k][end - 1] == 0 || strides[k][end - 1] == 1;
    }
    if (!even) {
      sizes[end] = 1;
      for (int k = 0; k < n; k++) {
        strides[k][end] = 1;
      }
      end++;
    }
    if (end - at < 2) {
      at--;
      sizes[at] = 1;
    }
    int rank = end - at;
    long[] packedSizes = Arrays.copyOfRange(sizes, at, end);
    long[][] packedStrides = new long[n][];
    for (int k = 0; k < n; k++) {
      packedStrides[k] = Arrays.copyOfRange(strides[k], at, end);
    }
    return new Walk(packedSizes, packedStrides, offsets, rank);
  }

  /** Elements from one index of an axis of the common shape to the next; 0 where one repeats. */
  static long step(Layout operand, Shape shape, int axis) {
    int own = axis - (shape.rank() - operand.shape().rank());
    return own < 0 || operand.shape().size(own) == 1 ? 0 : operand.stride(own);
  }

  long rows() {
    return sizes[rank - 2];
  }

  long columns() {
    return sizes[rank - 1];
  }

  /** Elements from one row of an operand to the next. */
  long row(int operand) {
    return strides[operand][rank - 2];
  }

  /** Elements from one column of an operand to the next. */
  int column(int operand) {
    return Math.toIntExact(strides[operand][rank - 1]);
  }

  /** What is done with one block of rows. */
  @FunctionalInterface
  interface Block {
    /** Handles rows whose first elements lie at {@code starts}, one an operand. */
    void run(long[] starts);
  }

  /** Runs the body for every index of the axes before rows and columns. */
  void blocks(Block body) {
    long[] starts = offsets.clone();
    for (long size : sizes) {
      if (size == 0) {
        return;
      }
    }
    long[] index = new long[rank - 2];
    while (true) {
      body.run(starts);
      int axis = rank - 3;
      for (; axis >= 0; axis--) {
        for (int k = 0; k < starts.length; k++) {
          starts[k] += strides[k][axis];
        }
        if (++index[axis] < sizes[axis]) {
          break;
        }
        for (int k = 0; k < starts.length; k++) {
          starts[k] -= sizes[axis] * strides[k][axis];
        }
        index[axis] = 0;
      }
      if (axis < 0) {
        return;
      }
    }
  }
}
