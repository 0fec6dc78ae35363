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
 * the end of its axis.
 */
final class Indices {
  private static final VectorSpecies<Long> S = LongVector.SPECIES_PREFERRED;

  private Indices() {}

  /**
   * @throws IndexOutOfBoundsException if one of {@code count} indices is not in {@code -bound ..
   *     bound - 1}; it names the first such, its position and the bound
   */
  static void check(MemorySegment indices, long at, long count, long bound) {
    for (long i = 0; i < count; i += S.length()) {
      VectorMask<Long> m = S.indexInRange(i, count);
      LongVector v =
          LongVector.fromMemorySegment(
              S, indices, (at + i) * Long.BYTES, ByteOrder.nativeOrder(), m);
      // Unsigned, what is still negative is huge.
      VectorMask<Long> bad = v.add(bound).compare(VectorOperators.UGE, 2 * bound, m);
      if (bad.anyTrue()) {
        int lane = bad.firstTrue();
        throw new IndexOutOfBoundsException(
            "index "
                + v.lane(lane)
                + " at position "
                + (i + lane)
                + " is outside "
                + -bound
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
