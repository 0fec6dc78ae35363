package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax and its kin over the rows of a dense float32 matrix {@code [rows, n]}.
 *
 * <p>With {@code m} the row's maximum and {@code s} the sum of {@code exp(x[i] - m)}, added as
 * {@link ReduceF32} defines: softmax is {@code exp(x[i] - m) (1 / s)}, its logarithm {@code (x[i] -
 * m) - log(s)}, and log-sum-exp {@code m + log(s)}. No exponential overflows, and at least one is
 * 1.
 *
 * <p>Softmax and its logarithm of a row that holds NaN or +infinity, or nothing but -infinity, are
 * NaN throughout.
 */
// float64: generated
public final class RowsF32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();
  private static final int BYTES = Float.BYTES;
  private static final int BLOCK = BlockF32.SIZE;

  /** Rows whose logarithms are taken together; a multiple of any vector's lanes. */
  private static final int GROUP = 64;

  // A thread's scratch, in elements: one block of a sum's terms, then two numbers of each row.
  private static final long TERMS = 0;
  private static final long SHIFTS = BLOCK;
  private static final long SUMS = SHIFTS + GROUP;

  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

  /** Elements that are worth a task of their own. */
  private static final long GRAIN = 8 * 1024;

  private RowsF32() {}

  /**
   * {@code y[r, i] = exp(x[r, i]) / sum_k exp(x[r, k])}.
   *
   * @param pool threads to share the rows
   * @param x dense {@code [rows, n]}
   * @param xAt its first element
   * @param y dense {@code [rows, n]}; may be exactly {@code x} at {@code xAt}
   * @param yAt its first element
   * @param rows number of rows, at least 0
   * @param n elements of a row, at least 0
   */
  public static void softmax(
      WorkerPool pool, MemorySegment x, long xAt, MemorySegment y, long yAt, long rows, long n) {
    checkSizes(rows, n);
    // A call that is not shared out makes no lambda: programs replay it without allocating.
    if (rows <= grain(n) || pool.threads() == 1) {
      softmax(x, xAt, y, yAt, 0, rows, n);
    } else {
      pool.forRanges(rows, grain(n), (from, to) -> softmax(x, xAt, y, yAt, from, to, n));
    }
  }

  private static void softmax(
      MemorySegment x, long xAt, MemorySegment y, long yAt, long from, long to, long n) {
    for (long r = from; r < to; r++) {
      long at = yAt + r * n;
      float m = (float) ReduceF32.maxRow(x, xAt + r * n, n);
      expShifted(x, xAt + r * n, m, y, at, n);
      scale(y, at, 1 / ReduceF32.rounded(ReduceF32.sumRow(y, at, n)), n);
    }
  }

  /**
   * {@code y[r, i] = x[r, i] - log(sum_k exp(x[r, k]))}. Arguments are those of {@link #softmax}.
   */
  public static void logSoftmax(
      WorkerPool pool, MemorySegment x, long xAt, MemorySegment y, long yAt, long rows, long n) {
    checkSizes(rows, n);
    // A call that is not shared out makes no lambda: programs replay it without allocating.
    if (rows <= grain(n) || pool.threads() == 1) {
      logSoftmax(x, xAt, y, yAt, 0, rows, n);
    } else {
      pool.forRanges(rows, grain(n), (from, to) -> logSoftmax(x, xAt, y, yAt, from, to, n));
    }
  }

  private static void logSoftmax(
      MemorySegment x, long xAt, MemorySegment y, long yAt, long from, long to, long n) {
    MemorySegment own = scratch();
    for (long first = from; first < to; first += GROUP) {
      int count = (int) Math.min(GROUP, to - first);
      for (int i = 0; i < count; i++) {
        long at = xAt + (first + i) * n;
        float m = (float) ReduceF32.maxRow(x, at, n);
        put(own, SHIFTS + i, m);
        put(own, SUMS + i, sumExp(x, at, m, n, own));
      }
      logs(own, count);
      for (int i = 0; i < count; i++) {
        long at = (first + i) * n;
        shiftTwice(x, xAt + at, get(own, SHIFTS + i), get(own, SUMS + i), y, yAt + at, n);
      }
    }
  }

  /**
   * {@code out[r] = log(sum_i exp(x[r, i]))}: +infinity if the row holds that and no NaN; -infinity
   * if it holds nothing else, or nothing at all.
   *
   * @param pool threads to share the rows
   * @param x dense {@code [rows, n]}
   * @param xAt its first element
   * @param out {@code rows} elements
   * @param outAt the first of them
   * @param rows number of rows, at least 0
   * @param n elements of a row, at least 0
   */
  public static void logSumExp(
      WorkerPool pool,
      MemorySegment x,
      long xAt,
      MemorySegment out,
      long outAt,
      long rows,
      long n) {
    checkSizes(rows, n);
    // A call that is not shared out makes no lambda: programs replay it without allocating.
    if (rows <= grain(n) || pool.threads() == 1) {
      logSumExp(x, xAt, out, outAt, 0, rows, n);
    } else {
      pool.forRanges(rows, grain(n), (from, to) -> logSumExp(x, xAt, out, outAt, from, to, n));
    }
  }

  private static void logSumExp(
      MemorySegment x, long xAt, MemorySegment out, long outAt, long from, long to, long n) {
    MemorySegment own = scratch();
    for (long first = from; first < to; first += GROUP) {
      int count = (int) Math.min(GROUP, to - first);
      for (int i = 0; i < count; i++) {
        long at = xAt + (first + i) * n;
        float m = (float) ReduceF32.maxRow(x, at, n);
        // An infinity minus itself would be NaN.
        float shift = Float.isInfinite(m) ? 0 : m;
        put(own, SHIFTS + i, shift);
        put(own, SUMS + i, sumExp(x, at, shift, n, own));
      }
      logs(own, count);
      for (int i = 0; i < count; i++) {
        put(out, outAt + first + i, get(own, SHIFTS + i) + get(own, SUMS + i));
      }
    }
  }

  /**
   * The pullback of {@link #softmax}: {@code out[r, i] = y[r, i] (g[r, i] - sum_k g[r, k] y[r,
   * k])}, the products rounded and then added as {@link ReduceF32} defines.
   *
   * @param pool threads to share the rows
   * @param y what softmax gave, dense {@code [rows, n]}
   * @param yAt its first element
   * @param g gradient with respect to {@code y}, dense {@code [rows, n]}
   * @param gAt its first element
   * @param out gradient with respect to softmax's input, dense {@code [rows, n]}; may be exactly
   *     {@code y} or {@code g} with the same places
   * @param outAt its first element
   * @param rows number of rows, at least 0
   * @param n elements of a row, at least 0
   */
  public static void softmaxGrad(
      WorkerPool pool,
      MemorySegment y,
      long yAt,
      MemorySegment g,
      long gAt,
      MemorySegment out,
      long outAt,
      long rows,
      long n) {
    checkSizes(rows, n);
    pool.forRanges(
        rows,
        grain(n),
        (from, to) -> {
          MemorySegment own = scratch();
          for (long r = from; r < to; r++) {
            long at = r * n;
            float dot = dot(y, yAt + at, g, gAt + at, n, own);
            softmaxGradRow(y, yAt + at, g, gAt + at, dot, out, outAt + at, n);
          }
        });
  }

  /**
   * The pullback of {@link #logSoftmax}: {@code out[r, i] = g[r, i] - exp(y[r, i]) sum_k g[r, k]}.
   * Arguments are those of {@link #softmaxGrad}, with {@code y} what logSoftmax gave.
   */
  public static void logSoftmaxGrad(
      WorkerPool pool,
      MemorySegment y,
      long yAt,
      MemorySegment g,
      long gAt,
      MemorySegment out,
      long outAt,
      long rows,
      long n) {
    checkSizes(rows, n);
    pool.forRanges(
        rows,
        grain(n),
        (from, to) -> {
          for (long r = from; r < to; r++) {
            long at = r * n;
            float sum = ReduceF32.rounded(ReduceF32.sumRow(g, gAt + at, n));
            logSoftmaxGradRow(y, yAt + at, g, gAt + at, sum, out, outAt + at, n);
          }
        });
  }

  private static void checkSizes(long rows, long n) {
    if (rows < 0 || n < 0) {
      throw new IllegalArgumentException("sizes [" + rows + ", " + n + "] must not be negative");
    }
  }

  private static long grain(long n) {
    return Math.max(1, GRAIN / Math.max(1, n));
  }

  private static MemorySegment scratch() {
    return ThreadScratch.bytes((SUMS + GROUP) * BYTES);
  }

  private static void put(MemorySegment x, long at, float value) {
    x.set(ValueLayout.JAVA_FLOAT, at * BYTES, value);
  }

  private static float get(MemorySegment x, long at) {
    return x.get(ValueLayout.JAVA_FLOAT, at * BYTES);
  }

  /** Replaces the sums of a group of rows by their logarithms. */
  private static void logs(MemorySegment own, int count) {
    for (int i = 0; i < count; i += L) {
      long b = (SUMS + i) * BYTES;
      MathF32.log(FloatVector.fromMemorySegment(S, own, b, NATIVE))
          .intoMemorySegment(own, b, NATIVE);
    }
  }

  /** The sum of {@code exp(x[i] - shift)}. */
  private static float sumExp(MemorySegment x, long at, float shift, long n, MemorySegment own) {
    double total = 0;
    for (long i = 0; i < n; i += BLOCK) {
      int count = (int) Math.min(BLOCK, n - i);
      expShifted(x, at + i, shift, own, TERMS, count);
      total += BlockF32.sum(own, TERMS, count);
    }
    return ReduceF32.rounded(total);
  }

  private static float dot(
      MemorySegment a, long aAt, MemorySegment b, long bAt, long n, MemorySegment own) {
    double total = 0;
    for (long i = 0; i < n; i += BLOCK) {
      int count = (int) Math.min(BLOCK, n - i);
      multiply(a, aAt + i, b, bAt + i, own, count);
      total += BlockF32.sum(own, TERMS, count);
    }
    return ReduceF32.rounded(total);
  }

  private static void expShifted(
      MemorySegment x, long xAt, float shift, MemorySegment y, long yAt, long n) {
    long i = 0;
    for (; i + L <= n; i += L) {
      FloatVector v = FloatVector.fromMemorySegment(S, x, (xAt + i) * BYTES, NATIVE);
      MathF32.exp(v.sub(shift)).intoMemorySegment(y, (yAt + i) * BYTES, NATIVE);
    }
    if (i < n) {
      VectorMask<Float> m = S.indexInRange(i, n);
      FloatVector v = FloatVector.fromMemorySegment(S, x, (xAt + i) * BYTES, NATIVE, m);
      MathF32.exp(v.sub(shift)).intoMemorySegment(y, (yAt + i) * BYTES, NATIVE, m);
    }
  }

  private static void scale(MemorySegment y, long at, float by, long n) {
    long i = 0;
    for (; i + L <= n; i += L) {
      long b = (at + i) * BYTES;
      FloatVector.fromMemorySegment(S, y, b, NATIVE).mul(by).intoMemorySegment(y, b, NATIVE);
    }
    if (i < n) {
      long b = (at + i) * BYTES;
      VectorMask<Float> m = S.indexInRange(i, n);
      FloatVector.fromMemorySegment(S, y, b, NATIVE, m).mul(by).intoMemorySegment(y, b, NATIVE, m);
    }
  }

  private static void shiftTwice(
      MemorySegment x, long xAt, float first, float second, MemorySegment y, long yAt, long n) {
    long i = 0;
    for (; i + L <= n; i += L) {
      FloatVector v = FloatVector.fromMemorySegment(S, x, (xAt + i) * BYTES, NATIVE);
      v.sub(first).sub(second).intoMemorySegment(y, (yAt + i) * BYTES, NATIVE);
    }
    if (i < n) {
      VectorMask<Float> m = S.indexInRange(i, n);
      FloatVector v = FloatVector.fromMemorySegment(S, x, (xAt + i) * BYTES, NATIVE, m);
      v.sub(first).sub(second).intoMemorySegment(y, (yAt + i) * BYTES, NATIVE, m);
    }
  }

  private static void multiply(
      MemorySegment a, long aAt, MemorySegment b, long bAt, MemorySegment own, int n) {
    int i = 0;
    for (; i + L <= n; i += L) {
      FloatVector.fromMemorySegment(S, a, (aAt + i) * BYTES, NATIVE)
          .mul(FloatVector.fromMemorySegment(S, b, (bAt + i) * BYTES, NATIVE))
          .intoMemorySegment(own, (TERMS + i) * BYTES, NATIVE);
    }
    if (i < n) {
      VectorMask<Float> m = S.indexInRange(i, n);
      FloatVector.fromMemorySegment(S, a, (aAt + i) * BYTES, NATIVE, m)
          .mul(FloatVector.fromMemorySegment(S, b, (bAt + i) * BYTES, NATIVE, m))
          .intoMemorySegment(own, (TERMS + i) * BYTES, NATIVE, m);
    }
  }

  private static void softmaxGradRow(
      MemorySegment y,
      long yAt,
      MemorySegment g,
      long gAt,
      float dot,
      MemorySegment out,
      long outAt,
      long n) {
    long i = 0;
    for (; i + L <= n; i += L) {
      FloatVector v = FloatVector.fromMemorySegment(S, g, (gAt + i) * BYTES, NATIVE);
      v.sub(dot)
          .mul(FloatVector.fromMemorySegment(S, y, (yAt + i) * BYTES, NATIVE))
          .intoMemorySegment(out, (outAt + i) * BYTES, NATIVE);
    }
    if (i < n) {
      VectorMask<Float> m = S.indexInRange(i, n);
      FloatVector v = FloatVector.fromMemorySegment(S, g, (gAt + i) * BYTES, NATIVE, m);
      v.sub(dot)
          .mul(FloatVector.fromMemorySegment(S, y, (yAt + i) * BYTES, NATIVE, m))
          .intoMemorySegment(out, (outAt + i) * BYTES, NATIVE, m);
    }
  }

  private static void logSoftmaxGradRow(
      MemorySegment y,
      long yAt,
      MemorySegment g,
      long gAt,
      float sum,
      MemorySegment out,
      long outAt,
      long n) {
    FloatVector minus = FloatVector.broadcast(S, -sum);
    long i = 0;
    for (; i + L <= n; i += L) {
      FloatVector p = MathF32.exp(FloatVector.fromMemorySegment(S, y, (yAt + i) * BYTES, NATIVE));
      p.fma(minus, FloatVector.fromMemorySegment(S, g, (gAt + i) * BYTES, NATIVE))
          .intoMemorySegment(out, (outAt + i) * BYTES, NATIVE);
    }
    if (i < n) {
      VectorMask<Float> m = S.indexInRange(i, n);
      FloatVector p =
          MathF32.exp(FloatVector.fromMemorySegment(S, y, (yAt + i) * BYTES, NATIVE, m));
      p.fma(minus, FloatVector.fromMemorySegment(S, g, (gAt + i) * BYTES, NATIVE, m))
          .intoMemorySegment(out, (outAt + i) * BYTES, NATIVE, m);
    }
  }
}
