package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Checks int64 indices before anything is done with them. */
final class Indices {
  private static final VectorSpecies<Long> S = LongVector.SPECIES_PREFERRED;

  private Indices() {}

  /**
   * @throws IndexOutOfBoundsException if one of {@code count} indices is not in {@code 0 .. bound -
   *     1}; it names the first such, its position and the bound
   */
  static void check(MemorySegment indices, long at, long count, long bound) {
    for (long i = 0; i < count; i += S.length()) {
      VectorMask<Long> m = S.indexInRange(i, count);
      LongVector v =
          LongVector.fromMemorySegment(
              S, indices, (at + i) * Long.BYTES, ByteOrder.nativeOrder(), m);
      // Unsigned, a negative index is a huge one.
      VectorMask<Long> bad = v.compare(VectorOperators.UGE, bound, m);
      if (bad.anyTrue()) {
        int lane = bad.firstTrue();
        throw new IndexOutOfBoundsException(
            "index "
                + v.lane(lane)
                + " at position "
                + (i + lane)
                + " is outside 0 .. "
                + (bound - 1)
                + " (an axis of length "
                + bound
                + ")");
      }
    }
  }

  /** Index {@code i} of a list. */
  static long get(MemorySegment indices, long i) {
    return indices.get(ValueLayout.JAVA_LONG, i * Long.BYTES);
  }
}
