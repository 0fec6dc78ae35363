package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Running sums and products of int64 along the middle axis of a dense array {@code [outer, n,
 * inner]}. They wrap around.
 */
public final class ScanI64 {
  /** Elements that pass through an array at a time; no fewer than columns of a task. */
  private static final int CHUNK = 1024;

  private static final int BYTES = Long.BYTES;

  /** Elements that are worth a task of their own. */
  private static final long GRAIN = 16 * 1024;

  private enum Kind {
    SUM,
    PROD
  }

  private ScanI64() {}

  /**
   * Running sums.
   *
   * @param pool threads to share the work
   * @param x dense {@code [outer, n, inner]}
   * @param xAt its first element
   * @param outer number of arrays {@code [n, inner]}, at least 0
   * @param n length of the axis, at least 0
   * @param inner runs side by side, at least 0
   * @param exclusive whether an element's own number is left out, so that the first sum is 0
   * @param reverse whether to go from the end of the axis
   * @param y dense {@code [outer, n, inner]}; must not overlap {@code x}
   * @param yAt its first element
   */
  public static void sum(
      WorkerPool pool,
      MemorySegment x,
      long xAt,
      long outer,
      long n,
      long inner,
      boolean exclusive,
      boolean reverse,
      MemorySegment y,
      long yAt) {
    run(Kind.SUM, pool, x, xAt, outer, n, inner, exclusive, reverse, y, yAt);
  }

  /** Running products; the first is 1 where they are exclusive. Arguments are those of sum. */
  public static void prod(
      WorkerPool pool,
      MemorySegment x,
      long xAt,
      long outer,
      long n,
      long inner,
      boolean exclusive,
      boolean reverse,
      MemorySegment y,
      long yAt) {
    run(Kind.PROD, pool, x, xAt, outer, n, inner, exclusive, reverse, y, yAt);
  }

  private static void run(
      Kind kind,
      WorkerPool pool,
      MemorySegment x,
      long xAt,
      long outer,
      long n,
      long inner,
      boolean exclusive,
      boolean reverse,
      MemorySegment y,
      long yAt) {
    long tiles = (inner + CHUNK - 1) / CHUNK;
    long grain = Math.max(1, GRAIN / Math.max(1, n * Math.min(inner, CHUNK)));
    pool.forRanges(
        outer * tiles,
        grain,
        (from, to) -> {
          Run run = new Run(kind, exclusive, reverse);
          for (long t = from; t < to; t++) {
            long c = t % tiles * CHUNK;
            long first = t / tiles * n * inner + c;
            int width = (int) Math.min(CHUNK, inner - c);
            run.columns(x, xAt + first, n, inner, width, y, yAt + first);
          }
        });
  }

  /** What a task keeps of the columns that it goes along. */
  private static final class Run {
    private final Kind kind;
    private final boolean exclusive;
    private final boolean reverse;
    private final long[] total = new long[CHUNK];
    private final long[] values = new long[CHUNK];
    private final long[] results = new long[CHUNK];

    Run(Kind kind, boolean exclusive, boolean reverse) {
      this.kind = kind;
      this.exclusive = exclusive;
      this.reverse = reverse;
    }

    void columns(
        MemorySegment x, long xAt, long n, long step, int width, MemorySegment y, long yAt) {
      Arrays.fill(total, 0, width, kind == Kind.PROD ? 1 : 0);
      // Narrow rows that lie one after the other come several at a time.
      int rows = step == width ? CHUNK / width : 1;
      for (long done = 0; done < n; done += rows) {
        int now = (int) Math.min(rows, n - done);
        long at = (reverse ? n - done - now : done) * step;
        MemorySegment.copy(x, ValueLayout.JAVA_LONG, (xAt + at) * BYTES, values, 0, now * width);
        for (int r = 0; r < now; r++) {
          row((reverse ? now - 1 - r : r) * width, width);
        }
        MemorySegment.copy(results, 0, y, ValueLayout.JAVA_LONG, (yAt + at) * BYTES, now * width);
      }
    }

    private void row(int from, int width) {
      for (int k = 0; k < width; k++) {
        long value = values[from + k];
        long next = kind == Kind.SUM ? total[k] + value : total[k] * value;
        results[from + k] = exclusive ? total[k] : next;
        total[k] = next;
      }
    }
  }
}
