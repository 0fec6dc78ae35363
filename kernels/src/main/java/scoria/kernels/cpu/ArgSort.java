package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The order of the elements of rows: stable, with NaN at the end in both directions, and -0 equal
 * to +0.
 */
public final class ArgSort {
  /** Elements that are worth a task of their own. */
  private static final long GRAIN = 4 * 1024;

  /** Elements that are sorted by putting one after the other in its place. */
  private static final int RUN = 16;

  private ArgSort() {}

  /**
   * {@code order[r, i]} is the place in row r of the element that comes i-th.
   *
   * @param pool threads to share the work
   * @param type of the elements: F32, F64 or I64
   * @param x dense {@code [rows, n]}
   * @param xAt its first element
   * @param rows number of rows, at least 0
   * @param n elements of a row, at least 0 and below 2^31
   * @param descending whether the largest comes first; of equal ones the first does anyway
   * @param order dense int64 {@code [rows, n]}
   * @param orderAt its first element
   */
  public static void run(
      WorkerPool pool,
      ElementType type,
      MemorySegment x,
      long xAt,
      long rows,
      long n,
      boolean descending,
      MemorySegment order,
      long orderAt) {
    SortKeys.check(type);
    int size = Math.toIntExact(n);
    if (size == 0) {
      return;
    }
    pool.forRanges(
        rows,
        Math.max(1, GRAIN / n),
        (from, to) -> {
          long[] keys = new long[size];
          long[] otherKeys = new long[size];
          long[] places = new long[size];
          long[] otherPlaces = new long[size];
          for (long r = from; r < to; r++) {
            SortKeys.read(type, x, xAt + r * n, size, descending, keys);
            boolean inFirst = sort(keys, places, otherKeys, otherPlaces);
            MemorySegment.copy(
                inFirst ? places : otherPlaces,
                0,
                order,
                ValueLayout.JAVA_LONG,
                (orderAt + r * n) * Long.BYTES,
                size);
          }
        });
  }

  /** Sorts by merging runs; says whether the result is in the first arrays or in the others. */
  private static boolean sort(long[] keys, long[] places, long[] otherKeys, long[] otherPlaces) {
    int n = keys.length;
    for (int from = 0; from < n; from += RUN) {
      insert(keys, places, from, Math.min(n, from + RUN));
    }
    long[] k = keys;
    long[] p = places;
    long[] toK = otherKeys;
    long[] toP = otherPlaces;
    for (int width = RUN; width < n && width > 0; width *= 2) {
      for (int from = 0; from < n; from += 2 * width) {
        int middle = (int) Math.min(n, (long) from + width);
        int end = (int) Math.min(n, (long) from + 2L * width);
        int a = from;
        int b = middle;
        for (int to = from; to < end; to++) {
          boolean first = b >= end || (a < middle && k[a] <= k[b]);
          int at = first ? a++ : b++;
          toK[to] = k[at];
          toP[to] = p[at];
        }
        if (end == n) {
          break;
        }
      }
      long[] t = k;
      k = toK;
      toK = t;
      t = p;
      p = toP;
      toP = t;
    }
    return p == places;
  }

  private static void insert(long[] keys, long[] places, int from, int end) {
    for (int i = from; i < end; i++) {
      long key = keys[i];
      int at = i;
      for (; at > from && keys[at - 1] > key; at--) {
        keys[at] = keys[at - 1];
        places[at] = places[at - 1];
      }
      keys[at] = key;
      places[at] = i;
    }
  }
}
