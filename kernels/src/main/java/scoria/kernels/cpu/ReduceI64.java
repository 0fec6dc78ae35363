package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Reductions of int64 over the middle axis of a dense array {@code [outer, n, inner]} to a dense
 * {@code [outer, inner]}. Sums and products wrap around, as Java's and NumPy's do.
 */
public final class ReduceI64 {
  private enum Kind {
    SUM(0),
    PROD(1),
    MAX(Long.MIN_VALUE),
    MIN(Long.MAX_VALUE);

    final long start;

    Kind(long start) {
      this.start = start;
    }
  }

  private ReduceI64() {}

  /**
   * Sums modulo 2^64; 0 where {@code n} is 0.
   *
   * @param pool threads to share the work
   * @param x dense {@code [outer, n, inner]}
   * @param xAt its first element
   * @param outer number of arrays {@code [n, inner]}, at least 0
   * @param n numbers in a sum, at least 0
   * @param inner sums side by side, at least 0
   * @param out dense {@code [outer, inner]}; must not overlap {@code x}
   * @param outAt its first element
   */
  public static void sum(
      WorkerPool pool,
      MemorySegment x,
      long xAt,
      long outer,
      long n,
      long inner,
      MemorySegment out,
      long outAt) {
    run(Kind.SUM, pool, x, xAt, outer, n, inner, out, outAt);
  }

  /** Products modulo 2^64; 1 where {@code n} is 0. Arguments are those of {@link #sum}. */
  public static void prod(
      WorkerPool pool,
      MemorySegment x,
      long xAt,
      long outer,
      long n,
      long inner,
      MemorySegment out,
      long outAt) {
    run(Kind.PROD, pool, x, xAt, outer, n, inner, out, outAt);
  }

  /**
   * Largest elements. Arguments are those of {@link #sum}.
   *
   * @throws IllegalArgumentException if {@code n} is 0
   */
  public static void max(
      WorkerPool pool,
      MemorySegment x,
      long xAt,
      long outer,
      long n,
      long inner,
      MemorySegment out,
      long outAt) {
    checkNotEmpty("max", n);
    run(Kind.MAX, pool, x, xAt, outer, n, inner, out, outAt);
  }

  /**
   * Smallest elements. Arguments are those of {@link #sum}.
   *
   * @throws IllegalArgumentException if {@code n} is 0
   */
  public static void min(
      WorkerPool pool,
      MemorySegment x,
      long xAt,
      long outer,
      long n,
      long inner,
      MemorySegment out,
      long outAt) {
    checkNotEmpty("min", n);
    run(Kind.MIN, pool, x, xAt, outer, n, inner, out, outAt);
  }

  /**
   * Places of the first largest elements along the axis. Arguments are those of {@link #sum}.
   *
   * @throws IllegalArgumentException if {@code n} is 0
   */
  public static void argMax(
      WorkerPool pool,
      MemorySegment x,
      long xAt,
      long outer,
      long n,
      long inner,
      MemorySegment out,
      long outAt) {
    checkNotEmpty("argMax", n);
    places(Kind.MAX, pool, x, xAt, outer, n, inner, out, outAt);
  }

  /**
   * Places of the first smallest elements along the axis. Arguments are those of {@link #sum}.
   *
   * @throws IllegalArgumentException if {@code n} is 0
   */
  public static void argMin(
      WorkerPool pool,
      MemorySegment x,
      long xAt,
      long outer,
      long n,
      long inner,
      MemorySegment out,
      long outAt) {
    checkNotEmpty("argMin", n);
    places(Kind.MIN, pool, x, xAt, outer, n, inner, out, outAt);
  }

  private static void places(
      Kind kind,
      WorkerPool pool,
      MemorySegment x,
      long xAt,
      long outer,
      long n,
      long inner,
      MemorySegment out,
      long outAt) {
    ColumnWalk.run(pool, outer, n, inner, false, () -> new Places(kind, x, xAt, out, outAt));
  }

  private static void checkNotEmpty(String name, long n) {
    if (n == 0) {
      throw new IllegalArgumentException(name + " over an axis of length 0 has no value");
    }
  }

  private static void run(
      Kind kind,
      WorkerPool pool,
      MemorySegment x,
      long xAt,
      long outer,
      long n,
      long inner,
      MemorySegment out,
      long outAt) {
    if (outer < 0 || n < 0 || inner < 0) {
      throw new IllegalArgumentException(
          "sizes [" + outer + ", " + n + ", " + inner + "] must not be negative");
    }
    ColumnWalk.run(pool, outer, n, inner, false, () -> new Run(kind, x, xAt, out, outAt));
  }

  /** Columns that are read, and one result of each. */
  private abstract static class Columns extends ColumnWalk {
    final Kind kind;
    final long[] chunk = new long[CHUNK];
    final long[] results = new long[CHUNK];
    private final MemorySegment x;
    private final long xAt;
    private final MemorySegment out;
    private final long outAt;

    Columns(Kind kind, MemorySegment x, long xAt, MemorySegment out, long outAt) {
      this.kind = kind;
      this.x = x;
      this.xAt = xAt;
      this.out = out;
      this.outAt = outAt;
    }

    final void read(long at, int count) {
      MemorySegment.copy(x, ValueLayout.JAVA_LONG, (xAt + at) * Long.BYTES, chunk, 0, count);
    }

    @Override
    final void end(long at, int width) {
      MemorySegment.copy(results, 0, out, ValueLayout.JAVA_LONG, (outAt + at) * Long.BYTES, width);
    }
  }

  private static final class Places extends Columns {
    private final long[] best = new long[CHUNK];

    Places(Kind kind, MemorySegment x, long xAt, MemorySegment out, long outAt) {
      super(kind, x, xAt, out, outAt);
    }

    @Override
    void begin(int width) {
      Arrays.fill(results, 0, width, -1);
    }

    @Override
    void rows(long at, long done, int rows, int width) {
      read(at, rows * width);
      // The complement turns the order around.
      long flip = kind == Kind.MIN ? -1 : 0;
      for (int r = 0; r < rows; r++) {
        for (int k = 0; k < width; k++) {
          long value = chunk[r * width + k] ^ flip;
          if (results[k] < 0 || value > best[k]) {
            best[k] = value;
            results[k] = done + r;
          }
        }
      }
    }
  }

  private static final class Run extends Columns {
    Run(Kind kind, MemorySegment x, long xAt, MemorySegment out, long outAt) {
      super(kind, x, xAt, out, outAt);
    }

    @Override
    void begin(int width) {
      Arrays.fill(results, 0, width, kind.start);
    }

    @Override
    void rows(long at, long done, int rows, int width) {
      read(at, rows * width);
      if (width == 1) {
        results[0] = row(kind, results[0], chunk, rows);
        return;
      }
      for (int r = 0; r < rows * width; r += width) {
        columns(kind, results, chunk, r, width);
      }
    }
  }

  private static void columns(Kind kind, long[] acc, long[] chunk, int from, int width) {
    switch (kind) {
      case SUM -> {
        for (int c = 0; c < width; c++) {
          acc[c] += chunk[from + c];
        }
      }
      case PROD -> {
        for (int c = 0; c < width; c++) {
          acc[c] *= chunk[from + c];
        }
      }
      case MAX -> {
        for (int c = 0; c < width; c++) {
          acc[c] = Math.max(acc[c], chunk[from + c]);
        }
      }
      case MIN -> {
        for (int c = 0; c < width; c++) {
          acc[c] = Math.min(acc[c], chunk[from + c]);
        }
      }
    }
  }

  private static long row(Kind kind, long start, long[] chunk, int count) {
    long acc = start;
    switch (kind) {
      case SUM -> {
        for (int k = 0; k < count; k++) {
          acc += chunk[k];
        }
      }
      case PROD -> {
        for (int k = 0; k < count; k++) {
          acc *= chunk[k];
        }
      }
      case MAX -> {
        for (int k = 0; k < count; k++) {
          acc = Math.max(acc, chunk[k]);
        }
      }
      case MIN -> {
        for (int k = 0; k < count; k++) {
          acc = Math.min(acc, chunk[k]);
        }
      }
    }
    return acc;
  }
}
