package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Brings float32 matrices into the order in which the tiles read them.
 *
 * <p>A panel of op(B) holds two vectors of columns: element (p, j) is at {@code p} {@link
 * GemmTileF32#PANEL_ROW} bytes plus {@code j} elements, and columns that do not exist are zero.
 */
// float64: generated
final class GemmPackF32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
  private static final int LANES = S.length();
  private static final int VECTOR = S.vectorByteSize();
  private static final int PANEL_ROW = 2 * VECTOR;

  /** Entry d: a bit for each lane whose number has bit d. */
  private static final long[] LANES_WITH = {0xAAAA, 0xCCCC, 0xF0F0, 0xFF00};

  private GemmPackF32() {}

  /**
   * Packs a panel from a matrix whose rows run along j.
   *
   * @param bAt byte of element (0, 0)
   * @param bRow bytes from one row to the next
   * @param k rows
   * @param columns columns that exist, 1 to twice the lanes
   * @param to the panel's first byte
   */
  static void panel(
      MemorySegment b, long bAt, long bRow, int k, int columns, MemorySegment panel, long to) {
    if (columns == 2 * LANES) {
      for (int p = 0; p < k; p++) {
        long from = bAt + p * bRow;
        long at = to + (long) p * PANEL_ROW;
        FloatVector.fromMemorySegment(S, b, from, NATIVE).intoMemorySegment(panel, at, NATIVE);
        FloatVector.fromMemorySegment(S, b, from + VECTOR, NATIVE)
            .intoMemorySegment(panel, at + VECTOR, NATIVE);
      }
      return;
    }
    VectorMask<Float> m0 = S.indexInRange(0, columns);
    VectorMask<Float> m1 = S.indexInRange(LANES, columns);
    FloatVector second = FloatVector.zero(S);
    for (int p = 0; p < k; p++) {
      long from = bAt + p * bRow;
      long at = to + (long) p * PANEL_ROW;
      FloatVector.fromMemorySegment(S, b, from, NATIVE, m0).intoMemorySegment(panel, at, NATIVE);
      if (columns > LANES) {
        second = FloatVector.fromMemorySegment(S, b, from + VECTOR, NATIVE, m1);
      }
      second.intoMemorySegment(panel, at + VECTOR, NATIVE);
    }
  }

  /**
   * Packs a panel from a matrix whose rows run along k.
   *
   * @param bAt byte of element (0, 0)
   * @param bRow bytes from one column of op(B) to the next
   * @param k rows of op(B)
   * @param columns columns of op(B) that exist, 1 to twice the lanes
   * @param to the panel's first byte
   * @param square room for a square of lanes
   */
  static void panelTurned(
      MemorySegment b,
      long bAt,
      long bRow,
      int k,
      int columns,
      MemorySegment panel,
      long to,
      MemorySegment square) {
    for (int half = 0; half < 2; half++) {
      int exist = Math.min(columns - half * LANES, LANES);
      for (int p = 0; p < k; p += LANES) {
        int depth = Math.min(LANES, k - p);
        long from = bAt + half * LANES * bRow + (long) p * Float.BYTES;
        turn(b, from, bRow, exist, depth, square);
        long at = to + (long) p * PANEL_ROW + (long) half * VECTOR;
        for (int i = 0; i < depth; i++) {
          FloatVector.fromMemorySegment(S, square, (long) i * VECTOR, NATIVE)
              .intoMemorySegment(panel, at + (long) i * PANEL_ROW, NATIVE);
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
      VectorMask<Float> mask = S.indexInRange(0, height);
      for (int c = 0; c < columns; c += LANES) {
        int width = Math.min(LANES, columns - c);
        turn(source, at + r * row + (long) c * Float.BYTES, row, height, width, square);
        long first = to + c * toRow + (long) r * Float.BYTES;
        for (int i = 0; i < width; i++) {
          FloatVector.fromMemorySegment(S, square, (long) i * VECTOR, NATIVE)
              .intoMemorySegment(target, first + i * toRow, NATIVE, mask);
        }
      }
    }
  }

  /**
   * Transposes a square of lanes. Rows and columns that do not exist come out as zeros.
   *
   * <p>Swapping bit d of the row number with bit d of the lane number, for every bit, is the
   * transposition.
   */
  private static void turn(
      MemorySegment source, long at, long row, int rows, int columns, MemorySegment square) {
    VectorMask<Float> mask = S.indexInRange(0, columns);
    for (int i = 0; i < LANES; i++) {
      FloatVector v =
          i < rows
              ? FloatVector.fromMemorySegment(S, source, at + i * row, NATIVE, mask)
              : FloatVector.zero(S);
      v.intoMemorySegment(square, (long) i * VECTOR, NATIVE);
    }
    for (int d = 1; d < LANES; d *= 2) {
      int bit = d;
      VectorShuffle<Float> swap = VectorShuffle.fromOp(S, l -> l ^ bit);
      VectorMask<Float> upper =
          VectorMask.fromLong(S, LANES_WITH[Integer.numberOfTrailingZeros(d)] & (1L << LANES) - 1);
      for (int i = 0; i < LANES; i++) {
        if ((i & d) == 0) {
          long low = (long) i * VECTOR;
          long high = (long) (i + d) * VECTOR;
          FloatVector x = FloatVector.fromMemorySegment(S, square, low, NATIVE);
          FloatVector y = FloatVector.fromMemorySegment(S, square, high, NATIVE);
          x.blend(y.rearrange(swap), upper).intoMemorySegment(square, low, NATIVE);
          x.rearrange(swap).blend(y, upper).intoMemorySegment(square, high, NATIVE);
        }
      }
    }
  }
}
