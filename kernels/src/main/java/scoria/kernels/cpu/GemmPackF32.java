package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Brings float32 matrices into the order in which {@link GemmTileF32} reads them. */
// float64: generated
final class GemmPackF32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
  private static final int LANES = S.length();
  private static final int VECTOR = S.vectorByteSize();
  private static final int COLUMNS = GemmTileF32.COLUMNS;
  private static final int LEFT_ROW = GemmTileF32.LEFT_ROW;

  /** Steps of k that are packed for all tiles in turn: few enough to stay in the first cache. */
  private static final int ACROSS = 32;

  private static final VectorShuffle<Float> SWAP1 = swap(1);
  private static final VectorShuffle<Float> SWAP2 = swap(2);
  private static final VectorShuffle<Float> SWAP4 = swap(4);
  private static final VectorShuffle<Float> SWAP8 = swap(8);
  private static final VectorMask<Float> UPPER1 = upper(0xAAAA);
  private static final VectorMask<Float> UPPER2 = upper(0xCCCC);
  private static final VectorMask<Float> UPPER4 = upper(0xF0F0);
  private static final VectorMask<Float> UPPER8 = upper(0xFF00);

  private GemmPackF32() {}

  /** Exchanges lanes whose numbers differ in one bit. */
  private static VectorShuffle<Float> swap(int bit) {
    return VectorShuffle.fromOp(S, l -> (l ^ bit) & (LANES - 1));
  }

  /** The lanes of a pattern that exist. */
  private static VectorMask<Float> upper(long lanes) {
    return VectorMask.fromLong(S, lanes & ((1L << LANES) - 1));
  }

  /**
   * Packs rows of op(A) from a matrix whose rows run along k, and zero rows up to a whole tile.
   *
   * @param at byte of element (0, 0)
   * @param row bytes from one row to the next
   * @param rows rows that exist
   * @param depth elements of a row
   * @param left where they go
   * @param to the first one's index there
   */
  static void rows(MemorySegment a, long at, long row, int rows, int depth, float[] left, int to) {
    int whole = depth / LANES * LANES;
    VectorMask<Float> mask = S.indexInRange(whole, depth);
    for (int i = 0; i < rows; i++) {
      long from = at + i * row;
      int x = to + i * LEFT_ROW;
      for (int p = 0; p < whole; p += LANES) {
        FloatVector.fromMemorySegment(S, a, from + (long) p * Float.BYTES, NATIVE)
            .intoArray(left, x + p);
      }
      if (whole < depth) {
        FloatVector.fromMemorySegment(S, a, from + (long) whole * Float.BYTES, NATIVE, mask)
            .intoArray(left, x + whole);
      }
    }
    clear(left, to, rows, depth);
  }

  /**
   * Packs rows of op(A) from a matrix whose rows run across them, and zero rows up to a whole tile.
   *
   * @param at byte of element (0, 0)
   * @param row bytes from one k to the next
   * @param rows rows of op(A) that exist
   * @param depth elements of a row of op(A)
   * @param left where they go
   * @param to the first one's index there
   * @param square room for a square of lanes
   */
  static void rowsTurned(
      MemorySegment a,
      long at,
      long row,
      int rows,
      int depth,
      float[] left,
      int to,
      MemorySegment square) {
    for (int p = 0; p < depth; p += LANES) {
      for (int i = 0; i < rows; i += LANES) {
        long from = at + p * row + (long) i * Float.BYTES;
        int width = Math.min(LANES, rows - i);
        spread(a, from, row, depth - p, width, square);
        gather(square, square, 0, VECTOR, width, LANES);
        for (int j = 0; j < width; j++) {
          FloatVector.fromMemorySegment(S, square, (long) j * VECTOR, NATIVE)
              .intoArray(left, to + (i + j) * LEFT_ROW + p);
        }
      }
    }
    clear(left, to, rows, depth);
  }

  /**
   * Packs rows of op(A) from a matrix whose rows run across them for the turned tiles: for each
   * tile all its rows of one k together, zeros where they do not exist.
   *
   * @param at byte of element (0, 0)
   * @param row bytes from one k to the next
   * @param rows rows of op(A) that exist
   * @param depth elements of a row of op(A)
   * @param left where they go, each tile where its rows would begin
   * @param to the first one's index there
   */
  static void rowsAcross(
      MemorySegment a, long at, long row, int rows, int depth, float[] left, int to) {
    for (int p = 0; p < depth; p += ACROSS) {
      int count = Math.min(ACROSS, depth - p);
      int tall;
      for (int i = 0; i < rows; i += tall) {
        tall = GemmTileF32.height(rows - i);
        int exist = Math.min(tall, rows - i);
        // A whole vector is stored each time: what is beyond the tile's rows belongs to the next k
        // and is written over, or at last to the gap that LEFT_ROW leaves.
        for (int v = (tall - 1) / LANES * LANES; v >= 0; v -= LANES) {
          long from = at + p * row + (long) (i + v) * Float.BYTES;
          across(a, from, row, exist - v, count, left, to + i * LEFT_ROW + p * tall + v, tall);
        }
      }
    }
  }

  private static void across(
      MemorySegment a, long at, long row, int exist, int count, float[] left, int to, int step) {
    VectorMask<Float> mask = S.indexInRange(0, exist);
    for (int p = 0; p < count; p++) {
      FloatVector.fromMemorySegment(S, a, at + p * row, NATIVE, mask)
          .intoArray(left, to + p * step);
    }
  }

  /** Rows that are packed for so many, zeros included: whole tiles of either kind. */
  static int covered(int rows) {
    return Math.max(GemmTileF32.covered(rows), GemmSlimF32.covered(rows));
  }

  /** Zeroes the rows that fill up the last tile. */
  private static void clear(float[] left, int to, int rows, int depth) {
    int last = covered(rows);
    for (int i = rows; i < last; i++) {
      Arrays.fill(left, to + i * LEFT_ROW, to + i * LEFT_ROW + depth, 0);
    }
  }

  /**
   * Packs a panel from a matrix whose rows run across the columns.
   *
   * @param at byte of element (0, 0)
   * @param row bytes from one k to the next
   * @param depth rows that exist
   * @param columns columns that exist, 1 to twice the lanes
   * @param right where the panel goes
   * @param to its first index there
   */
  static void panel(
      MemorySegment b, long at, long row, int depth, int columns, float[] right, int to) {
    if (columns == COLUMNS) {
      for (int p = 0; p < depth; p++) {
        long from = at + p * row;
        int x = to + p * COLUMNS;
        FloatVector.fromMemorySegment(S, b, from, NATIVE).intoArray(right, x);
        FloatVector.fromMemorySegment(S, b, from + VECTOR, NATIVE).intoArray(right, x + LANES);
      }
      return;
    }
    VectorMask<Float> m0 = S.indexInRange(0, columns);
    VectorMask<Float> m1 = S.indexInRange(LANES, columns);
    FloatVector second = FloatVector.zero(S);
    for (int p = 0; p < depth; p++) {
      long from = at + p * row;
      int x = to + p * COLUMNS;
      FloatVector.fromMemorySegment(S, b, from, NATIVE, m0).intoArray(right, x);
      if (columns > LANES) {
        second = FloatVector.fromMemorySegment(S, b, from + VECTOR, NATIVE, m1);
      }
      second.intoArray(right, x + LANES);
    }
  }

  /**
   * Packs a panel of one vector from a matrix whose rows run across the columns.
   *
   * @param at byte of element (0, 0)
   * @param row bytes from one k to the next
   * @param depth rows that exist
   * @param columns columns that exist, fewer than lanes
   * @param right where the panel goes
   * @param to its first index there
   */
  static void slim(
      MemorySegment b, long at, long row, int depth, int columns, float[] right, int to) {
    VectorMask<Float> mask = S.indexInRange(0, columns);
    for (int p = 0; p < depth; p++) {
      FloatVector.fromMemorySegment(S, b, at + p * row, NATIVE, mask)
          .intoArray(right, to + p * LANES);
    }
  }

  /**
   * Packs a panel of one vector from a matrix whose rows run along k.
   *
   * @param at byte of element (0, 0)
   * @param row bytes from one column of op(B) to the next
   * @param depth rows of op(B)
   * @param columns columns of op(B) that exist, fewer than lanes
   * @param right where the panel goes
   * @param to its first index there
   * @param square room for a square of lanes
   */
  static void slimTurned(
      MemorySegment b,
      long at,
      long row,
      int depth,
      int columns,
      float[] right,
      int to,
      MemorySegment square) {
    for (int p = 0; p < depth; p += LANES) {
      int count = Math.min(LANES, depth - p);
      spread(b, at + (long) p * Float.BYTES, row, columns, count, square);
      gather(square, square, 0, VECTOR, count, LANES);
      for (int j = 0; j < count; j++) {
        FloatVector.fromMemorySegment(S, square, (long) j * VECTOR, NATIVE)
            .intoArray(right, to + (p + j) * LANES);
      }
    }
  }

  /**
   * Packs a panel from a matrix whose rows run along k.
   *
   * @param at byte of element (0, 0)
   * @param row bytes from one column of op(B) to the next
   * @param depth rows of op(B)
   * @param columns columns of op(B) that exist, 1 to twice the lanes
   * @param right where the panel goes
   * @param to its first index there
   * @param square room for a square of lanes
   */
  static void panelTurned(
      MemorySegment b,
      long at,
      long row,
      int depth,
      int columns,
      float[] right,
      int to,
      MemorySegment square) {
    for (int half = 0; half < 2; half++) {
      int exist = columns - half * LANES;
      long from = at + half * LANES * row;
      int first = to + half * LANES;
      for (int p = 0; p < depth; p += LANES) {
        int count = Math.min(LANES, depth - p);
        spread(b, from + (long) p * Float.BYTES, row, exist, count, square);
        gather(square, square, 0, VECTOR, count, LANES);
        for (int j = 0; j < count; j++) {
          FloatVector.fromMemorySegment(S, square, (long) j * VECTOR, NATIVE)
              .intoArray(right, first + (p + j) * COLUMNS);
        }
      }
    }
  }

  /**
   * Transposes a matrix.
   *
   * @param at byte of element (0, 0)
   * @param row bytes from one row to the next
   * @param rows its rows
   * @param columns its columns
   * @param to byte where element (0, 0) goes
   * @param toRow bytes from one row of the result, a column of the source, to the next
   * @param square room for a square of lanes
   */
  static void transpose(
      MemorySegment source,
      long at,
      long row,
      int rows,
      int columns,
      MemorySegment target,
      long to,
      long toRow,
      MemorySegment square) {
    for (int r = 0; r < rows; r += LANES) {
      int height = Math.min(LANES, rows - r);
      for (int c = 0; c < columns; c += LANES) {
        int width = Math.min(LANES, columns - c);
        spread(source, at + r * row + (long) c * Float.BYTES, row, height, width, square);
        gather(square, target, to + c * toRow + (long) r * Float.BYTES, toRow, width, height);
      }
    }
  }

  /**
   * The first half of transposing a square of lanes. Rows and columns that do not exist come out as
   * zeros.
   *
   * <p>Exchanging bit d of the row number with bit d of the lane number, for every bit, is the
   * transposition; this does the bits from 4 on, {@link #gather} those below.
   *
   * @param rows rows that exist; none when it is not positive
   * @param columns columns that exist, 1 to the lanes
   */
  private static void spread(
      MemorySegment source, long at, long row, int rows, int columns, MemorySegment square) {
    VectorMask<Float> mask = S.indexInRange(0, columns);
    if (LANES == 16) {
      for (int i = 0; i < 4; i++) {
        FloatVector v0 = row(source, at, row, i, rows, mask);
        FloatVector v1 = row(source, at, row, i + 4, rows, mask);
        FloatVector v2 = row(source, at, row, i + 8, rows, mask);
        FloatVector v3 = row(source, at, row, i + 12, rows, mask);
        FloatVector w0 = v0.blend(v1.rearrange(SWAP4), UPPER4);
        FloatVector w1 = v0.rearrange(SWAP4).blend(v1, UPPER4);
        FloatVector w2 = v2.blend(v3.rearrange(SWAP4), UPPER4);
        FloatVector w3 = v2.rearrange(SWAP4).blend(v3, UPPER4);
        long x = (long) i * VECTOR;
        w0.blend(w2.rearrange(SWAP8), UPPER8).intoMemorySegment(square, x, NATIVE);
        w1.blend(w3.rearrange(SWAP8), UPPER8).intoMemorySegment(square, x + 4L * VECTOR, NATIVE);
        w0.rearrange(SWAP8).blend(w2, UPPER8).intoMemorySegment(square, x + 8L * VECTOR, NATIVE);
        w1.rearrange(SWAP8).blend(w3, UPPER8).intoMemorySegment(square, x + 12L * VECTOR, NATIVE);
      }
    } else if (LANES == 8) {
      for (int i = 0; i < 4; i++) {
        FloatVector v0 = row(source, at, row, i, rows, mask);
        FloatVector v1 = row(source, at, row, i + 4, rows, mask);
        long x = (long) i * VECTOR;
        v0.blend(v1.rearrange(SWAP4), UPPER4).intoMemorySegment(square, x, NATIVE);
        v0.rearrange(SWAP4).blend(v1, UPPER4).intoMemorySegment(square, x + 4L * VECTOR, NATIVE);
      }
    } else {
      for (int i = 0; i < LANES; i++) {
        row(source, at, row, i, rows, mask).intoMemorySegment(square, (long) i * VECTOR, NATIVE);
      }
    }
  }

  private static FloatVector row(
      MemorySegment source, long at, long row, int i, int rows, VectorMask<Float> mask) {
    return i < rows
        ? FloatVector.fromMemorySegment(S, source, at + i * row, NATIVE, mask)
        : FloatVector.zero(S);
  }

  /**
   * The second half of transposing a square of lanes.
   *
   * @param rows rows of the result that are stored
   * @param columns elements of a row that are stored, 1 to the lanes
   */
  private static void gather(
      MemorySegment square, MemorySegment target, long to, long toRow, int rows, int columns) {
    VectorMask<Float> mask = S.indexInRange(0, columns);
    if (LANES == 2) {
      FloatVector v0 = FloatVector.fromMemorySegment(S, square, 0, NATIVE);
      FloatVector v1 = FloatVector.fromMemorySegment(S, square, VECTOR, NATIVE);
      v0.blend(v1.rearrange(SWAP1), UPPER1).intoMemorySegment(target, to, NATIVE, mask);
      if (rows > 1) {
        v0.rearrange(SWAP1).blend(v1, UPPER1).intoMemorySegment(target, to + toRow, NATIVE, mask);
      }
      return;
    }
    for (int i = 0; i < rows; i += 4) {
      long x = (long) i * VECTOR;
      FloatVector v0 = FloatVector.fromMemorySegment(S, square, x, NATIVE);
      FloatVector v1 = FloatVector.fromMemorySegment(S, square, x + VECTOR, NATIVE);
      FloatVector v2 = FloatVector.fromMemorySegment(S, square, x + 2L * VECTOR, NATIVE);
      FloatVector v3 = FloatVector.fromMemorySegment(S, square, x + 3L * VECTOR, NATIVE);
      FloatVector w0 = v0.blend(v1.rearrange(SWAP1), UPPER1);
      FloatVector w1 = v0.rearrange(SWAP1).blend(v1, UPPER1);
      FloatVector w2 = v2.blend(v3.rearrange(SWAP1), UPPER1);
      FloatVector w3 = v2.rearrange(SWAP1).blend(v3, UPPER1);
      long y = to + i * toRow;
      w0.blend(w2.rearrange(SWAP2), UPPER2).intoMemorySegment(target, y, NATIVE, mask);
      if (i + 1 < rows) {
        w1.blend(w3.rearrange(SWAP2), UPPER2).intoMemorySegment(target, y + toRow, NATIVE, mask);
      }
      if (i + 2 < rows) {
        w0.rearrange(SWAP2)
            .blend(w2, UPPER2)
            .intoMemorySegment(target, y + 2 * toRow, NATIVE, mask);
      }
      if (i + 3 < rows) {
        w1.rearrange(SWAP2)
            .blend(w3, UPPER2)
            .intoMemorySegment(target, y + 3 * toRow, NATIVE, mask);
      }
    }
  }
}
