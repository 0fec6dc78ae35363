package scoria.engine.function;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import scoria.engine.device.Device;
import scoria.engine.op.Case;
import scoria.engine.op.Places;
import scoria.engine.op.Put;
import scoria.engine.op.Reference;
import scoria.engine.op.TakeAdjoint;
import scoria.engine.op.TakeAlong;
import scoria.engine.op.TakeAlongAdjoint;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.ScatterMode;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Elements picked and put by indices; see {@link scoria.engine.tensor.Indexing}. */
public final class Scattering implements Functions {
  private static final long[] INDEX = {2, 0, -1, 1, 0, 2};

  private Scattering() {}

  /** The test points. */
  static List<Composed> cases() {
    return List.of(
        scatter(ScatterMode.REPLACE, (now, more) -> more),
        scatter(ScatterMode.ADD, Double::sum),
        scatter(ScatterMode.MUL, (now, more) -> now * more),
        scatter(ScatterMode.MAX, Math::max),
        scatter(ScatterMode.MIN, Math::min),
        Composed.of(
            "scatterNd",
            xs ->
                scatterNd(
                    xs[0], Tensor.of(new long[] {1, -1, 0, 2, 1, 2}, 3, 2), xs[1], ScatterMode.ADD),
            xs -> scatteredNd(xs[0], xs[1]),
            Case.spread(2, 3, 2),
            Case.positive(3, 2)),
        Composed.of(
            "gatherNd",
            xs -> gatherNd(xs[0], Tensor.of(new long[] {1, -1, 0, 2}, 2, 2), 0),
            xs -> gathered(xs[0]),
            Case.spread(2, 3, 2)),
        Composed.of(
            "indexAdd",
            xs -> indexAdd(xs[0], 1, Tensor.of(new long[] {2, 0, 2}), xs[1]),
            xs -> {
              Reference y = new Reference(xs[0].shape(), xs[0].values().clone());
              int n = (int) y.shape().size(1);
              for (int i = 0; i < xs[1].values().length; i++) {
                y.values()[i / 3 * n + (i % 3 == 1 ? 0 : 2)] += xs[1].values()[i];
              }
              return y;
            },
            Case.spread(2, 4),
            Case.positive(2, 3)),
        Composed.of(
            "maskedSelect",
            xs -> xs[0].maskedSelect(Tensor.of(new boolean[] {true, false, true})),
            xs -> {
              int rows = (int) xs[0].shape().size(0);
              double[] out = new double[2 * rows];
              Arrays.setAll(out, i -> xs[0].at(i / 2, i % 2 * 2));
              return new Reference(Shape.of(out.length), out);
            },
            Case.spread(2, 3)),
        Composed.of(
            "maskedFill",
            xs -> xs[0].maskedFill(Tensor.of(new boolean[] {true, false, true}), 7),
            xs -> {
              double[] out = xs[0].values().clone();
              Arrays.setAll(out, i -> i % 3 == 1 ? out[i] : 7);
              return new Reference(xs[0].shape(), out);
            },
            Case.spread(2, 3)));
  }

  private static Composed scatter(ScatterMode mode, DoubleBinaryOperator join) {
    return Composed.of(
        "scatter, " + mode,
        xs -> scatter(xs[0], 0, Tensor.of(INDEX, 3, 2), xs[1], mode),
        xs -> {
          Reference y = new Reference(xs[0].shape(), xs[0].values().clone());
          for (int i = 0; i < INDEX.length; i++) {
            int row = (int) Math.floorMod(INDEX[i], y.shape().size(0));
            int at = (int) Layout.dense(y.shape()).place(row, i % 2);
            y.values()[at] = join.applyAsDouble(y.values()[at], xs[1].values()[i]);
          }
          return y;
        },
        Case.spread(3, 3),
        Case.positive(3, 2));
  }

  private static Reference scatteredNd(Reference x, Reference source) {
    Reference y = new Reference(x.shape(), x.values().clone());
    int rest = (int) x.shape().size(2);
    int[] starts = {5 * rest, 2 * rest, 5 * rest};
    for (int i = 0; i < source.values().length; i++) {
      y.values()[starts[i / rest] + i % rest] += source.values()[i];
    }
    return y;
  }

  private static Reference gathered(Reference x) {
    int rest = x.shape().rank() == 2 ? 1 : (int) x.shape().size(2);
    double[] out = new double[2 * rest];
    Arrays.setAll(out, i -> x.values()[(i < rest ? 5 : 2) * rest + i % rest]);
    return new Reference(Shape.of(2, rest), out);
  }

  /** Elements along an axis; see {@link Tensor#takeAlong}. */
  public static Tensor takeAlong(Tensor x, int axis, Tensor index) {
    int a = x.shape().axis(axis);
    Tensor y = x;
    for (int i = 0; index.rank() == x.rank() && i < x.rank(); i++) {
      y = i != a && index.size(i) < x.size(i) ? y.narrow(i, 0, index.size(i)) : y;
    }
    return y.apply(new TakeAlong(a), index);
  }

  /** Elements scattered along an axis; see {@link Tensor#scatter}. */
  public static Tensor scatter(Tensor x, int axis, Tensor index, Tensor source, ScatterMode mode) {
    int a = x.shape().axis(axis);
    sameType("scatter", x, source);
    if (!source.shape().equals(index.shape())
        || index.rank() != x.rank()
        || IntStream.range(0, x.rank()).anyMatch(i -> i != a && index.size(i) > x.size(i))) {
      throw new IllegalArgumentException(
          "'scatter' into "
              + x.signature()
              + " of elements "
              + source.shape()
              + " by an index "
              + index.shape()
              + ": these two must be of one shape, with as many axes as the first, and no larger"
              + " than it outside of axis "
              + a);
    }
    Tensor at = places("scatter", index, x.size(a));
    if (!isSmaller(index.shape(), x.shape(), a)) {
      return join(x, a, at, source, mode);
    }
    // By the places in the whole tensor, for each column of the index has its own.
    Tensor[] places = new Tensor[x.rank()];
    try (Device.Use use = x.device().use()) {
      for (int i = 0; i < places.length; i++) {
        long[] sizes = new long[places.length];
        Arrays.fill(sizes, 1);
        sizes[i] = index.size(i);
        places[i] = i == a ? at : Tensor.arange(index.size(i)).reshape(sizes);
      }
    }
    Tensor flat = linear(x.shape().toArray(), 0, places).expand(index.shape()).flatten();
    return join(x.flatten(), 0, flat, source.flatten(), mode).reshape(x.shape());
  }

  /** Whether an index leaves out a part of a tensor beside the axis that it is of. */
  private static boolean isSmaller(Shape index, Shape shape, int axis) {
    return IntStream.range(0, index.rank())
        .anyMatch(i -> i != axis && index.size(i) < shape.size(i));
  }

  /** The same for places that are counted from the start. */
  private static Tensor join(Tensor x, int axis, Tensor index, Tensor source, ScatterMode mode) {
    if (mode == ScatterMode.REPLACE) {
      return x.apply(new Put(axis), index, source);
    }
    if (!x.dtype().isFloat() && x.dtype() != DType.INT64) {
      return join(x.to(DType.INT64), axis, index, source.to(DType.INT64), mode).to(x.dtype());
    }
    if (mode == ScatterMode.ADD) {
      return x.add(source.apply(new TakeAlongAdjoint(axis, x.size(axis)), index));
    }
    if (index.elements() == 0) {
      return x;
    }
    Tensor here = x.moveAxis(axis, -1);
    Tensor into = index.moveAxis(axis, -1).unsqueeze(-2);
    Tensor more = source.moveAxis(axis, -1).unsqueeze(-2);
    Tensor place;
    try (Device.Use use = x.device().use()) {
      place = Tensor.arange(x.size(axis)).unsqueeze(1);
    }
    Tensor meets = into.equal(place);
    double none =
        switch (mode) {
          case MUL -> 1;
          case MAX -> Double.NEGATIVE_INFINITY;
          default -> Double.POSITIVE_INFINITY;
        };
    Tensor all = Tensor.where(meets, more, more.filled(none));
    Tensor joined =
        switch (mode) {
          case MUL -> here.mul(all.prod(-1));
          case MAX -> here.max(all.amax(-1));
          default -> here.min(all.amin(-1));
        };
    return joined.moveAxis(-1, axis);
  }

  /** Indices counted from the start of an axis; one outside of it throws. */
  private static Tensor places(String caller, Tensor index, long size) {
    return index.apply(new Places(caller, size, true));
  }

  /** The places in a dense array, from the axis {@code first} on, of what several places name. */
  private static Tensor linear(long[] sizes, int first, Tensor... places) {
    Tensor place = places[0];
    for (int i = 1; i < places.length; i++) {
      place = place.mul(place.filled(sizes[first + i])).add(places[i]);
    }
    return place;
  }

  private static Tensor linear(String caller, Shape shape, int first, Tensor index) {
    int count = index.rank() == 0 ? 0 : Math.toIntExact(index.size(-1));
    if (count < 1 || first + count > shape.rank()) {
      throw new IllegalArgumentException(
          "'"
              + caller
              + "' by an index of shape "
              + index.shape()
              + ", which names "
              + count
              + " axes of "
              + shape
              + " from axis "
              + first
              + "; it must name from 1 to "
              + (shape.rank() - first));
    }
    Tensor[] places =
        IntStream.range(0, count)
            .mapToObj(i -> places(caller, index.get(-1, i), shape.size(first + i)))
            .toArray(Tensor[]::new);
    return linear(shape.toArray(), first, places);
  }

  private static void sameType(String caller, Tensor x, Tensor source) {
    if (source.dtype() != x.dtype()) {
      throw new IllegalArgumentException(
          "'"
              + caller
              + "' into "
              + x.signature()
              + " of "
              + source.signature()
              + ": types differ; convert one of them with to(dtype)");
    }
  }

  /** Elements by several indices each; see {@link Tensor#gatherNd}. */
  public static Tensor gatherNd(Tensor x, Tensor index, int batch) {
    Shape shape = x.shape();
    if (batch < 0) {
      throw new IllegalArgumentException(
          "'gatherNd' with " + batch + " axes of a batch; there are at least 0");
    }
    for (int i = 0; i < batch; i++) {
      if (i + 1 >= index.rank() || i >= x.rank() || index.size(i) != x.size(i)) {
        throw new IllegalArgumentException(
            "'gatherNd' of "
                + x.signature()
                + " by "
                + index.signature()
                + ": they do not begin with the same "
                + batch
                + " axes");
      }
    }
    Tensor place = linear("gatherNd", shape, batch, index);
    int after = batch + Math.toIntExact(index.size(-1));
    long batches = shape.elements(0, batch);
    long each = shape.elements(batch, after);
    if (batch > 0) {
      long[] sizes = new long[place.rank()];
      Arrays.fill(sizes, 1);
      System.arraycopy(shape.toArray(), 0, sizes, 0, batch);
      try (Device.Use use = x.device().use()) {
        Tensor start = Tensor.of(LongStream.range(0, batches).map(i -> i * each).toArray(), sizes);
        place = place.add(start);
      }
    }
    long[] rest = Arrays.copyOfRange(shape.toArray(), after, shape.rank());
    long[] sizes = new long[rest.length + 1];
    sizes[0] = batches * each;
    System.arraycopy(rest, 0, sizes, 1, rest.length);
    return x.reshape(Shape.of(sizes)).take(0, place);
  }

  /** Elements scattered by several indices each; see {@link Tensor#scatterNd}. */
  public static Tensor scatterNd(Tensor x, Tensor index, Tensor source, ScatterMode mode) {
    sameType("scatterNd", x, source);
    Tensor place = linear("scatterNd", x.shape(), 0, index);
    int after = Math.toIntExact(index.size(-1));
    long rest = x.shape().elements(after, x.rank());
    long[] wanted =
        LongStream.concat(
                Arrays.stream(place.shape().toArray()),
                Arrays.stream(x.shape().toArray(), after, x.rank()))
            .toArray();
    if (!source.shape().equals(Shape.of(wanted))) {
      throw new IllegalArgumentException(
          "'scatterNd' into "
              + x.signature()
              + " by "
              + index.signature()
              + ": the elements have shape "
              + source.shape()
              + ", not "
              + Arrays.toString(wanted));
    }
    long count = place.elements();
    Tensor flat = x.reshape(x.shape().elements(0, after), rest);
    Tensor places = place.reshape(count, 1).expand(count, rest);
    return join(flat, 0, places, source.reshape(count, rest), mode).reshape(x.shape());
  }

  /** Slices added along an axis; see {@link Tensor#indexAdd}. */
  public static Tensor indexAdd(Tensor x, int axis, Tensor index, Tensor source) {
    int a = x.shape().axis(axis);
    if (index.rank() != 1
        || source.dtype() != x.dtype()
        || !source.shape().equals(x.shape().with(a, index.elements()))) {
      throw new IllegalArgumentException(
          "'indexAdd' into axis "
              + a
              + " of "
              + x.signature()
              + " by "
              + index.signature()
              + " of "
              + source.signature()
              + "; it takes a vector of indices, and slices of one type and shape with the tensor"
              + " but for the axis, one for each index");
    }
    Tensor at = places("indexAdd", index, x.size(a));
    if (x.dtype().isFloat()) {
      return x.add(source.apply(new TakeAdjoint(a, x.size(a)), at));
    }
    long[] sizes = new long[x.rank()];
    Arrays.fill(sizes, 1);
    sizes[a] = index.elements();
    return join(x, a, at.reshape(sizes).expand(source.shape()), source, ScatterMode.ADD);
  }

  /** A number where a mask is true; see {@link Tensor#maskedFill}. */
  public static Tensor maskedFill(Tensor x, Tensor mask, double value) {
    if (mask.dtype() != DType.BOOL) {
      throw new IllegalArgumentException(
          "'maskedFill' by " + mask.signature() + "; the mask must be bool");
    }
    return Tensor.where(fitted("maskedFill", x, mask), x.filled(value), x);
  }

  /** A mask repeated to the shape of what it is for. */
  private static Tensor fitted(String caller, Tensor x, Tensor mask) {
    try {
      return mask.expand(x.shape());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'"
              + caller
              + "' of "
              + x.signature()
              + " by "
              + mask.signature()
              + ": the mask must broadcast to the shape",
          e);
    }
  }

  /** The elements where a mask is true. */
  public static Tensor maskedSelect(Tensor x, Tensor mask) {
    if (mask.dtype() != DType.BOOL) {
      throw new IllegalArgumentException(
          "'maskedSelect' by " + mask.signature() + "; the mask must be bool");
    }
    long[] kept = fitted("maskedSelect", x, mask).toLongs();
    long[] places = LongStream.range(0, kept.length).filter(i -> kept[(int) i] != 0).toArray();
    try (Device.Use use = x.device().use()) {
      return x.flatten().take(0, Tensor.of(places, places.length));
    }
  }

  /** Where the elements are that differ from 0. */
  public static Tensor nonzero(Tensor x) {
    long[] kept = x.to(DType.BOOL).toLongs();
    int rank = x.rank();
    int[] places = IntStream.range(0, kept.length).filter(i -> kept[i] != 0).toArray();
    long[] out = new long[places.length * rank];
    for (int i = 0; i < places.length; i++) {
      long left = places[i];
      for (int axis = rank - 1; axis >= 0; axis--) {
        out[i * rank + axis] = left % x.size(axis);
        left /= x.size(axis);
      }
    }
    try (Device.Use use = x.device().use()) {
      return Tensor.of(out, places.length, rank);
    }
  }

  /** Rows of 0 with one 1. */
  public static Tensor oneHot(Tensor index, long depth, DType dtype) {
    if (depth < 0) {
      throw new IllegalArgumentException("'oneHot' of depth " + depth + "; it is at least 0");
    }
    if (index.dtype().isFloat()) {
      throw new IllegalArgumentException(
          "'oneHot' of " + index.signature() + "; it takes whole numbers");
    }
    Tensor at = index.to(DType.INT64).unsqueeze(-1);
    Tensor place;
    try (Device.Use use = index.device().use()) {
      place = Tensor.arange(depth);
    }
    Tensor fromEnd = at.add(at.filled(depth));
    Tensor inside = Tensor.where(at.less(at.zeroLike()), fromEnd, at);
    return inside.equal(place).to(dtype);
  }
}
