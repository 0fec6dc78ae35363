package scoria.engine.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The sizes of a tensor's axes. Immutable; a scalar has no axes. */
public final class Shape {
  private static final Shape SCALAR = new Shape(new long[0]);

  private final long[] sizes;
  private final long elements;

  private Shape(long[] sizes) {
    this.sizes = sizes;
    long product = 1;
    for (long size : sizes) {
      if (size < 0) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(sizes) + " has a negative size; sizes are at least 0");
      }
      if (Math.multiplyHigh(product, size) != 0 || product * size < 0) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(sizes) + " holds more elements than a long can count");
      }
      product *= size;
    }
    this.elements = product;
  }

  /**
   * A shape of the given sizes.
   *
   * @param sizes one size an axis, outermost first, each at least 0; none for a scalar
   */
  public static Shape of(long... sizes) {
    return sizes.length == 0 ? SCALAR : new Shape(sizes.clone());
  }

  /** The shape of a scalar: no axes, one element. */
  public static Shape scalar() {
    return SCALAR;
  }

  /** Number of axes. */
  public int rank() {
    return sizes.length;
  }

  /**
   * Size of one axis.
   *
   * @param axis from 0, or from -1 counting back from the last
   */
  public long size(int axis) {
    return sizes[axis(axis)];
  }

  /** Number of elements: the product of the sizes. */
  public long elements() {
    return elements;
  }

  /**
   * The product of the sizes of neighbouring axes; 1 of none.
   *
   * @param from the first axis, from 0
   * @param to the axis before which they end
   */
  public long elements(int from, int to) {
    long product = 1;
    for (int i = from; i < to; i++) {
      product *= sizes[i];
    }
    return product;
  }

  /**
   * Bytes that the elements take.
   *
   * @throws IllegalArgumentException if they are more than a long can count
   */
  public long bytes(DType dtype) {
    if (elements > Long.MAX_VALUE / dtype.bytes()) {
      throw new IllegalArgumentException(
          dtype + toString() + " takes more bytes than a long can count");
    }
    return elements * dtype.bytes();
  }

  /** A copy of the sizes. */
  public long[] toArray() {
    return sizes.clone();
  }

  /**
   * The axis as a number from 0.
   *
   * @param axis from -rank to rank - 1
   * @throws IllegalArgumentException if there is no such axis
   */
  public int axis(int axis) {
    if (axis < -sizes.length || axis >= sizes.length) {
      throw new IllegalArgumentException(
          "axis " + axis + " of shape " + this + "; it has " + sizes.length + " axes");
    }
    return axis < 0 ? axis + sizes.length : axis;
  }

  /**
   * Axes as sorted numbers from 0; all axes when none are named.
   *
   * @throws IllegalArgumentException if an axis does not exist or is named twice
   */
  public int[] axes(int... axes) {
    if (axes.length == 0) {
      int[] all = new int[sizes.length];
      Arrays.setAll(all, i -> i);
      return all;
    }
    int[] sorted = new int[axes.length];
    Arrays.setAll(sorted, i -> axis(axes[i]));
    Arrays.sort(sorted);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        throw new IllegalArgumentException(
            "axes " + Arrays.toString(axes) + " name axis " + sorted[i] + " of " + this + " twice");
      }
    }
    return sorted;
  }

  /** The axes that are not among sorted ones. */
  int[] others(int[] sorted) {
    return IntStream.range(0, sizes.length)
        .filter(i -> Arrays.binarySearch(sorted, i) < 0)
        .toArray();
  }

  /**
   * The shape that both broadcast to, by NumPy's rule: axes are lined up from the last, and a size
   * of 1 or a missing axis is repeated.
   *
   * @throws IllegalArgumentException if two sizes differ and neither is 1
   */
  public Shape broadcast(Shape other) {
    if (equals(other)) {
      return this;
    }
    int rank = Math.max(rank(), other.rank());
    long[] out = new long[rank];
    for (int i = 1; i <= rank; i++) {
      long a = i <= rank() ? sizes[rank() - i] : 1;
      long b = i <= other.rank() ? other.sizes[other.rank() - i] : 1;
      if (a != b && a != 1 && b != 1) {
        throw new IllegalArgumentException(
            "shapes "
                + this
                + " and "
                + other
                + " do not broadcast: from the last axis back, sizes must be equal or 1, and "
                + a
                + " meets "
                + b);
      }
      out[rank - i] = a == 1 ? b : a;
    }
    return new Shape(out);
  }

  /** This shape with one axis given another size. */
  public Shape with(int axis, long size) {
    long[] out = sizes.clone();
    out[axis(axis)] = size;
    return new Shape(out);
  }

  /** This shape without the given axes, or with size 1 in their place. */
  public Shape reduce(int[] axes, boolean keep) {
    long[] out = new long[keep ? sizes.length : sizes.length - axes.length];
    int at = 0;
    for (int i = 0; i < sizes.length; i++) {
      boolean reduced = Arrays.binarySearch(axes, i) >= 0;
      if (!reduced) {
        out[at++] = sizes[i];
      } else if (keep) {
        out[at++] = 1;
      }
    }
    return new Shape(out);
  }

  /** Strides, in elements, of a dense row-major layout. */
  public long[] denseStrides() {
    long[] strides = new long[sizes.length];
    long step = 1;
    for (int i = sizes.length - 1; i >= 0; i--) {
      strides[i] = step;
      step *= Math.max(1, sizes[i]);
    }
    return strides;
  }

  /** The sizes as a list. */
  public List<Long> toList() {
    return Arrays.stream(sizes).boxed().toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  /** The sizes in brackets, such as {@code [512, 2]}. */
  @Override
  public String toString() {
    return Arrays.toString(sizes);
  }
}
