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
 * <p>Panels of op(B) are read through a slice of constant length with a counter of constant bound,
 * so the compiler sees that no read can fall outside and drops the bounds checks; each integer
 * instruction left in the loop would take an issue slot from a multiply-add. op(A) is packed on the
 * heap because reads of single elements from a segment are so much code to inline that the first
 * compiler runs out of registers, and a method it gives up on may never reach the second.
 *
 * <p>Packed rows of op(A) lie {@link #LEFT_ROW} elements apart. A panel of op(B) holds two vectors
 * of columns for each k. Both are padded along k to a multiple of {@link #UNROLL}, A by 0 and B by
 * -0: {@code fma(0, -0, s)} is {@code s} for every s, a negative zero among them.
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

  /** Bytes of one k in a panel of B. */
  static final int PANEL_ROW = 2 * VECTOR;

  /** Elements from one packed row of op(A) to the next. */
  static final int LEFT_ROW = GemmF32.KC;

  /** Steps of k in a round of the loop. */
  static final int UNROLL = 2;

  private GemmTileF32() {}

  /**
   * Computes 8 rows by two vectors of columns: sixteen chains of multiply-adds.
   *
   * @param left 8 packed rows of op(A)
   * @param leftAt index of their first element
   * @param right a panel of op(B)
   * @param rightAt byte of its first element
   * @param depth length of the sums, padded to a multiple of {@link #UNROLL}, at most KC
   * @param alpha factor of every sum
   * @param out where the tile goes
   * @param outAt byte of its first element
   * @param outRow bytes from one of its rows to the next
   */
  static void tile8(
      float[] left,
      int leftAt,
      MemorySegment right,
      long rightAt,
      int depth,
      float alpha,
      MemorySegment out,
      long outAt,
      long outRow) {
    MemorySegment b = right.asSlice(rightAt, (long) GemmF32.KC * PANEL_ROW);
    int rounds = Math.min(depth, GemmF32.KC) / UNROLL;
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
    for (int p = 0; p < rounds; p++) {
      int ap = leftAt + p * UNROLL;
      int bp = p * (UNROLL * PANEL_ROW);
      FloatVector b0 = FloatVector.fromMemorySegment(S, b, bp, NATIVE);
      FloatVector b1 = FloatVector.fromMemorySegment(S, b, bp + VECTOR, NATIVE);
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
      b0 = FloatVector.fromMemorySegment(S, b, bp + PANEL_ROW, NATIVE);
      b1 = FloatVector.fromMemorySegment(S, b, bp + PANEL_ROW + VECTOR, NATIVE);
      x = FloatVector.broadcast(S, left[ap + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, left[ap + 1 + LEFT_ROW]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, left[ap + 1 + 2 * LEFT_ROW]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, left[ap + 1 + 3 * LEFT_ROW]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, left[ap + 1 + 4 * LEFT_ROW]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, left[ap + 1 + 5 * LEFT_ROW]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      x = FloatVector.broadcast(S, left[ap + 1 + 6 * LEFT_ROW]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      x = FloatVector.broadcast(S, left[ap + 1 + 7 * LEFT_ROW]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
    }
    long to = outAt;
    c00.mul(alpha).intoMemorySegment(out, to, NATIVE);
    c01.mul(alpha).intoMemorySegment(out, to + VECTOR, NATIVE);
    to += outRow;
    c10.mul(alpha).intoMemorySegment(out, to, NATIVE);
    c11.mul(alpha).intoMemorySegment(out, to + VECTOR, NATIVE);
    to += outRow;
    c20.mul(alpha).intoMemorySegment(out, to, NATIVE);
    c21.mul(alpha).intoMemorySegment(out, to + VECTOR, NATIVE);
    to += outRow;
    c30.mul(alpha).intoMemorySegment(out, to, NATIVE);
    c31.mul(alpha).intoMemorySegment(out, to + VECTOR, NATIVE);
    to += outRow;
    c40.mul(alpha).intoMemorySegment(out, to, NATIVE);
    c41.mul(alpha).intoMemorySegment(out, to + VECTOR, NATIVE);
    to += outRow;
    c50.mul(alpha).intoMemorySegment(out, to, NATIVE);
    c51.mul(alpha).intoMemorySegment(out, to + VECTOR, NATIVE);
    to += outRow;
    c60.mul(alpha).intoMemorySegment(out, to, NATIVE);
    c61.mul(alpha).intoMemorySegment(out, to + VECTOR, NATIVE);
    to += outRow;
    c70.mul(alpha).intoMemorySegment(out, to, NATIVE);
    c71.mul(alpha).intoMemorySegment(out, to + VECTOR, NATIVE);
  }

  /**
   * Computes 4 rows by two vectors of columns: eight chains of multiply-adds.
   *
   * @param left 4 packed rows of op(A)
   * @param leftAt index of their first element
   * @param right a panel of op(B)
   * @param rightAt byte of its first element
   * @param depth length of the sums, padded to a multiple of {@link #UNROLL}, at most KC
   * @param alpha factor of every sum
   * @param out where the tile goes
   * @param outAt byte of its first element
   * @param outRow bytes from one of its rows to the next
   */
  static void tile4(
      float[] left,
      int leftAt,
      MemorySegment right,
      long rightAt,
      int depth,
      float alpha,
      MemorySegment out,
      long outAt,
      long outRow) {
    MemorySegment b = right.asSlice(rightAt, (long) GemmF32.KC * PANEL_ROW);
    int rounds = Math.min(depth, GemmF32.KC) / UNROLL;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    for (int p = 0; p < rounds; p++) {
      int ap = leftAt + p * UNROLL;
      int bp = p * (UNROLL * PANEL_ROW);
      FloatVector b0 = FloatVector.fromMemorySegment(S, b, bp, NATIVE);
      FloatVector b1 = FloatVector.fromMemorySegment(S, b, bp + VECTOR, NATIVE);
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
      b0 = FloatVector.fromMemorySegment(S, b, bp + PANEL_ROW, NATIVE);
      b1 = FloatVector.fromMemorySegment(S, b, bp + PANEL_ROW + VECTOR, NATIVE);
      x = FloatVector.broadcast(S, left[ap + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, left[ap + 1 + LEFT_ROW]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, left[ap + 1 + 2 * LEFT_ROW]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, left[ap + 1 + 3 * LEFT_ROW]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
    }
    long to = outAt;
    c00.mul(alpha).intoMemorySegment(out, to, NATIVE);
    c01.mul(alpha).intoMemorySegment(out, to + VECTOR, NATIVE);
    to += outRow;
    c10.mul(alpha).intoMemorySegment(out, to, NATIVE);
    c11.mul(alpha).intoMemorySegment(out, to + VECTOR, NATIVE);
    to += outRow;
    c20.mul(alpha).intoMemorySegment(out, to, NATIVE);
    c21.mul(alpha).intoMemorySegment(out, to + VECTOR, NATIVE);
    to += outRow;
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
