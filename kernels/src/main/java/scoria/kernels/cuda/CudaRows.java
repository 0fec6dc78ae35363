package scoria.kernels.cuda;

import scoria.kernels.cpu.ElementType;

/**
 * Softmax and its kin over the rows of a dense matrix {@code [rows, n]}, with the bits of {@link
 * scoria.kernels.cpu.RowsF32} and its twin.
 */
public final class CudaRows {
  /** Up to this length, sixteen threads share a row; beyond, a whole block does. */
  private static final int SHORT = 256;

  private CudaRows() {}

  /**
   * {@code y[r, i] = exp(x[r, i]) / sum_k exp(x[r, k])}.
   *
   * @param stream where it is queued
   * @param type of the elements: F32 or F64
   * @param x dense {@code [rows, n]}
   * @param xAt its first element
   * @param y dense {@code [rows, n]}; may be exactly {@code x} at {@code xAt}
   * @param yAt its first element
   * @param rows number of rows, at least 0
   * @param n elements of a row, at least 0
   */
  public static void softmax(
      CudaStream stream, ElementType type, long x, long xAt, long y, long yAt, long rows, long n) {
    run(stream, "softmax", type, x, xAt, y, yAt, rows, n);
  }

  /**
   * {@code y[r, i] = x[r, i] - log(sum_k exp(x[r, k]))}. Arguments are those of {@link #softmax}.
   */
  public static void logSoftmax(
      CudaStream stream, ElementType type, long x, long xAt, long y, long yAt, long rows, long n) {
    run(stream, "logSoftmax", type, x, xAt, y, yAt, rows, n);
  }

  /**
   * {@code out[r] = log(sum_i exp(x[r, i]))}: +infinity if the row holds that and no NaN; -infinity
   * if it holds nothing else, or nothing at all. Arguments are those of {@link #softmax}, but the
   * output has {@code rows} elements.
   */
  public static void logSumExp(
      CudaStream stream,
      ElementType type,
      long x,
      long xAt,
      long out,
      long outAt,
      long rows,
      long n) {
    run(stream, "logSumExp", type, x, xAt, out, outAt, rows, n);
  }

  private static void run(
      CudaStream stream,
      String kind,
      ElementType type,
      long x,
      long xAt,
      long y,
      long yAt,
      long rows,
      long n) {
    boolean few = n <= SHORT;
    stream
        .context()
        .module("rows")
        .function(kind + (few ? "Short" : "Long") + Grid.floating(type))
        .launch(
            stream,
            Grid.blocks(rows, few ? 16 : 1),
            Grid.THREADS,
            Grid.at(x, xAt, type),
            Grid.at(y, yAt, type),
            rows,
            n);
  }
}
