package scoria.engine.function;

import static scoria.engine.function.SlidingViews.elementAxes;
import static scoria.engine.function.SlidingViews.inverse;
import static scoria.engine.function.SlidingViews.join;
import static scoria.engine.function.SlidingViews.product;
import static scoria.engine.function.SlidingViews.sizes;
import static scoria.engine.function.SlidingViews.windowAxes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.memory.Scope;
import scoria.engine.tensor.Tensor;
import scoria.engine.tensor.Tracking;

/**
 * Convolutions over any number of axes of space, as PyTorch and ONNX define them (so without
 * turning the kernel round), by windows and one matrix product. Tensors are [n, channels, ...].
 */
public final class Convolutions implements Functions {
  /** Elements of columns that are made at a time where no derivative needs them later. */
  private static final long CHUNK = 1 << 22;

  /** Columns below which the products of single samples are too narrow to be fast. */
  private static final long NARROW = 256;

  private Convolutions() {}

  /** The test points. */
  static List<Composed> cases() {
    return ConvolutionCases.all();
  }

  /**
   * Convolution: {@code y[n, o, i] = bias[o] + sum over c, k of weight[o, c, k] x[n, c, i stride +
   * k dilation - padding]}.
   *
   * @param x [n, channels, ...]
   * @param weight [outputs, channels / groups, ...], the sizes of the kernel behind
   * @param bias [outputs], or null for none
   * @param sliding stride, padding and dilation
   * @param groups into how many parts channels and outputs are divided, each of which sees only its
   *     own
   * @return [n, outputs, ...]
   */
  public static Tensor conv(
      Tensor x, Tensor weight, @Nullable Tensor bias, Sliding sliding, long groups) {
    check("conv", x, weight, bias);
    checkGroups("conv", x, weight, groups, x.size(1), weight.size(0));
    if (x.size(1) != weight.size(1) * groups) {
      throw new IllegalArgumentException(
          "conv of "
              + x.signature()
              + " with weights "
              + weight.shape()
              + " in "
              + groups
              + " groups: weights are [outputs, channels / groups, ...]");
    }
    long[] kernel = Arrays.copyOfRange(weight.shape().toArray(), 2, weight.rank());
    Sliding.Axis[] axes = sliding.over(x.shape(), kernel);
    long[] places = SlidingViews.counts(axes);
    long inner = weight.elements() / Math.max(1, weight.size(0));
    Tensor w = weight.reshape(groups, weight.size(0) / groups, inner);
    boolean joined = isJoined(product(places), weight.size(0));
    Tensor y;
    if (!joined && Arrays.stream(axes).allMatch(Sliding.Axis::isPointwise)) {
      y =
          w.matmul(x.reshape(x.size(0), groups, inner, product(places)))
              .reshape(sizes(x.size(0), weight.size(0), places));
    } else {
      y = byColumns(w, SlidingViews.pad(x, axes, 0), axes, groups, joined);
    }
    return bias == null ? y : y.add(channels("conv", bias, y));
  }

  /**
   * The adjoint of a convolution, called transposed convolution: every element of {@code x} lays
   * its multiple of the kernel down, {@code stride} apart, and what overlaps is added up.
   *
   * @param x [n, channels, ...]
   * @param weight [channels, outputs / groups, ...], the sizes of the kernel behind
   * @param bias [outputs], or null for none
   * @param sliding stride, dilation, and as padding how much is cut off before and after; with
   *     {@link Sliding#same} so much that sizes are multiplied by the stride
   * @param outputPadding added to the sizes at the end, one an axis or one for all, 0 for none
   * @param groups into how many parts channels and outputs are divided
   * @return [n, outputs, ...] of sizes {@code (n - 1) stride + (size - 1) dilation + 1 - before -
   *     after + outputPadding}
   */
  public static Tensor convTranspose(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      Sliding sliding,
      List<Long> outputPadding,
      long groups) {
    check("convTranspose", x, weight, bias);
    checkGroups("convTranspose", x, weight, groups, weight.size(0), groups);
    if (x.size(1) != weight.size(0)) {
      throw new IllegalArgumentException(
          "convTranspose of "
              + x.signature()
              + " with weights "
              + weight.shape()
              + ": weights are [channels, outputs / groups, ...]");
    }
    int space = x.rank() - 2;
    Transposed[] axes = new Transposed[space];
    for (int i = 0; i < space; i++) {
      long extra = Sliding.pick("output paddings", outputPadding, i, space, 0);
      axes[i] = Transposed.of(sliding, i, space, x.size(i + 2), weight.size(i + 2), extra);
    }
    long outputs = weight.size(1) * groups;
    long[] counts = Arrays.stream(axes).mapToLong(a -> a.axis.count()).toArray();
    long[] kernel = Arrays.stream(axes).mapToLong(a -> a.axis.size()).toArray();
    Tensor w = weight.reshape(groups, x.size(1) / groups, weight.size(1) * product(kernel));
    long n = x.size(0);
    boolean joined = isJoined(product(counts), x.size(1));
    Tensor given =
        joined
            ? x.transpose(0, 1).reshape(groups, x.size(1) / groups, n * product(counts))
            : x.reshape(n, groups, x.size(1) / groups, product(counts));
    int[] order = order(space, joined);
    long[] apart = new long[2 + 2 * space];
    for (int i = 0; i < order.length; i++) {
      int axis = order[i];
      apart[i] =
          axis == 0
              ? n
              : axis == 1 ? outputs : axis % 2 == 0 ? counts[axis / 2 - 1] : kernel[axis / 2 - 1];
    }
    Tensor windows = w.matmul(given, true, false).reshape(apart).permute(inverse(order));
    Tensor y =
        SlidingViews.add(
            windows,
            Arrays.stream(axes).map(Transposed::axis).toArray(Sliding.Axis[]::new),
            Arrays.stream(axes).mapToLong(Transposed::full).toArray());
    for (int i = 0; i < space; i++) {
      if (axes[i].start != 0 || axes[i].out != axes[i].full) {
        y = y.narrow(i + 2, axes[i].start, axes[i].out);
      }
    }
    return bias == null ? y : y.add(channels("convTranspose", bias, y));
  }

  /**
   * An axis of a transposed convolution.
   *
   * @param axis the windows, whose number is the size of the input
   * @param full elements before any are cut off
   * @param start the first that is kept
   * @param out how many are kept
   */
  private record Transposed(Sliding.Axis axis, long full, long start, long out) {
    static Transposed of(Sliding sliding, int i, int space, long n, long size, long extra) {
      long stride = sliding.strideOf(i, space);
      long dilation = sliding.dilationOf(i, space);
      if (n == 0 || size == 0) {
        throw new IllegalArgumentException(
            "convTranspose over an axis of "
                + n
                + " elements with a kernel of "
                + size
                + "; both are at least 1");
      }
      long reach = (n - 1) * stride + (size - 1) * dilation + 1;
      long start = sliding.beforeOf(i, space);
      long out = reach - start - sliding.afterOf(i, space) + extra;
      if (sliding.fit() != Sliding.Fit.GIVEN) {
        long cut = Math.max(0, reach + extra - n * stride);
        start = sliding.fit() == Sliding.Fit.SAME_UPPER ? cut / 2 : cut - cut / 2;
        out = n * stride;
      }
      if (out < 0) {
        throw new IllegalArgumentException(
            "convTranspose with padding "
                + sliding.before()
                + " and "
                + sliding.after()
                + " cuts off more than the "
                + reach
                + " elements of an axis");
      }
      Sliding.Axis axis = new Sliding.Axis(n, size, stride, dilation, 0, 0, 0, n);
      return new Transposed(axis, Math.max(reach, start + out), start, out);
    }
  }

  /**
   * Whether the places of all samples are columns of one product, rather than those of each sample
   * of its own: where there are so few that products would be narrow, or that the gradients of the
   * weights, sample by sample, would take more memory than the columns.
   */
  private static boolean isJoined(long places, long outputs) {
    return places < NARROW || places < outputs;
  }

  /**
   * The weights times all columns, [n, outputs, ...]. Columns take the kernel's size times the
   * memory of the input, so they are made for a few samples at a time unless a derivative is to
   * keep them; the bits are the same.
   *
   * @param w [groups, outputs / groups, channels / groups times elements of a window]
   */
  private static Tensor byColumns(
      Tensor w, Tensor padded, Sliding.Axis[] axes, long groups, boolean joined) {
    long each = w.size(2) * groups * product(SlidingViews.counts(axes));
    long samples = Math.max(1, CHUNK / Math.max(1, each));
    boolean kept = Tracking.isOn() && (w.isTracked() || padded.isTracked());
    if (kept || padded.size(0) <= samples) {
      return timesColumns(w, padded, axes, groups, joined).contiguous();
    }
    List<Tensor> parts = new ArrayList<>();
    for (long from = 0; from < padded.size(0); from += samples) {
      Tensor some = padded.narrow(0, from, Math.min(samples, padded.size(0) - from));
      try (Scope scope = Scope.open("columns of a convolution")) {
        parts.add(scope.keep(timesColumns(w, some, axes, groups, joined)));
      }
    }
    return Tensor.concat(0, parts.toArray(Tensor[]::new));
  }

  private static Tensor timesColumns(
      Tensor w, Tensor padded, Sliding.Axis[] axes, long groups, boolean joined) {
    long n = padded.size(0);
    long[] counts = SlidingViews.counts(axes);
    Tensor windows = SlidingViews.windows(padded, axes).permute(order(axes.length, joined));
    if (!joined) {
      return w.matmul(windows.reshape(n, groups, w.size(2), product(counts)))
          .reshape(sizes(n, groups * w.size(1), counts));
    }
    return w.matmul(windows.reshape(groups, w.size(2), n * product(counts)))
        .reshape(sizes(groups * w.size(1), n, counts))
        .transpose(0, 1);
  }

  /**
   * Channels and elements of windows next to each other, as the rows of columns: from [n, c,
   * windows 1, size 1, ...] to [n, c, sizes..., windows...], or to [c, sizes..., n, windows...].
   */
  private static int[] order(int space, boolean joined) {
    return joined
        ? join(new int[] {1}, elementAxes(2, space), new int[] {0}, windowAxes(2, space))
        : join(new int[] {0, 1}, elementAxes(2, space), windowAxes(2, space));
  }

  /**
   * One number a channel, so that it broadcasts: [c] as [c, 1, ...].
   *
   * @param like what it is for, [n, c, ...]
   */
  static Tensor channels(String what, Tensor x, Tensor like) {
    if (x.rank() != 1 || x.elements() != like.size(1)) {
      throw new IllegalArgumentException(
          what
              + " to "
              + like.signature()
              + " was given "
              + x.signature()
              + " for its channels; it takes ["
              + like.size(1)
              + "]");
    }
    long[] shape = new long[like.rank() - 1];
    Arrays.fill(shape, 1);
    shape[0] = x.elements();
    return x.reshape(shape);
  }

  private static void check(String what, Tensor x, Tensor weight, @Nullable Tensor bias) {
    if (x.rank() < 3 || weight.rank() != x.rank() || weight.dtype() != x.dtype()) {
      throw new IllegalArgumentException(
          what
              + " of "
              + x.signature()
              + " with weights "
              + weight.signature()
              + "; it takes [n, channels, ...] and weights of its type with as many axes");
    }
    Inputs.floats(what, x, weight, bias);
  }

  private static void checkGroups(
      String what, Tensor x, Tensor weight, long groups, long channels, long outputs) {
    if (groups < 1 || channels % groups != 0 || outputs % groups != 0) {
      throw new IllegalArgumentException(
          what
              + " of "
              + x.signature()
              + " with weights "
              + weight.shape()
              + ": "
              + groups
              + " groups do not divide the channels and the outputs");
    }
  }
}
