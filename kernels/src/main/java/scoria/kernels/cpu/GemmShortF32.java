package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * float32 products whose sums have few terms, as from points of the plane to features. Writing C is
 * most of the work, so it is written row by row, which the memory is quicker at than at tiles.
 */
// float64: generated
final class GemmShortF32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
  private static final int LANES = S.length();
  private static final int VECTOR = S.vectorByteSize();
  private static final int COLUMNS = GemmTileF32.COLUMNS;
  private static final ValueLayout.OfFloat ELEMENT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private GemmShortF32() {}

  /** Whether a product of A by rows is one of these. */
  static boolean fits(long n, int k) {
    return k <= 4 && n % COLUMNS == 0;
  }

  /**
   * All rows of C = alpha A B.
   *
   * @param m rows
   * @param n columns, of whole panels
   * @param k terms of a sum, 1 to 4
   * @param a rows of A
   * @param aAt byte of the first element
   * @param aRow bytes from one row to the next
   * @param packed B in panels
   * @param packedAt index of its first element
   * @param c where the rows go
   * @param cAt byte of the first element
   * @param cRow bytes from one row to the next
   */
  static void rows(
      long m,
      long n,
      int k,
      float alpha,
      MemorySegment a,
      long aAt,
      long aRow,
      float[] packed,
      int packedAt,
      MemorySegment c,
      long cAt,
      long cRow) {
    int end = packedAt + (int) n * k;
    switch (k) {
      case 1 -> rows1(m, alpha, a, aAt, aRow, packed, packedAt, end, c, cAt, cRow);
      case 2 -> rows2(m, alpha, a, aAt, aRow, packed, packedAt, end, c, cAt, cRow);
      case 3 -> rows3(m, alpha, a, aAt, aRow, packed, packedAt, end, c, cAt, cRow);
      default -> rows4(m, alpha, a, aAt, aRow, packed, packedAt, end, c, cAt, cRow);
    }
  }

  private static void rows1(
      long m,
      float alpha,
      MemorySegment a,
      long aAt,
      long aRow,
      float[] packed,
      int packedAt,
      int end,
      MemorySegment c,
      long cAt,
      long cRow) {
    MemorySegment x = Segments.NATIVE.cast(a);
    MemorySegment y = Segments.NATIVE.cast(c);
    FloatVector zero = FloatVector.zero(S);
    for (long i = 0; i < m; i++) {
      long at = aAt + i * aRow;
      FloatVector a0 = FloatVector.broadcast(S, x.get(ELEMENT, at));
      long to = cAt + i * cRow;
      for (int p = packedAt; p < end; p += COLUMNS) {
        FloatVector s0 = a0.fma(FloatVector.fromArray(S, packed, p), zero);
        FloatVector s1 = a0.fma(FloatVector.fromArray(S, packed, p + LANES), zero);
        s0.mul(alpha).intoMemorySegment(y, to, NATIVE);
        s1.mul(alpha).intoMemorySegment(y, to + VECTOR, NATIVE);
        to += 2 * VECTOR;
      }
    }
  }

  private static void rows2(
      long m,
      float alpha,
      MemorySegment a,
      long aAt,
      long aRow,
      float[] packed,
      int packedAt,
      int end,
      MemorySegment c,
      long cAt,
      long cRow) {
    MemorySegment x = Segments.NATIVE.cast(a);
    MemorySegment y = Segments.NATIVE.cast(c);
    FloatVector zero = FloatVector.zero(S);
    for (long i = 0; i < m; i++) {
      long at = aAt + i * aRow;
      FloatVector a0 = FloatVector.broadcast(S, x.get(ELEMENT, at));
      FloatVector a1 = FloatVector.broadcast(S, x.get(ELEMENT, at + Float.BYTES));
      long to = cAt + i * cRow;
      for (int p = packedAt; p < end; p += 2 * COLUMNS) {
        FloatVector s0 = a0.fma(FloatVector.fromArray(S, packed, p), zero);
        FloatVector s1 = a0.fma(FloatVector.fromArray(S, packed, p + LANES), zero);
        s0 = a1.fma(FloatVector.fromArray(S, packed, p + COLUMNS), s0);
        s1 = a1.fma(FloatVector.fromArray(S, packed, p + COLUMNS + LANES), s1);
        s0.mul(alpha).intoMemorySegment(y, to, NATIVE);
        s1.mul(alpha).intoMemorySegment(y, to + VECTOR, NATIVE);
        to += 2 * VECTOR;
      }
    }
  }

  private static void rows3(
      long m,
      float alpha,
      MemorySegment a,
      long aAt,
      long aRow,
      float[] packed,
      int packedAt,
      int end,
      MemorySegment c,
      long cAt,
      long cRow) {
    MemorySegment x = Segments.NATIVE.cast(a);
    MemorySegment y = Segments.NATIVE.cast(c);
    FloatVector zero = FloatVector.zero(S);
    for (long i = 0; i < m; i++) {
      long at = aAt + i * aRow;
      FloatVector a0 = FloatVector.broadcast(S, x.get(ELEMENT, at));
      FloatVector a1 = FloatVector.broadcast(S, x.get(ELEMENT, at + Float.BYTES));
      FloatVector a2 = FloatVector.broadcast(S, x.get(ELEMENT, at + 2 * Float.BYTES));
      long to = cAt + i * cRow;
      for (int p = packedAt; p < end; p += 3 * COLUMNS) {
        FloatVector s0 = a0.fma(FloatVector.fromArray(S, packed, p), zero);
        FloatVector s1 = a0.fma(FloatVector.fromArray(S, packed, p + LANES), zero);
        s0 = a1.fma(FloatVector.fromArray(S, packed, p + COLUMNS), s0);
        s1 = a1.fma(FloatVector.fromArray(S, packed, p + COLUMNS + LANES), s1);
        s0 = a2.fma(FloatVector.fromArray(S, packed, p + 2 * COLUMNS), s0);
        s1 = a2.fma(FloatVector.fromArray(S, packed, p + 2 * COLUMNS + LANES), s1);
        s0.mul(alpha).intoMemorySegment(y, to, NATIVE);
        s1.mul(alpha).intoMemorySegment(y, to + VECTOR, NATIVE);
        to += 2 * VECTOR;
      }
    }
  }

  private static void rows4(
      long m,
      float alpha,
      MemorySegment a,
      long aAt,
      long aRow,
      float[] packed,
      int packedAt,
      int end,
      MemorySegment c,
      long cAt,
      long cRow) {
    MemorySegment x = Segments.NATIVE.cast(a);
    MemorySegment y = Segments.NATIVE.cast(c);
    FloatVector zero = FloatVector.zero(S);
    for (long i = 0; i < m; i++) {
      long at = aAt + i * aRow;
      FloatVector a0 = FloatVector.broadcast(S, x.get(ELEMENT, at));
      FloatVector a1 = FloatVector.broadcast(S, x.get(ELEMENT, at + Float.BYTES));
      FloatVector a2 = FloatVector.broadcast(S, x.get(ELEMENT, at + 2 * Float.BYTES));
      FloatVector a3 = FloatVector.broadcast(S, x.get(ELEMENT, at + 3 * Float.BYTES));
      long to = cAt + i * cRow;
      for (int p = packedAt; p < end; p += 4 * COLUMNS) {
        FloatVector s0 = a0.fma(FloatVector.fromArray(S, packed, p), zero);
        FloatVector s1 = a0.fma(FloatVector.fromArray(S, packed, p + LANES), zero);
        s0 = a1.fma(FloatVector.fromArray(S, packed, p + COLUMNS), s0);
        s1 = a1.fma(FloatVector.fromArray(S, packed, p + COLUMNS + LANES), s1);
        s0 = a2.fma(FloatVector.fromArray(S, packed, p + 2 * COLUMNS), s0);
        s1 = a2.fma(FloatVector.fromArray(S, packed, p + 2 * COLUMNS + LANES), s1);
        s0 = a3.fma(FloatVector.fromArray(S, packed, p + 3 * COLUMNS), s0);
        s1 = a3.fma(FloatVector.fromArray(S, packed, p + 3 * COLUMNS + LANES), s1);
        s0.mul(alpha).intoMemorySegment(y, to, NATIVE);
        s1.mul(alpha).intoMemorySegment(y, to + VECTOR, NATIVE);
        to += 2 * VECTOR;
      }
    }
  }
}
