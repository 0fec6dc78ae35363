package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Picks elements by int64 indices along the middle axis of a dense array. Negative indices count
 * back from its end. All indices are checked before anything is written.
 */
public final class Gather {
  /** Elements that are worth a task of their own. */
  private static final long GRAIN = 32 * 1024;

  private Gather() {}

  /**
   * {@code dst[o, j, i] = src[o, indices[j], i]}.
   *
   * @param pool threads to share the work
   * @param elementBytes 1, 4 or 8
   * @param src dense {@code [outer, n, inner]}
   * @param srcAt its first element
   * @param outer extent of the axes before the one indexed
   * @param n extent of the axis indexed
   * @param inner extent of the axes after it
   * @param indices int64, {@code m} of them
   * @param indicesAt the first of them
   * @param m number of indices
   * @param dst dense {@code [outer, m, inner]}; must not overlap {@code src}
   * @param dstAt its first element
   * @throws IndexOutOfBoundsException if an index is not in {@code -n .. n - 1}
   */
  public static void take(
      WorkerPool pool,
      int elementBytes,
      MemorySegment src,
      long srcAt,
      long outer,
      long n,
      long inner,
      MemorySegment indices,
      long indicesAt,
      long m,
      MemorySegment dst,
      long dstAt) {
    StridedCopy.checkElementBytes(elementBytes);
    Indices.check(indices, indicesAt, m, n);
    if (outer * m == 0 || inner == 0) {
      return;
    }
    long grain = Math.max(1, GRAIN / inner);
    // A call that is not shared out makes no lambda: programs replay it without allocating.
    if (outer * m <= grain || pool.threads() == 1) {
      take(elementBytes, src, srcAt, n, inner, indices, indicesAt, m, dst, dstAt, 0, outer * m);
    } else {
      pool.forRanges(
          outer * m,
          grain,
          (from, to) ->
              take(
                  elementBytes, src, srcAt, n, inner, indices, indicesAt, m, dst, dstAt, from, to));
    }
  }

  private static void take(
      int elementBytes,
      MemorySegment src,
      long srcAt,
      long n,
      long inner,
      MemorySegment indices,
      long indicesAt,
      long m,
      MemorySegment dst,
      long dstAt,
      long from,
      long to) {
    long o = from / m;
    long j = from % m;
    for (long t = from; t < to; ) {
      long count = Math.min(m - j, to - t);
      long row = srcAt + o * n * inner;
      long at = dstAt + t * inner;
      if (inner == 1) {
        elements(elementBytes, src, row, n, indices, indicesAt + j, dst, at, count);
      } else {
        runs(elementBytes, src, row, n, inner, indices, indicesAt + j, dst, at, count);
      }
      t += count;
      j = 0;
      o++;
    }
  }

  /**
   * {@code dst[o, j, i] = src[o, indices[o, j, i], i]}.
   *
   * @param pool threads to share the work
   * @param elementBytes 1, 4 or 8
   * @param src dense {@code [outer, n, inner]}
   * @param srcAt its first element
   * @param outer extent of the axes before the one indexed
   * @param n extent of the axis indexed
   * @param inner extent of the axes after it
   * @param indices dense int64 {@code [outer, m, inner]}
   * @param indicesAt the first of them
   * @param m extent of the axis in {@code indices} and {@code dst}
   * @param dst dense {@code [outer, m, inner]}; must not overlap {@code src}
   * @param dstAt its first element
   * @throws IndexOutOfBoundsException if an index is not in {@code -n .. n - 1}
   */
  public static void takeAlong(
      WorkerPool pool,
      int elementBytes,
      MemorySegment src,
      long srcAt,
      long outer,
      long n,
      long inner,
      MemorySegment indices,
      long indicesAt,
      long m,
      MemorySegment dst,
      long dstAt) {
    StridedCopy.checkElementBytes(elementBytes);
    Indices.check(indices, indicesAt, outer * m * inner, n);
    if (inner == 0) {
      return;
    }
    pool.forRanges(
        outer * m,
        Math.max(1, GRAIN / inner),
        (from, to) -> {
          for (long t = from; t < to; t++) {
            long row = srcAt + t / m * n * inner;
            long at = t * inner;
            along(elementBytes, src, row, n, inner, indices, indicesAt + at, dst, dstAt + at);
          }
        });
  }

  private static void runs(
      int bytes,
      MemorySegment src,
      long row,
      long n,
      long inner,
      MemorySegment indices,
      long indicesAt,
      MemorySegment dst,
      long at,
      long count) {
    long run = inner * bytes;
    for (long j = 0; j < count; j++) {
      long from = (row + Indices.get(indices, indicesAt + j, n) * inner) * bytes;
      MemorySegment.copy(src, from, dst, (at + j * inner) * bytes, run);
    }
  }

  private static void elements(
      int bytes,
      MemorySegment src,
      long row,
      long n,
      MemorySegment indices,
      long indicesAt,
      MemorySegment dst,
      long at,
      long count) {
    switch (bytes) {
      case 1 -> {
        for (long j = 0; j < count; j++) {
          long from = row + Indices.get(indices, indicesAt + j, n);
          dst.set(ValueLayout.JAVA_BYTE, at + j, src.get(ValueLayout.JAVA_BYTE, from));
        }
      }
      case 4 -> {
        for (long j = 0; j < count; j++) {
          long from = row + Indices.get(indices, indicesAt + j, n);
          dst.set(ValueLayout.JAVA_INT, (at + j) * 4, src.get(ValueLayout.JAVA_INT, from * 4));
        }
      }
      default -> {
        for (long j = 0; j < count; j++) {
          long from = row + Indices.get(indices, indicesAt + j, n);
          dst.set(ValueLayout.JAVA_LONG, (at + j) * 8, src.get(ValueLayout.JAVA_LONG, from * 8));
        }
      }
    }
  }

  private static void along(
      int bytes,
      MemorySegment src,
      long row,
      long n,
      long inner,
      MemorySegment indices,
      long indicesAt,
      MemorySegment dst,
      long at) {
    switch (bytes) {
      case 1 -> {
        for (long i = 0; i < inner; i++) {
          long from = row + Indices.get(indices, indicesAt + i, n) * inner + i;
          dst.set(ValueLayout.JAVA_BYTE, at + i, src.get(ValueLayout.JAVA_BYTE, from));
        }
      }
      case 4 -> {
        for (long i = 0; i < inner; i++) {
          long from = row + Indices.get(indices, indicesAt + i, n) * inner + i;
          dst.set(ValueLayout.JAVA_INT, (at + i) * 4, src.get(ValueLayout.JAVA_INT, from * 4));
        }
      }
      default -> {
        for (long i = 0; i < inner; i++) {
          long from = row + Indices.get(indices, indicesAt + i, n) * inner + i;
          dst.set(ValueLayout.JAVA_LONG, (at + i) * 8, src.get(ValueLayout.JAVA_LONG, from * 8));
        }
      }
    }
  }
}
