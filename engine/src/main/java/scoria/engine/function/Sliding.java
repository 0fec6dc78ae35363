package scoria.engine.function;

import java.util.Arrays;
import java.util.List;
import scoria.engine.tensor.Shape;

/**
 * How windows slide over the axes of space, as convolutions and pools take it: {@code
 * Sliding.UNIT.stride(2).padding(1)}. One number is meant for every axis; otherwise one an axis.
 *
 * @param strides from one window to the next, at least 1; none for 1
 * @param dilations from one element of a window to the next, at least 1; none for 1
 * @param fit how the padding is found
 * @param before padding before the first element; none for 0
 * @param after padding after the last element; none for 0
 * @param ceil whether a window that reaches beyond the padding at the end counts, as long as it
 *     begins before it
 */
public record Sliding(
    List<Long> strides,
    List<Long> dilations,
    Fit fit,
    List<Long> before,
    List<Long> after,
    boolean ceil) {
  /** How the padding is found. */
  public enum Fit {
    /** It is given. */
    GIVEN,
    /** As many windows as {@code ceil(n / stride)}; the odd element of padding is at the end. */
    SAME_UPPER,
    /** As many windows as {@code ceil(n / stride)}; the odd element of padding is in front. */
    SAME_LOWER
  }

  /** Every place, without padding. */
  public static final Sliding UNIT =
      new Sliding(List.of(), List.of(), Fit.GIVEN, List.of(), List.of(), false);

  /** Copies the lists and checks them. */
  public Sliding {
    strides = least("strides", strides, 1);
    dilations = least("dilations", dilations, 1);
    before = least("paddings", before, 0);
    after = least("paddings", after, 0);
  }

  private static List<Long> least(String what, List<Long> numbers, long least) {
    if (numbers.stream().anyMatch(number -> number < least)) {
      throw new IllegalArgumentException(what + " " + numbers + "; they are at least " + least);
    }
    return List.copyOf(numbers);
  }

  /**
   * Refuses what is not for so many axes of space.
   *
   * @return this
   */
  public Sliding over(int space) {
    count("strides", strides, space);
    count("dilations", dilations, space);
    count("paddings", before, space);
    count("paddings", after, space);
    return this;
  }

  /** With other strides. */
  public Sliding stride(long... strides) {
    return new Sliding(list(strides), dilations, fit, before, after, ceil);
  }

  /** With other dilations. */
  public Sliding dilation(long... dilations) {
    return new Sliding(strides, list(dilations), fit, before, after, ceil);
  }

  /** With padding of one size before and after. */
  public Sliding padding(long... both) {
    return new Sliding(strides, dilations, Fit.GIVEN, list(both), list(both), ceil);
  }

  /** With padding before and after. */
  public Sliding padding(long[] before, long[] after) {
    return new Sliding(strides, dilations, Fit.GIVEN, list(before), list(after), ceil);
  }

  /** Padded so that there are {@code ceil(n / stride)} windows; see {@link Fit#SAME_UPPER}. */
  public Sliding same() {
    return new Sliding(strides, dilations, Fit.SAME_UPPER, List.of(), List.of(), ceil);
  }

  /** As {@link #same}, with the odd element in front; see {@link Fit#SAME_LOWER}. */
  public Sliding sameLower() {
    return new Sliding(strides, dilations, Fit.SAME_LOWER, List.of(), List.of(), ceil);
  }

  /** With windows that reach beyond the end; see {@link #ceil}. */
  public Sliding ceilMode() {
    return new Sliding(strides, dilations, fit, before, after, true);
  }

  private static List<Long> list(long... numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  /**
   * The windows of one axis of space.
   *
   * @param n size of the axis
   * @param size elements of a window
   * @param stride from one window to the next
   * @param dilation from one element of a window to the next
   * @param before padding before the axis
   * @param after padding after it, with what windows need that reach beyond it
   * @param end padding after it that was asked for
   * @param count number of windows
   */
  record Axis(
      long n,
      long size,
      long stride,
      long dilation,
      long before,
      long after,
      long end,
      long count) {
    /** Elements that a window spans. */
    long extent() {
      return (size - 1) * dilation + 1;
    }

    /** Where an element of a window lies on the axis; outside of it in the padding. */
    long place(long window, long element) {
      return window * stride + element * dilation - before;
    }

    boolean isPadded() {
      return before != 0 || after != 0;
    }

    /** Whether every element is a window of its own. */
    boolean isPointwise() {
      return size == 1 && stride == 1 && !isPadded();
    }
  }

  /**
   * The windows over the axes of space, those behind the first two.
   *
   * @param x [n, channels, ...]
   * @param sizes of a window, one an axis or one for all
   */
  Axis[] over(Shape x, long... sizes) {
    int space = x.rank() - 2;
    if (space < 1) {
      throw new IllegalArgumentException(
          "windows slide over the axes behind samples and channels, and " + x + " has none");
    }
    Axis[] axes = new Axis[space];
    for (int i = 0; i < space; i++) {
      axes[i] =
          axis(
              x.size(i + 2),
              pick("window sizes", list(sizes), i, space, 1),
              pick("strides", strides, i, space, 1),
              pick("dilations", dilations, i, space, 1),
              pick("paddings", before, i, space, 0),
              pick("paddings", after, i, space, 0));
    }
    return axes;
  }

  long strideOf(int axis, int space) {
    return pick("strides", strides, axis, space, 1);
  }

  long dilationOf(int axis, int space) {
    return pick("dilations", dilations, axis, space, 1);
  }

  long beforeOf(int axis, int space) {
    return pick("paddings", before, axis, space, 0);
  }

  long afterOf(int axis, int space) {
    return pick("paddings", after, axis, space, 0);
  }

  private Axis axis(long n, long size, long stride, long dilation, long before, long after) {
    long extent = (size - 1) * dilation + 1;
    if (fit != Fit.GIVEN) {
      long count = Math.ceilDiv(n, stride);
      long total = Math.max(0, (count - 1) * stride + extent - n);
      long odd = total - total / 2;
      long front = fit == Fit.SAME_UPPER ? total / 2 : odd;
      return new Axis(n, size, stride, dilation, front, total - front, total - front, count);
    }
    long room = n + before + after - extent;
    if (room < 0) {
      throw new IllegalArgumentException(
          "a window of "
              + extent
              + " elements does not fit into an axis of "
              + n
              + " with padding "
              + before
              + " and "
              + after);
    }
    long count = (ceil ? Math.ceilDiv(room, stride) : room / stride) + 1;
    if (ceil && (count - 1) * stride >= n + before) {
      // A window that begins in the padding at the end would hold nothing.
      count--;
    }
    long reach = Math.max(after, (count - 1) * stride + extent - n - before);
    return new Axis(n, size, stride, dilation, before, reach, after, count);
  }

  /** The number for an axis of a list of none, one, or one an axis. */
  static long pick(String what, List<Long> numbers, int axis, int space, long least) {
    count(what, numbers, space);
    least(what, numbers, least);
    return numbers.isEmpty() ? least : numbers.get(numbers.size() == 1 ? 0 : axis);
  }

  private static void count(String what, List<Long> numbers, int space) {
    if (numbers.size() > 1 && numbers.size() != space) {
      throw new IllegalArgumentException(
          what + " " + numbers + " for " + space + " axes; give one, or one an axis");
    }
  }
}
