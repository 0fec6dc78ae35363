package scoria.engine.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Arithmetic on chains of random views, reversed, strided, repeated, of size 1 and of size 0,
 * against plain indexing of an array.
 */
class ViewArithmeticTest {
  private static final int ROUNDS = 1500;

  /** A tensor and what its elements ought to be. */
  private record Pair(Tensor tensor, double[] values) {
    long[] sizes() {
      return tensor.shape().toArray();
    }

    double at(long... index) {
      long[] sizes = sizes();
      int place = 0;
      for (int i = 0; i < sizes.length; i++) {
        // A shorter shape lines up from the last axis, and size 1 repeats.
        long own = index[index.length - sizes.length + i];
        place = (int) (place * sizes[i] + (sizes[i] == 1 ? 0 : own));
      }
      return values[place];
    }
  }

  private static Pair random(Random random) {
    int rank = random.nextInt(4);
    long[] sizes = LongStream.generate(() -> random.nextInt(1, 5)).limit(rank).toArray();
    int n = (int) Shape.of(sizes).elements();
    double[] values = random.doubles(n, -2, 2).toArray();
    Pair pair = new Pair(Tensor.of(values, n).reshape(sizes), values);
    for (int i = random.nextInt(4); i > 0 && pair.tensor.rank() > 0; i--) {
      pair = view(pair, random);
    }
    return pair;
  }

  private static Pair view(Pair x, Random random) {
    int rank = x.tensor.rank();
    int axis = random.nextInt(rank);
    long size = x.tensor.size(axis);
    switch (random.nextInt(4)) {
      case 0 -> {
        int other = random.nextInt(rank);
        return of(
            x,
            x.tensor.transpose(axis, other),
            index -> {
              long[] from = index.clone();
              from[axis] = index[other];
              from[other] = index[axis];
              return from;
            });
      }
      case 1 -> {
        long step = random.nextBoolean() ? 1 + random.nextInt(2) : -1 - random.nextInt(2);
        long count = random.nextInt(8) == 0 ? 0 : (size + Math.abs(step) - 1) / Math.abs(step);
        long start = step > 0 ? 0 : size - 1;
        return of(
            x,
            x.tensor.slice(axis, start, step, count),
            index -> {
              long[] from = index.clone();
              from[axis] = start + step * index[axis];
              return from;
            });
      }
      case 2 -> {
        if (size == 0) {
          return x;
        }
        long at = random.nextLong(size);
        long[] sizes = x.sizes();
        sizes[axis] = 1 + random.nextInt(4);
        return of(
            x,
            x.tensor.narrow(axis, at, 1).expand(sizes),
            index -> {
              long[] from = index.clone();
              from[axis] = at;
              return from;
            });
      }
      default -> {
        return new Pair(x.tensor.reshape(-1, 1), x.values).tensor.elements() == 0
            ? x
            : new Pair(x.tensor.reshape(-1, 1), x.values);
      }
    }
  }

  private interface Places {
    long[] from(long[] index);
  }

  private static Pair of(Pair x, Tensor view, Places places) {
    double[] values = new double[(int) view.elements()];
    long[] index = new long[view.rank()];
    for (int i = 0; i < values.length; i++) {
      values[i] = x.at(places.from(index));
      next(index, view.shape());
    }
    return new Pair(view, values);
  }

  private static void next(long[] index, Shape shape) {
    for (int axis = index.length - 1; axis >= 0; axis--) {
      if (++index[axis] < shape.size(axis)) {
        return;
      }
      index[axis] = 0;
    }
  }

  private static boolean fit(Shape a, Shape b) {
    for (int i = 1; i <= Math.min(a.rank(), b.rank()); i++) {
      if (a.size(-i) != b.size(-i) && a.size(-i) != 1 && b.size(-i) != 1) {
        return false;
      }
    }
    return true;
  }

  @Test
  void pairsOfViewsBroadcast() {
    Random random = new Random(11);
    int fitted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Pair a = random(random);
      Pair b = random(random);
      assertArrayEquals(a.values, a.tensor.toDoubles(), a.tensor.layout().toString());
      if (!fit(a.tensor.shape(), b.tensor.shape())) {
        continue;
      }
      fitted++;
      Shape shape = a.tensor.shape().broadcast(b.tensor.shape());
      int n = (int) shape.elements();
      double[] difference = new double[n];
      double[] chosen = new double[n];
      long[] index = new long[shape.rank()];
      for (int i = 0; i < n; i++) {
        difference[i] = a.at(index) - b.at(index);
        chosen[i] = a.at(index) < b.at(index) ? a.at(index) : b.at(index);
        next(index, shape);
      }
      String what = a.tensor.layout() + " and " + b.tensor.layout();
      assertEquals(shape, a.tensor.sub(b.tensor).shape());
      assertArrayEquals(difference, a.tensor.sub(b.tensor).toDoubles(), what);
      Tensor less = a.tensor.less(b.tensor);
      assertArrayEquals(chosen, Tensor.where(less, a.tensor, b.tensor).toDoubles(), what);
    }
    assertEquals(true, fitted > ROUNDS / 4, "only " + fitted + " fitted");
  }

  @Test
  void sumsOfViews() {
    Random random = new Random(12);
    for (int round = 0; round < ROUNDS; round++) {
      Pair x = random(random);
      if (x.tensor.rank() == 0) {
        continue;
      }
      int axis = random.nextInt(x.tensor.rank());
      Shape shape = x.tensor.shape().with(axis, 1);
      double[] want = new double[(int) shape.elements()];
      long[] index = new long[shape.rank()];
      for (int i = 0; i < want.length; i++) {
        long[] at = index.clone();
        for (long k = 0; k < x.tensor.size(axis); k++) {
          at[axis] = k;
          want[i] += x.at(at);
        }
        next(index, shape);
      }
      assertArrayEquals(
          want, x.tensor.sum(axis).toDoubles(), 1e-13, x.tensor.layout() + " axis " + axis);
    }
  }

  @Test
  void productsOfViews() {
    Random random = new Random(13);
    for (int round = 0; round < ROUNDS; round++) {
      int m = random.nextInt(4);
      int k = random.nextInt(4);
      int n = random.nextInt(4);
      Tensor a = matrices(random, m, k);
      Tensor b = matrices(random, k, n);
      Tensor c = a.matmul(b);
      Tensor want = a.unsqueeze(-1).mul(b.unsqueeze(-3)).sum(-2);
      assertEquals(want.shape(), c.shape());
      assertArrayEquals(
          want.toDoubles(), c.toDoubles(), 1e-12, a.layout() + " times " + b.layout());
    }
  }

  /** [rows, columns] or a batch of two or repeated, as some view. */
  private static Tensor matrices(Random random, int rows, int columns) {
    Tensor x = Tensor.of(random.doubles(2L * rows * columns, -2, 2).toArray());
    x =
        random.nextBoolean()
            ? x.reshape(2, rows, columns)
            : x.reshape(2, columns, rows).transpose();
    for (int axis = 0; axis < 3; axis++) {
      if (random.nextInt(3) == 0 && x.size(axis) > 0) {
        x = x.slice(axis, x.size(axis) - 1, -1, x.size(axis));
      }
    }
    return switch (random.nextInt(4)) {
      case 0 -> x;
      case 1 -> x.get(0, 1);
      case 2 -> x.get(0, 0).expand(2, rows, columns);
      default -> x.unsqueeze(1);
    };
  }
}
