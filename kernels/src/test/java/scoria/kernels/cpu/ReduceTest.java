package scoria.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("width")
class ReduceTest {
  /** outer, n, inner: every path, and sizes at and around a lane, a vector, a block and a tile. */
  private static final List<long[]> SHAPES =
      List.of(
          new long[] {1, 1, 1},
          new long[] {3, 0, 2},
          new long[] {1, 17, 1},
          new long[] {5, 255, 1},
          new long[] {2, 256, 1},
          new long[] {3, 257, 1},
          new long[] {1, 100_003, 1},
          new long[] {9, 33, 1},
          new long[] {1000, 2, 1},
          new long[] {5001, 3, 1},
          new long[] {900, 10, 1},
          new long[] {600, 31, 1},
          new long[] {700, 5, 4},
          new long[] {40_000, 1, 1},
          new long[] {1, 512, 2},
          new long[] {1, 512, 128},
          new long[] {2, 100, 300},
          new long[] {3, 7, 1025},
          new long[] {1, 16, 257},
          new long[] {2, 270, 19},
          new long[] {1, 40_001, 3},
          new long[] {1, 1, 5});

  private static final int[] THREADS = {1, 2, 7};

  /** The definition of the sum, word for word. */
  static float sum(float[] x, int at, int n, int step) {
    double total = 0;
    for (int b = 0; b < n; b += 256) {
      float[] lane = new float[16];
      for (int j = 0; j < 16; j++) {
        for (int l = 0; l < 16; l++) {
          int i = b + 16 * j + l;
          lane[l] += i < n ? x[at + i * step] : 0f;
        }
      }
      for (int half = 8; half > 0; half /= 2) {
        for (int l = 0; l < half; l++) {
          lane[l] += lane[l + half];
        }
      }
      total += lane[0];
    }
    return (float) total;
  }

  private static double sum(double[] x, int at, int n, int step) {
    double total = 0;
    for (int b = 0; b < n; b += 256) {
      double[] lane = new double[16];
      for (int i = b; i < Math.min(n, b + 256); i++) {
        lane[i % 16] += x[at + i * step];
      }
      for (int half = 8; half > 0; half /= 2) {
        for (int l = 0; l < half; l++) {
          lane[l] += lane[l + half];
        }
      }
      total += lane[0];
    }
    return total;
  }

  private static float[] numbers(int n, boolean special) {
    SplittableRandom random = new SplittableRandom(n);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) ((random.nextDouble() - 0.4) * Math.exp(6 * random.nextDouble()));
      if (special && random.nextInt(50) == 0) {
        float[] odd = {0f, -0f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, 3f};
        x[i] = odd[random.nextInt(odd.length)];
      }
    }
    return x;
  }

  private static MemorySegment floats(Arena arena, float[] x, int at) {
    MemorySegment segment = AlignedMemory.floats(arena, x.length + at);
    MemorySegment.copy(x, 0, segment, ValueLayout.JAVA_FLOAT, at * 4L, x.length);
    return segment;
  }

  private static MemorySegment doubles(Arena arena, double[] x) {
    MemorySegment segment = AlignedMemory.doubles(arena, x.length);
    MemorySegment.copy(x, 0, segment, ValueLayout.JAVA_DOUBLE, 0, x.length);
    return segment;
  }

  private interface Reduction {
    void run(
        WorkerPool pool, MemorySegment x, long at, long[] shape, MemorySegment out, long outAt);
  }

  private interface Meaning {
    double of(float[] x, int at, int n, int step);
  }

  private static void check(String name, Reduction kernel, Meaning meaning, boolean special) {
    for (long[] shape : SHAPES) {
      int outer = (int) shape[0];
      int n = (int) shape[1];
      int inner = (int) shape[2];
      if (n == 0 && special) {
        continue;
      }
      float[] x = numbers(outer * n * inner, special);
      for (int threads : THREADS) {
        try (Arena arena = Arena.ofShared();
            WorkerPool pool = WorkerPool.of(threads)) {
          MemorySegment out = AlignedMemory.doubles(arena, outer * inner + 4L).fill((byte) 9);
          kernel.run(pool, floats(arena, x, 3), 3, shape, out, 1);
          boolean wide = name.startsWith("arg");
          for (int o = 0; o < outer; o++) {
            for (int i = 0; i < inner; i++) {
              double expected = meaning.of(x, o * n * inner + i, n, inner);
              int at = 1 + o * inner + i;
              double got =
                  wide
                      ? out.getAtIndex(ValueLayout.JAVA_LONG, at)
                      : out.getAtIndex(ValueLayout.JAVA_FLOAT, at);
              if (Double.doubleToRawLongBits(expected) != Double.doubleToRawLongBits(got)) {
                assertEquals(
                    expected, got, name + List.of(outer, n, inner) + " at " + o + ", " + i);
              }
            }
          }
          byte before = out.get(ValueLayout.JAVA_BYTE, wide ? 7 : 3);
          byte after = out.get(ValueLayout.JAVA_BYTE, (1L + outer * inner) * (wide ? 8 : 4));
          assertEquals(18, before + after, name + " wrote beside its output");
        }
      }
    }
  }

  @Test
  void sumHasTheDefinedBits() {
    check(
        "sum",
        (pool, x, at, s, out, outAt) -> ReduceF32.sum(pool, x, at, s[0], s[1], s[2], out, outAt),
        ReduceTest::sum,
        false);
  }

  /** The order of the sum, with products. */
  private static float product(float[] x, int at, int n, int step) {
    double total = 1;
    for (int b = 0; b < n; b += 256) {
      float[] lane = new float[16];
      Arrays.fill(lane, 1);
      for (int i = b; i < Math.min(n, b + 256); i++) {
        lane[i % 16] *= x[at + i * step];
      }
      for (int half = 8; half > 0; half /= 2) {
        for (int l = 0; l < half; l++) {
          lane[l] *= lane[l + half];
        }
      }
      total *= lane[0];
    }
    return (float) total;
  }

  @Test
  void productHasTheDefinedBits() {
    check(
        "prod",
        (pool, x, at, s, out, outAt) -> ReduceF32.prod(pool, x, at, s[0], s[1], s[2], out, outAt),
        ReduceTest::product,
        false);
  }

  @Test
  void maxAndMinPropagateNaN() {
    check(
        "max",
        (pool, x, at, s, out, outAt) -> ReduceF32.max(pool, x, at, s[0], s[1], s[2], out, outAt),
        (x, at, n, step) -> {
          float m = Float.NEGATIVE_INFINITY;
          for (int i = 0; i < n; i++) {
            m = Math.max(m, x[at + i * step]);
          }
          return m;
        },
        true);
    check(
        "min",
        (pool, x, at, s, out, outAt) -> ReduceF32.min(pool, x, at, s[0], s[1], s[2], out, outAt),
        (x, at, n, step) -> {
          float m = Float.POSITIVE_INFINITY;
          for (int i = 0; i < n; i++) {
            m = Math.min(m, x[at + i * step]);
          }
          return m;
        },
        true);
  }

  private static double argBest(float[] x, int at, int n, int step, int sign) {
    int best = 0;
    for (int i = 0; i < n; i++) {
      float v = x[at + i * step];
      float b = x[at + best * step];
      if (Float.isNaN(v) ? !Float.isNaN(b) : sign * v > sign * b) {
        best = i;
      }
    }
    return best;
  }

  @Test
  void argMaxAndArgMinTakeTheFirst() {
    check(
        "argMax",
        (pool, x, at, s, out, outAt) -> ReduceF32.argMax(pool, x, at, s[0], s[1], s[2], out, outAt),
        (x, at, n, step) -> argBest(x, at, n, step, 1),
        true);
    check(
        "argMin",
        (pool, x, at, s, out, outAt) -> ReduceF32.argMin(pool, x, at, s[0], s[1], s[2], out, outAt),
        (x, at, n, step) -> argBest(x, at, n, step, -1),
        true);
  }

  @Test
  void float64SumHasTheDefinedBits() {
    try (Arena arena = Arena.ofShared();
        WorkerPool pool = WorkerPool.of(2)) {
      for (long[] s : SHAPES) {
        int outer = (int) s[0];
        int n = (int) s[1];
        int inner = (int) s[2];
        double[] x = new SplittableRandom(n).doubles((long) outer * n * inner, -1, 3).toArray();
        MemorySegment out = AlignedMemory.doubles(arena, (long) outer * inner);
        ReduceF64.sum(pool, doubles(arena, x), 0, outer, n, inner, out, 0);
        for (int k = 0; k < outer * inner; k++) {
          assertEquals(
              sum(x, k / inner * n * inner + k % inner, n, inner),
              out.getAtIndex(ValueLayout.JAVA_DOUBLE, k));
        }
      }
    }
  }

  @Test
  void aSumOfMinusZerosAndATotalBeyondFloat32() {
    try (Arena arena = Arena.ofShared();
        WorkerPool pool = WorkerPool.of(1)) {
      MemorySegment out = AlignedMemory.floats(arena, 1);
      ReduceF32.sum(pool, floats(arena, new float[] {-0f}, 0), 0, 1, 1, 1, out, 0);
      assertEquals(0, Float.floatToRawIntBits(out.getAtIndex(ValueLayout.JAVA_FLOAT, 0)));
      // Blocks of 3e38 and -3e38: their float64 total stays finite where a float32 one would not.
      float[] x = new float[256 * 4];
      x[0] = 3e38f;
      x[256] = 3e38f;
      x[512] = -3e38f;
      x[768] = -2e38f;
      ReduceF32.sum(pool, floats(arena, x, 0), 0, 1, x.length, 1, out, 0);
      assertEquals(sum(x, 0, x.length, 1), out.getAtIndex(ValueLayout.JAVA_FLOAT, 0));
    }
  }

  @Test
  void sumOfSquaresHasTheDefinedBits() {
    try (Arena arena = Arena.ofShared();
        WorkerPool pool = WorkerPool.of(3)) {
      for (int n : new int[] {0, 1, 15, 256, 1000, 70_001}) {
        float[] x = numbers(n, false);
        double expected = 0;
        for (int b = 0; b < n; b += 256) {
          float[] squares = new float[256];
          for (int i = b; i < Math.min(n, b + 256); i++) {
            squares[i - b] = x[i] * x[i];
          }
          expected += sum(squares, 0, 256, 1);
        }
        assertEquals(expected, ReduceF32.sumOfSquares(pool, floats(arena, x, 5), 5, n), "n " + n);
      }
    }
  }

  @Test
  void nonFiniteNumbersAreFoundAndCounted() {
    try (Arena arena = Arena.ofShared()) {
      float[] odd = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
      for (int n : new int[] {0, 1, 15, 16, 17, 127, 128, 129, 1000}) {
        float[] x = numbers(n, false);
        if (n > 0) {
          x[0] = Float.MAX_VALUE;
        }
        MemorySegment segment = floats(arena, x, 1);
        assertEquals(-1, ReduceF32.firstNonFinite(segment, 1, n));
        assertEquals(0, ReduceF32.countNonFinite(segment, 1, n));
        for (int i = n - 1, seen = 1; i >= 0; i -= 1 + n / 50, seen++) {
          segment.setAtIndex(ValueLayout.JAVA_FLOAT, 1L + i, odd[i % 3]);
          assertEquals(i, ReduceF32.firstNonFinite(segment, 1, n));
          assertEquals(seen, ReduceF32.countNonFinite(segment, 1, n));
        }
      }
    }
  }

  @Test
  void int64() {
    try (Arena arena = Arena.ofShared();
        WorkerPool pool = WorkerPool.of(2)) {
      for (long[] s : SHAPES) {
        int outer = (int) s[0];
        int n = (int) s[1];
        int inner = (int) s[2];
        long[] x = new SplittableRandom(1).longs((long) outer * n * inner, -9, 9).toArray();
        MemorySegment in = AlignedMemory.allocate(arena, 8L * x.length);
        MemorySegment.copy(x, 0, in, ValueLayout.JAVA_LONG, 0, x.length);
        MemorySegment out = AlignedMemory.allocate(arena, 48L * outer * inner);
        int size = outer * inner;
        ReduceI64.sum(pool, in, 0, outer, n, inner, out, 0);
        ReduceI64.prod(pool, in, 0, outer, n, inner, out, 3L * size);
        if (n > 0) {
          ReduceI64.max(pool, in, 0, outer, n, inner, out, size);
          ReduceI64.min(pool, in, 0, outer, n, inner, out, 2L * size);
          ReduceI64.argMax(pool, in, 0, outer, n, inner, out, 4L * size);
          ReduceI64.argMin(pool, in, 0, outer, n, inner, out, 5L * size);
        }
        for (int k = 0; k < size; k++) {
          long sum = 0;
          long max = Long.MIN_VALUE;
          long min = Long.MAX_VALUE;
          long prod = 1;
          long[] places = new long[2];
          for (int i = 0; i < n; i++) {
            long v = x[k / inner * n * inner + i * inner + k % inner];
            sum += v;
            prod *= v;
            places[0] = i == 0 || v > max ? i : places[0];
            places[1] = i == 0 || v < min ? i : places[1];
            max = Math.max(max, v);
            min = Math.min(min, v);
          }
          assertEquals(sum, out.getAtIndex(ValueLayout.JAVA_LONG, k));
          assertEquals(prod, out.getAtIndex(ValueLayout.JAVA_LONG, 3L * size + k));
          if (n > 0) {
            assertEquals(max, out.getAtIndex(ValueLayout.JAVA_LONG, size + k));
            assertEquals(min, out.getAtIndex(ValueLayout.JAVA_LONG, 2L * size + k));
            assertEquals(places[0], out.getAtIndex(ValueLayout.JAVA_LONG, 4L * size + k));
            assertEquals(places[1], out.getAtIndex(ValueLayout.JAVA_LONG, 5L * size + k));
          }
        }
      }
    }
  }

  @Test
  void anEmptyAxisHasNoMaximum() {
    try (Arena arena = Arena.ofShared();
        WorkerPool pool = WorkerPool.of(1)) {
      MemorySegment m = AlignedMemory.floats(arena, 4);
      assertThrows(IllegalArgumentException.class, () -> ReduceF32.max(pool, m, 0, 2, 0, 2, m, 0));
      assertThrows(
          IllegalArgumentException.class, () -> ReduceF32.argMin(pool, m, 0, 2, 0, 2, m, 0));
      assertThrows(IllegalArgumentException.class, () -> ReduceI64.min(pool, m, 0, 1, 0, 1, m, 0));
    }
  }
}
