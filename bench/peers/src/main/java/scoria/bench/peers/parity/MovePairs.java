package scoria.bench.peers.parity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import scoria.engine.op.Embed;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/** Elements in other places. */
final class MovePairs {
  private MovePairs() {}

  static List<Pair> all() {
    return List.of(
        Pair.of("reshape", MovePairs::reshape),
        Pair.of("permute", MovePairs::permute),
        Pair.of("permute, then reshape", MovePairs::permuteThenReshape),
        Pair.of("slice", MovePairs::slice),
        Pair.of("slice, backwards", MovePairs::sliceBackwards),
        Pair.of("embed", MovePairs::embed),
        Pair.of("expand", MovePairs::expand),
        Pair.of("concat", MovePairs::concat),
        Pair.of("stack", MovePairs::stack),
        Pair.of("fill", MovePairs::full));
  }

  private static Trial reshape(Chance chance) {
    long[] sizes = chance.sizes(0, 4);
    long[] to = split(chance, Chance.count(sizes));
    return Trial.of(xs -> xs[0].reshape(to), xs -> xs[0].reshape(to), chance.real(sizes))
        .with("to " + Arrays.toString(to));
  }

  /** Sizes with a given product. */
  private static long[] split(Chance chance, int elements) {
    List<Long> sizes = new ArrayList<>();
    int left = elements;
    for (int factor = 2; left > 1; ) {
      if (left % factor == 0) {
        if (sizes.isEmpty() || chance.coin()) {
          sizes.add((long) factor);
        } else {
          sizes.set(sizes.size() - 1, sizes.getLast() * factor);
        }
        left /= factor;
      } else {
        factor++;
      }
    }
    if (chance.coin()) {
      sizes.add(chance.between(0, sizes.size()), 1L);
    }
    return sizes.stream().mapToLong(i -> i).toArray();
  }

  private static Trial permute(Chance chance) {
    long[] sizes = chance.sizes(1, 4);
    int[] order = chance.order(sizes.length);
    long[] same = Arrays.stream(order).asLongStream().toArray();
    return Trial.of(xs -> xs[0].permute(order), xs -> xs[0].permute(same), chance.real(sizes))
        .with("order " + Arrays.toString(order));
  }

  /** A view of a view that needs a copy. */
  private static Trial permuteThenReshape(Chance chance) {
    long[] sizes = chance.sizes(2, 4);
    int[] order = chance.order(sizes.length);
    long[] same = Arrays.stream(order).asLongStream().toArray();
    return Trial.of(
            xs -> xs[0].permute(order).reshape(-1).square(),
            xs -> xs[0].permute(same).reshape(-1).square(),
            chance.real(sizes))
        .with("order " + Arrays.toString(order));
  }

  private static Trial slice(Chance chance) {
    long[] sizes = chance.sizes(1, 4);
    int axis = chance.axis(sizes);
    int start = chance.between(0, (int) sizes[axis] - 1);
    int step = chance.between(1, 3);
    int count = chance.between(1, ((int) sizes[axis] - start + step - 1) / step);
    long end = start + (long) (count - 1) * step + 1;
    return Trial.of(
            xs -> xs[0].slice(axis, start, step, count),
            xs -> xs[0].slice(axis, new LongOptional(start), new LongOptional(end), step),
            chance.real(sizes))
        .with(String.format("axis %d from %d by %d, %d of them", axis, start, step, count));
  }

  /** libtorch has no negative steps; it turns the axis round. */
  private static Trial sliceBackwards(Chance chance) {
    long[] sizes = chance.sizes(1, 4);
    int axis = chance.axis(sizes);
    long size = sizes[axis];
    return Trial.of(
            xs -> xs[0].slice(axis, size - 1, -1, size), xs -> xs[0].flip(axis), chance.real(sizes))
        .with("axis " + axis);
  }

  private static Trial embed(Chance chance) {
    long[] sizes = chance.sizes(1, 3);
    int axis = chance.axis(sizes);
    long[] out = sizes.clone();
    int start = chance.between(0, 2);
    int step = chance.between(1, 3);
    long end = start + (sizes[axis] - 1) * step + 1;
    out[axis] = end + chance.between(0, 3);
    return Trial.of(
            xs -> xs[0].apply(new Embed(axis, start, step, out[axis])),
            xs ->
                torch.slice_scatter(
                    torch.zeros(out, new TensorOptions(xs[0].scalar_type())),
                    xs[0],
                    axis,
                    new LongOptional(start),
                    new LongOptional(end),
                    step),
            chance.real(sizes))
        .with(String.format("axis %d from %d by %d", axis, start, step));
  }

  private static Trial expand(Chance chance) {
    long[] sizes = chance.sizes(0, 4);
    return Trial.of(
            xs -> xs[0].expand(sizes),
            xs -> xs[0].expand(sizes),
            chance.real(chance.narrower(sizes)))
        .with("to " + Arrays.toString(sizes));
  }

  private static Trial concat(Chance chance) {
    long[] sizes = chance.sizes(1, 4);
    int axis = chance.axis(sizes);
    Input[] parts = new Input[chance.between(1, 4)];
    Arrays.setAll(
        parts,
        _ -> {
          long[] part = sizes.clone();
          part[axis] = chance.between(1, 4);
          return chance.real(part);
        });
    return Trial.of(
            xs -> Tensor.concat(axis, xs), xs -> torch.cat(new TensorVector(xs), axis), parts)
        .with("axis " + axis);
  }

  private static Trial stack(Chance chance) {
    long[] sizes = chance.sizes(0, 3);
    int axis = chance.between(0, sizes.length);
    Input[] parts = new Input[chance.between(1, 4)];
    Arrays.setAll(parts, _ -> chance.real(sizes));
    return Trial.of(
            xs -> Tensor.stack(axis, xs), xs -> torch.stack(new TensorVector(xs), axis), parts)
        .with("axis " + axis);
  }

  private static Trial full(Chance chance) {
    long[] sizes = chance.sizes(0, 4);
    return Trial.of(
        _ -> Tensor.full(0.7, DType.FLOAT64, sizes),
        _ -> torch.full(sizes, new Scalar(0.7), new TensorOptions(torch.kDouble())));
  }
}
