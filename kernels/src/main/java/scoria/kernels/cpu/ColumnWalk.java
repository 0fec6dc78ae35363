package scoria.kernels.cpu;

import java.util.function.Supplier;

/**
 * The way along the middle axis of a dense array {@code [outer, n, inner]}: by columns side by
 * side, of which as many rows come at a time as fit into an array on the heap. What is done with
 * them is a subclass, which owns its loops.
 */
abstract class ColumnWalk {
  /** Elements that come at a time; no fewer than columns of a task. */
  static final int CHUNK = 1024;

  /** Elements that are worth a task of their own. */
  private static final long GRAIN = 16 * 1024;

  /** Before the first row of {@code width} columns. */
  abstract void begin(int width);

  /**
   * Some rows.
   *
   * @param at their first element, counted from the array's
   * @param done rows that came before
   * @param rows how many; in memory they lie in the order of the axis, also where it is reversed
   * @param width columns of a row
   */
  abstract void rows(long at, long done, int rows, int width);

  /**
   * After the last row.
   *
   * @param at place of the first column in a dense array {@code [outer, inner]}
   */
  void end(long at, int width) {}

  /**
   * Goes along all columns.
   *
   * @param reverse whether from the end of the axis
   * @param walk makes what works on columns, for every task one
   */
  static void run(
      WorkerPool pool,
      long outer,
      long n,
      long inner,
      boolean reverse,
      Supplier<? extends ColumnWalk> walk) {
    long tiles = (inner + CHUNK - 1) / CHUNK;
    long grain = Math.max(1, GRAIN / Math.max(1, n * Math.min(inner, CHUNK)));
    pool.forRanges(
        outer * tiles,
        grain,
        (from, to) -> {
          ColumnWalk columns = walk.get();
          for (long t = from; t < to; t++) {
            long o = t / tiles;
            long c = t % tiles * CHUNK;
            int width = (int) Math.min(CHUNK, inner - c);
            columns.along(o * n * inner + c, n, inner, width, reverse);
            columns.end(o * inner + c, width);
          }
        });
  }

  private void along(long first, long n, long step, int width, boolean reverse) {
    begin(width);
    // Narrow rows that lie one after the other come several at a time.
    int most = step == width ? CHUNK / width : 1;
    for (long done = 0; done < n; done += most) {
      int now = (int) Math.min(most, n - done);
      rows(first + (reverse ? n - done - now : done) * step, done, now, width);
    }
  }
}
