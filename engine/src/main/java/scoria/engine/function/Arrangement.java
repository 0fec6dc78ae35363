package scoria.engine.function;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import scoria.engine.device.Device;
import scoria.engine.op.Case;
import scoria.engine.op.Embed;
import scoria.engine.op.Reference;
import scoria.engine.tensor.PadMode;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Elements in other places, of any type; see {@link scoria.engine.tensor.Moves}. */
public final class Arrangement implements Functions {
  private Arrangement() {}

  /** The test points. */
  static List<Composed> cases() {
    return List.of(
        picked(
            "flip",
            x -> flip(x, 0, 2),
            Shape.of(2, 3, 4),
            s -> s,
            (s, i) -> of(s[0] - 1 - i[0], i[1], s[2] - 1 - i[2])),
        picked(
            "rot90",
            x -> rot90(x, 1, 0, 2),
            Shape.of(2, 4, 3),
            s -> of(s[2], s[1], s[0]),
            (s, i) -> of(i[2], i[1], s[2] - 1 - i[0])),
        picked(
            "rot90, backwards",
            x -> rot90(x, -1, 1, 0),
            Shape.of(2, 3),
            s -> of(s[1], s[0]),
            (s, i) -> of(i[1], s[1] - 1 - i[0])),
        picked(
            "rot90, twice",
            x -> rot90(x, 6, 0, -1),
            Shape.of(2, 3),
            s -> s,
            (s, i) -> of(s[0] - 1 - i[0], s[1] - 1 - i[1])),
        picked(
            "roll",
            x -> roll(x, 1, -5),
            Shape.of(2, 3),
            s -> s,
            (s, i) -> of(i[0], (i[1] + 5) % s[1])),
        picked(
            "tile",
            x -> tile(x, 2, 1, 3),
            Shape.of(3, 2),
            s -> s.length == 0 ? of(2, 1, 3) : of(2, s[0], 3 * s[1]),
            (s, i) -> s.length == 0 ? of() : of(i[1], i[2] % s[1])),
        picked(
            "repeatInterleave",
            x -> repeatInterleave(x, 0, 2),
            Shape.of(2, 3),
            s -> of(2 * s[0], s[1]),
            (s, i) -> of(i[0] / 2, i[1])),
        picked(
            "repeatInterleave, by counts",
            x -> repeatInterleave(x, 1, new long[] {0, 2, 1}),
            Shape.of(2, 3),
            s -> s,
            (s, i) -> of(i[0], i[1] / 2 + 1)),
        picked(
            "pad, edge",
            x -> pad(x, of(1, -1), of(2, 1), PadMode.EDGE),
            Shape.of(2, 3),
            s -> of(s[0] + 3, s[1]),
            (s, i) -> of(Math.clamp(i[0] - 1, 0, s[0] - 1), Math.min(i[1] + 1, s[1] - 1))),
        picked(
            "pad, reflect",
            x -> pad(x, of(5), of(3), PadMode.REFLECT),
            Shape.of(3),
            s -> of(11),
            (s, i) -> of(new int[] {1, 0, 1, 2}[(int) i[0] % 4])),
        picked(
            "pad, wrap",
            x -> pad(x, of(4), of(1), PadMode.WRAP),
            Shape.of(3),
            s -> of(8),
            (s, i) -> of((i[0] + 2) % 3)),
        picked(
            "pad",
            x -> pad(x, of(1, 0), of(0, 2), 0),
            Shape.of(2, 3),
            s -> of(s[0] + 1, s[1] + 2),
            (s, i) -> of(i[0] - 1, i[1] < s[1] ? i[1] : -1)),
        Composed.of(
            "pad, with a number",
            xs -> pad(xs[0], of(2), of(-1), 2.5),
            xs -> shifted(xs[0], 2.5),
            Case.spread(2)),
        picked(
            "slice",
            x -> slice(x, new int[] {1, 0}, of(-1, 1), of(Long.MIN_VALUE, 99), of(-2, 1)),
            Shape.of(3, 5),
            s -> of(Math.max(0, s[0] - 1), (s[1] + 1) / 2),
            (s, i) -> of(i[0] + 1, s[1] - 1 - 2 * i[1])),
        picked(
            "tril",
            x -> triangle(x, -1, true),
            Shape.of(2, 3, 4),
            s -> s,
            (s, i) -> i[2] <= i[1] - 1 ? i : of(-1, 0, 0)),
        picked(
            "triu",
            x -> triangle(x, 1, false),
            Shape.of(4, 3),
            s -> s,
            (s, i) -> i[1] >= i[0] + 1 ? i : of(-1, 0)),
        picked(
            "diagonal",
            x -> diagonal(x, 1, 2, 0),
            Shape.of(3, 2, 4),
            s -> of(s[1], Math.max(0, Math.min(s[2], s[0] - 1))),
            (s, i) -> of(i[1] + 1, i[0], i[1])),
        picked(
            "diagonal, below",
            x -> diagonal(x, -2, 0, 1),
            Shape.of(4, 3),
            s -> of(Math.max(0, Math.min(s[0] - 2, s[1]))),
            (s, i) -> of(i[0] + 2, i[0])),
        picked(
            "diagEmbed",
            x -> diagEmbed(x, -1),
            Shape.of(2, 3),
            s -> of(s[0], s[1] + 1, s[1] + 1),
            (s, i) -> i[1] == i[2] + 1 ? of(i[0], i[2]) : of(-1, 0)),
        picked(
            "flatten",
            x -> flatten(x, 1, 2),
            Shape.of(2, 3, 2),
            s -> of(s[0], s[1] * s[2]),
            (s, i) -> of(i[0], i[1] / s[2], i[1] % s[2])),
        Composed.of(
            "trace", xs -> xs[0].trace(), xs -> Reference.scalar(trace(xs[0])), Case.spread(2, 3)));
  }

  private static long[] of(long... numbers) {
    return numbers;
  }

  private static Reference shifted(Reference x, double value) {
    double[] y = new double[x.values().length + 1];
    Arrays.fill(y, value);
    System.arraycopy(x.values(), 0, y, 2, Math.max(0, y.length - 2));
    return new Reference(Shape.of(y.length), y);
  }

  private static double trace(Reference x) {
    double sum = 0;
    for (int i = 0; i < Math.min(x.shape().size(0), x.shape().size(1)); i++) {
      sum += x.at(i, i);
    }
    return sum;
  }

  /** Where an element of the result comes from; it is 0 where that has an index of -1. */
  private static Composed picked(
      String name,
      Function<Tensor, Tensor> f,
      Shape from,
      UnaryOperator<long[]> sizes,
      BinaryOperator<long[]> source) {
    return Composed.of(
        name,
        xs -> f.apply(xs[0]),
        xs -> {
          long[] given = xs[0].shape().toArray();
          Reference y = Reference.zeros(Shape.of(sizes.apply(given)));
          long[] index = new long[y.shape().rank()];
          for (int i = 0; i < y.values().length; i++) {
            long[] place = source.apply(given, index.clone());
            y.values()[i] = Arrays.stream(place).anyMatch(k -> k < 0) ? 0 : xs[0].at(place);
            Reference.next(index, y.shape());
          }
          return y;
        },
        Case.spread(from.toArray()));
  }

  /** Axes turned around, all where none are named. */
  public static Tensor flip(Tensor x, int... axes) {
    Tensor y = x;
    for (int axis : x.shape().axes(axes)) {
      long size = x.size(axis);
      y = y.slice(axis, size - 1, -1, size);
    }
    return y;
  }

  /** Quarter turns in the plane of two axes; see {@link Tensor#rot90}. */
  public static Tensor rot90(Tensor x, int turns, int from, int to) {
    int a = x.shape().axis(from);
    int b = x.shape().axis(to);
    if (a == b) {
      throw new IllegalArgumentException(
          "'rot90' of " + x.signature() + " from axis " + from + " to " + to + ": it takes two");
    }
    return switch (Math.floorMod(turns, 4)) {
      case 1 -> flip(x, b).transpose(a, b);
      case 2 -> flip(x, a, b);
      case 3 -> flip(x, a).transpose(a, b);
      default -> x;
    };
  }

  /** An axis moved on in a ring. */
  public static Tensor roll(Tensor x, int axis, long shift) {
    long size = x.size(axis);
    long by = size == 0 ? 0 : Math.floorMod(shift, size);
    return Tensor.concat(
        x.shape().axis(axis), x.narrow(axis, size - by, by), x.narrow(axis, 0, size - by));
  }

  /** The tensor repeated along axes, which are lined up from the last. */
  public static Tensor tile(Tensor x, long... counts) {
    Tensor y = x;
    for (int more = counts.length - x.rank(); more > 0; more--) {
      y = y.unsqueeze(0);
    }
    for (int i = 0; i < counts.length; i++) {
      int axis = y.rank() - counts.length + i;
      if (counts[i] < 0) {
        throw new IllegalArgumentException(
            "'tile' by " + Arrays.toString(counts) + "; counts are at least 0");
      }
      y = counts[i] == 1 ? y : repeat(y, axis, axis, counts[i]);
    }
    return y;
  }

  /** Every index of an axis several times. */
  public static Tensor repeatInterleave(Tensor x, int axis, long count) {
    if (count < 0) {
      throw new IllegalArgumentException(
          "'repeatInterleave' by " + count + "; it takes at least 0");
    }
    int a = x.shape().axis(axis);
    return repeat(x, a, a + 1, count);
  }

  /** An axis with copies of it put in at {@code at}, and both made one. */
  private static Tensor repeat(Tensor x, int axis, int at, long count) {
    Tensor apart = x.unsqueeze(at);
    return apart
        .expand(apart.shape().with(at, count))
        .reshape(x.shape().with(axis, x.size(axis) * count));
  }

  /** Every index of an axis as often as said. */
  public static Tensor repeatInterleave(Tensor x, int axis, long... counts) {
    if (counts.length != x.size(axis) || Arrays.stream(counts).anyMatch(c -> c < 0)) {
      throw new IllegalArgumentException(
          "'repeatInterleave' of axis "
              + axis
              + " of "
              + x.signature()
              + " by "
              + Arrays.toString(counts)
              + "; it takes a count of at least 0 for each index");
    }
    long[] index =
        LongStream.range(0, counts.length)
            .flatMap(i -> LongStream.generate(() -> i).limit(counts[(int) i]))
            .toArray();
    return take(x, axis, index);
  }

  /** The tensor with a number around it. */
  public static Tensor pad(Tensor x, long[] before, long[] after, double value) {
    check(x, before, after);
    Tensor y = x;
    for (int axis = 0; axis < x.rank(); axis++) {
      long size = x.size(axis);
      long start = Math.clamp(-before[axis], 0, size);
      long stop = Math.clamp(size + after[axis], start, size);
      if (stop - start < size) {
        y = y.narrow(axis, start, stop - start);
      }
      // Cutting off more than there is takes the rest from what is put on the other side.
      long first = Math.min(Math.max(0, before[axis]), before[axis] + size + after[axis]);
      long last = before[axis] + size + after[axis] - first - (stop - start);
      if (first + last == 0) {
        continue;
      }
      if (value == 0) {
        y = y.apply(new Embed(axis, first, 1, first + y.size(axis) + last));
      } else {
        Tensor front = y.filled(value, y.shape().with(axis, first).toArray());
        Tensor back = y.filled(value, y.shape().with(axis, last).toArray());
        y = Tensor.concat(axis, front, y, back);
      }
    }
    return y;
  }

  /** The tensor continued. */
  public static Tensor pad(Tensor x, long[] before, long[] after, PadMode mode) {
    check(x, before, after);
    Tensor y = x;
    for (int axis = 0; axis < x.rank(); axis++) {
      long size = x.size(axis);
      long count = before[axis] + size + after[axis];
      if (size == 0 && count > 0) {
        throw new IllegalArgumentException(
            "'pad' of " + x.signature() + ": axis " + axis + " has nothing to be continued with");
      }
      if (before[axis] != 0 || after[axis] != 0) {
        long first = -before[axis];
        long[] index = new long[Math.toIntExact(count)];
        Arrays.setAll(index, i -> source(first + i, size, mode));
        y = take(y, axis, index);
      }
    }
    return y;
  }

  /** The index within an axis that stands for one beyond its ends. */
  private static long source(long i, long size, PadMode mode) {
    return switch (mode) {
      case EDGE -> Math.clamp(i, 0, size - 1);
      case WRAP -> Math.floorMod(i, size);
      case REFLECT -> {
        long at = Math.floorMod(i, Math.max(1, 2 * size - 2));
        yield at < size ? at : 2 * size - 2 - at;
      }
    };
  }

  private static void check(Tensor x, long[] before, long[] after) {
    if (before.length != x.rank() || after.length != x.rank()) {
      throw new IllegalArgumentException(
          "'pad' of "
              + x.signature()
              + " by "
              + Arrays.toString(before)
              + " and "
              + Arrays.toString(after)
              + "; it takes one number an axis");
    }
    for (int axis = 0; axis < x.rank(); axis++) {
      if (before[axis] + x.size(axis) + after[axis] < 0) {
        throw new IllegalArgumentException(
            "'pad' of "
                + x.signature()
                + " by "
                + Arrays.toString(before)
                + " and "
                + Arrays.toString(after)
                + " cuts off more than axis "
                + axis
                + " has");
      }
    }
  }

  private static Tensor take(Tensor x, int axis, long... index) {
    try (Device.Use use = x.device().use()) {
      return x.take(axis, Tensor.of(index, index.length));
    }
  }

  /** Parts of an axis, one after the other. */
  public static List<Tensor> split(Tensor x, int axis, long... sizes) {
    if (Arrays.stream(sizes).anyMatch(s -> s < 0) || Arrays.stream(sizes).sum() != x.size(axis)) {
      throw new IllegalArgumentException(
          "'split' of axis "
              + axis
              + " of "
              + x.signature()
              + " into "
              + Arrays.toString(sizes)
              + "; sizes are at least 0 and add up to the axis'");
    }
    List<Tensor> parts = new ArrayList<>();
    long start = 0;
    for (long size : sizes) {
      parts.add(x.narrow(axis, start, size));
      start += size;
    }
    return Collections.unmodifiableList(parts);
  }

  /** Parts of one size, the last of which may be smaller. */
  public static List<Tensor> chunk(Tensor x, int axis, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("'chunk' into " + count + " parts; it takes at least 1");
    }
    long size = x.size(axis);
    long each = Math.max(1, Math.ceilDiv(size, (long) count));
    long[] sizes = new long[Math.toIntExact(Math.max(1, Math.ceilDiv(size, each)))];
    Arrays.setAll(sizes, i -> Math.min(each, size - i * each));
    return split(x, axis, sizes);
  }

  /** Ranges of several axes. */
  public static Tensor slice(Tensor x, int[] axes, long[] starts, long[] stops, long[] steps) {
    if (starts.length != axes.length
        || stops.length != axes.length
        || steps.length != axes.length
        || (axes.length > 0 && x.shape().axes(axes).length != axes.length)
        || Arrays.stream(steps).anyMatch(step -> step == 0)) {
      throw new IllegalArgumentException(
          "'slice' of axes "
              + Arrays.toString(axes)
              + " by steps "
              + Arrays.toString(steps)
              + "; it takes a start, a stop and a step that is not 0 for each axis");
    }
    Tensor y = x;
    for (int i = 0; i < axes.length; i++) {
      long size = x.size(axes[i]);
      long step = steps[i];
      long start = bound(starts[i], size, step);
      long way =
          step > 0 ? bound(stops[i], size, step) - start : start - bound(stops[i], size, step);
      // Of steps longer than any axis only the first counts.
      long stride = Math.clamp(step, -size - 1, size + 1);
      long count = Math.max(0, Math.ceilDiv(way, Math.abs(stride)));
      y = y.slice(axes[i], count == 0 ? 0 : start, stride, count);
    }
    return y;
  }

  /** A bound within what a step can reach. */
  private static long bound(long bound, long size, long step) {
    long at = bound < 0 && bound > Long.MIN_VALUE ? bound + size : bound;
    return step > 0 ? Math.clamp(at, 0, size) : Math.clamp(at, -1, size - 1);
  }

  /** The lower or the upper triangles of matrices, 0 elsewhere. */
  public static Tensor triangle(Tensor x, long diagonal, boolean lower) {
    if (x.rank() < 2) {
      throw new IllegalArgumentException(
          (lower ? "'tril' of " : "'triu' of ") + x.signature() + "; it takes matrices");
    }
    try (Device.Use use = x.device().use()) {
      int rows = Math.toIntExact(x.size(-2));
      // Beyond the corners nothing changes, and the sums below stay within a long.
      long first = Math.clamp(diagonal, -rows - 1L, x.size(-1) + 1);
      Tensor row = Tensor.of(LongStream.range(first, first + rows).toArray(), rows, 1);
      Tensor column = Tensor.arange(x.size(-1));
      Tensor kept = lower ? column.lessEqual(row) : column.greaterEqual(row);
      return Tensor.where(kept, x, x.zeroLike());
    }
  }

  /** The diagonals of the matrices in two axes. */
  public static Tensor diagonal(Tensor x, long offset, int axis1, int axis2) {
    int first = x.shape().axis(axis1);
    int second = x.shape().axis(axis2);
    if (first == second) {
      throw new IllegalArgumentException(
          "'diagonal' of " + x.signature() + ": axes " + axis1 + " and " + axis2 + " are the same");
    }
    Tensor last = x.moveAxis(first, -1).moveAxis(second > first ? second - 1 : second, -1);
    long rows = last.size(-2);
    long columns = last.size(-1);
    long start = offset >= 0 ? offset : -offset * columns;
    long count =
        Math.max(
            0, offset >= 0 ? Math.min(rows, columns - offset) : Math.min(rows + offset, columns));
    return flatten(last, -2, -1).slice(-1, count == 0 ? 0 : start, columns + 1, count);
  }

  /** Matrices that are 0 but for a diagonal. */
  public static Tensor diagEmbed(Tensor x, long offset) {
    int last = x.shape().axis(-1);
    long size = x.size(-1) + Math.abs(offset);
    long start = offset >= 0 ? offset : -offset * size;
    long[] sizes = Arrays.copyOf(x.shape().toArray(), x.rank() + 1);
    sizes[last] = size;
    sizes[last + 1] = size;
    return x.apply(new Embed(last, start, size + 1, size * size)).reshape(Shape.of(sizes));
  }

  /** Neighbouring axes made one. */
  public static Tensor flatten(Tensor x, int first, int last) {
    int from = x.shape().axis(first);
    int to = x.shape().axis(last);
    if (to < from) {
      throw new IllegalArgumentException(
          "'flatten' of " + x.signature() + " from axis " + first + " back to " + last);
    }
    long[] sizes = new long[x.rank() - (to - from)];
    Arrays.setAll(sizes, i -> i < from ? x.size(i) : i == from ? 1 : x.size(i + to - from));
    for (int i = from; i <= to; i++) {
      sizes[from] *= x.size(i);
    }
    return x.reshape(Shape.of(sizes));
  }

  /**
   * Vectors repeated to one grid: axis i of every result goes along vector i.
   *
   * @param axes vectors of any types
   */
  public static List<Tensor> meshGrid(Tensor... axes) {
    long[] sizes = Arrays.stream(axes).mapToLong(Tensor::elements).toArray();
    List<Tensor> grids = new ArrayList<>();
    for (int i = 0; i < axes.length; i++) {
      if (axes[i].rank() != 1) {
        throw new IllegalArgumentException(
            "'meshGrid' of " + axes[i].signature() + "; it takes vectors");
      }
      long[] ones = new long[axes.length];
      Arrays.fill(ones, 1);
      ones[i] = sizes[i];
      grids.add(axes[i].reshape(ones).expand(sizes));
    }
    return Collections.unmodifiableList(grids);
  }
}
