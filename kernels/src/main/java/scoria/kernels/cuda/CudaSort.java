package scoria.kernels.cuda;

import scoria.kernels.cpu.ElementType;

/** The order of the elements of rows, as {@link scoria.kernels.cpu.ArgSort} defines it. */
public final class CudaSort {
  private CudaSort() {}

  /**
   * {@code order[r, i]} is the place in row r of the element that comes i-th.
   *
   * @param stream where it is queued
   * @param type of the elements: F32, F64 or I64
   * @param x dense {@code [rows, n]}
   * @param xAt its first element
   * @param rows number of rows, at least 0
   * @param n elements of a row, at least 0
   * @param descending whether the largest comes first; of equal ones the first does anyway
   * @param order dense int64 {@code [rows, n]}
   * @param orderAt its first element
   */
  public static void argSort(
      CudaStream stream,
      ElementType type,
      long x,
      long xAt,
      long rows,
      long n,
      boolean descending,
      long order,
      long orderAt) {
    if (rows * n == 0) {
      return;
    }
    CudaModule module = stream.context().module("sort");
    CudaFunction merge = module.function("merge" + Grid.suffix(type));
    int passes = 0;
    for (long width = 1; width < n; width *= 2) {
      passes++;
    }
    long result = order + orderAt * Long.BYTES;
    // What lies in the scratch memory is this order's until its last pass is queued.
    synchronized (stream) {
      long other = passes == 0 ? result : stream.scratch(rows * n * Long.BYTES);
      long from = passes % 2 == 0 ? result : other;
      long to = passes % 2 == 0 ? other : result;
      module
          .function("placesOfRows")
          .launch(stream, Grid.blocks(rows * n), Grid.THREADS, rows, n, from);
      for (long width = 1; width < n; width *= 2) {
        merge.launch(
            stream,
            Grid.blocks(rows * n),
            Grid.THREADS,
            Grid.at(x, xAt, type),
            rows,
            n,
            width,
            descending ? 1L : 0L,
            from,
            to);
        long swap = from;
        from = to;
        to = swap;
      }
    }
  }
}
