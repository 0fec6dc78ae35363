package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Checks int64 indices before anything is done with them. An index from -1 down counts back from
 * the end of its axis, where that is allowed.
 */
public final class Indices {
  private static final VectorSpecies<Long> S = LongVector.SPECIES_PREFERRED;

  private Indices() {}

  /**
   * The places that indices name, counted from the start of an axis.
   *
   * @param indices int64, {@code count} of them
   * @param at the first of them
   * @param least the smallest that is allowed: {@code -bound}, or 0 where none counts back
   * @param bound length of the axis
   * @param dst where the places go
   * @param dstAt the first of them
   * @throws IndexOutOfBoundsException if an index is not in {@code least .. bound - 1}
   */
  public static void places(
      MemorySegment indices,
      long at,
      long count,
      long least,
      long bound,
      MemorySegment dst,
      long dstAt) {
    check(indices, at, count, least, bound);
    for (long i = 0; i < count; i += S.length()) {
      VectorMask<Long> m = S.indexInRange(i, count);
      LongVector v =
          LongVector.fromMemorySegment(
              S, indices, (at + i) * Long.BYTES, ByteOrder.nativeOrder(), m);
      v.add(bound, v.lt(0))
          .intoMemorySegment(dst, (dstAt + i) * Long.BYTES, ByteOrder.nativeOrder(), m);
    }
  }

  /** As {@link #check(MemorySegment, long, long, long, long)}, where indices may count back. */
  static void check(MemorySegment indices, long at, long count, long bound) {
    check(indices, at, count, -bound, bound);
  }

  /**
   * @throws IndexOutOfBoundsException if one of {@code count} indices is not in {@code least ..
   *     bound - 1}; it names the first such, its position and the bound
   */
  private static void check(MemorySegment indices, long at, long count, long least, long bound) {
    for (long i = 0; i < count; i += S.length()) {
      VectorMask<Long> m = S.indexInRange(i, count);
      LongVector v =
          LongVector.fromMemorySegment(
              S, indices, (at + i) * Long.BYTES, ByteOrder.nativeOrder(), m);
      // Unsigned, what is still negative is huge.
      VectorMask<Long> bad = v.sub(least).compare(VectorOperators.UGE, bound - least, m);
      if (bad.anyTrue()) {
        int lane = bad.firstTrue();
        throw new IndexOutOfBoundsException(
            "index "
                + v.lane(lane)
                + " at position "
                + (i + lane)
                + " is outside "
                + least
                + " .. "
                + (bound - 1)
                + " (an axis of length "
                + bound
                + ")");
      }
    }
  }

  /** Index {@code i} of a list into an axis, counted from its start. */
  static long get(MemorySegment indices, long i, long bound) {
    long index = indices.get(ValueLayout.JAVA_LONG, i * Long.BYTES);
    return index < 0 ? index + bound : index;
  }
}
