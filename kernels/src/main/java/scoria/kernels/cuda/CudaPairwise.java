package scoria.kernels.cuda;

import scoria.kernels.cpu.ElementType;

/**
 * Functions of two elements with broadcasting, with the bits of {@link
 * scoria.kernels.cpu.PairwiseF32} and its kin (but for the payload of NaNs).
 */
public final class CudaPairwise {
  private CudaPairwise() {}

  /**
   * {@code out[outAt + r outRow + c] = f(a[aAt + r aRow + c aCol], b[bAt + r bRow + c bCol])} for
   * {@code 0 <= r < rows}, {@code 0 <= c < columns}.
   *
   * @param stream where it is queued
   * @param function name of the method of {@link scoria.kernels.cpu.PairwiseF32} (for integers
   *     {@link scoria.kernels.cpu.PairwiseI32}): {@code "add"}, {@code "siluGrad"}, ...; a
   *     comparison such as {@code "less"} writes a byte an element, 0 or 1, and {@code outAt} and
   *     {@code outRow} then count bytes
   * @param type of the inputs' elements; BOOL is taken as U8
   * @param a first input
   * @param aAt its first element
   * @param aRow elements from one of its rows to the next; 0 repeats one row
   * @param aCol elements from one of its columns to the next; 0 repeats one element
   * @param b second input
   * @param bAt its first element
   * @param bRow elements from one of its rows to the next; 0 repeats one row
   * @param bCol elements from one of its columns to the next; 0 repeats one element
   * @param out output; may be exactly {@code a} or {@code b} with the same places
   * @param outAt its first element
   * @param outRow elements from one of its rows to the next
   * @param rows number of rows, at least 0
   * @param columns elements of a row, at least 0
   * @throws IllegalArgumentException if there is no such function of such elements
   */
  public static void run(
      CudaStream stream,
      String function,
      ElementType type,
      long a,
      long aAt,
      long aRow,
      long aCol,
      long b,
      long bAt,
      long bRow,
      long bCol,
      long out,
      long outAt,
      long outRow,
      long rows,
      long columns) {
    boolean comparison =
        switch (function) {
          case "equal", "notEqual", "less", "lessEqual", "greater", "greaterEqual" -> true;
          default -> false;
        };
    // Truth values are bytes like others.
    ElementType stored = type == ElementType.BOOL ? ElementType.U8 : type;
    stream
        .context()
        .module("pairwise")
        .function(function + Grid.suffix(stored))
        .launch(
            stream,
            Grid.blocks(rows * columns),
            Grid.THREADS,
            Grid.at(a, aAt, type),
            aRow,
            aCol,
            Grid.at(b, bAt, type),
            bRow,
            bCol,
            comparison ? out + outAt : Grid.at(out, outAt, type),
            outRow,
            rows,
            columns);
  }
}
