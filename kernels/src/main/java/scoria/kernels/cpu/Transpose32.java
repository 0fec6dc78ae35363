package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorSpecies;

/** Turns blocks of 8 x 8 elements of 4 bytes in registers. */
final class Transpose32 {
  private static final VectorSpecies<Integer> S = IntVector.SPECIES_256;

  /** Whether the machine has vectors of 8 such elements; without, this class is slow. */
  static final boolean FAST = IntVector.SPECIES_PREFERRED.length() >= 8;

  // Which lanes of a pair of rows make the new rows: 0 .. 7 are of the first, 8 .. 15 of the
  // second.
  private static final IntVector LOW_4 = lanes(0, 1, 2, 3, 8, 9, 10, 11);
  private static final IntVector HIGH_4 = lanes(4, 5, 6, 7, 12, 13, 14, 15);
  private static final IntVector LOW_2 = lanes(0, 1, 8, 9, 4, 5, 12, 13);
  private static final IntVector HIGH_2 = lanes(2, 3, 10, 11, 6, 7, 14, 15);
  private static final IntVector LOW_1 = lanes(0, 8, 2, 10, 4, 12, 6, 14);
  private static final IntVector HIGH_1 = lanes(1, 9, 3, 11, 5, 13, 7, 15);

  private Transpose32() {}

  private static IntVector lanes(int... lanes) {
    return IntVector.fromArray(S, lanes, 0);
  }

  private static IntVector load(MemorySegment x, long at) {
    return IntVector.fromMemorySegment(S, x, at * 4, ByteOrder.nativeOrder());
  }

  private static void store(Vector<Integer> v, MemorySegment x, long at) {
    v.intoMemorySegment(x, at * 4, ByteOrder.nativeOrder());
  }

  /**
   * {@code dst[dstAt + c dstRow + r] = src[srcAt + r srcRow + c]}, for a tile of at least 8 rows
   * and 8 columns. The last blocks are moved back to end with the tile, and do some work twice.
   */
  static void tile(
      MemorySegment src,
      long srcAt,
      long srcRow,
      MemorySegment dst,
      long dstAt,
      long dstRow,
      int rows,
      int columns) {
    for (int i = 0; i < rows; i += 8) {
      int r = Math.min(i, rows - 8);
      for (int j = 0; j < columns; j += 8) {
        int c = Math.min(j, columns - 8);
        whole(src, srcAt + r * srcRow + c, srcRow, dst, dstAt + c * dstRow + r, dstRow);
      }
    }
  }

  private static void whole(
      MemorySegment src, long from, long srcRow, MemorySegment dst, long to, long dstRow) {
    IntVector v0 = load(src, from);
    IntVector v1 = load(src, from + 1 * srcRow);
    IntVector v2 = load(src, from + 2 * srcRow);
    IntVector v3 = load(src, from + 3 * srcRow);
    IntVector v4 = load(src, from + 4 * srcRow);
    IntVector v5 = load(src, from + 5 * srcRow);
    IntVector v6 = load(src, from + 6 * srcRow);
    IntVector v7 = load(src, from + 7 * srcRow);
    IntVector t = LOW_4.selectFrom(v0, v4);
    v4 = HIGH_4.selectFrom(v0, v4);
    v0 = t;
    t = LOW_4.selectFrom(v1, v5);
    v5 = HIGH_4.selectFrom(v1, v5);
    v1 = t;
    t = LOW_4.selectFrom(v2, v6);
    v6 = HIGH_4.selectFrom(v2, v6);
    v2 = t;
    t = LOW_4.selectFrom(v3, v7);
    v7 = HIGH_4.selectFrom(v3, v7);
    v3 = t;
    t = LOW_2.selectFrom(v0, v2);
    v2 = HIGH_2.selectFrom(v0, v2);
    v0 = t;
    t = LOW_2.selectFrom(v1, v3);
    v3 = HIGH_2.selectFrom(v1, v3);
    v1 = t;
    t = LOW_2.selectFrom(v4, v6);
    v6 = HIGH_2.selectFrom(v4, v6);
    v4 = t;
    t = LOW_2.selectFrom(v5, v7);
    v7 = HIGH_2.selectFrom(v5, v7);
    v5 = t;
    t = LOW_1.selectFrom(v0, v1);
    v1 = HIGH_1.selectFrom(v0, v1);
    v0 = t;
    t = LOW_1.selectFrom(v2, v3);
    v3 = HIGH_1.selectFrom(v2, v3);
    v2 = t;
    t = LOW_1.selectFrom(v4, v5);
    v5 = HIGH_1.selectFrom(v4, v5);
    v4 = t;
    t = LOW_1.selectFrom(v6, v7);
    v7 = HIGH_1.selectFrom(v6, v7);
    v6 = t;
    store(v0, dst, to);
    store(v1, dst, to + 1 * dstRow);
    store(v2, dst, to + 2 * dstRow);
    store(v3, dst, to + 3 * dstRow);
    store(v4, dst, to + 4 * dstRow);
    store(v5, dst, to + 5 * dstRow);
    store(v6, dst, to + 6 * dstRow);
    store(v7, dst, to + 7 * dstRow);
  }
}
