package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Places of the extreme elements so far, along the middle axis of a dense array {@code [outer, n,
 * inner]}: of equal ones the last, and the last NaN from the first NaN on.
 */
public final class ArgScan {
  /** Elements that pass through an array at a time; no fewer than columns of a task. */
  private static final int CHUNK = 1024;

  /** Elements that are worth a task of their own. */
  private static final long GRAIN = 16 * 1024;

  private ArgScan() {}

  /**
   * {@code places[o, i, j]} is where the extreme element of {@code x[o, 0 .. i, j]} lies on the
   * axis.
   *
   * @param pool threads to share the work
   * @param type of the elements: F32, F64 or I64
   * @param x dense {@code [outer, n, inner]}
   * @param xAt its first element
   * @param outer number of arrays {@code [n, inner]}, at least 0
   * @param n length of the axis, at least 0
   * @param inner runs side by side, at least 0
   * @param smallest whether the smallest is looked for, rather than the largest
   * @param places dense int64 {@code [outer, n, inner]}
   * @param placesAt its first element
   */
  public static void run(
      WorkerPool pool,
      ElementType type,
      MemorySegment x,
      long xAt,
      long outer,
      long n,
      long inner,
      boolean smallest,
      MemorySegment places,
      long placesAt) {
    SortKeys.check(type);
    long tiles = (inner + CHUNK - 1) / CHUNK;
    long grain = Math.max(1, GRAIN / Math.max(1, n * Math.min(inner, CHUNK)));
    pool.forRanges(
        outer * tiles,
        grain,
        (from, to) -> {
          Run run = new Run(type, smallest);
          for (long t = from; t < to; t++) {
            long c = t % tiles * CHUNK;
            long first = t / tiles * n * inner + c;
            int width = (int) Math.min(CHUNK, inner - c);
            run.columns(x, xAt + first, n, inner, width, places, placesAt + first);
          }
        });
  }

  /** What a task keeps of the columns that it goes along. */
  private static final class Run {
    private final ElementType type;
    private final boolean smallest;
    private final long[] best = new long[CHUNK];
    private final long[] at = new long[CHUNK];
    private final long[] keys = new long[CHUNK];
    private final long[] results = new long[CHUNK];

    Run(ElementType type, boolean smallest) {
      this.type = type;
      this.smallest = smallest;
    }

    void columns(
        MemorySegment x,
        long xAt,
        long n,
        long step,
        int width,
        MemorySegment places,
        long placesAt) {
      // Narrow rows that lie one after the other come several at a time.
      int rows = step == width ? CHUNK / width : 1;
      for (long done = 0; done < n; done += rows) {
        int now = (int) Math.min(rows, n - done);
        SortKeys.read(type, x, xAt + done * step, now * width, smallest, keys);
        for (int r = 0; r < now; r++) {
          row(done + r, r * width, width);
        }
        long to = (placesAt + done * step) * Long.BYTES;
        MemorySegment.copy(results, 0, places, ValueLayout.JAVA_LONG, to, now * width);
      }
    }

    private void row(long place, int from, int width) {
      for (int k = 0; k < width; k++) {
        long key = keys[from + k];
        if (place == 0 || key >= best[k]) {
          best[k] = key;
          at[k] = place;
        }
        results[from + k] = at[k];
      }
    }
  }
}
