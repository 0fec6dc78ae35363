package scoria.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Products on one thread, with op(B) packed beforehand and not, against the pool's. */
@Tag("width")
class GemmPackedTest {
  private static final WorkerPool ONE = WorkerPool.of(1);

  private static final int[][] SHAPES = {
    {0, 5, 3},
    {5, 0, 3},
    {5, 3, 0},
    {5, 40, 0},
    {1, 1, 1},
    {8, 1, 3},
    {13, 2, 5},
    {64, 128, 128},
    {24, 128, 2},
    {24, 2, 128},
    {24, 128, 1},
    {24, 64, 3},
    {5, 128, 4},
    {256, 3, 257},
    {33, 4, 600},
    {7, 15, 31},
    {9, 16, 17},
    {11, 17, 8},
    {8, 33, 256},
    {65, 100, 300},
    {200, 70, 70},
    {3, 1100, 4},
    {10, 31, 2100},
    {23, 8, 9}
  };

  private static final double[][] FACTORS = {{1, 0}, {1, 1}, {-0.3, 0}, {0.7, -1.3}, {0, 0.5}};

  private static MemorySegment floats(Arena arena, long n, SplittableRandom random) {
    MemorySegment s = AlignedMemory.floats(arena, n);
    for (long i = 0; i < n; i++) {
      s.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextDouble(-1, 1));
    }
    return s;
  }

  private static MemorySegment doubles(Arena arena, long n, SplittableRandom random) {
    MemorySegment s = AlignedMemory.doubles(arena, n);
    for (long i = 0; i < n; i++) {
      s.setAtIndex(ValueLayout.JAVA_DOUBLE, i, random.nextDouble(-1, 1));
    }
    return s;
  }

  private static MemorySegment copy(Arena arena, MemorySegment s) {
    return AlignedMemory.allocate(arena, s.byteSize()).copyFrom(s);
  }

  /** All rows at once, in the small portions of a shard, and packed together with the product. */
  @Test
  void float32HasTheBitsOfThePool() {
    SplittableRandom random = new SplittableRandom(1);
    for (int[] s : SHAPES) {
      for (int form = 0; form < 20; form++) {
        boolean transA = (form & 1) != 0;
        boolean transB = (form & 2) != 0;
        double[] f = FACTORS[form / 4];
        int room = form % 3;
        int m = s[0];
        int n = s[1];
        int k = s[2];
        long lda = (transA ? m : k) + room;
        long ldb = (transB ? k : n) + room;
        long ldc = n + room;
        String name = m + " x " + n + " x " + k + " form " + form;
        try (Arena arena = Arena.ofShared()) {
          MemorySegment a = floats(arena, 5 + lda * (transA ? k : m), random);
          MemorySegment b = floats(arena, 7 + ldb * (transB ? n : k), random);
          MemorySegment before = floats(arena, 3 + ldc * m, random);
          MemorySegment expected = copy(arena, before);
          GemmF32.gemm(
              ONE, transA, transB, m, n, k, f[0], a, 5, lda, b, 7, ldb, f[1], expected, 3, ldc);

          MemorySegment alone = copy(arena, before);
          GemmF32.gemm(transA, transB, m, n, k, f[0], a, 5, lda, b, 7, ldb, f[1], alone, 3, ldc);
          assertEquals(-1, expected.mismatch(alone), name);

          float[] packed = new float[GemmF32.packedSize(n, k) + 6];
          GemmF32.packB(transB, n, k, b, 7, ldb, packed, 6);
          MemorySegment rows = copy(arena, before);
          GemmF32.rows(transA, m, n, k, f[0], a, 5, lda, packed, 6, f[1], rows, 3, ldc);
          assertEquals(-1, expected.mismatch(rows), name);

          MemorySegment portions = copy(arena, before);
          for (int i = 0; i < m; i += 24) {
            long at = 5 + (transA ? i : i * lda);
            long to = 3 + i * ldc;
            int some = Math.min(24, m - i);
            GemmF32.rows(transA, some, n, k, f[0], a, at, lda, packed, 6, f[1], portions, to, ldc);
          }
          assertEquals(-1, expected.mismatch(portions), name);

          if (f[0] == 1 && f[1] == 0 && !transA && GemmF32.canPackRows(n, k)) {
            float[] left = new float[GemmF32.packedRowsSize(m)];
            GemmF32.packRows(m, k, a, 5, lda, left);
            MemorySegment both = copy(arena, before);
            GemmF32.packedRows(m, n, k, left, packed, 6, both, 3, ldc);
            assertEquals(-1, expected.mismatch(both), name);
          }
        }
      }
    }
  }

  @Test
  void float64HasTheBitsOfThePool() {
    SplittableRandom random = new SplittableRandom(2);
    for (int[] s : SHAPES) {
      for (int form = 0; form < 4; form++) {
        boolean transA = (form & 1) != 0;
        boolean transB = (form & 2) != 0;
        int m = s[0];
        int n = s[1];
        int k = s[2];
        long lda = transA ? m : k;
        long ldb = transB ? k : n;
        try (Arena arena = Arena.ofShared()) {
          MemorySegment a = doubles(arena, lda * (transA ? k : m), random);
          MemorySegment b = doubles(arena, ldb * (transB ? n : k), random);
          MemorySegment expected = doubles(arena, (long) m * n, random);
          MemorySegment rows = copy(arena, expected);
          GemmF64.gemm(ONE, transA, transB, m, n, k, 0.5, a, 0, lda, b, 0, ldb, -2, expected, 0, n);
          double[] packed = new double[GemmF64.packedSize(n, k)];
          GemmF64.packB(transB, n, k, b, 0, ldb, packed, 0);
          GemmF64.rows(transA, m, n, k, 0.5, a, 0, lda, packed, 0, -2, rows, 0, n);
          assertEquals(-1, expected.mismatch(rows), m + " x " + n + " x " + k + " form " + form);
        }
      }
    }
  }

  /** What a gradient needs whose rows come in blocks: the product over all of them, bit for bit. */
  @Test
  void blocksOfRowsAddUpToTheWholeProduct() {
    SplittableRandom random = new SplittableRandom(3);
    int rows = 600;
    for (int[] s : new int[][] {{128, 128}, {2, 128}, {128, 2}, {5, 17}}) {
      int m = s[0];
      int n = s[1];
      try (Arena arena = Arena.ofShared()) {
        MemorySegment x = floats(arena, (long) rows * m, random);
        MemorySegment g = floats(arena, (long) rows * n, random);
        MemorySegment whole = floats(arena, (long) m * n, random);
        GemmF32.gemm(ONE, true, false, m, n, rows, 1, x, 0, m, g, 0, n, 0, whole, 0, n);

        MemorySegment inPlace = floats(arena, (long) m * n, random);
        MemorySegment added = AlignedMemory.floats(arena, (long) m * n);
        MemorySegment part = AlignedMemory.floats(arena, (long) m * n);
        for (int i = 0; i < rows; i += GemmF32.KC) {
          int k = Math.min(GemmF32.KC, rows - i);
          long xAt = (long) i * m;
          long gAt = (long) i * n;
          double beta = i == 0 ? 0 : 1;
          GemmF32.gemm(true, false, m, n, k, 1, x, xAt, m, g, gAt, n, beta, inPlace, 0, n);
          GemmF32.gemm(true, false, m, n, k, 1, x, xAt, m, g, gAt, n, 0, part, 0, n);
          for (long e = 0; e < (long) m * n; e++) {
            float sum = i == 0 ? 0 : added.getAtIndex(ValueLayout.JAVA_FLOAT, e);
            float p = part.getAtIndex(ValueLayout.JAVA_FLOAT, e);
            added.setAtIndex(ValueLayout.JAVA_FLOAT, e, i == 0 ? p : p + sum);
          }
        }
        assertEquals(-1, whole.mismatch(inPlace), m + " x " + n);
        assertEquals(-1, whole.mismatch(added), m + " x " + n);
      }
    }
  }

  @Test
  void badSizesAreNamed() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment s = AlignedMemory.floats(arena, 100);
      int size = GemmF32.packedSize(5, 4);
      assertMessage("B of 4 x 30", () -> GemmF32.packB(false, 30, 4, s, 0, 30, new float[999], 0));
      assertMessage(
          "takes " + size, () -> GemmF32.packB(false, 5, 4, s, 0, 5, new float[size + 2], 3));
      assertMessage(
          "takes " + size,
          () -> GemmF32.rows(false, 2, 5, 4, 1, s, 0, 4, new float[size - 1], 0, 0, s, 50, 5));
      assertMessage(
          "A of 30 x 4",
          () -> GemmF32.rows(false, 30, 2, 4, 1, s, 0, 4, new float[9999], 0, 0, s, 0, 2));
      assertMessage(
          "ldc is 4", () -> GemmF32.gemm(false, false, 2, 5, 2, 1, s, 0, 2, s, 0, 5, 0, s, 0, 4));
      float[] rows = new float[GemmF32.packedRowsSize(3)];
      assertMessage("3 rows of 257", () -> GemmF32.packRows(3, 257, s, 0, 0, rows));
      assertMessage("the array has " + rows.length, () -> GemmF32.packRows(99, 1, s, 0, 1, rows));
      assertMessage(
          "not packed for n=0, k=4",
          () -> GemmF32.packedRows(2, 0, 4, rows, new float[99], 0, s, 0, 5));
      assertMessage("too many elements", () -> GemmF32.packedSize(1 << 20, 1 << 20));
    }
  }

  private static void assertMessage(String part, Executable call) {
    String message =
        String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
    assertTrue(message.contains(part), message);
  }
}
