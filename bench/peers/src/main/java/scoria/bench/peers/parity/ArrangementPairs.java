package scoria.bench.peers.parity;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import scoria.engine.tensor.PadMode;
import scoria.engine.tensor.Tensor;

/** Axes turned, repeated, continued and cut. */
final class ArrangementPairs {
  private ArrangementPairs() {}

  static List<Pair> all() {
    return List.of(
        Pair.of("flip", ArrangementPairs::flip),
        Pair.of("rot90", ArrangementPairs::rot90),
        Pair.of("roll", ArrangementPairs::roll),
        Pair.of("tile", ArrangementPairs::tile),
        Pair.of("repeatInterleave", ArrangementPairs::repeat),
        Pair.of("repeatInterleave, by counts", ArrangementPairs::repeatByCounts),
        Pair.of("pad", ArrangementPairs::pad),
        Pair.of("pad, edge", chance -> pad(chance, PadMode.EDGE, "replicate")),
        Pair.of("pad, reflect", chance -> pad(chance, PadMode.REFLECT, "reflect")),
        Pair.of("pad, wrap", chance -> pad(chance, PadMode.WRAP, "circular")),
        matrix("tril", (x, k) -> x.tril(k), (x, k) -> x.tril(k)),
        matrix("triu", (x, k) -> x.triu(k), (x, k) -> x.triu(k)),
        matrix("diagonal", (x, k) -> x.diagonal(k, -2, -1), (x, k) -> torch.diagonal(x, k, -2, -1)),
        matrix("diagEmbed", (x, k) -> x.diagEmbed(k), (x, k) -> x.diag_embed(k, -2, -1)),
        Pair.of("trace", ArrangementPairs::trace),
        Pair.of("trace, tall", ArrangementPairs::tallTrace),
        Pair.of("flatten", ArrangementPairs::flatten),
        Pair.of("moveAxis", ArrangementPairs::moveAxis),
        Pair.of("split", ArrangementPairs::split),
        Pair.of("chunk", ArrangementPairs::chunk));
  }

  private static Trial rot90(Chance chance) {
    long[] sizes = chance.sizes(2, 4);
    int[] order = chance.order(sizes.length);
    int turns = chance.between(-5, 5);
    return Trial.of(
            xs -> xs[0].rot90(turns, order[0], order[1]),
            xs -> xs[0].rot90(turns, new long[] {order[0], order[1]}),
            chance.real(sizes))
        .with(turns + " turns from axis " + order[0] + " to " + order[1]);
  }

  private static Trial flip(Chance chance) {
    long[] sizes = chance.sizes(1, 4);
    int[] axes = Arrays.copyOf(chance.order(sizes.length), chance.between(1, sizes.length));
    return Trial.of(xs -> xs[0].flip(axes), xs -> xs[0].flip(longs(axes)), chance.real(sizes))
        .with("axes " + Arrays.toString(axes));
  }

  private static Trial roll(Chance chance) {
    long[] sizes = chance.sizes(1, 4);
    int axis = chance.axis(sizes);
    int shift = chance.between(-9, 9);
    return Trial.of(
            xs -> xs[0].roll(axis, shift),
            xs -> torch.roll(xs[0], new long[] {shift}, axis),
            chance.real(sizes))
        .with("axis " + axis + " by " + shift);
  }

  private static Trial tile(Chance chance) {
    long[] counts = new long[chance.between(1, 3)];
    Arrays.setAll(counts, _ -> chance.between(1, 3));
    return Trial.of(
            xs -> xs[0].tile(counts), xs -> xs[0].tile(counts), chance.real(chance.sizes(0, 3)))
        .with(Arrays.toString(counts));
  }

  private static Trial repeat(Chance chance) {
    long[] sizes = chance.sizes(1, 3);
    int axis = chance.axis(sizes);
    long count = chance.between(1, 4);
    return Trial.of(
            xs -> xs[0].repeatInterleave(axis, count),
            xs -> torch.repeat_interleave(xs[0], count, new LongOptional(axis), new LongOptional()),
            chance.real(sizes))
        .with("axis " + axis + " by " + count);
  }

  private static Trial repeatByCounts(Chance chance) {
    long[] sizes = chance.sizes(1, 3);
    int axis = chance.axis(sizes);
    long[] counts = new long[(int) sizes[axis]];
    Arrays.setAll(counts, i -> chance.between(i == 0 ? 1 : 0, 3));
    return Trial.of(
            xs -> xs[0].repeatInterleave(axis, counts),
            xs ->
                torch.repeat_interleave(
                    xs[0],
                    org.bytedeco.pytorch.Tensor.create(counts),
                    new LongOptional(axis),
                    new LongOptional()),
            chance.real(sizes))
        .with("axis " + axis + " by " + Arrays.toString(counts));
  }

  /** With a number around, or cut off. */
  private static Trial pad(Chance chance) {
    long[] sizes = chance.sizes(1, 4);
    long[] before = new long[sizes.length];
    long[] after = new long[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      before[i] = chance.between(sizes[i] > 2 ? -1 : 0, 2);
      after[i] = chance.between(sizes[i] > 2 ? -1 : 0, 2);
    }
    double value = chance.coin() ? 0 : 0.75;
    return Trial.of(
            xs -> xs[0].pad(before, after, value),
            xs -> torch.pad(xs[0], lastFirst(before, after), "constant", new DoubleOptional(value)),
            chance.real(sizes))
        .with(Arrays.toString(before) + " and " + Arrays.toString(after) + " with " + value);
  }

  /** libtorch continues one or two last axes of images, once. */
  private static Trial pad(Chance chance, PadMode mode, String theirs) {
    int axes = chance.between(1, 2);
    long[] sizes = new long[axes + 2];
    long[] before = new long[axes + 2];
    long[] after = new long[axes + 2];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = chance.between(i < 2 ? 1 : 2, 5);
      before[i] = i < 2 ? 0 : chance.between(0, (int) sizes[i] - 1);
      after[i] = i < 2 ? 0 : chance.between(0, (int) sizes[i] - 1);
    }
    long[] last =
        lastFirst(Arrays.copyOfRange(before, 2, axes + 2), Arrays.copyOfRange(after, 2, axes + 2));
    return Trial.of(
            xs -> xs[0].pad(before, after, mode),
            xs -> torch.pad(xs[0], last, theirs, new DoubleOptional()),
            chance.real(sizes))
        .with(Arrays.toString(before) + " and " + Arrays.toString(after));
  }

  /** As libtorch has it: before and after of the last axis, then of the one before. */
  private static long[] lastFirst(long[] before, long[] after) {
    long[] out = new long[2 * before.length];
    for (int i = 0; i < before.length; i++) {
      out[2 * i] = before[before.length - 1 - i];
      out[2 * i + 1] = after[before.length - 1 - i];
    }
    return out;
  }

  /** What takes matrices and the number of a diagonal. */
  private static Pair matrix(
      String name,
      BiFunction<Tensor, Integer, Tensor> ours,
      BiFunction<org.bytedeco.pytorch.Tensor, Integer, org.bytedeco.pytorch.Tensor> theirs) {
    return Pair.of(
        name,
        chance -> {
          long[] sizes = chance.sizes(2, 3);
          int rank = sizes.length;
          // One that is not quite outside of the matrix.
          int k = chance.between(1 - (int) sizes[rank - 2], (int) sizes[rank - 1] - 1);
          return Trial.of(
                  xs -> ours.apply(xs[0], k), xs -> theirs.apply(xs[0], k), chance.real(sizes))
              .with("diagonal " + k);
        });
  }

  private static Trial trace(Chance chance) {
    int rows = chance.between(1, 6);
    return Trial.of(
        xs -> xs[0].trace(), xs -> xs[0].trace(), chance.real(rows, rows + chance.between(0, 3)));
  }

  /**
   * libtorch's own derivative of a tall matrix's trace has ones below the last column's end: in
   * every (columns + 1)-th element, as many as there are. So it is compared with a diagonal's sum.
   */
  private static Trial tallTrace(Chance chance) {
    int columns = chance.between(1, 5);
    return Trial.of(
        xs -> xs[0].trace(),
        xs -> torch.diagonal(xs[0], 0, 0, 1).sum(),
        chance.real(columns + chance.between(1, 4), columns));
  }

  private static Trial flatten(Chance chance) {
    long[] sizes = chance.sizes(1, 4);
    int first = chance.axis(sizes);
    int last = chance.between(first, sizes.length - 1);
    return Trial.of(
            xs -> xs[0].flatten(first, last), xs -> xs[0].flatten(first, last), chance.real(sizes))
        .with("axes " + first + " to " + last);
  }

  private static Trial moveAxis(Chance chance) {
    long[] sizes = chance.sizes(1, 4);
    int from = chance.axis(sizes);
    int to = chance.axis(sizes);
    return Trial.of(
            xs -> xs[0].moveAxis(from, to), xs -> xs[0].movedim(from, to), chance.real(sizes))
        .with("axis " + from + " to " + to);
  }

  private static Trial split(Chance chance) {
    long[] sizes = chance.sizes(1, 3);
    int axis = chance.axis(sizes);
    long first = chance.between(0, (int) sizes[axis]);
    long[] parts = {first, sizes[axis] - first};
    return Trial.several(
            xs -> xs[0].split(axis, parts).toArray(Tensor[]::new),
            xs -> array(torch.split(xs[0], parts, axis)),
            chance.real(sizes))
        .with("axis " + axis + " into " + Arrays.toString(parts));
  }

  private static Trial chunk(Chance chance) {
    long[] sizes = chance.sizes(1, 3);
    int axis = chance.axis(sizes);
    int count = chance.between(1, 4);
    return Trial.several(
            xs -> xs[0].chunk(axis, count).toArray(Tensor[]::new),
            xs -> array(torch.chunk(xs[0], count, axis)),
            chance.real(sizes))
        .with("axis " + axis + " into " + count);
  }

  private static org.bytedeco.pytorch.Tensor[] array(TensorVector tensors) {
    return tensors.get();
  }

  private static long[] longs(int... axes) {
    return Arrays.stream(axes).asLongStream().toArray();
  }
}
