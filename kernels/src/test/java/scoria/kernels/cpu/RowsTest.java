package scoria.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("width")
class RowsTest {
  private static final int[] LENGTHS = {1, 2, 10, 15, 16, 17, 128, 255, 256, 257, 1000};
  private static final float INF = Float.POSITIVE_INFINITY;

  private static float[] read(MemorySegment m, int n) {
    return m.asSlice(0, 4L * n).toArray(ValueLayout.JAVA_FLOAT);
  }

  private static MemorySegment floats(Arena arena, float... x) {
    MemorySegment m = AlignedMemory.floats(arena, x.length);
    MemorySegment.copy(x, 0, m, ValueLayout.JAVA_FLOAT, 0, x.length);
    return m;
  }

  private static float[] numbers(int n, double spread) {
    SplittableRandom random = new SplittableRandom(n);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) (spread * (random.nextDouble() - 0.5));
    }
    return x;
  }

  private static double logSumExp(float[] x, int at, int n) {
    double m = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      m = Math.max(m, x[at + i]);
    }
    double s = 0;
    for (int i = 0; i < n; i++) {
      s += Math.exp(x[at + i] - m);
    }
    return m + Math.log(s);
  }

  private static void close(double expected, double got, double scale, String what) {
    assertTrue(
        Math.abs(expected - got) <= 6e-7 * scale,
        () -> what + ": " + got + " where " + expected + " is right");
  }

  @Test
  void agreesWithFloat64AndGradients() {
    try (Arena arena = Arena.ofShared();
        WorkerPool pool = WorkerPool.of(2)) {
      for (int n : LENGTHS) {
        for (double spread : new double[] {2, 60}) {
          int rows = 13;
          float[] x = numbers(rows * n, spread);
          float[] g = numbers(rows * n + 1, 2);
          MemorySegment in = floats(arena, x);
          MemorySegment up = floats(arena, g);
          MemorySegment soft = AlignedMemory.floats(arena, (long) rows * n);
          MemorySegment log = AlignedMemory.floats(arena, (long) rows * n);
          MemorySegment lse = AlignedMemory.floats(arena, rows);
          MemorySegment dSoft = AlignedMemory.floats(arena, (long) rows * n);
          MemorySegment dLog = AlignedMemory.floats(arena, (long) rows * n);
          RowsF32.softmax(pool, in, 0, soft, 0, rows, n);
          RowsF32.logSoftmax(pool, in, 0, log, 0, rows, n);
          RowsF32.logSumExp(pool, in, 0, lse, 0, rows, n);
          RowsF32.softmaxGrad(pool, soft, 0, up, 0, dSoft, 0, rows, n);
          RowsF32.logSoftmaxGrad(pool, log, 0, up, 0, dLog, 0, rows, n);
          for (int r = 0; r < rows; r++) {
            double exact = logSumExp(x, r * n, n);
            double scale = 1 + spread;
            close(exact, lse.getAtIndex(ValueLayout.JAVA_FLOAT, r), scale, "logSumExp");
            double dot = 0;
            double sum = 0;
            for (int i = r * n; i < (r + 1) * n; i++) {
              dot += g[i] * Math.exp(x[i] - exact);
              sum += g[i];
            }
            for (int i = r * n; i < (r + 1) * n; i++) {
              double p = Math.exp(x[i] - exact);
              close(p, soft.getAtIndex(ValueLayout.JAVA_FLOAT, i), p * scale, "softmax");
              close(x[i] - exact, log.getAtIndex(ValueLayout.JAVA_FLOAT, i), scale, "logSoftmax");
              close(
                  p * (g[i] - dot),
                  dSoft.getAtIndex(ValueLayout.JAVA_FLOAT, i),
                  p * 2 * scale,
                  "softmaxGrad");
              close(
                  g[i] - p * sum,
                  dLog.getAtIndex(ValueLayout.JAVA_FLOAT, i),
                  scale * (1 + p * Math.abs(sum)),
                  "logSoftmaxGrad");
            }
          }
        }
      }
    }
  }

  @Test
  void float64HasItsOwnPrecision() {
    try (Arena arena = Arena.ofShared();
        WorkerPool pool = WorkerPool.of(1)) {
      float[] x = numbers(300, 9);
      MemorySegment in = AlignedMemory.doubles(arena, 300);
      for (int i = 0; i < 300; i++) {
        in.setAtIndex(ValueLayout.JAVA_DOUBLE, i, x[i]);
      }
      MemorySegment out = AlignedMemory.doubles(arena, 300);
      RowsF64.softmax(pool, in, 0, out, 0, 1, 300);
      for (int i = 0; i < 300; i++) {
        double p = Math.exp(x[i] - logSumExp(x, 0, 300));
        assertEquals(p, out.getAtIndex(ValueLayout.JAVA_DOUBLE, i), 2e-14 * p);
      }
    }
  }

  private static float exp(float x) {
    return MathF32.exp(FloatVector.broadcast(FloatVector.SPECIES_PREFERRED, x)).lane(0);
  }

  private static float log(float x) {
    return MathF32.log(FloatVector.broadcast(FloatVector.SPECIES_PREFERRED, x)).lane(0);
  }

  @Test
  void bitsAreThoseOfTheDefinition() {
    try (Arena arena = Arena.ofShared();
        WorkerPool pool = WorkerPool.of(1)) {
      for (int n : LENGTHS) {
        float[] x = numbers(n, 20);
        float m = Float.NEGATIVE_INFINITY;
        for (float v : x) {
          m = Math.max(m, v);
        }
        float[] e = new float[n];
        for (int i = 0; i < n; i++) {
          e[i] = exp(x[i] - m);
        }
        float s = ReduceTest.sum(e, 0, n, 1);
        MemorySegment in = floats(arena, x);
        MemorySegment soft = AlignedMemory.floats(arena, n);
        MemorySegment logSoft = AlignedMemory.floats(arena, n);
        MemorySegment lse = AlignedMemory.floats(arena, 1);
        RowsF32.softmax(pool, in, 0, soft, 0, 1, n);
        RowsF32.logSoftmax(pool, in, 0, logSoft, 0, 1, n);
        RowsF32.logSumExp(pool, in, 0, lse, 0, 1, n);
        for (int i = 0; i < n; i++) {
          assertEquals(e[i] * (1 / s), soft.getAtIndex(ValueLayout.JAVA_FLOAT, i));
          assertEquals(x[i] - m - log(s), logSoft.getAtIndex(ValueLayout.JAVA_FLOAT, i));
        }
        assertEquals(m + log(s), lse.getAtIndex(ValueLayout.JAVA_FLOAT, 0));
      }
    }
  }

  /** Against its own rows one at a time, on other numbers of threads, and in place. */
  @Test
  void bitsOfARowDependOnTheRowAlone() {
    try (Arena arena = Arena.ofShared();
        WorkerPool one = WorkerPool.of(1)) {
      for (int n : LENGTHS) {
        int rows = 20_000 / n;
        MemorySegment in = floats(arena, numbers(rows * n, 8));
        MemorySegment[] alone = new MemorySegment[4];
        for (int k = 0; k < 4; k++) {
          alone[k] = AlignedMemory.floats(arena, (long) rows * n);
          for (int r = 0; r < rows; r++) {
            run(k, one, in, (long) r * n, alone[k], k == 2 ? r : (long) r * n, 1, n);
          }
        }
        for (int threads : new int[] {1, 2, 7}) {
          try (WorkerPool pool = WorkerPool.of(threads)) {
            for (int k = 0; k < 4; k++) {
              MemorySegment out = AlignedMemory.floats(arena, (long) rows * n);
              if (k != 2) {
                out.copyFrom(in);
              }
              run(k, pool, k == 2 ? in : out, 0, out, 0, rows, n);
              assertEquals(-1, alone[k].mismatch(out), "kernel " + k + ", rows of " + n);
            }
          }
        }
      }
    }
  }

  private static void run(
      int kernel,
      WorkerPool pool,
      MemorySegment x,
      long xAt,
      MemorySegment y,
      long yAt,
      long rows,
      long n) {
    switch (kernel) {
      case 0 -> RowsF32.softmax(pool, x, xAt, y, yAt, rows, n);
      case 1 -> RowsF32.logSoftmax(pool, x, xAt, y, yAt, rows, n);
      case 2 -> RowsF32.logSumExp(pool, x, xAt, y, yAt, rows, n);
      default -> RowsF32.softmaxGrad(pool, x, xAt, x, xAt, y, yAt, rows, n);
    }
  }

  @Test
  void infinitiesAndEmptyRows() {
    try (Arena arena = Arena.ofShared();
        WorkerPool pool = WorkerPool.of(1)) {
      MemorySegment x =
          floats(
              arena, -INF, -INF, -INF, INF, 1, -INF, -INF, 2, -INF, 1e30f, 1e30f, -3e38f, INF,
              Float.NaN, 0);
      MemorySegment out = AlignedMemory.floats(arena, 15);
      RowsF32.logSumExp(pool, x, 0, out, 0, 5, 3);
      float[] lse = read(out, 5);
      assertEquals(-INF, lse[0]);
      assertEquals(INF, lse[1]);
      assertEquals(2, lse[2]);
      assertEquals(1e30f, lse[3]);
      assertTrue(Float.isNaN(lse[4]));
      RowsF32.softmax(pool, x, 0, out, 0, 5, 3);
      float[] p = read(out, 15);
      RowsF32.logSoftmax(pool, x, 0, out, 0, 5, 3);
      float[] log = read(out, 15);
      for (int i : new int[] {0, 1, 2, 3, 4, 5, 12, 13, 14}) {
        assertTrue(Float.isNaN(p[i]) && Float.isNaN(log[i]), "element " + i);
      }
      assertEquals(0, p[6]);
      assertEquals(1, p[7]);
      assertEquals(0.5f, p[9]);
      assertEquals(0, p[11]);
      assertEquals(0, log[7]);
      assertEquals(-INF, log[8]);
      RowsF32.logSumExp(pool, x, 0, out, 0, 2, 0);
      assertEquals(-INF, read(out, 2)[1]);
      RowsF32.softmax(pool, x, 0, out, 0, 2, 0);
    }
  }
}
