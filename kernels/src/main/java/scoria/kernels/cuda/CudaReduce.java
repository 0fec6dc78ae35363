package scoria.kernels.cuda;

import scoria.kernels.cpu.ElementType;

/**
 * Reductions over the middle axis of a dense array {@code [outer, n, inner]} to a dense {@code
 * [outer, inner]}, with the bits of {@link scoria.kernels.cpu.ReduceF32} and its kin: sums are
 * added in the order defined there.
 */
public final class CudaReduce {
  /** Numbers of one block of the sum. */
  private static final int BLOCK = 256;

  /** Threads that add one block together: its lanes. */
  private static final int LANES = 16;

  private CudaReduce() {}

  /**
   * Sums; 0 where {@code n} is 0. Integers wrap around.
   *
   * @param stream where it is queued
   * @param type of the elements: F32, F64 or I64
   * @param x dense {@code [outer, n, inner]}
   * @param xAt its first element
   * @param outer number of arrays {@code [n, inner]}, at least 0
   * @param n numbers in a sum, at least 0
   * @param inner sums side by side, at least 0
   * @param out dense {@code [outer, inner]}; must not overlap {@code x}
   * @param outAt its first element
   */
  public static void sum(
      CudaStream stream,
      ElementType type,
      long x,
      long xAt,
      long outer,
      long n,
      long inner,
      long out,
      long outAt) {
    if (n == 0) {
      stream.fill(Grid.at(out, outAt, type), (byte) 0, outer * inner * type.bytes());
      return;
    }
    run(stream, "sum", type, x, xAt, outer, n, inner, out, outAt);
  }

  /**
   * Products, in the order of the sums; 1 where {@code n} is 0. Integers wrap around. Arguments are
   * those of {@link #sum}.
   */
  public static void prod(
      CudaStream stream,
      ElementType type,
      long x,
      long xAt,
      long outer,
      long n,
      long inner,
      long out,
      long outAt) {
    if (n == 0 && outer * inner > 0) {
      // The product of no blocks.
      long result = Grid.at(out, outAt, type);
      stream
          .context()
          .module("reduce")
          .function("prodParts" + Grid.suffix(type))
          .launch(
              stream, Grid.blocks(outer * inner), Grid.THREADS, result, outer, 0L, inner, result);
      return;
    }
    run(stream, "prod", type, x, xAt, outer, n, inner, out, outAt);
  }

  /**
   * Largest elements; NaN where one of them is NaN, and -0 counts as less than +0. Arguments are
   * those of {@link #sum}.
   *
   * @throws IllegalArgumentException if {@code n} is 0
   */
  public static void max(
      CudaStream stream,
      ElementType type,
      long x,
      long xAt,
      long outer,
      long n,
      long inner,
      long out,
      long outAt) {
    checkNotEmpty("max", n);
    run(stream, "max", type, x, xAt, outer, n, inner, out, outAt);
  }

  /**
   * Smallest elements; NaN where one of them is NaN, and -0 counts as less than +0. Arguments are
   * those of {@link #sum}.
   *
   * @throws IllegalArgumentException if {@code n} is 0
   */
  public static void min(
      CudaStream stream,
      ElementType type,
      long x,
      long xAt,
      long outer,
      long n,
      long inner,
      long out,
      long outAt) {
    checkNotEmpty("min", n);
    run(stream, "min", type, x, xAt, outer, n, inner, out, outAt);
  }

  /**
   * Places of the largest elements along the axis, as int64: the first NaN if there is one, else
   * the first element equal to the maximum (-0 equals +0 here). Arguments are those of {@link
   * #sum}, with {@code out} int64.
   *
   * @throws IllegalArgumentException if {@code n} is 0
   */
  public static void argMax(
      CudaStream stream,
      ElementType type,
      long x,
      long xAt,
      long outer,
      long n,
      long inner,
      long out,
      long outAt) {
    checkNotEmpty("argMax", n);
    place(stream, "argMax", type, x, xAt, outer, n, inner, out, outAt);
  }

  /**
   * Places of the smallest elements along the axis, as int64: the first NaN if there is one, else
   * the first element equal to the minimum (-0 equals +0 here). Arguments are those of {@link
   * #argMax}.
   *
   * @throws IllegalArgumentException if {@code n} is 0
   */
  public static void argMin(
      CudaStream stream,
      ElementType type,
      long x,
      long xAt,
      long outer,
      long n,
      long inner,
      long out,
      long outAt) {
    checkNotEmpty("argMin", n);
    place(stream, "argMin", type, x, xAt, outer, n, inner, out, outAt);
  }

  private static void checkNotEmpty(String name, long n) {
    if (n == 0) {
      throw new IllegalArgumentException(name + " over an axis of length 0 has no value");
    }
  }

  /** Every block by itself, and where there are several of them a second pass that joins these. */
  private static void run(
      CudaStream stream,
      String kind,
      ElementType type,
      long x,
      long xAt,
      long outer,
      long n,
      long inner,
      long out,
      long outAt) {
    if (outer * inner == 0) {
      return;
    }
    CudaModule module = stream.context().module("reduce");
    // What lies in the scratch memory is this reduction's until its last pass is queued.
    synchronized (stream) {
      passes(
          stream,
          module,
          kind,
          type,
          Grid.at(x, xAt, type),
          outer,
          n,
          inner,
          Grid.at(out, outAt, type));
    }
  }

  private static void passes(
      CudaStream stream,
      CudaModule module,
      String kind,
      ElementType type,
      long source,
      long outer,
      long n,
      long inner,
      long result) {
    String suffix = Grid.suffix(type);
    long blocks = Math.ceilDiv(n, (long) BLOCK);
    long results = outer * inner;
    long parts = blocks == 1 ? result : stream.scratch(results * blocks * type.bytes());
    if (inner == 1) {
      module
          .function(kind + "Rows" + suffix)
          .launch(
              stream,
              Grid.blocks(outer * blocks, Grid.THREADS / LANES),
              Grid.THREADS,
              source,
              outer,
              n,
              parts);
    } else {
      module
          .function(kind + "Columns" + suffix)
          .launch(
              stream, Grid.blocks(results * blocks), Grid.THREADS, source, outer, n, inner, parts);
    }
    if (blocks > 1) {
      module
          .function(kind + "Parts" + suffix)
          .launch(stream, Grid.blocks(results), Grid.THREADS, parts, outer, blocks, inner, result);
    }
  }

  private static void place(
      CudaStream stream,
      String kind,
      ElementType type,
      long x,
      long xAt,
      long outer,
      long n,
      long inner,
      long out,
      long outAt) {
    CudaModule module = stream.context().module("reduce");
    String suffix = Grid.suffix(type);
    long source = Grid.at(x, xAt, type);
    long result = out + outAt * Long.BYTES;
    if (inner == 1) {
      module
          .function(kind + "Rows" + suffix)
          .launch(stream, Grid.blocks(outer, 1), Grid.THREADS, source, outer, n, result);
    } else {
      module
          .function(kind + "Columns" + suffix)
          .launch(
              stream, Grid.blocks(outer * inner), Grid.THREADS, source, outer, n, inner, result);
    }
  }
}
