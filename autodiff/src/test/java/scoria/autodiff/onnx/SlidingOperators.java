package scoria.autodiff.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import scoria.engine.function.Convolutions;
import scoria.engine.function.Pooling;
import scoria.engine.function.Sliding;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/** What slides windows over the axes of space: convolutions and pools. */
final class SlidingOperators {
  private SlidingOperators() {}

  static void addTo(Operators table) {
    table.one("Conv", call -> conv(call, call.in(0), call.in(1), 2));
    table.one("ConvTranspose", SlidingOperators::convTranspose);
    table.one("ConvInteger", SlidingOperators::convInteger);
    table.one("QLinearConv", SlidingOperators::quantizedConv);
    table.one(
        "AveragePool",
        call ->
            Pooling.avgPool(
                call.in(0), kernel(call), sliding(call), call.flag("count_include_pad")));
    table.many("MaxPool", SlidingOperators::maxPool);
    table.one("MaxUnpool", SlidingOperators::maxUnpool);
    table.one("GlobalAveragePool", call -> Pooling.globalAvgPool(call.in(0)));
    table.one("GlobalMaxPool", call -> Pooling.globalMaxPool(call.in(0)));
  }

  private static List<Long> list(long... numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  private static List<Long> kernel(NodeCall call) {
    return list(call.integers("kernel_shape"));
  }

  private static Sliding sliding(NodeCall call) {
    Sliding sliding =
        Sliding.UNIT.stride(call.integers("strides")).dilation(call.integers("dilations"));
    if (call.flag("ceil_mode")) {
      sliding = sliding.ceilMode();
    }
    long[] pads = call.integers("pads");
    int half = pads.length / 2;
    return switch (call.text("auto_pad", "NOTSET")) {
      case "SAME_UPPER" -> sliding.same();
      case "SAME_LOWER" -> sliding.sameLower();
      default ->
          sliding.padding(Arrays.copyOf(pads, half), Arrays.copyOfRange(pads, half, pads.length));
    };
  }

  private static Tensor conv(NodeCall call, Tensor x, Tensor weight, int bias) {
    return Convolutions.conv(
        x, weight, call.optional(bias), sliding(call), call.integer("group", 1));
  }

  /** What is cut off at the ends is given, or follows from the sizes that are asked for. */
  private static Tensor convTranspose(NodeCall call) {
    Tensor x = call.in(0);
    Tensor weight = call.in(1);
    int space = x.rank() - 2;
    long[] extra = call.integers("output_padding", new long[space]);
    long[] sizes = call.integers("output_shape");
    Sliding sliding = sliding(call);
    if (sizes.length > 0) {
      long[] before = new long[space];
      long[] after = new long[space];
      for (int i = 0; i < space; i++) {
        long stride =
            call.integers("strides", LongStream.generate(() -> 1).limit(space).toArray())[i];
        long full = stride * (x.size(i + 2) - 1) + extra[i] + weight.size(i + 2);
        long cut = Math.max(0, full - sizes[i]);
        extra[i] += Math.max(0, sizes[i] - full);
        boolean upper = call.text("auto_pad", "NOTSET").equals("SAME_UPPER");
        before[i] = upper ? cut / 2 : cut - cut / 2;
        after[i] = cut - before[i];
      }
      sliding = sliding.padding(before, after);
    }
    return Convolutions.convTranspose(
        x, weight, call.optional(2), sliding, list(extra), call.integer("group", 1));
  }

  private static Tensor convInteger(NodeCall call) {
    Tensor x = QuantizedOperators.wide(call.in(0), call.optional(2));
    Tensor weight = QuantizedOperators.wide(call.in(1), call.optional(3));
    return conv(call, x, weight, Integer.MAX_VALUE).to(DType.INT32);
  }

  private static Tensor quantizedConv(NodeCall call) {
    Tensor x = QuantizedOperators.dequantize(call.in(0), call.in(1), call.in(2), 1);
    Tensor weight = QuantizedOperators.dequantize(call.in(3), call.in(4), call.in(5), 0);
    Tensor y = conv(call, x, weight, Integer.MAX_VALUE);
    return QuantizedOperators.quantize(y, call.in(6), call.in(7), 1);
  }

  /** Places count through samples and channels too, and in {@code storage_order} 1 by columns. */
  private static List<Tensor> maxPool(NodeCall call) {
    Tensor x = call.in(0);
    if (!call.wants(1)) {
      return List.of(floats(x, y -> Pooling.maxPool(y, kernel(call), sliding(call))));
    }
    Pooling.Indexed largest = Pooling.maxPoolIndexed(x, kernel(call), sliding(call));
    Tensor place = largest.indices();
    if (call.flag("storage_order")) {
      Tensor width = MakingOperators.whole(x.size(3));
      Tensor row = place.floorDivide(width);
      Tensor column = place.remainder(width);
      place = column.mul(MakingOperators.whole(x.size(2))).add(row);
    }
    return List.of(largest.values(), place.add(planes(x, x.elements() / planeCount(x))));
  }

  private interface OfFloats {
    Tensor apply(Tensor x);
  }

  /** Small integers as float32, which holds them all. */
  private static Tensor floats(Tensor x, OfFloats f) {
    return x.dtype().isFloat() ? f.apply(x) : f.apply(x.to(DType.FLOAT32)).to(x.dtype());
  }

  private static long planeCount(Tensor x) {
    return x.size(0) * x.size(1);
  }

  /** Where each sample's channel begins if it has so many elements, [n, channels, 1, ...]. */
  private static Tensor planes(Tensor x, long elements) {
    long[] sizes = new long[x.rank()];
    Arrays.fill(sizes, 1);
    sizes[0] = x.size(0);
    sizes[1] = x.size(1);
    return Tensor.arange(planeCount(x)).mul(MakingOperators.whole(elements)).reshape(sizes);
  }

  /** Places are those among the sizes that pooling came from; more sizes are zeros at the end. */
  private static Tensor maxUnpool(NodeCall call) {
    Tensor x = call.in(0);
    int space = x.rank() - 2;
    long[] kernel = call.integers("kernel_shape");
    long[] strides = call.integers("strides", LongStream.generate(() -> 1).limit(space).toArray());
    long[] pads = call.integers("pads", new long[2 * space]);
    long[] sizes =
        IntStream.range(0, space)
            .mapToLong(
                i -> (x.size(i + 2) - 1) * strides[i] + kernel[i] - pads[i] - pads[space + i])
            .toArray();
    Tensor places = call.in(1).sub(planes(x, Arrays.stream(sizes).reduce(1, (a, b) -> a * b)));
    Tensor y = Pooling.maxUnpool(x, places, list(sizes));
    if (call.has(2)) {
      long[] wanted = call.longs(2);
      for (int i = 2; i < y.rank(); i++) {
        long[] more = y.shape().toArray();
        more[i] = wanted[i] - y.size(i);
        y = Tensor.concat(i, y, Tensor.full(0, y.dtype(), more));
      }
    }
    return y;
  }
}
