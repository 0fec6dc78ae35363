package scoria.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("width")
class ScanTest {
  private static final int[][] SHAPES = {
    {1, 0, 3},
    {1, 1, 1},
    {3, 255, 1},
    {2, 257, 1},
    {1, 5000, 1},
    {70, 9, 1},
    {2, 600, 3},
    {1, 300, 20},
    {3, 5, 1030}
  };

  /** The definition of a running sum, word for word. */
  private static float[] sums(float[] x, boolean exclusive) {
    float[] y = new float[x.length];
    double before = 0;
    for (int b = 0; b < x.length; b += 256) {
      double sum = 0;
      for (int i = b; i < Math.min(x.length, b + 256); i++) {
        if (exclusive) {
          y[i] = (float) (before + sum);
        }
        sum += x[i];
        if (!exclusive) {
          y[i] = (float) (before + sum);
        }
      }
      before += sum;
    }
    return y;
  }

  private static float[] products(float[] x, boolean exclusive) {
    float[] y = new float[x.length];
    double product = 1;
    for (int i = 0; i < x.length; i++) {
      double next = product * x[i];
      y[i] = (float) (exclusive ? product : next);
      product = next;
    }
    return y;
  }

  private static float[] recurrence(float[] w, float[] x) {
    float[] y = new float[x.length];
    double value = 0;
    for (int i = 0; i < x.length; i++) {
      value = i == 0 ? x[0] : Math.fma((double) w[i], value, x[i]);
      y[i] = (float) value;
    }
    return y;
  }

  private static float[] run(float[] x, int from, int n, int step, boolean reverse) {
    float[] run = new float[n];
    for (int i = 0; i < n; i++) {
      run[i] = x[from + (reverse ? n - 1 - i : i) * step];
    }
    return run;
  }

  private static MemorySegment floats(Arena arena, float[] x) {
    MemorySegment segment = AlignedMemory.floats(arena, x.length + 1L);
    MemorySegment.copy(x, 0, segment, ValueLayout.JAVA_FLOAT, 4, x.length);
    return segment;
  }

  @Test
  void definedBits() {
    for (int[] s : SHAPES) {
      int size = s[0] * s[1] * s[2];
      SplittableRandom random = new SplittableRandom(size);
      float[] x = new float[size];
      float[] w = new float[size];
      for (int i = 0; i < size; i++) {
        x[i] = (float) random.nextGaussian();
        w[i] = (float) random.nextGaussian();
      }
      for (int threads : new int[] {1, 3}) {
        for (int form = 0; form < 4; form++) {
          boolean exclusive = (form & 1) != 0;
          boolean reverse = (form & 2) != 0;
          try (Arena arena = Arena.ofShared();
              WorkerPool pool = WorkerPool.of(threads)) {
            MemorySegment in = floats(arena, x);
            MemorySegment factors = floats(arena, w);
            MemorySegment y = AlignedMemory.floats(arena, 3L * size + 1);
            ScanF32.sum(pool, in, 1, s[0], s[1], s[2], exclusive, reverse, y, 0);
            ScanF32.prod(pool, in, 1, s[0], s[1], s[2], exclusive, reverse, y, size);
            ScanF32.recurrence(pool, factors, 1, in, 1, s[0], s[1], s[2], reverse, y, 2L * size);
            for (int r = 0; r < s[0] * s[2]; r++) {
              int from = r / s[2] * s[1] * s[2] + r % s[2];
              float[] mine = run(x, from, s[1], s[2], reverse);
              float[] theirs = run(w, from, s[1], s[2], reverse);
              float[][] wanted = {
                sums(mine, exclusive), products(mine, exclusive), recurrence(theirs, mine)
              };
              for (int k = 0; k < 3; k++) {
                for (int i = 0; i < s[1]; i++) {
                  int at = k * size + from + (reverse ? s[1] - 1 - i : i) * s[2];
                  assertEquals(
                      wanted[k][i],
                      y.getAtIndex(ValueLayout.JAVA_FLOAT, at),
                      k + " of " + Arrays.toString(s) + " at " + i);
                }
              }
            }
          }
        }
      }
    }
  }

  @Test
  void int64() {
    try (Arena arena = Arena.ofShared();
        WorkerPool pool = WorkerPool.of(2)) {
      for (int[] s : SHAPES) {
        int size = s[0] * s[1] * s[2];
        long[] x = new SplittableRandom(size).longs(size).toArray();
        MemorySegment in = AlignedMemory.allocate(arena, 8L * size + 8);
        MemorySegment.copy(x, 0, in, ValueLayout.JAVA_LONG, 0, size);
        MemorySegment y = AlignedMemory.allocate(arena, 16L * size + 8);
        ScanI64.sum(pool, in, 0, s[0], s[1], s[2], false, true, y, 0);
        ScanI64.prod(pool, in, 0, s[0], s[1], s[2], true, false, y, size);
        for (int r = 0; r < s[0] * s[2]; r++) {
          int from = r / s[2] * s[1] * s[2] + r % s[2];
          long sum = 0;
          long product = 1;
          for (int i = 0; i < s[1]; i++) {
            int back = from + (s[1] - 1 - i) * s[2];
            sum += x[back];
            assertEquals(sum, y.getAtIndex(ValueLayout.JAVA_LONG, back));
            int at = from + i * s[2];
            assertEquals(product, y.getAtIndex(ValueLayout.JAVA_LONG, size + at));
            product *= x[at];
          }
        }
      }
    }
  }
}
