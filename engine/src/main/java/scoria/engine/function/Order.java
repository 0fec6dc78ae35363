package scoria.engine.function;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.LongStream;
import scoria.engine.device.Device;
import scoria.engine.op.ArgScan;
import scoria.engine.op.ArgSort;
import scoria.engine.op.Case;
import scoria.engine.op.Reference;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Picked;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;
import scoria.engine.tensor.Unique;

/** Elements by size; see {@link scoria.engine.tensor.Ordering}. */
public final class Order implements Functions {
  private Order() {}

  /** The test points. */
  static List<Composed> cases() {
    return List.of(
        Composed.of("sort", xs -> xs[0].sort(1), xs -> sorted(xs[0], 1, false), Case.spread(3, 5)),
        Composed.of(
            "sort, descending",
            xs -> xs[0].sort(0, true),
            xs -> sorted(xs[0], 0, true),
            Case.spread(6, 2)),
        Composed.of(
            "cumMax",
            xs -> cumMax(xs[0], 1).values(),
            xs -> running(xs[0], Math::max),
            Case.spread(3, 6)),
        Composed.of(
            "cumMin",
            xs -> cumMin(xs[0], -1).values(),
            xs -> running(xs[0], Math::min),
            Case.spread(2, 5)),
        Composed.of(
            "topK",
            xs -> topK(xs[0], 1, 2, true).values(),
            xs -> {
              Reference all = sorted(xs[0], 1, true);
              double[] kept = new double[2 * (int) all.shape().size(0)];
              Arrays.setAll(kept, i -> all.at(i / 2, i % 2));
              return new Reference(Shape.of(kept.length / 2, 2), kept);
            },
            Case.spread(3, 4)),
        Composed.of(
            "quantile",
            xs -> quantile(xs[0], 0.3, 1, true),
            xs -> {
              Reference all = sorted(xs[0], 1, false);
              double[] out = new double[(int) all.shape().size(0)];
              Arrays.setAll(out, i -> 0.1 * all.at(i, 0) + 0.9 * all.at(i, 1));
              return new Reference(Shape.of(out.length, 1), out);
            },
            Case.spread(3, 4)),
        Composed.of(
            "median",
            xs -> xs[0].median(0),
            xs -> {
              Reference all = sorted(xs[0], 0, false);
              double[] out = new double[(int) all.shape().size(1)];
              Arrays.setAll(out, i -> (all.at(1, i) + all.at(2, i)) / 2);
              return new Reference(Shape.of(out.length), out);
            },
            Case.spread(4, 3)));
  }

  /** What rows come to, element by element. */
  private static Reference running(Reference x, DoubleBinaryOperator join) {
    double[] out = x.values().clone();
    for (int i = 0; i < out.length; i++) {
      out[i] = i % x.shape().size(1) == 0 ? out[i] : join.applyAsDouble(out[i - 1], out[i]);
    }
    return new Reference(x.shape(), out);
  }

  /** A matrix with its rows or columns sorted. */
  private static Reference sorted(Reference x, int axis, boolean descending) {
    Shape shape = x.shape();
    Reference y = Reference.zeros(shape);
    int n = (int) shape.size(axis);
    int columns = (int) shape.size(1);
    for (int run = 0; run < shape.size(1 - axis); run++) {
      double[] values = new double[n];
      for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < n; i++) {
          int at = axis == 1 ? run * columns + i : i * columns + run;
          if (pass == 0) {
            values[i] = x.values()[at];
          } else {
            y.values()[at] = values[descending ? n - 1 - i : i];
          }
        }
        Arrays.sort(values);
      }
    }
    return y;
  }

  /** The places of the elements along an axis in the order of their size. */
  public static Tensor argSort(Tensor x, int axis, boolean descending) {
    ArgSort op = descending ? ArgSort.DESCENDING : ArgSort.ASCENDING;
    int last = x.rank() - 1;
    int a = x.shape().axis(axis);
    Tensor keys = x.dtype().isFloat() ? x : x.to(DType.INT64);
    return a == last ? keys.apply(op) : keys.transpose(a, last).apply(op).transpose(a, last);
  }

  /** The largest elements so far along an axis, and their places. */
  public static Picked cumMax(Tensor x, int axis) {
    return running(x, ArgScan.Kind.MAX, axis);
  }

  /** The smallest elements so far along an axis, and their places. */
  public static Picked cumMin(Tensor x, int axis) {
    return running(x, ArgScan.Kind.MIN, axis);
  }

  private static Picked running(Tensor x, ArgScan.Kind kind, int axis) {
    Tensor keys = x.dtype().isFloat() ? x : x.to(DType.INT64);
    Tensor places = keys.apply(new ArgScan(kind, x.shape().axis(axis)));
    return new Picked(x.takeAlong(axis, places), places);
  }

  /** The largest or smallest elements along an axis and their places. */
  public static Picked topK(Tensor x, int axis, long k, boolean largest) {
    if (k < 0 || k > x.size(axis)) {
      throw new IllegalArgumentException(
          "'topK' of "
              + k
              + " along axis "
              + axis
              + " of "
              + x.signature()
              + "; it has "
              + x.size(axis));
    }
    Tensor places = argSort(x, axis, largest).narrow(axis, 0, k);
    return new Picked(x.takeAlong(axis, places), places);
  }

  /** Quantile along an axis. */
  public static Tensor quantile(Tensor x, double q, int axis, boolean keep) {
    return quantile("quantile", x, q, axis, keep);
  }

  /** Median along an axis. */
  public static Tensor median(Tensor x, int axis) {
    return quantile("median", x, 0.5, axis, false);
  }

  private static Tensor quantile(String caller, Tensor x, double q, int axis, boolean keep) {
    long size = x.size(axis);
    if (!(q >= 0 && q <= 1) || size == 0 || !x.dtype().isFloat()) {
      throw new IllegalArgumentException(
          "'"
              + caller
              + "' "
              + q
              + " along axis "
              + axis
              + " of "
              + x.signature()
              + "; it takes a number from 0 to 1, and float32 or float64 along an axis that is not"
              + " empty");
    }
    Tensor sorted = x.sort(axis);
    double place = q * (size - 1);
    long low = (long) Math.floor(place);
    double weight = place - low;
    Tensor value = sorted.narrow(axis, low, 1);
    if (weight > 0) {
      value = value.mul(1 - weight).add(sorted.narrow(axis, low + 1, 1).mul(weight));
    }
    // NaN comes last, if there is one.
    Tensor last = sorted.narrow(axis, size - 1, 1);
    Tensor out = Tensor.where(last.notEqual(last), last, value);
    return keep ? out : out.squeeze(axis);
  }

  /** Where values would have to be put into a sorted vector. */
  public static Tensor searchSorted(Tensor sorted, Tensor values, boolean right) {
    if (sorted.rank() != 1) {
      throw new IllegalArgumentException(
          "'searchSorted' in " + sorted.signature() + "; it takes a vector");
    }
    if (sorted.dtype() != values.dtype()) {
      throw new IllegalArgumentException(
          "'searchSorted' in "
              + sorted.signature()
              + " of "
              + values.signature()
              + ": types differ; convert one of them with to(dtype)");
    }
    Tensor each = values.unsqueeze(-1);
    Tensor before = right ? sorted.lessEqual(each) : sorted.less(each);
    if (values.dtype().isFloat()) {
      // NaN comes last: all numbers are before it, and on its right all NaN too.
      Tensor last = right ? sorted.equal(sorted).logicalOr(each.isNaN()) : sorted.equal(sorted);
      before = before.logicalOr(each.isNaN().logicalAnd(last));
    }
    return before.sum(-1);
  }

  /** The different elements. */
  public static Unique unique(Tensor x) {
    Tensor rows = x.flatten().unsqueeze(1);
    Unique found = uniqueRows(rows);
    return new Unique(
        found.values().squeeze(1),
        found.first(),
        found.inverse().reshape(x.shape()),
        found.counts());
  }

  /** The different slices along an axis. */
  public static Unique unique(Tensor x, int axis) {
    Tensor front = x.moveAxis(axis, 0);
    long slices = front.size(0);
    long[] sizes = front.shape().toArray();
    long width = Arrays.stream(sizes).skip(1).reduce(1, (a, b) -> a * b);
    Unique found = uniqueRows(front.reshape(Shape.of(slices, width)));
    sizes[0] = found.counts().elements();
    return new Unique(
        found.values().reshape(Shape.of(sizes)).moveAxis(0, axis), found.first(),
        found.inverse(), found.counts());
  }

  /** The different rows of a matrix; NaN equals NaN. */
  private static Unique uniqueRows(Tensor rows) {
    Tensor keys = rows.dtype().isFloat() ? rows.detach() : rows.to(DType.INT64);
    int count = Math.toIntExact(rows.size(0));
    try (Device.Use use = rows.device().use()) {
      Tensor order = Tensor.arange(count);
      // The last column first: a stable order keeps what later ones leave open.
      for (long column = rows.size(1) - 1; column >= 0; column--) {
        Tensor key = keys.get(1, column).take(0, order);
        order = order.take(0, key.argSort(0, false));
      }
      Tensor sorted = keys.take(0, order);
      long[] differs = new long[0];
      if (count > 1) {
        Tensor a = sorted.narrow(0, 0, count - 1);
        Tensor b = sorted.narrow(0, 1, count - 1);
        Tensor numbers = a.equal(a).to(DType.INT64).add(b.equal(b).to(DType.INT64));
        // Two that are not even equal to themselves are both NaN.
        differs = a.notEqual(b).to(DType.INT64).mul(numbers).any(1).to(DType.INT64).toLongs();
      }
      long[] places = order.toLongs();
      long[] inverse = new long[count];
      long[] first = new long[count];
      long[] counts = new long[count];
      int found = 0;
      for (int i = 0; i < count; i++) {
        if (i == 0 || differs[i - 1] != 0) {
          first[found++] = places[i];
        }
        counts[found - 1]++;
        inverse[(int) places[i]] = found - 1;
      }
      Tensor index = Tensor.of(Arrays.copyOf(first, found), found);
      return new Unique(
          rows.take(0, index),
          index,
          Tensor.of(inverse, count),
          Tensor.of(LongStream.of(counts).limit(found).toArray(), found));
    }
  }
}
