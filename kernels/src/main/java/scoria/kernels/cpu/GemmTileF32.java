package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of the float32 matrix product: a tile of C held in registers.
 *
 * <p>Each method is whole, loads and stores inside: a vector that crosses a call which is not
 * inlined is boxed. Every element of C is one chain of fused multiply-adds along k, started from
 * zero. Addresses inside a loop are a loop-invariant start plus a constant times the counter: only
 * then are the bounds checks lifted out of it, and each integer instruction left inside takes an
 * issue slot from a multiply-add.
 */
// float64: generated
final class GemmTileF32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
  private static final ValueLayout.OfFloat ELEMENT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  /** Elements of a vector. */
  static final int LANES = S.length();

  /** Columns of a tile. */
  static final int COLUMNS = 2 * LANES;

  private static final int VECTOR = S.vectorByteSize();

  /** Bytes of one k in a panel of B. */
  static final int PANEL_ROW = 2 * VECTOR;

  private GemmTileF32() {}

  /**
   * Computes 8 rows by two vectors of columns.
   *
   * <p>Rows past {@code rows} repeat the last one, so that nothing outside A is read; their sums
   * are written to {@code out} all the same.
   *
   * @param a rows of op(A), elements of a row next to each other
   * @param aAt byte of the first row's first element
   * @param aRow bytes from one row to the next
   * @param rows rows that exist, 1 to 8
   * @param b a panel of op(B), see {@link GemmPackF32}
   * @param bAt byte of its first element
   * @param k length of the sums, 0 to KC
   * @param alpha factor of every sum
   * @param out where the tile goes
   * @param outAt byte of its first element
   * @param outRow bytes from one of its rows to the next
   */
  static void tile8(
      MemorySegment a,
      long aAt,
      long aRow,
      int rows,
      MemorySegment b,
      long bAt,
      int k,
      float alpha,
      MemorySegment out,
      long outAt,
      long outRow) {
    long last = rows - 1;
    long a0 = aAt;
    long a1 = aAt + Math.min(1, last) * aRow;
    long a2 = aAt + Math.min(2, last) * aRow;
    long a3 = aAt + Math.min(3, last) * aRow;
    long a4 = aAt + Math.min(4, last) * aRow;
    long a5 = aAt + Math.min(5, last) * aRow;
    long a6 = aAt + Math.min(6, last) * aRow;
    long a7 = aAt + Math.min(7, last) * aRow;
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
    for (int p = 0; p < k; p++) {
      long bp = bAt + (long) p * PANEL_ROW;
      long ap = (long) p * Float.BYTES;
      FloatVector b0 = FloatVector.fromMemorySegment(S, b, bp, NATIVE);
      FloatVector b1 = FloatVector.fromMemorySegment(S, b, bp + VECTOR, NATIVE);
      FloatVector x = FloatVector.broadcast(S, a.get(ELEMENT, a0 + ap));
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a.get(ELEMENT, a1 + ap));
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a.get(ELEMENT, a2 + ap));
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a.get(ELEMENT, a3 + ap));
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, a.get(ELEMENT, a4 + ap));
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, a.get(ELEMENT, a5 + ap));
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      x = FloatVector.broadcast(S, a.get(ELEMENT, a6 + ap));
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      x = FloatVector.broadcast(S, a.get(ELEMENT, a7 + ap));
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
    }
    long to = outAt;
    c00.mul(alpha).intoMemorySegment(out, to, NATIVE);
    c01.mul(alpha).intoMemorySegment(out, to + VECTOR, NATIVE);
    to = outAt + 1 * outRow;
    c10.mul(alpha).intoMemorySegment(out, to, NATIVE);
    c11.mul(alpha).intoMemorySegment(out, to + VECTOR, NATIVE);
    to = outAt + 2 * outRow;
    c20.mul(alpha).intoMemorySegment(out, to, NATIVE);
    c21.mul(alpha).intoMemorySegment(out, to + VECTOR, NATIVE);
    to = outAt + 3 * outRow;
    c30.mul(alpha).intoMemorySegment(out, to, NATIVE);
    c31.mul(alpha).intoMemorySegment(out, to + VECTOR, NATIVE);
    to = outAt + 4 * outRow;
    c40.mul(alpha).intoMemorySegment(out, to, NATIVE);
    c41.mul(alpha).intoMemorySegment(out, to + VECTOR, NATIVE);
    to = outAt + 5 * outRow;
    c50.mul(alpha).intoMemorySegment(out, to, NATIVE);
    c51.mul(alpha).intoMemorySegment(out, to + VECTOR, NATIVE);
    to = outAt + 6 * outRow;
    c60.mul(alpha).intoMemorySegment(out, to, NATIVE);
    c61.mul(alpha).intoMemorySegment(out, to + VECTOR, NATIVE);
    to = outAt + 7 * outRow;
    c70.mul(alpha).intoMemorySegment(out, to, NATIVE);
    c71.mul(alpha).intoMemorySegment(out, to + VECTOR, NATIVE);
  }

  /**
   * Computes 4 rows by two vectors of columns.
   *
   * <p>Rows past {@code rows} repeat the last one, so that nothing outside A is read; their sums
   * are written to {@code out} all the same.
   *
   * @param a rows of op(A), elements of a row next to each other
   * @param aAt byte of the first row's first element
   * @param aRow bytes from one row to the next
   * @param rows rows that exist, 1 to 4
   * @param b a panel of op(B), see {@link GemmPackF32}
   * @param bAt byte of its first element
   * @param k length of the sums, 0 to KC
   * @param alpha factor of every sum
   * @param out where the tile goes
   * @param outAt byte of its first element
   * @param outRow bytes from one of its rows to the next
   */
  static void tile4(
      MemorySegment a,
      long aAt,
      long aRow,
      int rows,
      MemorySegment b,
      long bAt,
      int k,
      float alpha,
      MemorySegment out,
      long outAt,
      long outRow) {
    long last = rows - 1;
    long a0 = aAt;
    long a1 = aAt + Math.min(1, last) * aRow;
    long a2 = aAt + Math.min(2, last) * aRow;
    long a3 = aAt + Math.min(3, last) * aRow;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    for (int p = 0; p < k; p++) {
      long bp = bAt + (long) p * PANEL_ROW;
      long ap = (long) p * Float.BYTES;
      FloatVector b0 = FloatVector.fromMemorySegment(S, b, bp, NATIVE);
      FloatVector b1 = FloatVector.fromMemorySegment(S, b, bp + VECTOR, NATIVE);
      FloatVector x = FloatVector.broadcast(S, a.get(ELEMENT, a0 + ap));
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a.get(ELEMENT, a1 + ap));
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a.get(ELEMENT, a2 + ap));
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a.get(ELEMENT, a3 + ap));
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
    }
    long to = outAt;
    c00.mul(alpha).intoMemorySegment(out, to, NATIVE);
    c01.mul(alpha).intoMemorySegment(out, to + VECTOR, NATIVE);
    to = outAt + 1 * outRow;
    c10.mul(alpha).intoMemorySegment(out, to, NATIVE);
    c11.mul(alpha).intoMemorySegment(out, to + VECTOR, NATIVE);
    to = outAt + 2 * outRow;
    c20.mul(alpha).intoMemorySegment(out, to, NATIVE);
    c21.mul(alpha).intoMemorySegment(out, to + VECTOR, NATIVE);
    to = outAt + 3 * outRow;
    c30.mul(alpha).intoMemorySegment(out, to, NATIVE);
    c31.mul(alpha).intoMemorySegment(out, to + VECTOR, NATIVE);
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
    VectorMask<Float> m0 = S.indexInRange(0, columns);
    VectorMask<Float> m1 = S.indexInRange(LANES, columns);
    boolean second = columns > LANES;
    for (int i = 0; i < rows; i++) {
      long from = (long) i * PANEL_ROW;
      long to = cAt + i * cRow;
      FloatVector s0 = FloatVector.fromMemorySegment(S, tile, from, NATIVE);
      FloatVector s1 = FloatVector.fromMemorySegment(S, tile, from + VECTOR, NATIVE);
      if (!first) {
        FloatVector c0 = FloatVector.fromMemorySegment(S, c, to, NATIVE, m0);
        s0.fma(FloatVector.broadcast(S, alpha), c0).intoMemorySegment(c, to, NATIVE, m0);
        if (second) {
          FloatVector c1 = FloatVector.fromMemorySegment(S, c, to + VECTOR, NATIVE, m1);
          s1.fma(FloatVector.broadcast(S, alpha), c1).intoMemorySegment(c, to + VECTOR, NATIVE, m1);
        }
      } else if (beta == 0) {
        s0.mul(alpha).intoMemorySegment(c, to, NATIVE, m0);
        if (second) {
          s1.mul(alpha).intoMemorySegment(c, to + VECTOR, NATIVE, m1);
        }
      } else {
        FloatVector c0 = FloatVector.fromMemorySegment(S, c, to, NATIVE, m0);
        c0.fma(FloatVector.broadcast(S, beta), s0.mul(alpha)).intoMemorySegment(c, to, NATIVE, m0);
        if (second) {
          FloatVector c1 = FloatVector.fromMemorySegment(S, c, to + VECTOR, NATIVE, m1);
          c1.fma(FloatVector.broadcast(S, beta), s1.mul(alpha))
              .intoMemorySegment(c, to + VECTOR, NATIVE, m1);
        }
      }
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
