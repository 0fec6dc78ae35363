package scoria.engine.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a tensor's elements lie in its memory: element {@code (i, j, ...)} is at {@code offset + i
 * strides[0] + j strides[1] + ...}. Immutable. A view is another layout over the same memory.
 */
public final class Layout {
  private final Shape shape;
  private final long[] strides;
  private final long offset;
  private final boolean dense;

  private Layout(Shape shape, long[] strides, long offset) {
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
    this.dense = isDense(shape, strides);
  }

  /** A row-major layout without gaps, from element 0. */
  public static Layout dense(Shape shape) {
    return new Layout(shape, shape.denseStrides(), 0);
  }

  /**
   * A layout of any strides.
   *
   * @param strides elements from one index to the next, one an axis; may be 0 or negative
   * @param offset place of the first element
   */
  public static Layout of(Shape shape, long[] strides, long offset) {
    if (strides.length != shape.rank()) {
      throw new IllegalArgumentException(
          strides.length + " strides for shape " + shape + "; one an axis is needed");
    }
    return new Layout(shape, strides.clone(), offset);
  }

  /** Sizes of the axes. */
  public Shape shape() {
    return shape;
  }

  /** Place of the first element, in elements from the start of the memory. */
  public long offset() {
    return offset;
  }

  /** Elements from one index of the axis to the next. */
  public long stride(int axis) {
    return strides[shape.axis(axis)];
  }

  /** A copy of all strides. */
  public long[] strides() {
    return strides.clone();
  }

  /** Whether the elements lie in row-major order without gaps. */
  public boolean isDense() {
    return dense;
  }

  /** The place of an element, in elements from the start of the memory. */
  public long place(long... index) {
    if (index.length != strides.length) {
      throw new IllegalArgumentException(
          "index "
              + Arrays.toString(index)
              + " into shape "
              + shape
              + "; one number an axis is needed");
    }
    long at = offset;
    for (int i = 0; i < index.length; i++) {
      if (index[i] < 0 || index[i] >= shape.size(i)) {
        throw new IndexOutOfBoundsException(
            "index " + Arrays.toString(index) + " is outside of shape " + shape);
      }
      at += index[i] * strides[i];
    }
    return at;
  }

  /**
   * The same elements in the same order under another shape.
   *
   * @param to a shape of as many elements
   * @return the layout, or null if no strides can do it and the elements must be copied
   * @throws IllegalArgumentException if the numbers of elements differ
   */
  public @Nullable Layout reshape(Shape to) {
    if (shape.elements() != to.elements()) {
      throw new IllegalArgumentException(
          "shape "
              + to
              + " holds "
              + to.elements()
              + " elements and "
              + shape
              + " has "
              + shape.elements());
    }
    if (dense || shape.elements() == 0) {
      return new Layout(to, to.denseStrides(), offset);
    }
    long[] out = new long[to.rank()];
    int from = 0;
    int into = 0;
    while (from < shape.rank() || into < to.rank()) {
      // Take the shortest runs of axes on both sides that hold as many elements, and see whether
      // the source run is evenly spaced.
      long have = 1;
      long want = 1;
      int fromEnd = from;
      int intoEnd = into;
      do {
        if (have <= want && fromEnd < shape.rank()) {
          have *= shape.size(fromEnd++);
        } else if (intoEnd < to.rank()) {
          want *= to.size(intoEnd++);
        } else {
          have *= shape.size(fromEnd++);
        }
      } while (have != want);
      long unit = runStride(from, fromEnd);
      if (unit == Long.MIN_VALUE) {
        return null;
      }
      for (int i = intoEnd - 1; i >= into; i--) {
        out[i] = unit;
        unit *= to.size(i);
      }
      from = fromEnd;
      into = intoEnd;
    }
    return new Layout(to, out, offset);
  }

  /** The step between neighbours in a run of axes, or MIN_VALUE if it is uneven. */
  private long runStride(int from, int end) {
    long unit = 0;
    long next = 0;
    boolean first = true;
    for (int i = end - 1; i >= from; i--) {
      long size = shape.size(i);
      if (size == 1) {
        continue;
      }
      if (first) {
        unit = strides[i];
        first = false;
      } else if (strides[i] != next) {
        return Long.MIN_VALUE;
      }
      next = strides[i] * size;
    }
    return unit;
  }

  /**
   * The axes in another order: axis {@code i} of the result is axis {@code order[i]} of this.
   *
   * @param order every axis once
   */
  public Layout permute(int... order) {
    if (order.length != shape.rank() || shape.axes(order).length != shape.rank()) {
      throw new IllegalArgumentException(
          "permutation "
              + Arrays.toString(order)
              + " of shape "
              + shape
              + " must name every axis once");
    }
    long[] sizes = new long[order.length];
    long[] steps = new long[order.length];
    for (int i = 0; i < order.length; i++) {
      sizes[i] = shape.size(order[i]);
      steps[i] = stride(order[i]);
    }
    return new Layout(Shape.of(sizes), steps, offset);
  }

  /**
   * Every {@code step}-th index of one axis, {@code count} of them from {@code start}.
   *
   * @param step any number but 0
   */
  public Layout slice(int axis, long start, long step, long count) {
    int a = shape.axis(axis);
    if (count < 0 || step == 0 || (count > 0 && !holds(shape.size(a), start, step, count))) {
      throw new IllegalArgumentException(
          "slice from "
              + start
              + " by "
              + step
              + " of "
              + count
              + " elements does not lie in axis "
              + a
              + " of shape "
              + shape);
    }
    long[] steps = strides.clone();
    steps[a] *= step;
    Shape out = shape.with(a, count);
    // A place without elements may lie outside of the memory.
    return new Layout(out, steps, out.elements() == 0 ? offset : offset + start * strides[a]);
  }

  /**
   * Windows that slide along an axis, which they replace by two: element {@code (i, k)} of those is
   * element {@code i stride + k dilation} of the axis. Windows may overlap.
   *
   * @param count number of windows, at least 0
   * @param size elements of a window, at least 1
   * @param stride from one window to the next, at least 1
   * @param dilation from one element of a window to the next, at least 1
   */
  public Layout windows(int axis, long count, long size, long stride, long dilation) {
    int a = shape.axis(axis);
    if (count < 0 || size < 1 || stride < 1 || dilation < 1) {
      throw new IllegalArgumentException(
          count
              + " windows of "
              + size
              + " elements, stride "
              + stride
              + ", dilation "
              + dilation
              + "; size, stride and dilation are at least 1");
    }
    // In float64, which does not overflow.
    if (count > 0 && (count - 1.0) * stride + (size - 1.0) * dilation >= shape.size(a)) {
      throw new IllegalArgumentException(
          count
              + " windows of "
              + size
              + " elements, stride "
              + stride
              + ", dilation "
              + dilation
              + ", take "
              + ((count - 1) * stride + (size - 1) * dilation + 1)
              + " elements, and axis "
              + a
              + " of shape "
              + shape
              + " has "
              + shape.size(a));
    }
    int rank = shape.rank();
    long[] sizes = new long[rank + 1];
    long[] steps = new long[rank + 1];
    for (int i = 0; i < rank; i++) {
      int at = i <= a ? i : i + 1;
      sizes[at] = shape.size(i);
      steps[at] = strides[i];
    }
    sizes[a] = count;
    sizes[a + 1] = size;
    steps[a] = strides[a] * stride;
    steps[a + 1] = strides[a] * dilation;
    return new Layout(Shape.of(sizes), steps, offset);
  }

  /** Whether the indices of a slice lie in an axis, however large its numbers are. */
  private static boolean holds(long size, long start, long step, long count) {
    if (start < 0 || start >= size) {
      return false;
    }
    long room = step > 0 ? (size - 1 - start) / step : step == Long.MIN_VALUE ? 0 : start / -step;
    return count - 1 <= room;
  }

  /**
   * Repeats axes of size 1, and adds axes in front, without copying.
   *
   * @throws IllegalArgumentException if this shape does not broadcast to {@code to}
   */
  public Layout expand(Shape to) {
    if (!shape.broadcast(to).equals(to)) {
      throw new IllegalArgumentException(
          "shape " + shape + " does not expand to " + to + "; only axes of size 1 repeat");
    }
    long[] steps = new long[to.rank()];
    int added = to.rank() - shape.rank();
    for (int i = 0; i < shape.rank(); i++) {
      steps[i + added] = shape.size(i) == to.size(i + added) ? strides[i] : 0;
    }
    return new Layout(to, steps, offset);
  }

  private static boolean isDense(Shape shape, long[] strides) {
    long step = 1;
    for (int i = strides.length - 1; i >= 0; i--) {
      long size = shape.size(i);
      if (size != 1 && strides[i] != step && shape.elements() > 0) {
        return false;
      }
      step *= size;
    }
    return true;
  }

  @Override
  public String toString() {
    return shape + " strides " + Arrays.toString(strides) + " from " + offset;
  }
}
