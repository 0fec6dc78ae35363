package scoria.engine.device;

import java.util.Arrays;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;

/**
 * The way through operands of a broadcast shape, row by row of its first axis: what lies behind
 * that axis, with axes merged that all operands step through evenly.
 */
final class RowWalk {
  /** Sizes of the merged axes, the last one innermost. */
  final long[] sizes;

  /** Steps of each operand along the merged axes. */
  final long[][] strides;

  private RowWalk(long[] sizes, long[][] strides) {
    this.sizes = sizes;
    this.strides = strides;
  }

  /**
   * A way.
   *
   * @param shape of the output, of rank 1 at least
   * @param operands layouts that broadcast to it
   */
  static RowWalk of(Shape shape, Layout... operands) {
    int rank = shape.rank();
    long[] sizes = new long[rank];
    long[][] strides = new long[operands.length][rank];
    int at = rank;
    for (int axis = rank - 1; axis > 0; axis--) {
      long size = shape.size(axis);
      if (size == 1) {
        continue;
      }
      boolean merges = at < rank;
      for (int k = 0; k < operands.length && merges; k++) {
        merges = Walk.step(operands[k], shape, axis) == strides[k][at] * sizes[at];
      }
      if (merges) {
        sizes[at] *= size;
      } else {
        at--;
        sizes[at] = size;
        for (int k = 0; k < operands.length; k++) {
          strides[k][at] = Walk.step(operands[k], shape, axis);
        }
      }
    }
    int first = at;
    long[][] kept =
        Arrays.stream(strides).map(s -> Arrays.copyOfRange(s, first, rank)).toArray(long[][]::new);
    return new RowWalk(Arrays.copyOfRange(sizes, first, rank), kept);
  }

  /** Number of merged axes. */
  int axes() {
    return sizes.length;
  }

  /** Whether all operands step by 0 or 1 along the innermost axis. */
  boolean isEven() {
    for (long[] stride : strides) {
      long last = stride[stride.length - 1];
      if (last != 0 && last != 1) {
        return false;
      }
    }
    return true;
  }
}
