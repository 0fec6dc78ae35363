package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Choice by a condition with broadcasting: {@code out[r, c] = cond[r, c] != 0 ? a[r, c] : b[r, c]},
 * where x[r, c] stands for {@code x[xAt + r xRow + c xCol]}. The condition is a byte an element; a,
 * b and out have elements of 1, 4 or 8 bytes, which are copied bit by bit, whatever they mean.
 */
public final class Where {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final VectorSpecies<Byte> S1 = ByteVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> S4 = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> S8 = LongVector.SPECIES_PREFERRED;

  private Where() {}

  /**
   * Chooses between elements of 1 byte.
   *
   * @param cond condition, a byte an element
   * @param condAt its first element
   * @param condRow elements from one of its rows to the next
   * @param condCol 1, or 0 for one element a row
   * @param a chosen where the condition is not 0
   * @param aAt its first element
   * @param aRow elements from one of its rows to the next
   * @param aCol 1, or 0 for one element a row
   * @param b chosen where the condition is 0
   * @param bAt its first element
   * @param bRow elements from one of its rows to the next
   * @param bCol 1, or 0 for one element a row
   * @param out output; may be exactly {@code a} or {@code b} with the same places
   * @param outAt its first element
   * @param outRow elements from one of its rows to the next
   * @param rows number of rows
   * @param columns elements of a row
   */
  public static void where1(
      MemorySegment cond,
      long condAt,
      long condRow,
      int condCol,
      MemorySegment a,
      long aAt,
      long aRow,
      int aCol,
      MemorySegment b,
      long bAt,
      long bRow,
      int bCol,
      MemorySegment out,
      long outAt,
      long outRow,
      long rows,
      long columns) {
    boolean dense =
        outRow == columns
            && condRow == condCol * columns
            && aRow == aCol * columns
            && bRow == bCol * columns;
    long n = dense ? rows * columns : columns;
    long runs = dense ? Math.min(rows, 1) : rows;
    int lanes = S1.length();
    for (long r = 0; r < runs; r++) {
      long co = condAt + r * condRow;
      long ao = aAt + r * aRow;
      long bo = bAt + r * bRow;
      long oo = outAt + r * outRow;
      // One element for a whole row is read once, and stands for every vector of it.
      ByteVector va = n == 0 || aCol != 0 ? ByteVector.zero(S1) : one1(a, ao);
      ByteVector vb = n == 0 || bCol != 0 ? ByteVector.zero(S1) : one1(b, bo);
      long all = n == 0 || condCol != 0 ? 0 : -(ByteMasks.load(cond, co, 1));
      for (long i = 0; i < n; i += lanes) {
        int count = (int) Math.min(lanes, n - i);
        long bits = condCol != 0 ? ByteMasks.load(cond, co + i, count) : all;
        VectorMask<Byte> rest = S1.indexInRange(i, n);
        ByteVector x = aCol != 0 ? load1(a, ao + i, rest) : va;
        ByteVector y = bCol != 0 ? load1(b, bo + i, rest) : vb;
        ByteVector z = y.blend(x, VectorMask.fromLong(S1, bits));
        z.intoMemorySegment(out, (oo + i) * Byte.BYTES, ORDER, rest);
      }
    }
  }

  private static ByteVector load1(MemorySegment x, long at, VectorMask<Byte> mask) {
    return ByteVector.fromMemorySegment(S1, x, at * Byte.BYTES, ORDER, mask);
  }

  private static ByteVector one1(MemorySegment x, long at) {
    return ByteVector.broadcast(S1, x.get(ValueLayout.JAVA_BYTE, at));
  }

  /**
   * Chooses between elements of 4 bytes.
   *
   * @param cond condition, a byte an element
   * @param condAt its first element
   * @param condRow elements from one of its rows to the next
   * @param condCol 1, or 0 for one element a row
   * @param a chosen where the condition is not 0
   * @param aAt its first element
   * @param aRow elements from one of its rows to the next
   * @param aCol 1, or 0 for one element a row
   * @param b chosen where the condition is 0
   * @param bAt its first element
   * @param bRow elements from one of its rows to the next
   * @param bCol 1, or 0 for one element a row
   * @param out output; may be exactly {@code a} or {@code b} with the same places
   * @param outAt its first element
   * @param outRow elements from one of its rows to the next
   * @param rows number of rows
   * @param columns elements of a row
   */
  public static void where4(
      MemorySegment cond,
      long condAt,
      long condRow,
      int condCol,
      MemorySegment a,
      long aAt,
      long aRow,
      int aCol,
      MemorySegment b,
      long bAt,
      long bRow,
      int bCol,
      MemorySegment out,
      long outAt,
      long outRow,
      long rows,
      long columns) {
    boolean dense =
        outRow == columns
            && condRow == condCol * columns
            && aRow == aCol * columns
            && bRow == bCol * columns;
    long n = dense ? rows * columns : columns;
    long runs = dense ? Math.min(rows, 1) : rows;
    int lanes = S4.length();
    for (long r = 0; r < runs; r++) {
      long co = condAt + r * condRow;
      long ao = aAt + r * aRow;
      long bo = bAt + r * bRow;
      long oo = outAt + r * outRow;
      // One element for a whole row is read once, and stands for every vector of it.
      IntVector va = n == 0 || aCol != 0 ? IntVector.zero(S4) : one4(a, ao);
      IntVector vb = n == 0 || bCol != 0 ? IntVector.zero(S4) : one4(b, bo);
      long all = n == 0 || condCol != 0 ? 0 : -(ByteMasks.load(cond, co, 1));
      for (long i = 0; i < n; i += lanes) {
        int count = (int) Math.min(lanes, n - i);
        long bits = condCol != 0 ? ByteMasks.load(cond, co + i, count) : all;
        VectorMask<Integer> rest = S4.indexInRange(i, n);
        IntVector x = aCol != 0 ? load4(a, ao + i, rest) : va;
        IntVector y = bCol != 0 ? load4(b, bo + i, rest) : vb;
        IntVector z = y.blend(x, VectorMask.fromLong(S4, bits));
        z.intoMemorySegment(out, (oo + i) * Integer.BYTES, ORDER, rest);
      }
    }
  }

  private static IntVector load4(MemorySegment x, long at, VectorMask<Integer> mask) {
    return IntVector.fromMemorySegment(S4, x, at * Integer.BYTES, ORDER, mask);
  }

  private static IntVector one4(MemorySegment x, long at) {
    return IntVector.broadcast(S4, x.getAtIndex(ValueLayout.JAVA_INT, at));
  }

  /**
   * Chooses between elements of 8 bytes.
   *
   * @param cond condition, a byte an element
   * @param condAt its first element
   * @param condRow elements from one of its rows to the next
   * @param condCol 1, or 0 for one element a row
   * @param a chosen where the condition is not 0
   * @param aAt its first element
   * @param aRow elements from one of its rows to the next
   * @param aCol 1, or 0 for one element a row
   * @param b chosen where the condition is 0
   * @param bAt its first element
   * @param bRow elements from one of its rows to the next
   * @param bCol 1, or 0 for one element a row
   * @param out output; may be exactly {@code a} or {@code b} with the same places
   * @param outAt its first element
   * @param outRow elements from one of its rows to the next
   * @param rows number of rows
   * @param columns elements of a row
   */
  public static void where8(
      MemorySegment cond,
      long condAt,
      long condRow,
      int condCol,
      MemorySegment a,
      long aAt,
      long aRow,
      int aCol,
      MemorySegment b,
      long bAt,
      long bRow,
      int bCol,
      MemorySegment out,
      long outAt,
      long outRow,
      long rows,
      long columns) {
    boolean dense =
        outRow == columns
            && condRow == condCol * columns
            && aRow == aCol * columns
            && bRow == bCol * columns;
    long n = dense ? rows * columns : columns;
    long runs = dense ? Math.min(rows, 1) : rows;
    int lanes = S8.length();
    for (long r = 0; r < runs; r++) {
      long co = condAt + r * condRow;
      long ao = aAt + r * aRow;
      long bo = bAt + r * bRow;
      long oo = outAt + r * outRow;
      // One element for a whole row is read once, and stands for every vector of it.
      LongVector va = n == 0 || aCol != 0 ? LongVector.zero(S8) : one8(a, ao);
      LongVector vb = n == 0 || bCol != 0 ? LongVector.zero(S8) : one8(b, bo);
      long all = n == 0 || condCol != 0 ? 0 : -(ByteMasks.load(cond, co, 1));
      for (long i = 0; i < n; i += lanes) {
        int count = (int) Math.min(lanes, n - i);
        long bits = condCol != 0 ? ByteMasks.load(cond, co + i, count) : all;
        VectorMask<Long> rest = S8.indexInRange(i, n);
        LongVector x = aCol != 0 ? load8(a, ao + i, rest) : va;
        LongVector y = bCol != 0 ? load8(b, bo + i, rest) : vb;
        LongVector z = y.blend(x, VectorMask.fromLong(S8, bits));
        z.intoMemorySegment(out, (oo + i) * Long.BYTES, ORDER, rest);
      }
    }
  }

  private static LongVector load8(MemorySegment x, long at, VectorMask<Long> mask) {
    return LongVector.fromMemorySegment(S8, x, at * Long.BYTES, ORDER, mask);
  }

  private static LongVector one8(MemorySegment x, long at) {
    return LongVector.broadcast(S8, x.getAtIndex(ValueLayout.JAVA_LONG, at));
  }
}
