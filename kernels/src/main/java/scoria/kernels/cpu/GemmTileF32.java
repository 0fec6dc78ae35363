package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of the float32 matrix product: a tile of C held in registers.
 *
 * <p>Each method is whole, loads and stores inside: a vector that crosses a call which is not
 * inlined is boxed. Every element of C is one chain of fused multiply-adds along k, started from
 * zero.
 *
 * <p>Both factors are packed on the heap. The compilers move the bounds checks of arrays out of the
 * loop, and need far less code for an array's element than for a segment's: a tile that also adds
 * to what C holds, or takes two steps of k a round, is so long that the first compiler runs out of
 * registers, and a method it gives up on may never reach the second. So one step a round, and
 * {@link #add} and {@link #merge} apart.
 *
 * <p>Packed rows of op(A) lie {@link #LEFT_ROW} elements apart. A panel of op(B) holds two vectors
 * of columns for each k.
 */
// float64: generated
final class GemmTileF32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

  /** Elements of a vector. */
  static final int LANES = S.length();

  /** Columns of a tile. */
  static final int COLUMNS = 2 * LANES;

  private static final int VECTOR = S.vectorByteSize();

  /** Bytes of a tile's row. */
  static final int TILE_ROW = 2 * VECTOR;

  /**
   * Elements from one packed row of op(A) to the next. With rows a power of two apart the loads of
   * one k collide in the first-level cache, which costs a twentieth of the loop.
   */
  static final int LEFT_ROW = GemmF32.KC + 4;

  /**
   * Rows of the tallest tile. With 512 bits come 32 registers, which hold its 24 sums; with fewer
   * bits there may be 16, which hold 12 sums and what is multiplied.
   */
  static final int TALLEST = S.vectorBitSize() == 512 ? 12 : 6;

  private GemmTileF32() {}

  /** Rows of the next tile when so many are left. Of 7 and of 8 rows two tiles of 4 do less. */
  static int height(int rows) {
    if (rows <= 4 || rows == 7 || rows == 8) {
      return 4;
    }
    return rows <= 6 || rows == 9 || rows == 10 ? 6 : TALLEST;
  }

  /** Rows of the tiles that cover so many. */
  static int covered(int rows) {
    int last = Math.max(0, rows / TALLEST - 1) * TALLEST;
    while (last < rows) {
      last += height(rows - last);
    }
    return last;
  }

  /** Computes so many rows by two vectors of columns with the method of that height. */
  static void tile(
      int height,
      float[] left,
      int leftAt,
      int depth,
      float[] right,
      int rightAt,
      float alpha,
      MemorySegment out,
      long outAt,
      long outRow) {
    switch (height) {
      case 12 -> tile12(left, leftAt, depth, right, rightAt, alpha, out, outAt, outRow);
      case 6 -> tile6(left, leftAt, depth, right, rightAt, alpha, out, outAt, outRow);
      default -> tile4(left, leftAt, depth, right, rightAt, alpha, out, outAt, outRow);
    }
  }

  /**
   * Computes 12 rows by two vectors of columns: 24 chains of multiply-adds, and writes alpha times
   * the sums.
   *
   * @param left 12 packed rows of op(A)
   * @param leftAt index of their first element
   * @param depth length of the sums, at most KC
   * @param right a panel of op(B)
   * @param rightAt index of its first element
   * @param alpha factor of every sum
   * @param out where the tile goes
   * @param outAt byte of its first element
   * @param outRow bytes from one of its rows to the next
   */
  private static void tile12(
      float[] left,
      int leftAt,
      int depth,
      float[] right,
      int rightAt,
      float alpha,
      MemorySegment out,
      long outAt,
      long outRow) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    FloatVector c40 = zero;
    FloatVector c41 = zero;
    FloatVector c50 = zero;
    FloatVector c51 = zero;
    FloatVector c60 = zero;
    FloatVector c61 = zero;
    FloatVector c70 = zero;
    FloatVector c71 = zero;
    FloatVector c80 = zero;
    FloatVector c81 = zero;
    FloatVector c90 = zero;
    FloatVector c91 = zero;
    FloatVector ca0 = zero;
    FloatVector ca1 = zero;
    FloatVector cb0 = zero;
    FloatVector cb1 = zero;
    int rounds = Math.min(depth, GemmF32.KC);
    for (int p = 0; p < rounds; p++) {
      int ap = leftAt + p;
      int bp = rightAt + p * COLUMNS;
      FloatVector b0 = FloatVector.fromArray(S, right, bp);
      FloatVector b1 = FloatVector.fromArray(S, right, bp + LANES);
      FloatVector x = FloatVector.broadcast(S, left[ap]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, left[ap + LEFT_ROW]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, left[ap + 2 * LEFT_ROW]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, left[ap + 3 * LEFT_ROW]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, left[ap + 4 * LEFT_ROW]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, left[ap + 5 * LEFT_ROW]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      x = FloatVector.broadcast(S, left[ap + 6 * LEFT_ROW]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      x = FloatVector.broadcast(S, left[ap + 7 * LEFT_ROW]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
      x = FloatVector.broadcast(S, left[ap + 8 * LEFT_ROW]);
      c80 = x.fma(b0, c80);
      c81 = x.fma(b1, c81);
      x = FloatVector.broadcast(S, left[ap + 9 * LEFT_ROW]);
      c90 = x.fma(b0, c90);
      c91 = x.fma(b1, c91);
      x = FloatVector.broadcast(S, left[ap + 10 * LEFT_ROW]);
      ca0 = x.fma(b0, ca0);
      ca1 = x.fma(b1, ca1);
      x = FloatVector.broadcast(S, left[ap + 11 * LEFT_ROW]);
      cb0 = x.fma(b0, cb0);
      cb1 = x.fma(b1, cb1);
    }
    long next = outRow - VECTOR;
    long to = outAt;
    c00.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += VECTOR;
    c01.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += next;
    c10.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += VECTOR;
    c11.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += next;
    c20.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += VECTOR;
    c21.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += next;
    c30.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += VECTOR;
    c31.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += next;
    c40.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += VECTOR;
    c41.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += next;
    c50.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += VECTOR;
    c51.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += next;
    c60.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += VECTOR;
    c61.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += next;
    c70.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += VECTOR;
    c71.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += next;
    c80.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += VECTOR;
    c81.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += next;
    c90.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += VECTOR;
    c91.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += next;
    ca0.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += VECTOR;
    ca1.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += next;
    cb0.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += VECTOR;
    cb1.mul(alpha).intoMemorySegment(out, to, NATIVE);
  }

  /**
   * Computes 6 rows by two vectors of columns: twelve chains of multiply-adds, and writes alpha
   * times the sums.
   *
   * @param left 6 packed rows of op(A)
   * @param leftAt index of their first element
   * @param depth length of the sums, at most KC
   * @param right a panel of op(B)
   * @param rightAt index of its first element
   * @param alpha factor of every sum
   * @param out where the tile goes
   * @param outAt byte of its first element
   * @param outRow bytes from one of its rows to the next
   */
  private static void tile6(
      float[] left,
      int leftAt,
      int depth,
      float[] right,
      int rightAt,
      float alpha,
      MemorySegment out,
      long outAt,
      long outRow) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    FloatVector c40 = zero;
    FloatVector c41 = zero;
    FloatVector c50 = zero;
    FloatVector c51 = zero;
    int rounds = Math.min(depth, GemmF32.KC);
    for (int p = 0; p < rounds; p++) {
      int ap = leftAt + p;
      int bp = rightAt + p * COLUMNS;
      FloatVector b0 = FloatVector.fromArray(S, right, bp);
      FloatVector b1 = FloatVector.fromArray(S, right, bp + LANES);
      FloatVector x = FloatVector.broadcast(S, left[ap]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, left[ap + LEFT_ROW]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, left[ap + 2 * LEFT_ROW]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, left[ap + 3 * LEFT_ROW]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, left[ap + 4 * LEFT_ROW]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, left[ap + 5 * LEFT_ROW]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
    }
    long next = outRow - VECTOR;
    long to = outAt;
    c00.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += VECTOR;
    c01.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += next;
    c10.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += VECTOR;
    c11.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += next;
    c20.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += VECTOR;
    c21.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += next;
    c30.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += VECTOR;
    c31.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += next;
    c40.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += VECTOR;
    c41.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += next;
    c50.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += VECTOR;
    c51.mul(alpha).intoMemorySegment(out, to, NATIVE);
  }

  /**
   * Computes 4 rows by two vectors of columns: eight chains of multiply-adds, and writes alpha
   * times the sums.
   *
   * @param left 4 packed rows of op(A)
   * @param leftAt index of their first element
   * @param depth length of the sums, at most KC
   * @param right a panel of op(B)
   * @param rightAt index of its first element
   * @param alpha factor of every sum
   * @param out where the tile goes
   * @param outAt byte of its first element
   * @param outRow bytes from one of its rows to the next
   */
  private static void tile4(
      float[] left,
      int leftAt,
      int depth,
      float[] right,
      int rightAt,
      float alpha,
      MemorySegment out,
      long outAt,
      long outRow) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    int rounds = Math.min(depth, GemmF32.KC);
    for (int p = 0; p < rounds; p++) {
      int ap = leftAt + p;
      int bp = rightAt + p * COLUMNS;
      FloatVector b0 = FloatVector.fromArray(S, right, bp);
      FloatVector b1 = FloatVector.fromArray(S, right, bp + LANES);
      FloatVector x = FloatVector.broadcast(S, left[ap]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, left[ap + LEFT_ROW]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, left[ap + 2 * LEFT_ROW]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, left[ap + 3 * LEFT_ROW]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
    }
    long next = outRow - VECTOR;
    long to = outAt;
    c00.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += VECTOR;
    c01.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += next;
    c10.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += VECTOR;
    c11.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += next;
    c20.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += VECTOR;
    c21.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += next;
    c30.mul(alpha).intoMemorySegment(out, to, NATIVE);
    to += VECTOR;
    c31.mul(alpha).intoMemorySegment(out, to, NATIVE);
  }

  /**
   * Brings a tile of finished block sums into C: the first block by {@code c = beta c + alpha sum},
   * the later ones by {@code c += alpha sum}, each with one rounding as the class comment of {@link
   * GemmF32} says.
   *
   * @param tile rows of two vectors, packed
   * @param first whether these are the sums of the first block of k
   * @param rows rows to bring in
   * @param columns columns to bring in, 1 to {@link #COLUMNS}
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
    for (int j = 0; j < columns; j += LANES) {
      long from = (long) j * Float.BYTES;
      int width = columns - j;
      if (!first || (alpha == 1 && beta == 1)) {
        add(tile, from, alpha, c, cAt + from, cRow, rows, width);
      } else if (beta == 0) {
        put(tile, from, alpha, c, cAt + from, cRow, rows, width);
      } else {
        blend(tile, from, alpha, beta, c, cAt + from, cRow, rows, width);
      }
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
