package scoria.engine.function;

import static scoria.engine.function.SlidingViews.inverse;
import static scoria.engine.function.SlidingViews.join;
import static scoria.engine.function.SlidingViews.product;
import static scoria.engine.function.SlidingViews.sizes;

import java.util.Arrays;
import java.util.List;
import scoria.engine.op.Case;
import scoria.engine.op.Reference;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Windows and blocks of places as channels, and back. Tensors are [n, channels, ...]. */
public final class Blocks implements Functions {
  private Blocks() {}

  /** The test points. */
  static List<Composed> cases() {
    Sliding sliding = Sliding.UNIT.stride(2, 1).padding(1).dilation(1, 2);
    List<Long> kernel = List.of(2L, 2L);
    List<Long> sizes = List.of(3L, 4L);
    return List.of(
        Composed.of(
            "unfold",
            in -> unfold(in[0], kernel, sliding),
            in -> unfolded(in[0], kernel, sliding),
            Case.spread(2, 2, 3, 4)),
        Composed.of(
            "fold",
            in -> fold(in[0], sizes, kernel, sliding),
            in -> folded(in[0], sizes, kernel, sliding),
            Case.spread(1, 8, 8)),
        Composed.of(
            "depthToSpace, depth first",
            in -> depthToSpace(in[0], 2, true),
            in -> toSpace(in[0], true),
            Case.spread(2, 8, 2, 3)),
        Composed.of(
            "depthToSpace, blocks first",
            in -> depthToSpace(in[0], 2, false),
            in -> toSpace(in[0], false),
            Case.spread(1, 8, 2, 2)),
        Composed.of(
            "spaceToDepth, channels first",
            in -> spaceToDepth(in[0], 2, true),
            in -> toDepth(in[0], true),
            Case.spread(2, 2, 4, 2)),
        Composed.of(
            "spaceToDepth, blocks first",
            in -> spaceToDepth(in[0], 2, false),
            in -> toDepth(in[0], false),
            Case.spread(1, 2, 4, 4)));
  }

  /**
   * All windows as columns: [n, channels, ...] to [n, channels times elements of a window,
   * windows].
   *
   * @param kernel sizes of a window, one an axis or one for all
   */
  public static Tensor unfold(Tensor x, List<Long> kernel, Sliding sliding) {
    Sliding.Axis[] axes = sliding.over(x.shape(), longs(kernel));
    int[] order = order(axes.length);
    return SlidingViews.windows(SlidingViews.pad(x, axes, 0), axes)
        .permute(order)
        .reshape(
            x.size(0),
            x.size(1) * product(SlidingViews.sizes(axes)),
            product(SlidingViews.counts(axes)));
  }

  /**
   * Columns added up where {@link #unfold} would take them from.
   *
   * @param x [n, channels times elements of a window, windows]
   * @param sizes of the result's axes of space
   * @param kernel sizes of a window, one an axis or one for all
   * @return [n, channels, sizes...]
   */
  public static Tensor fold(Tensor x, List<Long> sizes, List<Long> kernel, Sliding sliding) {
    Inputs.floats("fold", x);
    long[] space = longs(sizes);
    Sliding.Axis[] axes = sliding.over(Shape.of(sizes(1, 1, space)), longs(kernel));
    long[] elements = SlidingViews.sizes(axes);
    long[] counts = SlidingViews.counts(axes);
    if (x.rank() != 3 || x.size(1) % product(elements) != 0 || x.size(2) != product(counts)) {
      throw new IllegalArgumentException(
          "fold of "
              + x.signature()
              + " to "
              + sizes
              + "; it takes [n, channels * "
              + product(elements)
              + ", "
              + product(counts)
              + "]");
    }
    long[] spread =
        sizes(
            x.size(0),
            x.size(1) / product(elements),
            Arrays.stream(new long[][] {elements, counts}).flatMapToLong(Arrays::stream).toArray());
    long[] padded = Arrays.stream(axes).mapToLong(a -> a.before() + a.n() + a.after()).toArray();
    Tensor windows = x.reshape(spread).permute(inverse(order(axes.length)));
    Tensor y = SlidingViews.add(windows, axes, padded);
    for (int i = 0; i < axes.length; i++) {
      if (axes[i].isPadded()) {
        y = y.narrow(i + 2, axes[i].before(), axes[i].n());
      }
    }
    return y;
  }

  private static int[] order(int space) {
    return join(
        new int[] {0, 1}, SlidingViews.elementAxes(2, space), SlidingViews.windowAxes(2, space));
  }

  /**
   * Channels as blocks of places: [n, c block<sup>2</sup>, h, w] to [n, c, h block, w block].
   *
   * @param depthFirst how channels are counted: true for [c, block, block], as PyTorch's pixel
   *     shuffle and ONNX's CRD do, false for [block, block, c], ONNX's DCR
   */
  public static Tensor depthToSpace(Tensor x, long block, boolean depthFirst) {
    if (x.rank() != 4 || block < 1 || x.size(1) % (block * block) != 0) {
      throw new IllegalArgumentException(
          "depthToSpace of "
              + x.signature()
              + " by blocks of "
              + block
              + "; it takes [n, c * block * block, h, w]");
    }
    long c = x.size(1) / (block * block);
    long h = x.size(2);
    long w = x.size(3);
    Tensor apart =
        depthFirst
            ? x.reshape(x.size(0), c, block, block, h, w).permute(0, 1, 4, 2, 5, 3)
            : x.reshape(x.size(0), block, block, c, h, w).permute(0, 3, 4, 1, 5, 2);
    return apart.reshape(x.size(0), c, h * block, w * block);
  }

  /**
   * Blocks of places as channels: [n, c, h block, w block] to [n, c block<sup>2</sup>, h, w].
   *
   * @param depthFirst how channels are counted: true for [c, block, block], as PyTorch's pixel
   *     unshuffle does, false for [block, block, c], as ONNX does
   */
  public static Tensor spaceToDepth(Tensor x, long block, boolean depthFirst) {
    if (x.rank() != 4 || block < 1 || x.size(2) % block != 0 || x.size(3) % block != 0) {
      throw new IllegalArgumentException(
          "spaceToDepth of "
              + x.signature()
              + " by blocks of "
              + block
              + "; it takes [n, c, h * block, w * block]");
    }
    long c = x.size(1);
    long h = x.size(2) / block;
    long w = x.size(3) / block;
    Tensor apart = x.reshape(x.size(0), c, h, block, w, block);
    return (depthFirst ? apart.permute(0, 1, 3, 5, 2, 4) : apart.permute(0, 3, 5, 1, 2, 4))
        .reshape(x.size(0), c * block * block, h, w);
  }

  private static long[] longs(List<Long> numbers) {
    return numbers.stream().mapToLong(n -> n).toArray();
  }

  // ---- The same in plain loops.

  private static Reference unfolded(Reference x, List<Long> kernel, Sliding sliding) {
    long kh = kernel.get(0);
    long kw = kernel.get(1);
    long rows = windows(x.shape().size(2), kh, sliding, 0);
    long columns = windows(x.shape().size(3), kw, sliding, 1);
    Reference y =
        Reference.zeros(Shape.of(x.shape().size(0), x.shape().size(1) * kh * kw, rows * columns));
    long[] at = new long[3];
    for (int i = 0; i < y.values().length; i++) {
      Double v =
          ConvolutionCases.within(
              x,
              at[0],
              at[1] / (kh * kw),
              place(at[2] / columns, at[1] / kw % kh, sliding, 0),
              place(at[2] % columns, at[1] % kw, sliding, 1));
      y.values()[i] = v == null ? 0 : v;
      Reference.next(at, y.shape());
    }
    return y;
  }

  private static Reference folded(
      Reference x, List<Long> sizes, List<Long> kernel, Sliding sliding) {
    long kh = kernel.get(0);
    long kw = kernel.get(1);
    long columns = windows(sizes.get(1), kw, sliding, 1);
    Reference y =
        Reference.zeros(
            Shape.of(x.shape().size(0), x.shape().size(1) / (kh * kw), sizes.get(0), sizes.get(1)));
    long[] at = new long[3];
    for (double v : x.values()) {
      long[] into = {
        at[0],
        at[1] / (kh * kw),
        place(at[2] / columns, at[1] / kw % kh, sliding, 0),
        place(at[2] % columns, at[1] % kw, sliding, 1)
      };
      if (ConvolutionCases.within(y, into) != null) {
        y.values()[(int) Layout.dense(y.shape()).place(into)] += v;
      }
      Reference.next(at, x.shape());
    }
    return y;
  }

  private static long windows(long n, long size, Sliding s, int axis) {
    long extent = (size - 1) * s.dilationOf(axis, 2) + 1;
    return (n + s.beforeOf(axis, 2) + s.afterOf(axis, 2) - extent) / s.strideOf(axis, 2) + 1;
  }

  private static long place(long window, long element, Sliding s, int axis) {
    return window * s.strideOf(axis, 2) + element * s.dilationOf(axis, 2) - s.beforeOf(axis, 2);
  }

  private static Reference toSpace(Reference x, boolean depthFirst) {
    long c = x.shape().size(1) / 4;
    Reference y =
        Reference.zeros(
            Shape.of(x.shape().size(0), c, 2 * x.shape().size(2), 2 * x.shape().size(3)));
    long[] at = new long[4];
    for (int i = 0; i < y.values().length; i++) {
      y.values()[i] =
          x.at(at[0], channel(at[1], at[2] % 2, at[3] % 2, c, depthFirst), at[2] / 2, at[3] / 2);
      Reference.next(at, y.shape());
    }
    return y;
  }

  private static Reference toDepth(Reference x, boolean depthFirst) {
    long c = x.shape().size(1);
    Reference y =
        Reference.zeros(
            Shape.of(x.shape().size(0), 4 * c, x.shape().size(2) / 2, x.shape().size(3) / 2));
    Layout places = Layout.dense(y.shape());
    long[] at = new long[4];
    for (double v : x.values()) {
      long into = channel(at[1], at[2] % 2, at[3] % 2, c, depthFirst);
      y.values()[(int) places.place(at[0], into, at[2] / 2, at[3] / 2)] = v;
      Reference.next(at, x.shape());
    }
    return y;
  }

  private static long channel(long c, long row, long column, long channels, boolean depthFirst) {
    return depthFirst ? c * 4 + row * 2 + column : (row * 2 + column) * channels + c;
  }
}
