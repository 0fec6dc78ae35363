package scoria.engine.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import scoria.engine.exec.Execute;
import scoria.engine.op.Copy;
import scoria.engine.op.Expand;
import scoria.engine.op.Permute;
import scoria.engine.op.Reshape;
import scoria.engine.op.Slice;
import scoria.engine.op.Windows;

/** A tensor's elements in other arrangements: views of the same memory where strides allow. */
public sealed interface Views extends Shaped permits Tensor {
  /** The same elements under other sizes, one of which may be -1 for what is left. */
  default Tensor reshape(long... sizes) {
    return reshape(Axes.fill(shape(), sizes));
  }

  /** The same elements under another shape: a view where strides allow, else a copy. */
  default Tensor reshape(Shape to) {
    return to.equals(shape()) ? self() : Execute.run(new Reshape(to), self());
  }

  /** View with the axes in another order: axis i of the result is axis {@code order[i]}. */
  default Tensor permute(int... order) {
    List<Integer> axes = new ArrayList<>(order.length);
    for (int axis : order) {
      axes.add(shape().axis(axis));
    }
    return Execute.run(new Permute(axes), self());
  }

  /** View with two axes exchanged. */
  default Tensor transpose(int axis, int other) {
    int[] order = new int[rank()];
    Arrays.setAll(order, i -> i);
    order[shape().axis(axis)] = shape().axis(other);
    order[shape().axis(other)] = shape().axis(axis);
    return permute(order);
  }

  /** View of a matrix with rows and columns exchanged. */
  default Tensor transpose() {
    return transpose(-2, -1);
  }

  /** View of {@code count} indices of an axis from {@code start}. */
  default Tensor narrow(int axis, long start, long count) {
    return slice(axis, start, 1, count);
  }

  /** View of every {@code step}-th index of an axis, {@code count} of them from {@code start}. */
  default Tensor slice(int axis, long start, long step, long count) {
    return Execute.run(new Slice(shape().axis(axis), start, step, count), self());
  }

  /**
   * View of all windows that slide along an axis, which two take the place of: their number, then
   * their size, {@code [.., n, ..]} to {@code [.., windows, size, ..]}.
   *
   * @param size elements of a window
   * @param stride from one window to the next
   * @param dilation from one element of a window to the next
   */
  default Tensor windows(int axis, long size, long stride, long dilation) {
    long room = size(axis) - (size - 1) * dilation - 1;
    long count = room < 0 ? 0 : room / Math.max(1, stride) + 1;
    return Execute.run(new Windows(shape().axis(axis), count, size, stride, dilation), self());
  }

  /** View of one index of an axis, without the axis; an index from -1 counts back. */
  default Tensor get(int axis, long index) {
    long size = size(axis);
    if (index < -size || index >= size) {
      throw new IllegalArgumentException(
          "index "
              + index
              + " of axis "
              + axis
              + " of "
              + self().signature()
              + " is outside of it: it has "
              + size);
    }
    long at = index < 0 ? index + size : index;
    return narrow(axis, at, 1).squeeze(axis);
  }

  /** View repeated to a shape that this broadcasts to, without copying. */
  default Tensor expand(Shape to) {
    return to.equals(shape()) ? self() : Execute.run(new Expand(to), self());
  }

  /** View repeated to sizes that this broadcasts to, without copying. */
  default Tensor expand(long... sizes) {
    return expand(Shape.of(sizes));
  }

  /** View with an axis of size 1 put in, before the named one; rank or -1 puts it last. */
  default Tensor unsqueeze(int axis) {
    return reshape(Axes.insert(shape(), axis));
  }

  /** View without an axis of size 1. */
  default Tensor squeeze(int axis) {
    if (size(axis) != 1) {
      throw new IllegalArgumentException(
          "axis " + axis + " of " + signature() + " cannot be squeezed: its size is not 1");
    }
    return reshape(shape().reduce(new int[] {shape().axis(axis)}, false));
  }

  /** This tensor if its elements are dense, else a dense copy. */
  default Tensor contiguous() {
    return layout().isDense() ? self() : copy();
  }

  /** A dense copy. */
  default Tensor copy() {
    return Execute.run(Copy.COPY, self());
  }

  /** This tensor: nothing else implements the interface. */
  private Tensor self() {
    return (Tensor) this;
  }
}
