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

  /** Elements that pass through an array at a time; no fewer than columns of a task. */
  private static final int CHUNK = 1024;

  private static final int BYTES = Float.BYTES;

  /** Elements that are worth a task of their own. */
  private static final long GRAIN = 16 * 1024;

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
            run.columns(w, wAt + first, x, xAt + first, n, inner, width, y, yAt + first);
          }
        });
  }

  /** What a task keeps of the columns that it goes along. */
  private static final class Run {
    private final Kind kind;
    private final boolean exclusive;
    private final boolean reverse;
    private final double[] total = new double[CHUNK];
    private final double[] before = new double[CHUNK];
    private final float[] values = new float[CHUNK];
    private final float[] weights = new float[CHUNK];
    private final float[] results = new float[CHUNK];

    Run(Kind kind, boolean exclusive, boolean reverse) {
      this.kind = kind;
      this.exclusive = exclusive;
      this.reverse = reverse;
    }

    void columns(
        MemorySegment w,
        long wAt,
        MemorySegment x,
        long xAt,
        long n,
        long step,
        int width,
        MemorySegment y,
        long yAt) {
      Arrays.fill(total, 0, width, kind == Kind.PROD ? 1 : 0);
      Arrays.fill(before, 0, width, 0);
      // Narrow rows that lie one after the other come several at a time.
      int rows = step == width ? CHUNK / width : 1;
      for (long done = 0; done < n; done += rows) {
        int now = (int) Math.min(rows, n - done);
        long at = (reverse ? n - done - now : done) * step;
        MemorySegment.copy(x, ValueLayout.JAVA_FLOAT, (xAt + at) * BYTES, values, 0, now * width);
        if (kind == Kind.RECURRENCE) {
          MemorySegment.copy(
              w, ValueLayout.JAVA_FLOAT, (wAt + at) * BYTES, weights, 0, now * width);
        }
        for (int r = 0; r < now; r++) {
          long place = done + r;
          row((reverse ? now - 1 - r : r) * width, width, place == 0);
          if (kind == Kind.SUM && place % BLOCK == BLOCK - 1) {
            for (int k = 0; k < width; k++) {
              before[k] += total[k];
              total[k] = 0;
            }
          }
        }
        MemorySegment.copy(results, 0, y, ValueLayout.JAVA_FLOAT, (yAt + at) * BYTES, now * width);
      }
    }

    private void row(int from, int width, boolean first) {
      switch (kind) {
        case SUM -> {
          for (int k = 0; k < width; k++) {
            double sum = total[k] + values[from + k];
            results[from + k] = (float) (before[k] + (exclusive ? total[k] : sum));
            total[k] = sum;
          }
        }
        case PROD -> {
          for (int k = 0; k < width; k++) {
            double product = total[k] * values[from + k];
            results[from + k] = (float) (exclusive ? total[k] : product);
            total[k] = product;
          }
        }
        case RECURRENCE -> {
          for (int k = 0; k < width; k++) {
            double value = values[from + k];
            total[k] = first ? value : Math.fma((double) weights[from + k], total[k], value);
            results[from + k] = (float) total[k];
          }
        }
      }
    }
  }
}
