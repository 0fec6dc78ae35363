package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The product of float32 matrices, {@code C = alpha op(A) op(B) + beta C}, where op(X) is X or its
 * transpose and matrices are stored by rows.
 *
 * <p>Every element of C has the same bits whatever the other rows and columns are, however A and B
 * are stored, and for any vector width and number of threads. The sum over k is cut into blocks of
 * {@value #KC}. Within a block {@code s = fma(a, b, s)} in the order of k, from {@code s = 0}. The
 * first block gives {@code c = fma(beta, c, alpha s)}, or {@code c = alpha s} when {@code beta} is
 * 0, and each later one {@code c = fma(alpha, s, c)}.
 */
// float64: generated
public final class GemmF32 {
  /** Elements of k that are summed before the sum goes to C. */
  public static final int KC = 256;

  private static final int LANES = GemmTileF32.LANES;
  private static final int COLUMNS = GemmTileF32.COLUMNS;

  /** Columns of B packed at a time: with KC rows they stay in the second-level cache. */
  private static final int NC = 1024;

  /** Elements of k for which B is packed at a time, whole blocks of KC. */
  private static final int DEEP = 8 * KC;

  /** Rows of A that pass a panel of B before the next panel is taken. */
  private static final int MC = 192;

  /** Products of at most this many multiply-adds are not worth a second thread. */
  private static final long SERIAL = 1L << 20;

  private GemmF32() {}

  /**
   * Computes {@code C = alpha op(A) op(B) + beta C} with op(A) of m by k, op(B) of k by n and C of
   * m by n. C must not overlap A or B.
   *
   * @param pool threads among which tiles of C are shared out
   * @param transA whether A is stored transposed, as k rows of m
   * @param transB whether B is stored transposed, as n rows of k
   * @param m rows of C
   * @param n columns of C
   * @param k length of the sums; 0 leaves {@code beta C}
   * @param alpha factor of the product, rounded to float32
   * @param a elements of A
   * @param aAt its first element
   * @param lda elements from one stored row of A to the next, at least 0
   * @param b elements of B
   * @param bAt its first element
   * @param ldb elements from one stored row of B to the next, at least 0
   * @param beta factor of what C holds, rounded to float32; with 0 C is not read
   * @param c elements of C
   * @param cAt its first element
   * @param ldc elements from one row of C to the next, at least {@code n}
   * @throws IllegalArgumentException if a size is negative, {@code ldc} is below {@code n}, or a
   *     matrix does not lie in its segment
   */
  public static void gemm(
      WorkerPool pool,
      boolean transA,
      boolean transB,
      long m,
      long n,
      long k,
      double alpha,
      MemorySegment a,
      long aAt,
      long lda,
      MemorySegment b,
      long bAt,
      long ldb,
      double beta,
      MemorySegment c,
      long cAt,
      long ldc) {
    batched(
        pool, 1, transA, transB, m, n, k, alpha, a, aAt, lda, 0, b, bAt, ldb, 0, beta, c, cAt, ldc,
        0);
  }

  /**
   * Computes {@code batch} products {@code C_i = alpha op(A_i) op(B_i) + beta C_i}. The matrices C
   * must not overlap each other, A or B.
   *
   * @param pool threads among which products, or tiles of one, are shared out
   * @param batch number of products
   * @param transA whether each A is stored transposed, as k rows of m
   * @param transB whether each B is stored transposed, as n rows of k
   * @param m rows of a C
   * @param n columns of a C
   * @param k length of the sums; 0 leaves {@code beta C}
   * @param alpha factor of the products, rounded to float32
   * @param a elements of the matrices A
   * @param aAt first element of the first one
   * @param lda elements from one stored row of an A to the next, at least 0
   * @param aBatch elements from one A to the next; 0 uses one A for all
   * @param b elements of the matrices B
   * @param bAt first element of the first one
   * @param ldb elements from one stored row of a B to the next, at least 0
   * @param bBatch elements from one B to the next; 0 uses one B for all
   * @param beta factor of what the matrices C hold, rounded to float32; with 0 they are not read
   * @param c elements of the matrices C
   * @param cAt first element of the first one
   * @param ldc elements from one row of a C to the next, at least {@code n}
   * @param cBatch elements from one C to the next
   * @throws IllegalArgumentException if a size is negative, {@code ldc} is below {@code n}, or a
   *     matrix does not lie in its segment
   */
  public static void batched(
      WorkerPool pool,
      long batch,
      boolean transA,
      boolean transB,
      long m,
      long n,
      long k,
      double alpha,
      MemorySegment a,
      long aAt,
      long lda,
      long aBatch,
      MemorySegment b,
      long bAt,
      long ldb,
      long bBatch,
      double beta,
      MemorySegment c,
      long cAt,
      long ldc,
      long cBatch) {
    if (batch < 0 || m < 0 || n < 0 || k < 0) {
      throw new IllegalArgumentException(
          "gemm of batch=%d, m=%d, n=%d, k=%d; sizes must be at least 0".formatted(batch, m, n, k));
    }
    if (ldc < n) {
      throw new IllegalArgumentException(
          "ldc is %d; rows of C have %d elements and must not overlap".formatted(ldc, n));
    }
    if (batch == 0 || m == 0 || n == 0) {
      return;
    }
    check("A", a, aAt, transA ? k : m, transA ? m : k, lda, batch, aBatch);
    check("B", b, bAt, transB ? n : k, transB ? k : n, ldb, batch, bBatch);
    check("C", c, cAt, m, n, ldc, batch, cBatch);
    Product product =
        new Product(
            transA,
            transB,
            m,
            n,
            k,
            (float) alpha,
            a,
            lda * Float.BYTES,
            b,
            ldb * Float.BYTES,
            (float) beta,
            c,
            ldc * Float.BYTES);
    long first = aAt * Float.BYTES;
    long second = bAt * Float.BYTES;
    long result = cAt * Float.BYTES;
    if (batch == 1) {
      product.run(pool, first, second, result);
      return;
    }
    long aStep = aBatch * Float.BYTES;
    long bStep = bBatch * Float.BYTES;
    long cStep = cBatch * Float.BYTES;
    long work = product.work();
    if (work > 32 * SERIAL) {
      for (long i = 0; i < batch; i++) {
        product.run(pool, first + i * aStep, second + i * bStep, result + i * cStep);
      }
      return;
    }
    pool.forRanges(
        batch,
        Math.max(1, SERIAL / Math.max(1, work)),
        (from, to) -> {
          for (long i = from; i < to; i++) {
            product.runHere(first + i * aStep, second + i * bStep, result + i * cStep);
          }
        });
  }

  private static void check(
      String name,
      MemorySegment segment,
      long at,
      long rows,
      long columns,
      long row,
      long batch,
      long step) {
    if (rows == 0 || columns == 0) {
      return;
    }
    long end;
    try {
      end =
          Math.addExact(
              Math.addExact(at, Math.multiplyExact(rows - 1, row)),
              Math.addExact(Math.multiplyExact(batch - 1, step), columns));
    } catch (ArithmeticException e) {
      end = Long.MAX_VALUE;
    }
    long size = segment.byteSize() / Float.BYTES;
    if (at < 0 || row < 0 || step < 0 || end > size) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s of %d x %d elements from element %d, %d to the next row, %d to the next of %d"
                  + " matrices, does not lie in its segment of %d elements",
              name,
              rows,
              columns,
              at,
              row,
              step,
              batch,
              size));
    }
  }

  /** One product's sizes and strides; rows and columns in elements, strides in bytes. */
  private record Product(
      boolean transA,
      boolean transB,
      long m,
      long n,
      long k,
      float alpha,
      MemorySegment a,
      long aRow,
      MemorySegment b,
      long bRow,
      float beta,
      MemorySegment c,
      long cRow) {

    /** Multiply-adds, or elements of C where there are none. */
    long work() {
      double exact = (double) m * n * Math.max(k, 1);
      return exact < Long.MAX_VALUE ? (long) exact : Long.MAX_VALUE;
    }

    void runHere(long aAt, long bAt, long cAt) {
      run(null, aAt, bAt, cAt);
    }

    void run(@Nullable WorkerPool pool, long aAt, long bAt, long cAt) {
      if (k == 0) {
        GemmTileF32.scale(beta, c, cAt, cRow, m, n);
        return;
      }
      WorkerPool shared = pool == null || pool.threads() == 1 || work() <= SERIAL ? null : pool;
      if (n < LANES && m > n) {
        columns(shared, aAt, bAt, cAt);
      } else {
        blocks(shared, aAt, bAt, cAt);
      }
    }

    /** The plain way: blocks of columns, long blocks of k, and then chunks of rows shared out. */
    private void blocks(@Nullable WorkerPool pool, long aAt, long bAt, long cAt) {
      GemmWorkspaceF32 here = GemmWorkspaceF32.ofThread();
      for (long j = 0; j < n; j += NC) {
        int columns = (int) Math.min(NC, n - j);
        int panels = (columns + COLUMNS - 1) / COLUMNS;
        long result = cAt + j * Float.BYTES;
        for (long p = 0; p < k; p += DEEP) {
          int depth = (int) Math.min(DEEP, k - p);
          // A tile reads a slice of KC rows, however short its panel is.
          long room = (long) panels * GemmPackF32.padded(depth) + KC;
          MemorySegment right = here.right(room * GemmTileF32.PANEL_ROW);
          for (int q = 0; q < depth; q += KC) {
            pack(bAt, j, columns, p + q, Math.min(KC, depth - q), right, panelsAt(panels, q));
          }
          long start = p;
          if (pool == null) {
            rows(0, m, aAt, start, depth, right, columns, result);
          } else {
            int grain = m >= 4 * MC ? MC : 64;
            pool.forRanges(
                m, grain, (from, to) -> rows(from, to, aAt, start, depth, right, columns, result));
          }
        }
      }
    }

    /** Where the panels of the block of k that starts at {@code q} begin, in bytes. */
    private static long panelsAt(int panels, int q) {
      return (long) panels * q * GemmTileF32.PANEL_ROW;
    }

    private void pack(
        long bAt, long j, int columns, long p, int depth, MemorySegment right, long at) {
      MemorySegment square = GemmWorkspaceF32.ofThread().tile;
      long panelBytes = (long) GemmPackF32.padded(depth) * GemmTileF32.PANEL_ROW;
      long to = at;
      for (long q = j; q < j + columns; q += COLUMNS) {
        int exist = (int) Math.min(COLUMNS, j + columns - q);
        if (transB) {
          long from = bAt + q * bRow + p * Float.BYTES;
          GemmPackF32.panelTurned(b, from, bRow, depth, exist, right, to, square);
        } else {
          long from = bAt + p * bRow + q * Float.BYTES;
          GemmPackF32.panel(b, from, bRow, depth, exist, right, to);
        }
        to += panelBytes;
      }
    }

    /** Rows of C from all packed panels; a chunk of C stays in the cache from one block of k on. */
    private void rows(
        long begin,
        long end,
        long aAt,
        long p,
        int depth,
        MemorySegment right,
        int columns,
        long cAt) {
      int panels = (columns + COLUMNS - 1) / COLUMNS;
      for (long i = begin; i < end; i += MC) {
        int count = (int) Math.min(MC, end - i);
        for (int q = 0; q < depth; q += KC) {
          long left = aAt + (transA ? (p + q) * aRow : (p + q) * Float.BYTES);
          int block = Math.min(KC, depth - q);
          boolean first = p + q == 0;
          chunk(left, i, count, block, right, panelsAt(panels, q), columns, first, cAt);
        }
      }
    }

    /** A chunk of rows with all packed panels. */
    private void chunk(
        long aAt,
        long row,
        int rows,
        int depth,
        MemorySegment right,
        long rightAt,
        int columns,
        boolean first,
        long cAt) {
      GemmWorkspaceF32 here = GemmWorkspaceF32.ofThread();
      float[] left = here.left(GemmPackF32.covered(rows) * GemmTileF32.LEFT_ROW);
      if (transA) {
        long from = aAt + row * Float.BYTES;
        GemmPackF32.rowsTurned(a, from, aRow, rows, depth, left, here.tile);
      } else {
        GemmPackF32.rows(a, aAt + row * aRow, aRow, rows, depth, left);
      }
      int padded = GemmPackF32.padded(depth);
      long panelBytes = (long) padded * GemmTileF32.PANEL_ROW;
      boolean plain = !first || beta == 0;
      for (int j = 0; j < columns; j += COLUMNS) {
        int width = Math.min(COLUMNS, columns - j);
        MemorySegment panel =
            right.asSlice(rightAt + j / COLUMNS * panelBytes, (long) KC * GemmTileF32.PANEL_ROW);
        int tall;
        for (int i = 0; i < rows; i += tall) {
          tall = GemmTileF32.height(rows - i);
          int height = Math.min(tall, rows - i);
          int from = i * GemmTileF32.LEFT_ROW;
          long to = cAt + (row + i) * cRow + (long) j * Float.BYTES;
          boolean direct = plain && width == COLUMNS && height == tall;
          MemorySegment out = direct ? c : here.tile;
          long outAt = direct ? to : 0;
          long outRow = direct ? cRow : GemmTileF32.PANEL_ROW;
          float factor = direct ? alpha : 1;
          boolean add = direct && !first;
          if (tall == 8) {
            if (add) {
              GemmTileF32.tile8Add(left, from, panel, padded, factor, out, outAt, outRow);
            } else {
              GemmTileF32.tile8(left, from, panel, padded, factor, out, outAt, outRow);
            }
          } else if (add) {
            GemmTileF32.tile4Add(left, from, panel, padded, factor, out, outAt, outRow);
          } else {
            GemmTileF32.tile4(left, from, panel, padded, factor, out, outAt, outRow);
          }
          if (!direct) {
            GemmTileF32.merge(here.tile, first, alpha, beta, c, to, cRow, height, width);
          }
        }
      }
    }

    /**
     * Fewer columns than lanes: the transposed product, whose rows are long, into a buffer that is
     * then turned into C. A fused multiply-add does not mind which factor comes first, so the bits
     * are the same.
     */
    private void columns(@Nullable WorkerPool pool, long aAt, long bAt, long cAt) {
      if (pool == null) {
        for (long i = 0; i < m; i += NC) {
          turned(i, Math.min(NC, m - i), aAt, bAt, cAt);
        }
      } else {
        pool.forRanges(m, NC / 4, (from, to) -> turned(from, to - from, aAt, bAt, cAt));
      }
    }

    private void turned(long row, long rows, long aAt, long bAt, long cAt) {
      GemmWorkspaceF32 here = GemmWorkspaceF32.ofThread();
      int height = (int) rows;
      int width = (int) n;
      long step = rows * Float.BYTES;
      long to = cAt + row * cRow;
      MemorySegment buffer = here.turned(n * step);
      if (beta != 0) {
        GemmPackF32.transpose(c, to, cRow, height, width, buffer, 0, step, here.tile);
      }
      new Product(!transB, !transA, n, rows, k, alpha, b, bRow, a, aRow, beta, buffer, step)
          .blocks(null, bAt, aAt + row * (transA ? Float.BYTES : aRow), 0);
      GemmPackF32.transpose(buffer, 0, step, width, height, c, to, cRow, here.tile);
    }
  }
}
