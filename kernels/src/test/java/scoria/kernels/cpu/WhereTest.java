package scoria.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Choice between elements of each size, in every layout. */
class WhereTest {
  private static final int[][] SHAPES = {
    {0, 3}, {2, 0}, {1, 1}, {3, 2}, {2, 63}, {2, 65}, {3, 130}
  };

  private static void put(MemorySegment x, int bytes, int i, long value) {
    switch (bytes) {
      case 1 -> x.set(ValueLayout.JAVA_BYTE, i, (byte) value);
      case 4 -> x.setAtIndex(ValueLayout.JAVA_INT, i, (int) value);
      default -> x.setAtIndex(ValueLayout.JAVA_LONG, i, value);
    }
  }

  private static long get(MemorySegment x, int bytes, long i) {
    return switch (bytes) {
      case 1 -> x.get(ValueLayout.JAVA_BYTE, i);
      case 4 -> x.getAtIndex(ValueLayout.JAVA_INT, i);
      default -> x.getAtIndex(ValueLayout.JAVA_LONG, i);
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8})
  void choosesInEveryLayout(int bytes) {
    try (Arena arena = Arena.ofConfined()) {
      int n = 500;
      MemorySegment cond = AlignedMemory.allocate(arena, n);
      MemorySegment a = AlignedMemory.allocate(arena, 8 * n);
      MemorySegment b = AlignedMemory.allocate(arena, 8 * n);
      MemorySegment out = AlignedMemory.allocate(arena, 8 * n);
      for (int i = 0; i < n; i++) {
        cond.set(ValueLayout.JAVA_BYTE, i, (byte) new int[] {0, 1, 0, 2, -128, 0, 1}[i % 7]);
        put(a, bytes, i, i % 60);
        put(b, bytes, i, -1 - i % 50);
      }
      for (int[] shape : SHAPES) {
        int rows = shape[0];
        int columns = shape[1];
        long[][] s = {{columns, 1}, {columns + 1, 1}, {0, 1}, {1, 0}, {0, 0}};
        for (long[] k : s) {
          for (long[] x : s) {
            for (long[] y : s) {
              for (int outRow : new int[] {columns, columns + 1}) {
                out.fill((byte) 99);
                run(bytes, cond, k, a, x, b, y, out, outRow, rows, columns);
                for (int i = 0; i < rows * outRow; i++) {
                  long r = i / outRow;
                  long c = i % outRow;
                  boolean first = cond.get(ValueLayout.JAVA_BYTE, 2 + r * k[0] + c * k[1]) != 0;
                  long right =
                      first
                          ? get(a, bytes, 1 + r * x[0] + c * x[1])
                          : get(b, bytes, 3 + r * y[0] + c * y[1]);
                  assertEquals(
                      c < columns ? right : get(out, bytes, n - 1), get(out, bytes, 4 + i));
                }
              }
            }
          }
        }
      }
    }
  }

  private static void run(
      int bytes,
      MemorySegment cond,
      long[] k,
      MemorySegment a,
      long[] x,
      MemorySegment b,
      long[] y,
      MemorySegment out,
      int outRow,
      int rows,
      int columns) {
    int kc = (int) k[1];
    int xc = (int) x[1];
    int yc = (int) y[1];
    switch (bytes) {
      case 1 ->
          Where.where1(
              cond, 2, k[0], kc, a, 1, x[0], xc, b, 3, y[0], yc, out, 4, outRow, rows, columns);
      case 4 ->
          Where.where4(
              cond, 2, k[0], kc, a, 1, x[0], xc, b, 3, y[0], yc, out, 4, outRow, rows, columns);
      default ->
          Where.where8(
              cond, 2, k[0], kc, a, 1, x[0], xc, b, 3, y[0], yc, out, 4, outRow, rows, columns);
    }
  }
}
