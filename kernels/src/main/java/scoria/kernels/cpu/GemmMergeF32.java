package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Brings block sums of a float32 matrix product into C where {@link GemmTileF32} cannot write them
 * itself.
 *
 * <p>A method for each kind, and a mask made where it is used: one method for all is too long for
 * the first compiler, and a mask that crosses a call is an object.
 */
// float64: generated
final class GemmMergeF32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
  private static final int LANES = GemmTileF32.LANES;
  private static final int VECTOR = S.vectorByteSize();
  private static final int TILE_ROW = GemmTileF32.TILE_ROW;

  private GemmMergeF32() {}

  /**
   * Brings a tile of finished block sums into C: the first block by {@code c = beta c + alpha sum},
   * the later ones by {@code c += alpha sum}, each with one rounding as the class comment of {@link
   * GemmF32} says.
   *
   * @param tile its rows, {@link GemmTileF32#TILE_ROW} bytes apart
   * @param first whether these are the sums of the first block of k
   * @param rows rows to bring in
   * @param columns columns to bring in, 1 to {@link GemmTileF32#COLUMNS}
   */
  static void merge(
      MemorySegment tile,
      boolean first,
      float alpha,
      float beta,
      MemorySegment c,
      long cAt,
      long cRow,
      int rows,
      int columns) {
    boolean adds = !first || (alpha == 1 && beta == 1);
    if (adds && columns == GemmTileF32.COLUMNS) {
      add(tile, alpha, c, cAt, cRow, rows);
      return;
    }
    for (int j = 0; j < columns; j += LANES) {
      long from = (long) j * Float.BYTES;
      int width = columns - j;
      if (adds) {
        add(tile, from, alpha, c, cAt + from, cRow, rows, width);
      } else if (beta == 0) {
        put(tile, from, alpha, c, cAt + from, cRow, rows, width);
      } else {
        blend(tile, from, alpha, beta, c, cAt + from, cRow, rows, width);
      }
    }
  }

  /** All columns of a tile, without masks, since this is most of the work outside the tiles. */
  private static void add(
      MemorySegment tile, float alpha, MemorySegment c, long cAt, long cRow, int rows) {
    FloatVector factor = FloatVector.broadcast(S, alpha);
    long to = cAt;
    for (int i = 0; i < rows; i++) {
      int from = i * TILE_ROW;
      FloatVector s0 = FloatVector.fromMemorySegment(S, tile, from, NATIVE);
      FloatVector s1 = FloatVector.fromMemorySegment(S, tile, from + VECTOR, NATIVE);
      FloatVector c0 = FloatVector.fromMemorySegment(S, c, to, NATIVE);
      FloatVector c1 = FloatVector.fromMemorySegment(S, c, to + VECTOR, NATIVE);
      s0.fma(factor, c0).intoMemorySegment(c, to, NATIVE);
      s1.fma(factor, c1).intoMemorySegment(c, to + VECTOR, NATIVE);
      to += cRow;
    }
  }

  private static void add(
      MemorySegment tile,
      long from,
      float alpha,
      MemorySegment c,
      long cAt,
      long cRow,
      int rows,
      int width) {
    VectorMask<Float> mask = S.indexInRange(0, width);
    FloatVector factor = FloatVector.broadcast(S, alpha);
    for (int i = 0; i < rows; i++) {
      FloatVector sum = FloatVector.fromMemorySegment(S, tile, from + (long) i * TILE_ROW, NATIVE);
      long to = cAt + i * cRow;
      FloatVector old = FloatVector.fromMemorySegment(S, c, to, NATIVE, mask);
      sum.fma(factor, old).intoMemorySegment(c, to, NATIVE, mask);
    }
  }

  private static void put(
      MemorySegment tile,
      long from,
      float alpha,
      MemorySegment c,
      long cAt,
      long cRow,
      int rows,
      int width) {
    VectorMask<Float> mask = S.indexInRange(0, width);
    for (int i = 0; i < rows; i++) {
      FloatVector sum = FloatVector.fromMemorySegment(S, tile, from + (long) i * TILE_ROW, NATIVE);
      sum.mul(alpha).intoMemorySegment(c, cAt + i * cRow, NATIVE, mask);
    }
  }

  private static void blend(
      MemorySegment tile,
      long from,
      float alpha,
      float beta,
      MemorySegment c,
      long cAt,
      long cRow,
      int rows,
      int width) {
    VectorMask<Float> mask = S.indexInRange(0, width);
    FloatVector factor = FloatVector.broadcast(S, beta);
    for (int i = 0; i < rows; i++) {
      FloatVector sum = FloatVector.fromMemorySegment(S, tile, from + (long) i * TILE_ROW, NATIVE);
      long to = cAt + i * cRow;
      FloatVector old = FloatVector.fromMemorySegment(S, c, to, NATIVE, mask);
      old.fma(factor, sum.mul(alpha)).intoMemorySegment(c, to, NATIVE, mask);
    }
  }

  /** Multiplies a matrix by {@code beta}, or zeroes it without reading it. */
  static void scale(float beta, MemorySegment c, long cAt, long cRow, long rows, long columns) {
    for (long i = 0; i < rows; i++) {
      long row = cAt + i * cRow;
      for (long j = 0; j < columns; j += LANES) {
        VectorMask<Float> m = S.indexInRange(j, columns);
        long at = row + j * Float.BYTES;
        if (beta == 0) {
          FloatVector.zero(S).intoMemorySegment(c, at, NATIVE, m);
        } else {
          FloatVector.fromMemorySegment(S, c, at, NATIVE, m)
              .mul(beta)
              .intoMemorySegment(c, at, NATIVE, m);
        }
      }
    }
  }
}
