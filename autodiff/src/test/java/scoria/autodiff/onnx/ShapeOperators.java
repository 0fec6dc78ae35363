package scoria.autodiff.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import scoria.engine.tensor.PadMode;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** The same elements in other arrangements. */
final class ShapeOperators {
  private ShapeOperators() {}

  static void addTo(Operators table) {
    table.one("Shape", ShapeOperators::shape);
    table.one("Size", call -> MakingOperators.whole(call.in(0).elements()));
    table.one("Reshape", ShapeOperators::reshape);
    table.one("Flatten", call -> flatten(call.in(0), call.axis(1)));
    table.one("Squeeze", ShapeOperators::squeeze);
    table.one("Unsqueeze", ShapeOperators::unsqueeze);
    table.one("Transpose", ShapeOperators::transpose);
    table.one("Concat", call -> Tensor.concat(call.axis(0), call.from(0)));
    table.one("Expand", ShapeOperators::expand);
    table.one("Slice", ShapeOperators::slice);
    table.one("Tile", call -> call.in(0).tile(call.longs(1)));
    table.one("Trilu", ShapeOperators::triangle);
    table.one("Pad", ShapeOperators::pad);
    table.many("Split", ShapeOperators::split);
  }

  private static Tensor shape(NodeCall call) {
    long[] sizes = call.in(0).shape().toArray();
    int from = bound(call.integer("start", 0), sizes.length);
    int to = bound(call.integer("end", sizes.length), sizes.length);
    return Tensor.of(Arrays.copyOfRange(sizes, from, Math.max(from, to)));
  }

  /** A place among some, counted back from the end if negative, and no further than the ends. */
  private static int bound(long place, int count) {
    return Math.clamp(place < 0 ? place + count : place, 0, count);
  }

  private static Tensor reshape(NodeCall call) {
    Tensor x = call.in(0);
    long[] sizes = call.longs(1);
    if (!call.flag("allowzero")) {
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = sizes[i] == 0 ? x.size(i) : sizes[i];
      }
    }
    return x.reshape(sizes);
  }

  /** A matrix whose rows run over the axes from one on. */
  static Tensor flatten(Tensor x, int axis) {
    int at = axis < 0 ? axis + x.rank() : axis;
    long rows = 1;
    for (int i = 0; i < at; i++) {
      rows *= x.size(i);
    }
    return x.reshape(rows, x.elements() == 0 ? 0 : x.elements() / rows);
  }

  private static Tensor squeeze(NodeCall call) {
    Tensor x = call.in(0);
    int[] axes = call.axes(1);
    int[] ones =
        axes.length > 0
            ? x.shape().axes(axes)
            : IntStream.range(0, x.rank()).filter(i -> x.size(i) == 1).toArray();
    Tensor y = x;
    for (int i = ones.length - 1; i >= 0; i--) {
      y = y.squeeze(ones[i]);
    }
    return y;
  }

  private static Tensor unsqueeze(NodeCall call) {
    Tensor x = call.in(0);
    int[] axes = call.axes(1);
    int rank = x.rank() + axes.length;
    for (int axis : Arrays.stream(axes).map(a -> a < 0 ? a + rank : a).sorted().toArray()) {
      x = x.unsqueeze(axis);
    }
    return x;
  }

  private static Tensor transpose(NodeCall call) {
    Tensor x = call.in(0);
    int[] order =
        call.says("perm")
            ? NodeCall.ints(call.integers("perm"))
            : IntStream.range(0, x.rank()).map(i -> x.rank() - 1 - i).toArray();
    return x.permute(order);
  }

  private static Tensor expand(NodeCall call) {
    Tensor x = call.in(0);
    return x.expand(x.shape().broadcast(Shape.of(call.longs(1))));
  }

  private static Tensor slice(NodeCall call) {
    Tensor x = call.in(0);
    boolean attributes = call.opset() < 10;
    long[] starts = attributes ? call.integers("starts") : call.longs(1);
    long[] ends = attributes ? call.integers("ends") : call.longs(2);
    int[] axes =
        attributes
            ? NodeCall.ints(call.integers("axes"))
            : call.has(3) ? NodeCall.ints(call.longs(3)) : new int[0];
    if (axes.length == 0) {
      axes = IntStream.range(0, starts.length).toArray();
    }
    long[] steps = call.has(4) ? call.longs(4) : LongStream.of(starts).map(_ -> 1).toArray();
    return x.slice(axes, starts, ends, steps);
  }

  private static List<Tensor> split(NodeCall call) {
    Tensor x = call.in(0);
    int axis = call.axis(0);
    long[] sizes = call.has(1) ? call.longs(1) : call.integers("split");
    if (sizes.length == 0) {
      sizes = new long[call.outputs()];
      Arrays.fill(sizes, x.size(axis) / sizes.length);
    }
    List<Tensor> parts = new ArrayList<>();
    long at = 0;
    for (long size : sizes) {
      parts.add(x.narrow(axis, at, size));
      at += size;
    }
    return parts;
  }

  private static Tensor triangle(NodeCall call) {
    long diagonal = call.whole(1, 0);
    boolean upper = call.integer("upper", 1) != 0;
    return upper ? call.in(0).triu(diagonal) : call.in(0).tril(diagonal);
  }

  private static Tensor pad(NodeCall call) {
    long[] pads = call.longs(1);
    int rank = pads.length / 2;
    long[] before = Arrays.copyOf(pads, rank);
    long[] after = Arrays.copyOfRange(pads, rank, pads.length);
    return switch (call.text("mode", "constant")) {
      case "reflect" -> call.in(0).pad(before, after, PadMode.REFLECT);
      case "edge" -> call.in(0).pad(before, after, PadMode.EDGE);
      default -> call.in(0).pad(before, after, call.number(2, 0));
    };
  }
}
