package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Adds elements of float32 to places named by int64 indices: the adjoints of {@link Gather}. What
 * goes to one place is added in the order of the indices, whatever the number of threads. Negative
 * indices count back from the end of the axis. All indices are checked before anything is written.
 */
// float64: generated
public final class ScatterF32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int BYTES = Float.BYTES;

  /** Elements that are worth a task of their own. */
  private static final long GRAIN = 32 * 1024;

  private ScatterF32() {}

  /**
   * {@code dst[o, indices[j], i] += src[o, j, i]} for {@code j = 0, 1, ..} in this order.
   *
   * @param pool threads to share the work
   * @param dst dense {@code [outer, n, inner]}, added to
   * @param dstAt its first element
   * @param outer extent of the axes before the one indexed
   * @param n extent of the axis indexed
   * @param inner extent of the axes after it
   * @param indices int64, {@code m} of them
   * @param indicesAt the first of them
   * @param m number of indices
   * @param src dense {@code [outer, m, inner]}; must not overlap {@code dst}
   * @param srcAt its first element
   * @throws IndexOutOfBoundsException if an index is not in {@code -n .. n - 1}
   */
  public static void add(
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
    Indices.check(indices, indicesAt, m, n);
    split(
        pool,
        outer,
        m,
        inner,
        (o, from, to) ->
            addPart(
                dst,
                dstAt + o * n * inner,
                n,
                inner,
                indices,
                indicesAt,
                m,
                src,
                srcAt + o * m * inner,
                from,
                to));
  }

  /**
   * {@code dst[o, indices[o, j, i], i] += src[o, j, i]} for {@code j = 0, 1, ..} in this order.
   *
   * @param pool threads to share the work
   * @param dst dense {@code [outer, n, inner]}, added to
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
    split(
        pool,
        outer,
        m,
        inner,
        (o, from, to) -> {
          for (long j = 0; j < m; j++) {
            long at = (o * m + j) * inner;
            for (long i = from; i < to; i++) {
              long k = Indices.get(indices, indicesAt + at + i, n);
              long to1 = dstAt + (o * n + k) * inner + i;
              addOne(dst, to1, src, srcAt + at + i);
            }
          }
        });
  }

  /** Columns {@code from .. to} of all the rows of one outer index. */
  interface Part {
    void run(long o, long from, long to);
  }

  /** Shares out the outer axis and the columns, never the indices: their order is the sum's. */
  static void split(WorkerPool pool, long outer, long m, long inner, Part part) {
    long width = Math.min(inner, Math.max(64, GRAIN / Math.max(1, m) / 64 * 64));
    if (m == 0 || inner == 0) {
      return;
    }
    long tiles = (inner + width - 1) / width;
    pool.forRanges(
        outer * tiles,
        Math.max(1, GRAIN / (m * width)),
        (from, to) -> {
          for (long t = from; t < to; t++) {
            long c = t % tiles * width;
            part.run(t / tiles, c, Math.min(inner, c + width));
          }
        });
  }

  private static void addPart(
      MemorySegment dst,
      long dstAt,
      long n,
      long inner,
      MemorySegment indices,
      long indicesAt,
      long m,
      MemorySegment src,
      long srcAt,
      long from,
      long to) {
    if (inner == 1) {
      for (long j = 0; j < m; j++) {
        addOne(dst, dstAt + Indices.get(indices, indicesAt + j, n), src, srcAt + j);
      }
      return;
    }
    for (long j = 0; j < m; j++) {
      long at = dstAt + Indices.get(indices, indicesAt + j, n) * inner;
      long source = srcAt + j * inner;
      long i = from;
      for (; i + S.length() <= to; i += S.length()) {
        FloatVector v =
            FloatVector.fromMemorySegment(S, dst, (at + i) * BYTES, ByteOrder.nativeOrder());
        v.add(FloatVector.fromMemorySegment(S, src, (source + i) * BYTES, ByteOrder.nativeOrder()))
            .intoMemorySegment(dst, (at + i) * BYTES, ByteOrder.nativeOrder());
      }
      if (i < to) {
        VectorMask<Float> m1 = S.indexInRange(i, to);
        FloatVector v =
            FloatVector.fromMemorySegment(S, dst, (at + i) * BYTES, ByteOrder.nativeOrder(), m1);
        v.add(
                FloatVector.fromMemorySegment(
                    S, src, (source + i) * BYTES, ByteOrder.nativeOrder(), m1))
            .intoMemorySegment(dst, (at + i) * BYTES, ByteOrder.nativeOrder(), m1);
      }
    }
  }

  private static void addOne(MemorySegment dst, long to, MemorySegment src, long from) {
    float sum =
        dst.get(ValueLayout.JAVA_FLOAT, to * BYTES) + src.get(ValueLayout.JAVA_FLOAT, from * BYTES);
    dst.set(ValueLayout.JAVA_FLOAT, to * BYTES, sum);
  }
}
