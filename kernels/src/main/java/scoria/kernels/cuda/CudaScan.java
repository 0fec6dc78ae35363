package scoria.kernels.cuda;

import scoria.kernels.cpu.ElementType;

/**
 * Running sums and products, and linear recurrences, along the middle axis of a dense array {@code
 * [outer, n, inner]}, with the bits of {@link scoria.kernels.cpu.ScanF32} and its kin. A sum's
 * blocks are threads' own; a product or a recurrence is one thread's.
 */
public final class CudaScan {
  /** Numbers of one block of a sum. */
  private static final int BLOCK = 256;

  private CudaScan() {}

  /**
   * Running sums.
   *
   * @param stream where it is queued
   * @param type of the elements: F32, F64 or I64
   * @param x dense {@code [outer, n, inner]}
   * @param xAt its first element
   * @param outer number of arrays {@code [n, inner]}, at least 0
   * @param n length of the axis, at least 0
   * @param inner runs side by side, at least 0
   * @param exclusive whether an element's own number is left out
   * @param reverse whether to go from the end of the axis
   * @param y dense {@code [outer, n, inner]}; must not overlap {@code x}
   * @param yAt its first element
   */
  public static void sum(
      CudaStream stream,
      ElementType type,
      long x,
      long xAt,
      long outer,
      long n,
      long inner,
      boolean exclusive,
      boolean reverse,
      long y,
      long yAt) {
    if (outer * n * inner == 0) {
      return;
    }
    CudaModule module = stream.context().module("scan");
    String suffix = Grid.suffix(type);
    long source = Grid.at(x, xAt, type);
    long result = Grid.at(y, yAt, type);
    long blocks = Math.ceilDiv(n, (long) BLOCK);
    long parts = outer * blocks * inner;
    // What lies in the scratch memory is this sum's until its last pass is queued.
    synchronized (stream) {
      long before = 0;
      if (blocks > 1) {
        before = stream.scratch(parts * Long.BYTES);
        module
            .function("sumTotals" + suffix)
            .launch(
                stream,
                Grid.blocks(parts),
                Grid.THREADS,
                source,
                outer,
                n,
                inner,
                flag(reverse),
                before);
        module
            .function("sumBefore" + suffix)
            .launch(stream, Grid.blocks(outer * inner), Grid.THREADS, before, outer, blocks, inner);
      }
      module
          .function("sum" + suffix)
          .launch(
              stream,
              Grid.blocks(parts),
              Grid.THREADS,
              source,
              outer,
              n,
              inner,
              flag(exclusive),
              flag(reverse),
              before,
              result);
    }
  }

  /** Running products. Arguments are those of {@link #sum}. */
  public static void prod(
      CudaStream stream,
      ElementType type,
      long x,
      long xAt,
      long outer,
      long n,
      long inner,
      boolean exclusive,
      boolean reverse,
      long y,
      long yAt) {
    if (outer * n * inner == 0) {
      return;
    }
    stream
        .context()
        .module("scan")
        .function("prod" + Grid.suffix(type))
        .launch(
            stream,
            Grid.blocks(outer * inner),
            Grid.THREADS,
            Grid.at(x, xAt, type),
            outer,
            n,
            inner,
            flag(exclusive),
            flag(reverse),
            Grid.at(y, yAt, type));
  }

  /**
   * {@code y[i] = w[i] y[i - 1] + x[i]}, fused, from {@code y = x} at the first place. Other
   * arguments are those of {@link #sum}, with elements F32 or F64.
   *
   * @param w dense {@code [outer, n, inner]}
   * @param wAt its first element
   */
  public static void recurrence(
      CudaStream stream,
      ElementType type,
      long w,
      long wAt,
      long x,
      long xAt,
      long outer,
      long n,
      long inner,
      boolean reverse,
      long y,
      long yAt) {
    if (outer * n * inner == 0) {
      return;
    }
    stream
        .context()
        .module("scan")
        .function("recurrence" + Grid.floating(type))
        .launch(
            stream,
            Grid.blocks(outer * inner),
            Grid.THREADS,
            Grid.at(w, wAt, type),
            Grid.at(x, xAt, type),
            outer,
            n,
            inner,
            flag(reverse),
            Grid.at(y, yAt, type));
  }

  /**
   * Places of the extreme elements so far, as {@link scoria.kernels.cpu.ArgScan} finds them. Other
   * arguments are those of {@link #sum}.
   *
   * @param smallest whether the smallest is looked for, rather than the largest
   * @param places dense int64 {@code [outer, n, inner]}
   * @param placesAt its first element
   */
  public static void extremes(
      CudaStream stream,
      ElementType type,
      long x,
      long xAt,
      long outer,
      long n,
      long inner,
      boolean smallest,
      long places,
      long placesAt) {
    if (outer * n * inner == 0) {
      return;
    }
    stream
        .context()
        .module("scan")
        .function("argScan" + Grid.suffix(type))
        .launch(
            stream,
            Grid.blocks(outer * inner),
            Grid.THREADS,
            Grid.at(x, xAt, type),
            outer,
            n,
            inner,
            flag(smallest),
            Grid.at(places, placesAt, ElementType.I64));
  }

  private static long flag(boolean value) {
    return value ? 1 : 0;
  }
}
