package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;

/**
 * A loop over two inputs with broadcasting: {@code out[outAt + r outRow + c] = f(a[aAt + r aRow + c
 * aCol], b[bAt + r bRow + c bCol])} for {@code 0 <= r < rows}, {@code 0 <= c < columns}.
 */
@FunctionalInterface
public interface PairwiseKernel {
  /**
   * Runs the loop in the calling thread.
   *
   * @param a first input
   * @param aAt its first element
   * @param aRow elements from one row of {@code a} to the next; 0 repeats one row
   * @param aCol 1, or 0 to use one element of {@code a} for a whole row
   * @param b second input
   * @param bAt its first element
   * @param bRow elements from one row of {@code b} to the next; 0 repeats one row
   * @param bCol 1, or 0 to use one element of {@code b} for a whole row
   * @param out output; may be exactly {@code a} or {@code b} with the same places
   * @param outAt its first element
   * @param outRow elements from one row of {@code out} to the next
   * @param rows number of rows, at least 0
   * @param columns elements of a row, at least 0
   */
  void run(
      MemorySegment a,
      long aAt,
      long aRow,
      int aCol,
      MemorySegment b,
      long bAt,
      long bRow,
      int bCol,
      MemorySegment out,
      long outAt,
      long outRow,
      long rows,
      long columns);
}
