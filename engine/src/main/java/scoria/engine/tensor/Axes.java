package scoria.engine.tensor;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import scoria.engine.op.ArgReduction;
import scoria.engine.op.MatMul;
import scoria.engine.op.Reduction;
import scoria.engine.op.RowOp;
import scoria.engine.op.Scan;
import scoria.engine.op.Take;

/** Brings what a caller says of axes into the form that operations take. */
final class Axes {
  private Axes() {}

  /** Reduces over any axes: neighbours at once, others after they have been moved together. */
  static Tensor reduce(Tensor x, Reduction.Kind kind, int[] axes, boolean keep) {
    int[] sorted = x.shape().axes(axes);
    if (!x.dtype().isFloat() && x.dtype() != DType.INT64) {
      // int64 holds all that the other types do, so extremes come back as they were.
      Tensor wide = reduce(x.to(DType.INT64), kind, axes, keep);
      boolean extreme = kind == Reduction.Kind.MAX || kind == Reduction.Kind.MIN;
      return extreme ? wide.to(x.dtype()) : wide;
    }
    if (x.rank() == 0) {
      return x;
    }
    Shape result = x.shape().reduce(sorted, keep);
    int from = sorted[0];
    int to = sorted[sorted.length - 1] + 1;
    Tensor out;
    if (to - from == sorted.length) {
      out = x.apply(new Reduction(kind, from, to));
    } else {
      int[] others = x.shape().others(sorted);
      int[] order = IntStream.concat(Arrays.stream(others), Arrays.stream(sorted)).toArray();
      out = x.permute(order).apply(new Reduction(kind, others.length, x.rank()));
    }
    return out.reshape(result);
  }

  static Tensor arg(Tensor x, ArgReduction.Kind kind, int axis, boolean keep) {
    if (!x.dtype().isFloat()) {
      x = x.to(DType.INT64);
    }
    Tensor place = x.apply(new ArgReduction(kind, x.shape().axis(axis)));
    return keep ? place : place.squeeze(axis);
  }

  /** The last of equal ones: the first from the end. */
  static Tensor argLast(Tensor x, ArgReduction.Kind kind, int axis, boolean keep) {
    long size = x.size(axis);
    Tensor back = size == 0 ? x : x.slice(axis, size - 1, -1, size);
    Tensor place = arg(back, kind, axis, keep);
    return place.filled(size - 1).sub(place);
  }

  /** The extreme elements along an axis with their places, both without the axis. */
  static Picked pick(Tensor x, ArgReduction.Kind kind, int axis) {
    Tensor place = arg(x, kind, axis, true);
    return new Picked(x.takeAlong(axis, place).squeeze(axis), place.squeeze(axis));
  }

  /** How many elements a reduction over axes brings together. */
  static long count(Shape shape, int[] axes) {
    long count = 1;
    for (int axis : shape.axes(axes)) {
      count *= shape.size(axis);
    }
    return count;
  }

  /** With axes moved to the end and made one, which is there even if none are. */
  static Tensor gather(Tensor x, int[] axes) {
    int[] sorted = x.shape().axes(axes);
    int[] others = x.shape().others(sorted);
    int[] order = IntStream.concat(Arrays.stream(others), Arrays.stream(sorted)).toArray();
    long[] sizes = new long[others.length + 1];
    Arrays.setAll(sizes, i -> i < others.length ? x.size(others[i]) : count(x.shape(), sorted));
    return x.permute(order).reshape(Shape.of(sizes));
  }

  static Tensor scan(Tensor x, Scan.Kind kind, int axis, boolean exclusive, boolean reverse) {
    if (!x.dtype().isFloat()) {
      x = x.to(DType.INT64);
    }
    return x.apply(new Scan(kind, x.shape().axis(axis), exclusive, reverse));
  }

  /** Applies a function of rows along any axis; what it gives has the same number of axes. */
  static Tensor along(Tensor x, RowOp op, int axis) {
    int last = x.rank() - 1;
    int a = x.shape().axis(axis);
    return a == last ? x.apply(op) : x.transpose(a, last).apply(op).transpose(a, last);
  }

  static Tensor matmul(Tensor a, Tensor b) {
    if (a.rank() == 0 || b.rank() == 0) {
      throw new IllegalArgumentException(
          "'matmul' of "
              + a.signature()
              + ", "
              + b.signature()
              + ": a scalar is no matrix; use mul");
    }
    if (a.rank() == 1 && b.rank() == 1) {
      return matmul(a.unsqueeze(0), b.unsqueeze(1)).reshape(Shape.scalar());
    }
    if (a.rank() == 1) {
      return matmul(a.unsqueeze(0), b).squeeze(-2);
    }
    if (b.rank() == 1) {
      return matmul(a, b.unsqueeze(1)).squeeze(-1);
    }
    if (a.rank() > 2 && b.rank() == 2 && a.size(-1) == b.size(0)) {
      // One tall product instead of a batch: faster, and so is its gradient.
      long[] sizes = a.shape().toArray();
      long rows = MatMul.batch(a.shape()).elements() * a.size(-2);
      Tensor tall = a.reshape(rows, a.size(-1)).matmul(b, false, false);
      sizes[sizes.length - 1] = b.size(1);
      return tall.reshape(sizes);
    }
    return a.matmul(b, false, false);
  }

  /** Replaces a size of -1 by what is left of the elements. */
  static Shape fill(Shape from, long[] sizes) {
    int open = -1;
    long known = 1;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] != -1) {
        known *= sizes[i];
      } else if (open < 0) {
        open = i;
      } else {
        throw new IllegalArgumentException(
            "sizes " + Arrays.toString(sizes) + " leave more than one open; only one may be -1");
      }
    }
    if (open < 0) {
      return Shape.of(sizes);
    }
    if (known == 0 || from.elements() % known != 0) {
      throw new IllegalArgumentException(
          "no size for -1 in " + Arrays.toString(sizes) + " holds the elements of " + from);
    }
    long[] filled = sizes.clone();
    filled[open] = from.elements() / known;
    return Shape.of(filled);
  }

  static Shape insert(Shape shape, int axis) {
    int rank = shape.rank() + 1;
    int at = axis < 0 ? axis + rank : axis;
    if (at < 0 || at >= rank) {
      throw new IllegalArgumentException("no place " + axis + " for a new axis of " + shape);
    }
    long[] sizes = new long[rank];
    for (int i = 0; i < rank; i++) {
      sizes[i] = i == at ? 1 : shape.size(i < at ? i : i - 1);
    }
    return Shape.of(sizes);
  }

  static Tensor take(Tensor x, int axis, Tensor index) {
    int a = x.shape().axis(axis);
    Tensor taken = x.apply(new Take(a), index.reshape(-1));
    if (index.rank() == 1) {
      return taken;
    }
    long[] sizes =
        IntStream.range(0, x.rank())
            .boxed()
            .flatMapToLong(
                i -> i == a ? Arrays.stream(index.shape().toArray()) : LongStream.of(x.size(i)))
            .toArray();
    return taken.reshape(sizes);
  }
}
