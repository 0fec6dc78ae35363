package scoria.engine.function;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import scoria.engine.op.Embed;
import scoria.engine.op.OverlapAdd;
import scoria.engine.op.Windows;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Tensors as windows over their axes of space, and back. */
final class SlidingViews {
  private SlidingViews() {}

  /** [n, c, ...] with the padding of all axes, filled with a number. */
  static Tensor pad(Tensor x, Sliding.Axis[] axes, double value) {
    Tensor y = x;
    // The last axis first, while there is least to move.
    for (int i = axes.length - 1; i >= 0; i--) {
      if (axes[i].isPadded()) {
        y = pad(y, i + 2, axes[i].before(), axes[i].after(), value);
      }
    }
    return y;
  }

  /** A tensor with more elements along one axis. */
  static Tensor pad(Tensor x, int axis, long before, long after, double value) {
    if (value == 0) {
      return x.apply(new Embed(axis, before, 1, before + x.size(axis) + after));
    }
    return Tensor.concat(
        axis,
        Tensor.full(value, x.dtype(), x.shape().with(axis, before).toArray()).to(x.device()),
        x,
        Tensor.full(value, x.dtype(), x.shape().with(axis, after).toArray()).to(x.device()));
  }

  /**
   * The windows of a padded tensor: a view [n, c, windows 1, size 1, windows 2, size 2, ...].
   *
   * @param padded [n, c, ...], as {@link #pad} gives it
   */
  static Tensor windows(Tensor padded, Sliding.Axis[] axes) {
    Tensor y = padded;
    for (int i = axes.length - 1; i >= 0; i--) {
      Sliding.Axis a = axes[i];
      y = y.apply(new Windows(i + 2, a.count(), a.size(), a.stride(), a.dilation()));
    }
    return y;
  }

  /**
   * Adds up windows: the adjoint of {@link #windows}.
   *
   * @param windows [n, c, windows 1, size 1, windows 2, size 2, ...]
   * @param sizes of the axes of space
   */
  static Tensor add(Tensor windows, Sliding.Axis[] axes, long[] sizes) {
    Tensor y = windows;
    for (int i = axes.length - 1; i >= 0; i--) {
      y = y.apply(new OverlapAdd(2 * i + 2, sizes[i], axes[i].stride(), axes[i].dilation()));
    }
    return y;
  }

  /** The numbers of windows along all axes. */
  static long[] counts(Sliding.Axis[] axes) {
    return IntStream.range(0, axes.length).mapToLong(i -> axes[i].count()).toArray();
  }

  /** The sizes of windows along all axes. */
  static long[] sizes(Sliding.Axis[] axes) {
    return IntStream.range(0, axes.length).mapToLong(i -> axes[i].size()).toArray();
  }

  /** Axes of a tensor of windows that holds {@code lead} axes before them: their numbers. */
  static int[] windowAxes(int lead, int space) {
    return IntStream.range(0, space).map(i -> lead + 2 * i).toArray();
  }

  /** Axes of a tensor of windows that holds {@code lead} axes before them: their elements. */
  static int[] elementAxes(int lead, int space) {
    return IntStream.range(0, space).map(i -> lead + 2 * i + 1).toArray();
  }

  static int[] join(int[]... parts) {
    return IntStream.range(0, parts.length).flatMap(i -> IntStream.of(parts[i])).toArray();
  }

  /** The order that undoes a permutation. */
  static int[] inverse(int[] order) {
    int[] back = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      back[order[i]] = i;
    }
    return back;
  }

  static long[] sizes(long first, long second, long... rest) {
    return LongStream.concat(LongStream.of(first, second), LongStream.of(rest)).toArray();
  }

  static long product(long... sizes) {
    return Shape.of(sizes).elements();
  }
}
