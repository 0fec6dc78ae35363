package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.util.Locale;

/** What sizes and places of a float32 matrix product have to be; each throws in one line if not. */
// float64: generated
final class GemmChecksF32 {
  private GemmChecksF32() {}

  static void checkSizes(long batch, long m, long n, long k) {
    if (batch < 0 || m < 0 || n < 0 || k < 0) {
      throw new IllegalArgumentException(
          "gemm of batch=%d, m=%d, n=%d, k=%d; sizes must be at least 0".formatted(batch, m, n, k));
    }
  }

  static void checkPacked(long n, long k, float[] packed, int at) {
    int size = GemmF32.packedSize(n, k);
    if (at < 0 || size > packed.length - at) {
      throw new IllegalArgumentException(
          "op(B) of %d x %d packed takes %d elements; from %d on its array of %d has too few"
              .formatted(k, n, size, at, packed.length));
    }
  }

  static void checkResult(
      MemorySegment c, long at, long m, long n, long row, long batch, long step) {
    if (row < n) {
      throw new IllegalArgumentException(
          "ldc is %d; rows of C have %d elements and must not overlap".formatted(row, n));
    }
    if (batch > 0) {
      check("C", c, at, m, n, row, batch, step);
    }
  }

  static void check(
      String name,
      MemorySegment segment,
      long at,
      long rows,
      long columns,
      long row,
      long batch,
      long step) {
    if (rows == 0 || columns == 0) {
      return;
    }
    long end;
    try {
      end =
          Math.addExact(
              Math.addExact(at, Math.multiplyExact(rows - 1, row)),
              Math.addExact(Math.multiplyExact(batch - 1, step), columns));
    } catch (ArithmeticException e) {
      end = Long.MAX_VALUE;
    }
    long size = segment.byteSize() / Float.BYTES;
    if (at < 0 || row < 0 || step < 0 || end > size) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s of %d x %d elements from element %d, %d to the next row, %d to the next of %d"
                  + " matrices, does not lie in its segment of %d elements",
              name,
              rows,
              columns,
              at,
              row,
              step,
              batch,
              size));
    }
  }

  static void checkPackedRows(long m, long n, long k, float[] rows) {
    checkSizes(1, m, n, k);
    int size = GemmF32.packedRowsSize(m);
    if (k > GemmF32.KC || size > rows.length) {
      throw new IllegalArgumentException(
          "%d rows of %d elements, at most %d, packed take %d elements; the array has %d"
              .formatted(m, k, GemmF32.KC, size, rows.length));
    }
  }

  static void checkRows(long m) {
    if (m < 0 || m > 1 << 20) {
      throw new IllegalArgumentException("packed rows must be 0 to 2^20, not " + m);
    }
  }
}
