package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Puts elements of any type to places named by int64 indices, and adds int64 there, which wraps
 * around. Negative indices count back from the end of the axis. All indices are checked before
 * anything is written.
 */
public final class Scatter {
  private Scatter() {}

  /**
   * {@code dst[o, indices[o, j, i], i] = src[o, j, i]} for {@code j = 0, 1, ..} in this order, so
   * that the last wins.
   *
   * @param pool threads to share the work
   * @param elementBytes 1, 4 or 8
   * @param dst dense {@code [outer, n, inner]}, a part of which is replaced
   * @param dstAt its first element
   * @param outer extent of the axes before the one indexed
   * @param n extent of the axis indexed
   * @param inner extent of the axes after it
   * @param indices dense int64 {@code [outer, m, inner]}
   * @param indicesAt the first of them
   * @param m extent of the axis in {@code indices} and {@code src}
   * @param src dense {@code [outer, m, inner]}; must not overlap {@code dst}
   * @param srcAt its first element
   * @throws IndexOutOfBoundsException if an index is not in {@code -n .. n - 1}
   */
  public static void putAlong(
      WorkerPool pool,
      int elementBytes,
      MemorySegment dst,
      long dstAt,
      long outer,
      long n,
      long inner,
      MemorySegment indices,
      long indicesAt,
      long m,
      MemorySegment src,
      long srcAt) {
    StridedCopy.checkElementBytes(elementBytes);
    Indices.check(indices, indicesAt, outer * m * inner, n);
    ScatterF32.split(
        pool,
        outer,
        m,
        inner,
        (o, from, to) -> {
          for (long j = 0; j < m; j++) {
            long at = (o * m + j) * inner;
            for (long i = from; i < to; i++) {
              long k = Indices.get(indices, indicesAt + at + i, n);
              put(elementBytes, dst, dstAt + (o * n + k) * inner + i, src, srcAt + at + i);
            }
          }
        });
  }

  private static void put(int bytes, MemorySegment dst, long to, MemorySegment src, long from) {
    switch (bytes) {
      case 1 -> dst.set(ValueLayout.JAVA_BYTE, to, src.get(ValueLayout.JAVA_BYTE, from));
      case 4 -> dst.set(ValueLayout.JAVA_INT, to * 4, src.get(ValueLayout.JAVA_INT, from * 4));
      default -> dst.set(ValueLayout.JAVA_LONG, to * 8, src.get(ValueLayout.JAVA_LONG, from * 8));
    }
  }

  /**
   * {@code dst[o, indices[o, j, i], i] += src[o, j, i]} of int64. Arguments are those of {@link
   * #putAlong}.
   */
  public static void addAlong(
      WorkerPool pool,
      MemorySegment dst,
      long dstAt,
      long outer,
      long n,
      long inner,
      MemorySegment indices,
      long indicesAt,
      long m,
      MemorySegment src,
      long srcAt) {
    Indices.check(indices, indicesAt, outer * m * inner, n);
    ScatterF32.split(
        pool,
        outer,
        m,
        inner,
        (o, from, to) -> {
          for (long j = 0; j < m; j++) {
            long at = (o * m + j) * inner;
            for (long i = from; i < to; i++) {
              long k = Indices.get(indices, indicesAt + at + i, n);
              long place = (dstAt + (o * n + k) * inner + i) * Long.BYTES;
              long sum =
                  dst.get(ValueLayout.JAVA_LONG, place)
                      + src.get(ValueLayout.JAVA_LONG, (srcAt + at + i) * Long.BYTES);
              dst.set(ValueLayout.JAVA_LONG, place, sum);
            }
          }
        });
  }
}
