package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * {@code dst[dstAt + c dstRow + r] = src[srcAt + r srcRow + c]}: a matrix turned, in tiles that
 * pass through arrays in the first-level cache. Reading and writing whole rows of a tile keeps both
 * sides contiguous, and array elements are cheap to address one by one.
 */
final class Transpose {
  /** Elements of a tile; a square one unless the matrix is narrower than its side. */
  private static final int TILE = 4096;

  private static final int SIDE = 64;

  private Transpose() {}

  static void run(
      int elementBytes,
      MemorySegment src,
      long srcAt,
      long srcRow,
      MemorySegment dst,
      long dstAt,
      long dstRow,
      long rows,
      long columns) {
    boolean wide = elementBytes == 4 && Transpose32.FAST || elementBytes == 8 && Transpose64.FAST;
    if (wide && rows >= 8 && columns >= 8) {
      tiles(elementBytes, src, srcAt, srcRow, dst, dstAt, dstRow, rows, columns);
      return;
    }
    int width = (int) Math.min(columns, rows < SIDE ? TILE / Math.max(rows, 1) : SIDE);
    int height = (int) Math.min(rows, columns < SIDE ? TILE / Math.max(columns, 1) : SIDE);
    Tiles tiles = Tiles.LOCAL.get();
    for (long r = 0; r < rows; r += height) {
      int h = (int) Math.min(height, rows - r);
      for (long c = 0; c < columns; c += width) {
        int w = (int) Math.min(width, columns - c);
        long from = srcAt + r * srcRow + c;
        long to = dstAt + c * dstRow + r;
        switch (elementBytes) {
          case 1 -> bytes(tiles.bytes, src, from, srcRow, dst, to, dstRow, h, w);
          case 4 -> ints(tiles.ints, src, from, srcRow, dst, to, dstRow, h, w);
          default -> longs(tiles.longs, src, from, srcRow, dst, to, dstRow, h, w);
        }
      }
    }
  }

  private static void tiles(
      int elementBytes,
      MemorySegment src,
      long srcAt,
      long srcRow,
      MemorySegment dst,
      long dstAt,
      long dstRow,
      long rows,
      long columns) {
    for (long i = 0; i < rows; i += SIDE) {
      long r = tileStart(i, rows);
      int h = (int) Math.min(SIDE, rows - r);
      for (long j = 0; j < columns; j += SIDE) {
        long c = tileStart(j, columns);
        int w = (int) Math.min(SIDE, columns - c);
        long from = srcAt + r * srcRow + c;
        long to = dstAt + c * dstRow + r;
        if (elementBytes == 4) {
          Transpose32.tile(src, from, srcRow, dst, to, dstRow, h, w);
        } else {
          Transpose64.tile(src, from, srcRow, dst, to, dstRow, h, w);
        }
      }
    }
  }

  /** Where a tile begins: at {@code i}, or before it if less than 8 would be left there. */
  private static long tileStart(long i, long n) {
    return Math.min(i, n - 8);
  }

  private static void bytes(
      byte[] tile,
      MemorySegment src,
      long srcAt,
      long srcRow,
      MemorySegment dst,
      long dstAt,
      long dstRow,
      int rows,
      int columns) {
    if (srcRow == columns) {
      MemorySegment.copy(src, ValueLayout.JAVA_BYTE, srcAt, tile, 0, rows * columns);
    } else {
      for (int r = 0; r < rows; r++) {
        MemorySegment.copy(
            src, ValueLayout.JAVA_BYTE, (srcAt + r * srcRow), tile, r * columns, columns);
      }
    }
    int turned = rows * columns;
    for (int c = 0; c < columns; c++) {
      for (int r = 0, from = c, to = turned + c * rows; r < rows; r++, from += columns) {
        tile[to + r] = tile[from];
      }
    }
    if (dstRow == rows) {
      MemorySegment.copy(tile, turned, dst, ValueLayout.JAVA_BYTE, dstAt, rows * columns);
    } else {
      for (int c = 0; c < columns; c++) {
        MemorySegment.copy(
            tile, turned + c * rows, dst, ValueLayout.JAVA_BYTE, (dstAt + c * dstRow), rows);
      }
    }
  }

  private static void ints(
      int[] tile,
      MemorySegment src,
      long srcAt,
      long srcRow,
      MemorySegment dst,
      long dstAt,
      long dstRow,
      int rows,
      int columns) {
    if (srcRow == columns) {
      MemorySegment.copy(src, ValueLayout.JAVA_INT, srcAt * 4, tile, 0, rows * columns);
    } else {
      for (int r = 0; r < rows; r++) {
        MemorySegment.copy(
            src, ValueLayout.JAVA_INT, (srcAt + r * srcRow) * 4, tile, r * columns, columns);
      }
    }
    int turned = rows * columns;
    for (int c = 0; c < columns; c++) {
      for (int r = 0, from = c, to = turned + c * rows; r < rows; r++, from += columns) {
        tile[to + r] = tile[from];
      }
    }
    if (dstRow == rows) {
      MemorySegment.copy(tile, turned, dst, ValueLayout.JAVA_INT, dstAt * 4, rows * columns);
    } else {
      for (int c = 0; c < columns; c++) {
        MemorySegment.copy(
            tile, turned + c * rows, dst, ValueLayout.JAVA_INT, (dstAt + c * dstRow) * 4, rows);
      }
    }
  }

  private static void longs(
      long[] tile,
      MemorySegment src,
      long srcAt,
      long srcRow,
      MemorySegment dst,
      long dstAt,
      long dstRow,
      int rows,
      int columns) {
    if (srcRow == columns) {
      MemorySegment.copy(src, ValueLayout.JAVA_LONG, srcAt * 8, tile, 0, rows * columns);
    } else {
      for (int r = 0; r < rows; r++) {
        MemorySegment.copy(
            src, ValueLayout.JAVA_LONG, (srcAt + r * srcRow) * 8, tile, r * columns, columns);
      }
    }
    int turned = rows * columns;
    for (int c = 0; c < columns; c++) {
      for (int r = 0, from = c, to = turned + c * rows; r < rows; r++, from += columns) {
        tile[to + r] = tile[from];
      }
    }
    if (dstRow == rows) {
      MemorySegment.copy(tile, turned, dst, ValueLayout.JAVA_LONG, dstAt * 8, rows * columns);
    } else {
      for (int c = 0; c < columns; c++) {
        MemorySegment.copy(
            tile, turned + c * rows, dst, ValueLayout.JAVA_LONG, (dstAt + c * dstRow) * 8, rows);
      }
    }
  }

  /** Arrays of this thread's own that a tile is turned in: as it was, and turned. */
  private static final class Tiles {
    static final ThreadLocal<Tiles> LOCAL = ThreadLocal.withInitial(Tiles::new);

    final byte[] bytes = new byte[2 * TILE];
    final int[] ints = new int[2 * TILE];
    final long[] longs = new long[2 * TILE];
  }
}
