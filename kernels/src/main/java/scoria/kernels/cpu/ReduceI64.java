package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Reductions of int64 over the middle axis of a dense array {@code [outer, n, inner]} to a dense
 * {@code [outer, inner]}. Sums and products wrap around, as Java's and NumPy's do.
 */
public final class ReduceI64 {
  /** Elements that are worth a task of their own. */
  private static final long GRAIN = 16 * 1024;

  /** Elements that pass through an array at a time. */
  private static final int CHUNK = 1024;

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
    // The complement turns the order around.
    long flip = kind == Kind.MIN ? -1 : 0;
    long tiles = (inner + CHUNK - 1) / CHUNK;
    pool.forRanges(
        outer * tiles,
        Math.max(1, GRAIN / Math.max(1, n * Math.min(inner, CHUNK))),
        (from, to) -> {
          long[] best = new long[CHUNK];
          long[] places = new long[CHUNK];
          long[] chunk = new long[CHUNK];
          for (long t = from; t < to; t++) {
            long o = t / tiles;
            long c = t % tiles * CHUNK;
            int width = (int) Math.min(CHUNK, inner - c);
            int rows = inner == width ? CHUNK / width : 1;
            Arrays.fill(places, 0, width, -1);
            for (long i = 0; i < n; i += rows) {
              int now = (int) Math.min(rows, n - i);
              long at = xAt + (o * n + i) * inner + c;
              MemorySegment.copy(x, ValueLayout.JAVA_LONG, at * Long.BYTES, chunk, 0, now * width);
              for (int r = 0; r < now; r++) {
                for (int k = 0; k < width; k++) {
                  long value = chunk[r * width + k] ^ flip;
                  if (places[k] < 0 || value > best[k]) {
                    best[k] = value;
                    places[k] = i + r;
                  }
                }
              }
            }
            MemorySegment.copy(
                places, 0, out, ValueLayout.JAVA_LONG, (outAt + o * inner + c) * Long.BYTES, width);
          }
        });
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
    long tiles = (inner + CHUNK - 1) / CHUNK;
    long grain = Math.max(1, GRAIN / Math.max(1, n * Math.min(inner, CHUNK)));
    pool.forRanges(
        outer * tiles,
        grain,
        (from, to) -> {
          long[] acc = new long[CHUNK];
          long[] chunk = new long[CHUNK];
          for (long t = from; t < to; t++) {
            long o = t / tiles;
            long c = t % tiles * CHUNK;
            int width = (int) Math.min(CHUNK, inner - c);
            long at = xAt + o * n * inner + c;
            if (inner == 1) {
              acc[0] = row(kind, x, at, n, chunk);
            } else {
              columns(kind, x, at, n, inner, width, acc, chunk);
            }
            MemorySegment.copy(
                acc, 0, out, ValueLayout.JAVA_LONG, (outAt + o * inner + c) * Long.BYTES, width);
          }
        });
  }

  private static void columns(
      Kind kind, MemorySegment x, long at, long n, long step, int width, long[] acc, long[] chunk) {
    Arrays.fill(acc, 0, width, kind.start);
    // Narrow rows that lie one after the other come several at a time.
    int rows = step == width ? Math.max(1, CHUNK / width) : 1;
    for (long i = 0; i < n; i += rows) {
      int now = (int) Math.min(rows, n - i);
      MemorySegment.copy(
          x, ValueLayout.JAVA_LONG, (at + i * step) * Long.BYTES, chunk, 0, now * width);
      for (int r = 0; r < now * width; r += width) {
        switch (kind) {
          case SUM -> {
            for (int c = 0; c < width; c++) {
              acc[c] += chunk[r + c];
            }
          }
          case PROD -> {
            for (int c = 0; c < width; c++) {
              acc[c] *= chunk[r + c];
            }
          }
          case MAX -> {
            for (int c = 0; c < width; c++) {
              acc[c] = Math.max(acc[c], chunk[r + c]);
            }
          }
          case MIN -> {
            for (int c = 0; c < width; c++) {
              acc[c] = Math.min(acc[c], chunk[r + c]);
            }
          }
        }
      }
    }
  }

  private static long row(Kind kind, MemorySegment x, long at, long n, long[] chunk) {
    long acc = kind.start;
    for (long i = 0; i < n; i += CHUNK) {
      int now = (int) Math.min(CHUNK, n - i);
      MemorySegment.copy(x, ValueLayout.JAVA_LONG, (at + i) * Long.BYTES, chunk, 0, now);
      switch (kind) {
        case SUM -> {
          for (int k = 0; k < now; k++) {
            acc += chunk[k];
          }
        }
        case PROD -> {
          for (int k = 0; k < now; k++) {
            acc *= chunk[k];
          }
        }
        case MAX -> {
          for (int k = 0; k < now; k++) {
            acc = Math.max(acc, chunk[k]);
          }
        }
        case MIN -> {
          for (int k = 0; k < now; k++) {
            acc = Math.min(acc, chunk[k]);
          }
        }
      }
    }
    return acc;
  }
}
