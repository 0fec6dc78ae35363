package scoria.engine.function;

import static scoria.engine.function.SlidingViews.elementAxes;
import static scoria.engine.function.SlidingViews.join;
import static scoria.engine.function.SlidingViews.product;
import static scoria.engine.function.SlidingViews.sizes;
import static scoria.engine.function.SlidingViews.windowAxes;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import scoria.engine.op.TakeAlongAdjoint;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * One number from every window over the axes of space, as PyTorch and ONNX define it. Tensors are
 * [n, channels, ...].
 */
public final class Pooling implements Functions {
  private Pooling() {}

  /** The test points. */
  static List<Composed> cases() {
    return PoolingCases.all();
  }

  /**
   * Largest elements and where they were.
   *
   * @param values [n, channels, ...]
   * @param indices int64 of the same shape: the element's row-major place among those of its sample
   *     and channel
   */
  public record Indexed(Tensor values, Tensor indices) {}

  /**
   * The largest element of every window; padding does not count. The first of equal ones has the
   * derivative; a NaN wins.
   *
   * @param sizes of a window, one an axis or one for all
   */
  public static Tensor maxPool(Tensor x, List<Long> sizes, Sliding sliding) {
    if (!x.isTracked()) {
      Sliding.Axis[] axes = axes("maxPool", x, sizes, sliding);
      Arrays.stream(axes).forEach(Pooling::places);
      return shaped(maxTaps(x, axes).amax(0), x, SlidingViews.counts(axes));
    }
    return indexed(x, axes("maxPool", x, sizes, sliding)).values();
  }

  /** As {@link #maxPool}, with the places of the largest elements. */
  public static Indexed maxPoolIndexed(Tensor x, List<Long> sizes, Sliding sliding) {
    return indexed(x, axes("maxPoolIndexed", x, sizes, sliding));
  }

  private static Indexed indexed(Tensor x, Sliding.Axis[] axes) {
    long[][][] places = new long[axes.length][][];
    for (int i = 0; i < axes.length; i++) {
      places[i] = places(axes[i]);
    }
    return largest(x, maxTaps(x, axes), places);
  }

  private static Tensor maxTaps(Tensor x, Sliding.Axis[] axes) {
    return taps(SlidingViews.pad(x, axes, Double.NEGATIVE_INFINITY), axes);
  }

  /**
   * The places of a window's elements on their axis. In padding it is that of the nearest element
   * of the window that is none: it matters only where all elements are -infinity.
   */
  private static long[][] places(Sliding.Axis axis) {
    long[][] out = new long[(int) axis.count()][(int) axis.size()];
    for (int i = 0; i < out.length; i++) {
      int window = i;
      long[] inside =
          LongStream.range(0, axis.size())
              .map(k -> axis.place(window, k))
              .filter(at -> at >= 0 && at < axis.n())
              .toArray();
      if (inside.length == 0) {
        throw new IllegalArgumentException(
            "a pool over an axis of "
                + axis.n()
                + " elements with padding "
                + axis.before()
                + " and "
                + axis.end()
                + ": window "
                + i
                + " has no element but padding");
      }
      for (int k = 0; k < axis.size(); k++) {
        out[i][k] = Math.clamp(axis.place(i, k), inside[0], inside[inside.length - 1]);
      }
    }
    return out;
  }

  /**
   * The largest of every column, taken from where it lies so that derivatives flow there.
   *
   * @param taps [elements of a window, n, c, windows]
   * @param places for every axis, window and element: its place on the axis
   */
  private static Indexed largest(Tensor x, Tensor taps, long[][][] places) {
    long windows = taps.size(3);
    long[] table = {0};
    int inner = 1;
    long step = 1;
    for (int i = places.length - 1; i >= 0; i--) {
      table = outer(places[i], step, table, inner);
      inner *= places[i].length;
      step *= x.size(i + 2);
    }
    Tensor at = taps.detach().argMax(0);
    Tensor row = Tensor.of(LongStream.range(0, windows).toArray()).to(x.device());
    Tensor flat = at.mul(Tensor.of(new long[] {windows}).to(x.device())).add(row);
    Tensor index = Tensor.of(table).to(x.device()).take(0, flat);
    long[] counts = Arrays.stream(places).mapToLong(p -> p.length).toArray();
    Tensor values = x.reshape(x.size(0), x.size(1), step).takeAlong(2, index);
    return new Indexed(shaped(values, x, counts), shaped(index, x, counts));
  }

  /**
   * Puts an axis before those of a table [elements, windows].
   *
   * @param inner the table so far
   * @param windows number of windows in it
   */
  private static long[] outer(long[][] places, long step, long[] inner, int windows) {
    int elements = inner.length / Math.max(1, windows);
    int count = places.length;
    int size = count == 0 ? 0 : places[0].length;
    long[] out = new long[size * elements * count * windows];
    for (int k = 0; k < size; k++) {
      for (int e = 0; e < elements; e++) {
        for (int i = 0; i < count; i++) {
          for (int w = 0; w < windows; w++) {
            out[((k * elements + e) * count + i) * windows + w] =
                places[i][k] * step + inner[e * windows + w];
          }
        }
      }
    }
    return out;
  }

  /**
   * Zeros with values at the places that {@link #maxPoolIndexed} gave.
   *
   * @param x values, [n, channels, ...]
   * @param indices int64 of the same shape
   * @param sizes of the result's axes of space
   */
  public static Tensor maxUnpool(Tensor x, Tensor indices, List<Long> sizes) {
    Inputs.numbers("maxUnpool", x);
    checkRank("maxUnpool", x);
    if (!indices.shape().equals(x.shape()) || sizes.size() != x.rank() - 2) {
      throw new IllegalArgumentException(
          "maxUnpool of "
              + x.signature()
              + " at "
              + indices.signature()
              + " to "
              + sizes
              + "; it takes indices of the values' shape, and a size for each axis behind samples"
              + " and channels");
    }
    long[] space = sizes.stream().mapToLong(s -> s).toArray();
    Tensor flat = x.reshape(x.size(0), x.size(1), -1);
    return flat.apply(new TakeAlongAdjoint(2, product(space)), indices.reshape(flat.shape()))
        .reshape(sizes(x.size(0), x.size(1), space));
  }

  /**
   * The mean of every window.
   *
   * @param sizes of a window, one an axis or one for all
   * @param countPadding whether padding counts as zeros; otherwise the mean is over the others.
   *     What a window reaches beyond the padding at the end never counts
   */
  public static Tensor avgPool(Tensor x, List<Long> sizes, Sliding sliding, boolean countPadding) {
    Inputs.floats("avgPool", x);
    Sliding.Axis[] axes = axes("avgPool", x, sizes, sliding);
    Tensor sum = taps(SlidingViews.pad(x, axes, 0), axes).sum(0);
    double[] numbers = {1};
    for (Sliding.Axis axis : axes) {
      double[] before = numbers;
      long low = countPadding ? -axis.before() : 0;
      long high = axis.n() + (countPadding ? axis.end() : 0);
      double[] along =
          LongStream.range(0, axis.count()).mapToDouble(i -> within(axis, i, low, high)).toArray();
      numbers = Arrays.stream(before).flatMap(b -> Arrays.stream(along).map(c -> b * c)).toArray();
    }
    double first = numbers.length == 0 ? 1 : numbers[0];
    Tensor mean =
        Arrays.stream(numbers).allMatch(n -> n == first)
            ? sum.mul(1 / first)
            : sum.div(Tensor.of(numbers).to(x.dtype()).to(x.device()));
    return shaped(mean, x, SlidingViews.counts(axes));
  }

  /** How many elements of a window are counted; 1 where there are none, whose sum is 0. */
  private static double within(Sliding.Axis axis, long window, long low, long high) {
    long count =
        LongStream.range(0, axis.size())
            .map(k -> axis.place(window, k))
            .filter(at -> at >= low && at < high)
            .count();
    return Math.max(1, count);
  }

  /**
   * The p-norm of every window: the p-th root of the sum of |x|<sup>p</sup>.
   *
   * @param p at least 1
   * @param sizes of a window, one an axis or one for all
   */
  public static Tensor lpPool(Tensor x, int p, List<Long> sizes, Sliding sliding) {
    Inputs.floats("lpPool", x);
    if (p < 1) {
      throw new IllegalArgumentException("lpPool with p = " + p + "; it is at least 1");
    }
    Sliding.Axis[] axes = axes("lpPool", x, sizes, sliding);
    Arrays.stream(axes).forEach(Pooling::places);
    Tensor base = p % 2 == 0 ? x.square() : x.abs();
    Tensor power = base;
    for (int i = p % 2 == 0 ? 2 : 1; i < p; i += p % 2 == 0 ? 2 : 1) {
      power = power.mul(base);
    }
    Tensor sum = taps(SlidingViews.pad(power, axes, 0), axes).sum(0);
    Tensor root =
        switch (p) {
          case 1 -> sum;
          case 2 -> sum.sqrt();
          case 4 -> sum.sqrt().sqrt();
          default -> sum.log().mul(1.0 / p).exp();
        };
    return shaped(root, x, SlidingViews.counts(axes));
  }

  /**
   * Means over as many windows as are asked for: window i of an axis of n elements goes from {@code
   * floor(i n / count)} to {@code ceil((i + 1) n / count)}.
   *
   * @param counts numbers of windows, one an axis of space
   */
  public static Tensor adaptiveAvgPool(Tensor x, long... counts) {
    Inputs.floats("adaptiveAvgPool", x);
    checkAdaptive("adaptiveAvgPool", x, counts);
    Tensor y = x;
    for (int i = 0; i < counts.length; i++) {
      y = means(y, i + 2, Math.toIntExact(counts[i]));
    }
    return y;
  }

  /**
   * Means of windows along an axis. Not a product by a matrix: its zeros would make NaN of what is
   * NaN or infinite outside of a window.
   */
  private static Tensor means(Tensor x, int axis, int count) {
    long n = x.size(axis);
    int size = (int) longest(n, count);
    long[] index = new long[Math.multiplyExact(count, size)];
    boolean[] inside = new boolean[index.length];
    double[] share = new double[count];
    for (int w = 0; w < count; w++) {
      long from = start(w, n, count);
      long to = end(w, n, count);
      share[w] = 1.0 / (to - from);
      for (int k = 0; k < size; k++) {
        index[w * size + k] = Math.min(from + k, to - 1);
        inside[w * size + k] = from + k < to;
      }
    }
    long[] spread = new long[x.rank() + 1 - axis];
    Arrays.fill(spread, 1);
    spread[0] = count;
    long[] shares = Arrays.copyOf(spread, spread.length - 1);
    spread[1] = size;
    Tensor taps = x.take(axis, Tensor.of(index, count, size).to(x.device()));
    Tensor kept = Tensor.of(inside, spread).to(x.device());
    Tensor sum = Tensor.where(kept, taps, taps.zeroLike()).sum(axis + 1);
    return sum.mul(Tensor.of(share, shares).to(x.dtype()).to(x.device()));
  }

  /** Elements of the longest of several windows. */
  private static long longest(long n, long count) {
    return LongStream.range(0, count)
        .map(w -> end(w, n, count) - start(w, n, count))
        .max()
        .orElse(1);
  }

  /** As {@link #adaptiveAvgPool}, the largest elements and their places. */
  public static Indexed adaptiveMaxPool(Tensor x, long... counts) {
    checkAdaptive("adaptiveMaxPool", x, counts);
    int space = counts.length;
    long[][][] places = new long[space][][];
    Tensor y = x;
    for (int i = space - 1; i >= 0; i--) {
      long n = x.size(i + 2);
      long count = counts[i];
      // Windows are as long as the longest, and the shorter ones repeat their last element.
      long size = longest(n, count);
      places[i] = new long[(int) count][(int) size];
      for (int w = 0; w < count; w++) {
        for (int k = 0; k < size; k++) {
          places[i][w][k] = Math.min(start(w, n, count) + k, end(w, n, count) - 1);
        }
      }
      long[] flat = Arrays.stream(places[i]).flatMapToLong(Arrays::stream).toArray();
      y = y.take(i + 2, Tensor.of(flat, count, size).to(x.device()));
    }
    int[] order = join(elementAxes(2, space), new int[] {0, 1}, windowAxes(2, space));
    long elements =
        Arrays.stream(places)
            .mapToLong(p -> p.length == 0 ? 1 : p[0].length)
            .reduce(1, (a, b) -> a * b);
    Tensor taps = y.permute(order).reshape(elements, x.size(0), x.size(1), product(counts));
    return largest(x, taps, places);
  }

  private static long start(long window, long n, long count) {
    return window * n / count;
  }

  private static long end(long window, long n, long count) {
    return Math.ceilDiv((window + 1) * n, count);
  }

  private static void checkAdaptive(String what, Tensor x, long... counts) {
    if (x.rank() != counts.length + 2) {
      throw new IllegalArgumentException(
          what
              + " of "
              + x.signature()
              + " to "
              + Arrays.toString(counts)
              + "; give one number for each axis behind samples and channels");
    }
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < 1 || x.size(i + 2) < 1) {
        throw new IllegalArgumentException(
            what
                + " of "
                + x.signature()
                + " to "
                + Arrays.toString(counts)
                + "; sizes are at least 1");
      }
    }
  }

  /** The mean over all axes of space, which stay with size 1. */
  public static Tensor globalAvgPool(Tensor x) {
    Inputs.floats("globalAvgPool", x);
    return x.mean(space("globalAvgPool", x), true);
  }

  /** The largest element over all axes of space, which stay with size 1. */
  public static Tensor globalMaxPool(Tensor x) {
    return x.amax(space("globalMaxPool", x), true);
  }

  private static int[] space(String what, Tensor x) {
    checkRank(what, x);
    int[] space = IntStream.range(2, x.rank()).toArray();
    for (int axis : space) {
      if (x.size(axis) < 1) {
        throw new IllegalArgumentException(
            what + " of " + x.signature() + "; axes of space have at least 1 element");
      }
    }
    return space;
  }

  private static void checkRank(String what, Tensor x) {
    if (x.rank() < 3) {
      throw new IllegalArgumentException(
          what + " of " + x.signature() + "; it takes [n, channels, ...]");
    }
  }

  private static Sliding.Axis[] axes(String what, Tensor x, List<Long> sizes, Sliding sliding) {
    checkRank(what, x);
    return sliding.over(x.shape(), sizes.stream().mapToLong(s -> s).toArray());
  }

  /** [elements of a window, n, c, windows]. */
  private static Tensor taps(Tensor padded, Sliding.Axis[] axes) {
    int space = axes.length;
    int[] order = join(elementAxes(2, space), new int[] {0, 1}, windowAxes(2, space));
    return SlidingViews.windows(padded, axes)
        .permute(order)
        .reshape(
            product(SlidingViews.sizes(axes)),
            padded.size(0),
            padded.size(1),
            product(SlidingViews.counts(axes)));
  }

  private static Tensor shaped(Tensor flat, Tensor x, long[] counts) {
    return flat.reshape(Shape.of(sizes(x.size(0), x.size(1), counts)));
  }
}
