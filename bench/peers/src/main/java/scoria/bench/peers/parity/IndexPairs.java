package scoria.bench.peers.parity;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import scoria.engine.op.Places;
import scoria.engine.op.TakeAdjoint;
import scoria.engine.op.TakeAlongAdjoint;

/** Elements that an index names. */
final class IndexPairs {
  private IndexPairs() {}

  static List<Pair> all() {
    return List.of(
        Pair.of("places", IndexPairs::places),
        Pair.of("take", IndexPairs::take),
        Pair.of("takeAdjoint", IndexPairs::takeAdjoint).ofSums(),
        Pair.of("takeAlong", IndexPairs::takeAlong),
        Pair.of("takeAlongAdjoint", IndexPairs::takeAlongAdjoint).ofSums());
  }

  private static Trial places(Chance chance) {
    int size = chance.between(1, 9);
    boolean back = chance.coin();
    Input index = chance.integers(back ? 2 * size : size, chance.sizes(0, 3));
    return Trial.of(
            xs -> xs[0].apply(new Places("places", size, back)),
            xs -> xs[0].remainder(new Scalar(size)),
            back ? index.map(v -> v - size) : index)
        .with("an axis of " + size + (back ? ", back as well" : ""));
  }

  private static Trial take(Chance chance) {
    long[] sizes = chance.sizes(1, 4);
    int axis = chance.axis(sizes);
    return Trial.of(
            xs -> xs[0].take(axis, xs[1]),
            xs -> xs[0].index_select(axis, xs[1]),
            chance.real(sizes),
            chance.integers(sizes[axis], chance.between(1, 9)))
        .with("axis " + axis);
  }

  private static Trial takeAdjoint(Chance chance) {
    long[] sizes = chance.sizes(1, 4);
    int axis = chance.axis(sizes);
    long[] out = sizes.clone();
    out[axis] = chance.between(1, 6);
    return Trial.of(
            xs -> xs[0].apply(new TakeAdjoint(axis, out[axis]), xs[1]),
            xs -> zeros(out, xs[0]).index_add(axis, xs[1], xs[0]),
            chance.real(sizes),
            chance.integers(out[axis], sizes[axis]))
        .with("axis " + axis + " of size " + out[axis]);
  }

  private static Trial takeAlong(Chance chance) {
    long[] sizes = chance.sizes(1, 4);
    int axis = chance.axis(sizes);
    long[] index = sizes.clone();
    index[axis] = chance.between(1, 9);
    return Trial.of(
            xs -> xs[0].takeAlong(axis, xs[1]),
            xs -> xs[0].gather(axis, xs[1]),
            chance.real(sizes),
            chance.integers(sizes[axis], index))
        .with("axis " + axis);
  }

  private static Trial takeAlongAdjoint(Chance chance) {
    long[] sizes = chance.sizes(1, 4);
    int axis = chance.axis(sizes);
    long[] out = sizes.clone();
    out[axis] = chance.between(1, 6);
    return Trial.of(
            xs -> xs[0].apply(new TakeAlongAdjoint(axis, out[axis]), xs[1]),
            xs -> zeros(out, xs[0]).scatter_add(axis, xs[1], xs[0]),
            chance.real(sizes),
            chance.integers(out[axis], sizes))
        .with("axis " + axis + " of size " + out[axis]);
  }

  private static org.bytedeco.pytorch.Tensor zeros(long[] sizes, org.bytedeco.pytorch.Tensor like) {
    return torch.zeros(sizes, new TensorOptions(like.scalar_type()));
  }
}
