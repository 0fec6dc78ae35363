package scoria.kernels.cpu;

/** When the rows of a two-input loop lie so that they can be run as one long row. */
final class Rows2 {
  private Rows2() {}

  /** One column whose elements follow each other: a row that is written downwards. */
  static boolean oneColumn(long aRow, long bRow, long outRow, long rows, long columns) {
    return columns == 1 && rows > 1 && outRow == 1 && aRow >>> 1 == 0 && bRow >>> 1 == 0;
  }

  /** Rows that follow each other without a gap, or repeat one element. */
  static boolean oneRow(
      long aRow, int aCol, long bRow, int bCol, long outRow, long rows, long columns) {
    return rows > 1 && outRow == columns && aRow == aCol * columns && bRow == bCol * columns;
  }
}
