package scoria.bench.peers.parity;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import scoria.engine.op.Put;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.ScatterMode;

/**
 * Elements put where an index says, or chosen by a mask. Where one takes the place of another, no
 * index comes twice: libtorch does not say which of two wins.
 */
final class ScatterPairs {
  private ScatterPairs() {}

  static List<Pair> all() {
    return List.of(
        Pair.of("put", ScatterPairs::put),
        Pair.of("scatter", ScatterPairs::scatter),
        Pair.of("scatter, add", ScatterPairs::scatterAdd).ofSums(),
        Pair.of("scatter, mul", c -> reduce(c, ScatterMode.MUL, "prod")).once(),
        Pair.of("scatter, max", c -> reduce(c, ScatterMode.MAX, "amax")),
        Pair.of("scatter, min", c -> reduce(c, ScatterMode.MIN, "amin")),
        Pair.of("indexAdd", ScatterPairs::indexAdd).ofSums(),
        Pair.of("gatherNd", ScatterPairs::gatherNd),
        Pair.of("scatterNd, add", ScatterPairs::scatterNd).ofSums(),
        Pair.of("maskedSelect", ScatterPairs::maskedSelect),
        Pair.of("maskedFill", ScatterPairs::maskedFill),
        Pair.of("oneHot", ScatterPairs::oneHot));
  }

  private static Trial put(Chance chance) {
    long[] sizes = chance.sizes(1, 3);
    int axis = chance.axis(sizes);
    Input index = distinct(chance, sizes, axis);
    return Trial.of(
            xs -> xs[0].apply(new Put(axis), xs[1], xs[2]),
            xs -> xs[0].scatter(axis, xs[1], xs[2]),
            chance.real(sizes),
            index,
            chance.real(index.sizes()))
        .with("axis " + axis);
  }

  private static Trial scatter(Chance chance) {
    long[] sizes = chance.sizes(1, 3);
    int axis = chance.axis(sizes);
    Input index = distinct(chance, sizes, axis);
    return Trial.of(
            xs -> xs[0].scatter(axis, xs[1], xs[2]),
            xs -> xs[0].scatter(axis, xs[1], xs[2]),
            chance.real(sizes),
            index,
            chance.real(index.sizes()))
        .with("axis " + axis);
  }

  private static Trial scatterAdd(Chance chance) {
    long[] sizes = chance.sizes(1, 3);
    int axis = chance.axis(sizes);
    long[] given = sizes.clone();
    given[axis] = chance.between(1, 9);
    return Trial.of(
            xs -> xs[0].scatterAdd(axis, xs[1], xs[2]),
            xs -> xs[0].scatter_add(axis, xs[1], xs[2]),
            chance.real(sizes),
            chance.integers(sizes[axis], given),
            chance.real(given))
        .with("axis " + axis);
  }

  private static Trial reduce(Chance chance, ScatterMode mode, String theirs) {
    long[] sizes = chance.sizes(1, 3);
    int axis = chance.axis(sizes);
    Input index = distinct(chance, sizes, axis);
    return Trial.of(
            xs -> xs[0].scatter(axis, xs[1], xs[2], mode),
            xs -> xs[0].scatter_reduce(axis, xs[1], xs[2], theirs),
            chance.nonzero(sizes),
            index,
            chance.nonzero(index.sizes()))
        .with("axis " + axis);
  }

  private static Trial indexAdd(Chance chance) {
    long[] sizes = chance.sizes(1, 3);
    int axis = chance.axis(sizes);
    long[] given = sizes.clone();
    given[axis] = chance.between(1, 9);
    return Trial.of(
            xs -> xs[0].indexAdd(axis, xs[1], xs[2]),
            xs -> xs[0].index_add(axis, xs[1], xs[2]),
            chance.real(sizes),
            chance.integers(sizes[axis], given[axis]),
            chance.real(given))
        .with("axis " + axis);
  }

  /** libtorch has one index; two are made one. */
  private static Trial gatherNd(Chance chance) {
    long[] sizes = chance.sizes(2, 4);
    long[] places = ProductPairs.with(chance.sizes(0, 2), 2);
    return Trial.of(
        xs -> xs[0].gatherNd(xs[1], 0),
        xs -> {
          long[] rest = rest(sizes);
          long[] out = ProductPairs.with(Arrays.copyOf(places, places.length - 1), rest);
          return flat(xs[0], sizes).index_select(0, one(xs[1], sizes)).reshape(out);
        },
        chance.real(sizes),
        pairs(chance, sizes, places));
  }

  private static Trial scatterNd(Chance chance) {
    long[] sizes = chance.sizes(2, 4);
    long[] places = {chance.between(1, 9), 2};
    return Trial.of(
        xs -> xs[0].scatterNd(xs[1], xs[2], ScatterMode.ADD),
        xs -> flat(xs[0], sizes).index_add(0, one(xs[1], sizes), xs[2]).reshape(sizes),
        chance.real(sizes),
        pairs(chance, sizes, places),
        chance.real(ProductPairs.with(new long[] {places[0]}, rest(sizes))));
  }

  /** Indices of the first two axes. */
  private static Input pairs(Chance chance, long[] sizes, long[] places) {
    Input index = chance.integers(sizes[1], places);
    for (int i = 0; i < index.values().length; i += 2) {
      index.values()[i] = chance.between(0, (int) sizes[0] - 1);
    }
    return index;
  }

  private static long[] rest(long[] sizes) {
    return Arrays.copyOfRange(sizes, 2, sizes.length);
  }

  /** The first two axes as one. */
  private static org.bytedeco.pytorch.Tensor flat(org.bytedeco.pytorch.Tensor x, long[] sizes) {
    return x.reshape(ProductPairs.with(new long[] {sizes[0] * sizes[1]}, rest(sizes)));
  }

  /** Indices of the first two axes as one, a vector. */
  private static org.bytedeco.pytorch.Tensor one(org.bytedeco.pytorch.Tensor index, long[] sizes) {
    return index.select(-1, 0).mul(new Scalar(sizes[1])).add(index.select(-1, 1)).reshape(-1);
  }

  private static Trial maskedSelect(Chance chance) {
    long[] sizes = chance.sizes(1, 3);
    Input mask = chance.truths(sizes);
    // libtorch's sum over nothing has no gradient to compare.
    mask.values()[0] = 1;
    return Trial.of(
        xs -> xs[0].maskedSelect(xs[1]),
        xs -> xs[0].masked_select(xs[1]),
        chance.real(sizes),
        mask);
  }

  private static Trial maskedFill(Chance chance) {
    long[] sizes = chance.sizes(0, 3);
    return Trial.of(
        xs -> xs[0].maskedFill(xs[1], 0.75),
        xs -> xs[0].masked_fill(xs[1], new Scalar(0.75)),
        chance.real(sizes),
        chance.truths(chance.narrower(sizes)));
  }

  private static Trial oneHot(Chance chance) {
    int depth = chance.between(1, 7);
    return Trial.of(
        xs -> xs[0].oneHot(depth, DType.INT64),
        xs -> torch.one_hot(xs[0], depth),
        chance.integers(depth, chance.sizes(0, 3)));
  }

  /** Indices along an axis, of which none comes twice. */
  private static Input distinct(Chance chance, long[] sizes, int axis) {
    int n = (int) sizes[axis];
    long[] given = sizes.clone();
    given[axis] = chance.between(1, n);
    int step = 1;
    for (int i = axis + 1; i < sizes.length; i++) {
      step *= (int) sizes[i];
    }
    int count = (int) given[axis];
    Input index = chance.integers(1, given);
    for (int line = 0; line < index.values().length / count; line++) {
      int[] order = chance.order(n);
      int start = line / step * step * count + line % step;
      for (int k = 0; k < count; k++) {
        index.values()[start + k * step] = order[k];
      }
    }
    return index;
  }
}
