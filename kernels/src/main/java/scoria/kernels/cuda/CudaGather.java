package scoria.kernels.cuda;

import scoria.kernels.cpu.ElementType;

/**
 * Picks elements by int64 indices along the middle axis of a dense array, and adds them back, as
 * {@link scoria.kernels.cpu.Gather} and {@link scoria.kernels.cpu.ScatterF32} do, to the bit.
 *
 * <p>Negative indices count back from the end of the axis. A kernel cannot throw. An index outside
 * its axis reads as 0 and is written nowhere, and the next call of the stream that waits throws
 * {@link IndexOutOfBoundsException}.
 */
public final class CudaGather {
  private CudaGather() {}

  /**
   * The places that indices name, counted from the start of an axis: 0 for one outside of it.
   *
   * @param stream where it is queued
   * @param indices int64, {@code m} of them
   * @param indicesAt the first of them
   * @param m number of indices
   * @param least the smallest that is allowed: {@code -bound}, or 0 where none counts back
   * @param bound length of the axis
   * @param dst where the places go
   * @param dstAt the first of them
   */
  public static void places(
      CudaStream stream,
      long indices,
      long indicesAt,
      long m,
      long least,
      long bound,
      long dst,
      long dstAt) {
    if (m == 0) {
      return;
    }
    CudaModule module = stream.context().module("gather");
    long note = stream.indexErrors().note();
    long first = indices + indicesAt * Long.BYTES;
    synchronized (stream) {
      module
          .function("places")
          .launch(
              stream,
              Grid.blocks(m),
              Grid.THREADS,
              first,
              least,
              bound,
              m,
              dst + dstAt * Long.BYTES,
              note);
      module.function("finishNote").launch(stream, 1, 1, note, first, least, bound);
    }
  }

  /**
   * {@code dst[o, j, i] = src[o, indices[j], i]}.
   *
   * @param stream where it is queued
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
   */
  public static void take(
      CudaStream stream,
      int elementBytes,
      long src,
      long srcAt,
      long outer,
      long n,
      long inner,
      long indices,
      long indicesAt,
      long m,
      long dst,
      long dstAt) {
    run(
        stream,
        "take" + CudaMove.checked(elementBytes),
        outer * m * inner,
        src + srcAt * elementBytes,
        outer,
        n,
        inner,
        indices + indicesAt * Long.BYTES,
        m,
        dst + dstAt * elementBytes);
  }

  /**
   * {@code dst[o, j, i] = src[o, indices[o, j, i], i]}. Arguments are those of {@link #take}, but
   * the indices are dense {@code [outer, m, inner]}.
   */
  public static void takeAlong(
      CudaStream stream,
      int elementBytes,
      long src,
      long srcAt,
      long outer,
      long n,
      long inner,
      long indices,
      long indicesAt,
      long m,
      long dst,
      long dstAt) {
    run(
        stream,
        "takeAlong" + CudaMove.checked(elementBytes),
        outer * m * inner,
        src + srcAt * elementBytes,
        outer,
        n,
        inner,
        indices + indicesAt * Long.BYTES,
        m,
        dst + dstAt * elementBytes);
  }

  /**
   * {@code dst[o, indices[j], i] += src[o, j, i]} for {@code j = 0, 1, ..} in this order. Each
   * element of {@code dst} is one thread's, which looks through all the indices: no atomics, and a
   * time that grows with {@code n m}.
   *
   * @param stream where it is queued
   * @param type of the elements: F32 or F64
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
   */
  public static void add(
      CudaStream stream,
      ElementType type,
      long dst,
      long dstAt,
      long outer,
      long n,
      long inner,
      long indices,
      long indicesAt,
      long m,
      long src,
      long srcAt) {
    run(
        stream,
        "scatter" + Grid.floating(type),
        outer * n * inner,
        Grid.at(dst, dstAt, type),
        outer,
        n,
        inner,
        indices + indicesAt * Long.BYTES,
        m,
        Grid.at(src, srcAt, type));
  }

  /**
   * {@code dst[o, indices[o, j, i], i] += src[o, j, i]} for {@code j = 0, 1, ..} in this order.
   * Arguments are those of {@link #add}, but elements may be I64 too, which wrap around, and the
   * indices are dense {@code [outer, m, inner]}.
   */
  public static void addAlong(
      CudaStream stream,
      ElementType type,
      long dst,
      long dstAt,
      long outer,
      long n,
      long inner,
      long indices,
      long indicesAt,
      long m,
      long src,
      long srcAt) {
    run(
        stream,
        "scatterAlong" + Grid.suffix(type),
        outer * inner,
        Grid.at(dst, dstAt, type),
        outer,
        n,
        inner,
        indices + indicesAt * Long.BYTES,
        m,
        Grid.at(src, srcAt, type));
  }

  /**
   * {@code dst[o, indices[o, j, i], i] = src[o, j, i]} for {@code j = 0, 1, ..} in this order, so
   * that the last wins. Arguments are those of {@link #add}, with the size of an element, and the
   * indices are dense {@code [outer, m, inner]}.
   */
  public static void putAlong(
      CudaStream stream,
      int elementBytes,
      long dst,
      long dstAt,
      long outer,
      long n,
      long inner,
      long indices,
      long indicesAt,
      long m,
      long src,
      long srcAt) {
    run(
        stream,
        "putAlong" + CudaMove.checked(elementBytes),
        outer * inner,
        dst + dstAt * elementBytes,
        outer,
        n,
        inner,
        indices + indicesAt * Long.BYTES,
        m,
        src + srcAt * elementBytes);
  }

  private static void run(
      CudaStream stream,
      String name,
      long threads,
      long data,
      long outer,
      long n,
      long inner,
      long indices,
      long m,
      long other) {
    if (threads == 0 || m == 0) {
      return;
    }
    CudaModule module = stream.context().module("gather");
    long note = stream.indexErrors().note();
    // Together, so that what is noted is finished with its own indices.
    synchronized (stream) {
      module
          .function(name)
          .launch(
              stream,
              Grid.blocks(threads),
              Grid.THREADS,
              data,
              outer,
              n,
              inner,
              indices,
              m,
              other,
              note);
      module.function("finishNote").launch(stream, 1, 1, note, indices, -n, n);
    }
  }
}
