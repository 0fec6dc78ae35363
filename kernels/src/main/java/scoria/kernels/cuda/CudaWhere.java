package scoria.kernels.cuda;

/**
 * Choice by a condition with broadcasting, as {@link scoria.kernels.cpu.Where}; bits are copied.
 */
public final class CudaWhere {
  private CudaWhere() {}

  /**
   * {@code out[r, c] = cond[r, c] != 0 ? a[r, c] : b[r, c]}, where x[r, c] stands for {@code x[xAt
   * + r xRow + c xCol]}.
   *
   * @param stream where it is queued
   * @param elementBytes 1, 4 or 8, of a, b and out; the condition has a byte an element
   * @param cond condition
   * @param condAt its first element
   * @param condRow elements from one of its rows to the next
   * @param condCol elements from one of its columns to the next; 0 repeats one element
   * @param a chosen where the condition is not 0
   * @param aAt its first element
   * @param aRow elements from one of its rows to the next
   * @param aCol elements from one of its columns to the next; 0 repeats one element
   * @param b chosen where the condition is 0
   * @param bAt its first element
   * @param bRow elements from one of its rows to the next
   * @param bCol elements from one of its columns to the next; 0 repeats one element
   * @param out output; may be exactly {@code a} or {@code b} with the same places
   * @param outAt its first element
   * @param outRow elements from one of its rows to the next
   * @param rows number of rows, at least 0
   * @param columns elements of a row, at least 0
   */
  public static void run(
      CudaStream stream,
      int elementBytes,
      long cond,
      long condAt,
      long condRow,
      long condCol,
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
    stream
        .context()
        .module("move")
        .function("where" + CudaMove.checked(elementBytes))
        .launch(
            stream,
            Grid.blocks(rows * columns),
            Grid.THREADS,
            cond + condAt,
            condRow,
            condCol,
            a + aAt * elementBytes,
            aRow,
            aCol,
            b + bAt * elementBytes,
            bRow,
            bCol,
            out + outAt * elementBytes,
            outRow,
            rows,
            columns);
  }
}
