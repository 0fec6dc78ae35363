package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of float32 products with fewer columns than a vector has lanes, where op(A)
 * lies by rows: tiles of one vector, some lanes of which are empty. To fill them would take rows of
 * op(A) turned into columns, which costs several times what the empty lanes do.
 *
 * <p>Packed rows of op(A) are those of {@link GemmTileF32}; a panel of op(B) holds one vector for
 * each k, zero beyond its columns.
 */
// float64: generated
final class GemmSlimF32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
  private static final int LANES = S.length();
  private static final int LEFT_ROW = GemmTileF32.LEFT_ROW;
  private static final int TILE_ROW = GemmTileF32.TILE_ROW;

  /** Rows of the two kinds of tiles. */
  static final int TALL = 12;

  private static final int SHORT = 4;

  private GemmSlimF32() {}

  /** Rows of the tiles that cover so many. */
  static int covered(int rows) {
    return (rows + SHORT - 1) / SHORT * SHORT;
  }

  /**
   * All rows, packed, with the panel.
   *
   * @param first whether these are the sums of the first block of k
   * @param rows rows of op(A); packed are {@link #covered} of them
   * @param columns columns of C, fewer than lanes
   * @param depth length of the sums, at most KC
   * @param left packed rows of op(A)
   * @param right one vector for each k
   * @param rightAt index of its first element
   * @param tile room for a tile
   */
  static void rows(
      boolean first,
      int rows,
      int columns,
      int depth,
      float alpha,
      float[] left,
      float[] right,
      int rightAt,
      float beta,
      MemorySegment c,
      long cAt,
      long cRow,
      MemorySegment tile) {
    int tall;
    for (int i = 0; i < rows; i += tall) {
      tall = rows - i > TALL - SHORT ? TALL : SHORT;
      if (tall == TALL) {
        tile12(left, i * LEFT_ROW, depth, right, rightAt, tile);
      } else {
        tile4(left, i * LEFT_ROW, depth, right, rightAt, tile);
      }
      int height = Math.min(tall, rows - i);
      GemmMergeF32.merge(tile, first, alpha, beta, c, cAt + i * cRow, cRow, height, columns);
    }
  }

  /** 12 rows: twelve chains of multiply-adds. */
  private static void tile12(
      float[] left, int leftAt, int depth, float[] right, int rightAt, MemorySegment out) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector c0 = zero;
    FloatVector c1 = zero;
    FloatVector c2 = zero;
    FloatVector c3 = zero;
    FloatVector c4 = zero;
    FloatVector c5 = zero;
    FloatVector c6 = zero;
    FloatVector c7 = zero;
    FloatVector c8 = zero;
    FloatVector c9 = zero;
    FloatVector ca = zero;
    FloatVector cb = zero;
    int rounds = Math.min(depth, GemmF32.KC);
    for (int p = 0; p < rounds; p++) {
      int ap = leftAt + p;
      FloatVector b = FloatVector.fromArray(S, right, rightAt + p * LANES);
      c0 = FloatVector.broadcast(S, left[ap]).fma(b, c0);
      c1 = FloatVector.broadcast(S, left[ap + LEFT_ROW]).fma(b, c1);
      c2 = FloatVector.broadcast(S, left[ap + 2 * LEFT_ROW]).fma(b, c2);
      c3 = FloatVector.broadcast(S, left[ap + 3 * LEFT_ROW]).fma(b, c3);
      c4 = FloatVector.broadcast(S, left[ap + 4 * LEFT_ROW]).fma(b, c4);
      c5 = FloatVector.broadcast(S, left[ap + 5 * LEFT_ROW]).fma(b, c5);
      c6 = FloatVector.broadcast(S, left[ap + 6 * LEFT_ROW]).fma(b, c6);
      c7 = FloatVector.broadcast(S, left[ap + 7 * LEFT_ROW]).fma(b, c7);
      c8 = FloatVector.broadcast(S, left[ap + 8 * LEFT_ROW]).fma(b, c8);
      c9 = FloatVector.broadcast(S, left[ap + 9 * LEFT_ROW]).fma(b, c9);
      ca = FloatVector.broadcast(S, left[ap + 10 * LEFT_ROW]).fma(b, ca);
      cb = FloatVector.broadcast(S, left[ap + 11 * LEFT_ROW]).fma(b, cb);
    }
    c0.intoMemorySegment(out, 0, NATIVE);
    c1.intoMemorySegment(out, TILE_ROW, NATIVE);
    c2.intoMemorySegment(out, 2 * TILE_ROW, NATIVE);
    c3.intoMemorySegment(out, 3 * TILE_ROW, NATIVE);
    c4.intoMemorySegment(out, 4 * TILE_ROW, NATIVE);
    c5.intoMemorySegment(out, 5 * TILE_ROW, NATIVE);
    c6.intoMemorySegment(out, 6 * TILE_ROW, NATIVE);
    c7.intoMemorySegment(out, 7 * TILE_ROW, NATIVE);
    c8.intoMemorySegment(out, 8 * TILE_ROW, NATIVE);
    c9.intoMemorySegment(out, 9 * TILE_ROW, NATIVE);
    ca.intoMemorySegment(out, 10 * TILE_ROW, NATIVE);
    cb.intoMemorySegment(out, 11 * TILE_ROW, NATIVE);
  }

  /** 4 rows: four chains of multiply-adds. */
  private static void tile4(
      float[] left, int leftAt, int depth, float[] right, int rightAt, MemorySegment out) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector c0 = zero;
    FloatVector c1 = zero;
    FloatVector c2 = zero;
    FloatVector c3 = zero;
    int rounds = Math.min(depth, GemmF32.KC);
    for (int p = 0; p < rounds; p++) {
      int ap = leftAt + p;
      FloatVector b = FloatVector.fromArray(S, right, rightAt + p * LANES);
      c0 = FloatVector.broadcast(S, left[ap]).fma(b, c0);
      c1 = FloatVector.broadcast(S, left[ap + LEFT_ROW]).fma(b, c1);
      c2 = FloatVector.broadcast(S, left[ap + 2 * LEFT_ROW]).fma(b, c2);
      c3 = FloatVector.broadcast(S, left[ap + 3 * LEFT_ROW]).fma(b, c3);
    }
    c0.intoMemorySegment(out, 0, NATIVE);
    c1.intoMemorySegment(out, TILE_ROW, NATIVE);
    c2.intoMemorySegment(out, 2 * TILE_ROW, NATIVE);
    c3.intoMemorySegment(out, 3 * TILE_ROW, NATIVE);
  }
}
