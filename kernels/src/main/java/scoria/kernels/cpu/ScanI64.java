package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Running sums and products of int64 along the middle axis of a dense array {@code [outer, n,
 * inner]}. They wrap around.
 */
public final class ScanI64 {
  /** Columns fewer than which are gone along one after the other. */
  private static final int NARROW = 8;

  private static final int BYTES = Long.BYTES;

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
    ColumnWalk.run(
        pool, outer, n, inner, reverse, () -> new Run(kind, exclusive, reverse, x, xAt, y, yAt));
  }

  /** What a task keeps of the columns that it goes along. */
  private static final class Run extends ColumnWalk {
    private final Kind kind;
    private final boolean exclusive;
    private final boolean reverse;
    private final MemorySegment x;
    private final long xAt;
    private final MemorySegment y;
    private final long yAt;
    private final long[] total = new long[CHUNK];
    private final long[] values = new long[CHUNK];
    private final long[] results = new long[CHUNK];

    Run(
        Kind kind,
        boolean exclusive,
        boolean reverse,
        MemorySegment x,
        long xAt,
        MemorySegment y,
        long yAt) {
      this.kind = kind;
      this.exclusive = exclusive;
      this.reverse = reverse;
      this.x = x;
      this.xAt = xAt;
      this.y = y;
      this.yAt = yAt;
    }

    @Override
    void begin(int width) {
      Arrays.fill(total, 0, width, kind == Kind.PROD ? 1 : 0);
    }

    @Override
    void rows(long at, long done, int rows, int width) {
      int count = rows * width;
      MemorySegment.copy(x, ValueLayout.JAVA_LONG, (xAt + at) * BYTES, values, 0, count);
      if (width < NARROW) {
        for (int k = 0; k < width; k++) {
          column(rows, width, k);
        }
      } else {
        for (int r = 0; r < rows; r++) {
          row((reverse ? rows - 1 - r : r) * width, width);
        }
      }
      MemorySegment.copy(results, 0, y, ValueLayout.JAVA_LONG, (yAt + at) * BYTES, count);
    }

    /** One of few columns, whose total stays in a register. */
    private void column(int rows, int width, int k) {
      long last = total[k];
      for (int r = 0; r < rows; r++) {
        int at = (reverse ? rows - 1 - r : r) * width + k;
        long next = kind == Kind.SUM ? last + values[at] : last * values[at];
        results[at] = exclusive ? last : next;
        last = next;
      }
      total[k] = last;
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
