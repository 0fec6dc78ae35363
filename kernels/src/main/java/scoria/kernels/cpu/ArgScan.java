package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Places of the extreme elements so far, along the middle axis of a dense array {@code [outer, n,
 * inner]}: of equal ones the last, and the last NaN from the first NaN on.
 */
public final class ArgScan {
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
    ColumnWalk.run(
        pool, outer, n, inner, false, () -> new Run(type, smallest, x, xAt, places, placesAt));
  }

  /** What a task keeps of the columns that it goes along. */
  private static final class Run extends ColumnWalk {
    private final ElementType type;
    private final boolean smallest;
    private final MemorySegment x;
    private final long xAt;
    private final MemorySegment places;
    private final long placesAt;
    private final long[] best = new long[CHUNK];
    private final long[] at = new long[CHUNK];
    private final long[] keys = new long[CHUNK];
    private final long[] results = new long[CHUNK];

    Run(
        ElementType type,
        boolean smallest,
        MemorySegment x,
        long xAt,
        MemorySegment places,
        long placesAt) {
      this.type = type;
      this.smallest = smallest;
      this.x = x;
      this.xAt = xAt;
      this.places = places;
      this.placesAt = placesAt;
    }

    @Override
    void begin(int width) {}

    @Override
    void rows(long first, long done, int rows, int width) {
      int count = rows * width;
      SortKeys.read(type, x, xAt + first, count, smallest, keys);
      for (int r = 0; r < rows; r++) {
        row(done + r, r * width, width);
      }
      long to = (placesAt + first) * Long.BYTES;
      MemorySegment.copy(results, 0, places, ValueLayout.JAVA_LONG, to, count);
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
