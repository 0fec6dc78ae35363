package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Running sums, products and linear recurrences of float32 along the middle axis of a dense array
 * {@code [outer, n, inner]}.
 *
 * <p>All are defined to the bit, whoever computes them. They go in order of the axis, or from its
 * end where they are reversed, in float64, and every result is rounded once. <b>A running sum</b>
 * is cut into blocks of 256 on its way: in a block, numbers are added one by one to a float64 that
 * starts at 0; a result is the total of the blocks before, which are added in order, plus that.
 */
// float64: generated
@SuppressWarnings("cast") // some are only needed in float32
public final class ScanF32 {
  /** Numbers after which a running sum begins anew. */
  private static final int BLOCK = 256;

  /** Columns fewer than which are gone along one after the other. */
  private static final int NARROW = 8;

  private static final int BYTES = Float.BYTES;

  private enum Kind {
    SUM,
    PROD,
    RECURRENCE
  }

  private ScanF32() {}

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
    run(Kind.SUM, pool, x, xAt, x, xAt, outer, n, inner, exclusive, reverse, y, yAt);
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
    run(Kind.PROD, pool, x, xAt, x, xAt, outer, n, inner, exclusive, reverse, y, yAt);
  }

  /**
   * {@code y[i] = w[i] y[i - 1] + x[i]}, fused, from {@code y = x} at the first place, whose {@code
   * w} does not count. Other arguments are those of {@link #sum}.
   *
   * @param w dense {@code [outer, n, inner]}
   * @param wAt its first element
   */
  public static void recurrence(
      WorkerPool pool,
      MemorySegment w,
      long wAt,
      MemorySegment x,
      long xAt,
      long outer,
      long n,
      long inner,
      boolean reverse,
      MemorySegment y,
      long yAt) {
    run(Kind.RECURRENCE, pool, w, wAt, x, xAt, outer, n, inner, false, reverse, y, yAt);
  }

  private static void run(
      Kind kind,
      WorkerPool pool,
      MemorySegment w,
      long wAt,
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
        pool,
        outer,
        n,
        inner,
        reverse,
        () -> new Run(kind, exclusive, reverse, w, wAt, x, xAt, y, yAt));
  }

  /** What a task keeps of the columns that it goes along. */
  private static final class Run extends ColumnWalk {
    private final Kind kind;
    private final boolean exclusive;
    private final boolean reverse;
    private final MemorySegment w;
    private final long wAt;
    private final MemorySegment x;
    private final long xAt;
    private final MemorySegment y;
    private final long yAt;
    private final double[] total = new double[CHUNK];
    private final double[] before = new double[CHUNK];
    private final float[] values = new float[CHUNK];
    private final float[] weights = new float[CHUNK];
    private final float[] results = new float[CHUNK];

    Run(
        Kind kind,
        boolean exclusive,
        boolean reverse,
        MemorySegment w,
        long wAt,
        MemorySegment x,
        long xAt,
        MemorySegment y,
        long yAt) {
      this.kind = kind;
      this.exclusive = exclusive;
      this.reverse = reverse;
      this.w = w;
      this.wAt = wAt;
      this.x = x;
      this.xAt = xAt;
      this.y = y;
      this.yAt = yAt;
    }

    @Override
    void begin(int width) {
      Arrays.fill(total, 0, width, kind == Kind.PROD ? 1 : 0);
      Arrays.fill(before, 0, width, 0);
    }

    @Override
    void rows(long at, long done, int rows, int width) {
      int count = rows * width;
      MemorySegment.copy(x, ValueLayout.JAVA_FLOAT, (xAt + at) * BYTES, values, 0, count);
      if (kind == Kind.RECURRENCE) {
        MemorySegment.copy(w, ValueLayout.JAVA_FLOAT, (wAt + at) * BYTES, weights, 0, count);
      }
      if (width < NARROW) {
        for (int k = 0; k < width; k++) {
          column(done, rows, width, k);
        }
      } else {
        switch (kind) {
          case SUM -> sums(done, rows, width);
          case PROD -> products(rows, width);
          case RECURRENCE -> recurrences(done, rows, width);
        }
      }
      MemorySegment.copy(results, 0, y, ValueLayout.JAVA_FLOAT, (yAt + at) * BYTES, count);
    }

    /** One of few columns, whose total stays in a register. */
    private void column(long done, int rows, int width, int k) {
      double sum = total[k];
      double start = before[k];
      int step = reverse ? -width : width;
      int at = (reverse ? rows - 1 : 0) * width + k;
      switch (kind) {
        case SUM -> {
          for (int r = 0; r < rows; r++, at += step) {
            double next = sum + values[at];
            results[at] = (float) (start + (exclusive ? sum : next));
            sum = next;
            if ((done + r) % BLOCK == BLOCK - 1) {
              start += sum;
              sum = 0;
            }
          }
        }
        case PROD -> {
          for (int r = 0; r < rows; r++, at += step) {
            double next = sum * values[at];
            results[at] = (float) (exclusive ? sum : next);
            sum = next;
          }
        }
        case RECURRENCE -> {
          for (int r = 0; r < rows; r++, at += step) {
            double value = values[at];
            sum = done + r == 0 ? value : Math.fma((double) weights[at], sum, value);
            results[at] = (float) sum;
          }
        }
      }
      total[k] = sum;
      before[k] = start;
    }

    private void sums(long done, int rows, int width) {
      for (int r = 0; r < rows; r++) {
        int from = (reverse ? rows - 1 - r : r) * width;
        for (int k = 0; k < width; k++) {
          double sum = total[k] + values[from + k];
          results[from + k] = (float) (before[k] + (exclusive ? total[k] : sum));
          total[k] = sum;
        }
        if ((done + r) % BLOCK == BLOCK - 1) {
          for (int k = 0; k < width; k++) {
            before[k] += total[k];
            total[k] = 0;
          }
        }
      }
    }

    private void products(int rows, int width) {
      for (int r = 0; r < rows; r++) {
        int from = (reverse ? rows - 1 - r : r) * width;
        for (int k = 0; k < width; k++) {
          double product = total[k] * values[from + k];
          results[from + k] = (float) (exclusive ? total[k] : product);
          total[k] = product;
        }
      }
    }

    private void recurrences(long done, int rows, int width) {
      for (int r = 0; r < rows; r++) {
        int from = (reverse ? rows - 1 - r : r) * width;
        boolean first = done + r == 0;
        for (int k = 0; k < width; k++) {
          double value = values[from + k];
          total[k] = first ? value : Math.fma((double) weights[from + k], total[k], value);
          results[from + k] = (float) total[k];
        }
      }
    }
  }
}
