package scoria.kernels.cpu;

import static scoria.kernels.cpu.GemmChecksF32.check;
import static scoria.kernels.cpu.GemmChecksF32.checkPacked;
import static scoria.kernels.cpu.GemmChecksF32.checkPackedRows;
import static scoria.kernels.cpu.GemmChecksF32.checkResult;
import static scoria.kernels.cpu.GemmChecksF32.checkRows;
import static scoria.kernels.cpu.GemmChecksF32.checkSizes;

import java.lang.foreign.MemorySegment;
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

  /** Elements of B packed at a time, a megabyte: they stay in the second-level cache. */
  private static final int NEAR = (1 << 20) / Float.BYTES;

  /** Columns of B packed at a time. */
  private static final int NC = NEAR / KC;

  /** Panels of B that a thread packs at a time. */
  private static final int PIECES = 2;

  /** Rows for which packing B does not pay: those of the lowest tile. */
  private static final int FEW = 4;

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
   * Computes {@code C = alpha op(A) op(B) + beta C} on the calling thread alone, and allocates
   * nothing once the thread has met the sizes. C must not overlap A or B.
   *
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
    checkSizes(1, m, n, k);
    checkResult(c, cAt, m, n, ldc, 1, 0);
    if (m == 0 || n == 0) {
      return;
    }
    check("A", a, aAt, transA ? k : m, transA ? m : k, lda, 1, 0);
    check("B", b, bAt, transB ? n : k, transB ? k : n, ldb, 1, 0);
    product(
        null,
        transA,
        transB,
        m,
        n,
        k,
        (float) alpha,
        a,
        aAt * Float.BYTES,
        lda * Float.BYTES,
        b,
        bAt * Float.BYTES,
        ldb * Float.BYTES,
        (float) beta,
        c,
        cAt * Float.BYTES,
        ldc * Float.BYTES);
  }

  /**
   * Elements that {@link #packB} writes, at least {@code n k}.
   *
   * @param n columns of op(B)
   * @param k rows of op(B)
   * @throws IllegalArgumentException if a size is negative, or the elements are too many for an
   *     array
   */
  public static int packedSize(long n, long k) {
    checkSizes(1, 0, n, k);
    double about = (double) n * k;
    long size = about < Integer.MAX_VALUE ? GemmBlocksF32.packedSize(n, k) : Long.MAX_VALUE;
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "op(B) of %d x %d is packed into one array and has too many elements for it"
              .formatted(k, n));
    }
    return (int) size;
  }

  /**
   * Packs op(B) of k by n for {@link #rows}: once for any number of calls, from any thread. It has
   * to be packed again when B changes.
   *
   * @param transB whether B is stored transposed, as n rows of k
   * @param n columns of op(B)
   * @param k rows of op(B)
   * @param b elements of B
   * @param bAt its first element
   * @param ldb elements from one stored row of B to the next, at least 0
   * @param packed where op(B) goes, in an order of the kernel's own
   * @param packedAt its first index there; {@link #packedSize} elements follow
   * @throws IllegalArgumentException if a size is negative or something does not fit
   */
  public static void packB(
      boolean transB,
      long n,
      long k,
      MemorySegment b,
      long bAt,
      long ldb,
      float[] packed,
      int packedAt) {
    checkPacked(n, k, packed, packedAt);
    check("B", b, bAt, transB ? n : k, transB ? k : n, ldb, 1, 0);
    GemmBlocksF32.pack(
        transB, n, (int) k, b, bAt * Float.BYTES, ldb * Float.BYTES, packed, packedAt);
  }

  /**
   * Computes m rows of {@code C = alpha op(A) op(B) + beta C} with op(B) packed by {@link #packB}:
   * the very bits of {@link #gemm}, on the calling thread alone. It allocates nothing once the
   * thread has met the sizes. C must not overlap A.
   *
   * <p>With {@code alpha} and {@code beta} 1 and k at most {@value #KC} this adds one block of k as
   * a product over all of k would.
   *
   * @param transA whether A is stored transposed, as k rows of m
   * @param m rows of C
   * @param n columns of C
   * @param k length of the sums; 0 leaves {@code beta C}
   * @param alpha factor of the product, rounded to float32
   * @param a elements of A
   * @param aAt its first element
   * @param lda elements from one stored row of A to the next, at least 0
   * @param packed op(B) packed with this n and k
   * @param packedAt its first index there
   * @param beta factor of what C holds, rounded to float32; with 0 C is not read
   * @param c elements of C
   * @param cAt its first element
   * @param ldc elements from one row of C to the next, at least {@code n}
   * @throws IllegalArgumentException if a size is negative, {@code ldc} is below {@code n}, or
   *     something does not fit
   */
  public static void rows(
      boolean transA,
      long m,
      long n,
      long k,
      double alpha,
      MemorySegment a,
      long aAt,
      long lda,
      float[] packed,
      int packedAt,
      double beta,
      MemorySegment c,
      long cAt,
      long ldc) {
    checkSizes(1, m, n, k);
    checkPacked(n, k, packed, packedAt);
    checkResult(c, cAt, m, n, ldc, 1, 0);
    if (m == 0 || n == 0) {
      return;
    }
    check("A", a, aAt, transA ? k : m, transA ? m : k, lda, 1, 0);
    long to = cAt * Float.BYTES;
    long row = ldc * Float.BYTES;
    if (k == 0) {
      GemmMergeF32.scale((float) beta, c, to, row, m, n);
      return;
    }
    GemmBlocksF32.rows(
        true,
        transA,
        m,
        n,
        (int) k,
        (float) alpha,
        a,
        aAt * Float.BYTES,
        lda * Float.BYTES,
        packed,
        packedAt,
        (float) beta,
        c,
        to,
        row);
  }

  /**
   * Whether {@link #packedRows} computes op(A) op(B) with op(B) of k by n: sums of very few terms
   * gain nothing from packed rows.
   *
   * @param n columns of op(B)
   * @param k length of the sums
   */
  public static boolean canPackRows(long n, long k) {
    return n > 0 && k > 0 && k <= KC && !GemmShortF32.fits(n, (int) k);
  }

  /**
   * Elements that {@link #packRows} writes, at least {@code m k}.
   *
   * @param m number of rows, at most 2^20
   */
  public static int packedRowsSize(long m) {
    checkRows(m);
    return GemmPackF32.covered((int) m) * GemmTileF32.LEFT_ROW;
  }

  /**
   * Packs rows of A for several products {@link #packedRows} with them.
   *
   * @param m number of rows, at most 2^20
   * @param k elements of a row, at most {@value #KC}
   * @param a elements of A
   * @param aAt its first element
   * @param lda elements from one row of A to the next, at least 0
   * @param rows where the rows go, in an order of the kernel's own: {@link #packedRowsSize}
   *     elements from its first
   * @throws IllegalArgumentException if a size is negative or too large or something does not fit
   */
  public static void packRows(long m, long k, MemorySegment a, long aAt, long lda, float[] rows) {
    checkPackedRows(m, 0, k, rows);
    check("A", a, aAt, m, k, lda, 1, 0);
    GemmPackF32.rows(a, aAt * Float.BYTES, lda * Float.BYTES, (int) m, (int) k, rows, 0);
  }

  /**
   * Computes m rows of {@code C = A op(B)} from both factors packed: the very bits of {@link
   * #gemm}, on the calling thread alone.
   *
   * @param m rows of C
   * @param n columns of C; {@link #canPackRows}
   * @param k length of the sums, at most {@value #KC}
   * @param rows A packed by {@link #packRows} with this m and k
   * @param packed op(B) packed by {@link #packB} with this n and k
   * @param packedAt its first index there
   * @param c elements of C
   * @param cAt its first element
   * @param ldc elements from one row of C to the next, at least {@code n}
   * @throws IllegalArgumentException if rows cannot be packed for these sizes, or something does
   *     not fit
   */
  public static void packedRows(
      long m,
      long n,
      long k,
      float[] rows,
      float[] packed,
      int packedAt,
      MemorySegment c,
      long cAt,
      long ldc) {
    if (!canPackRows(n, k)) {
      throw new IllegalArgumentException(
          "rows are not packed for n=%d, k=%d; canPackRows tells for what they are"
              .formatted(n, k));
    }
    checkPackedRows(m, n, k, rows);
    checkPacked(n, k, packed, packedAt);
    checkResult(c, cAt, m, n, ldc, 1, 0);
    GemmBlocksF32.packedRows(
        (int) m, n, (int) k, rows, packed, packedAt, c, cAt * Float.BYTES, ldc * Float.BYTES);
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
    checkSizes(batch, m, n, k);
    checkResult(c, cAt, m, n, ldc, batch, cBatch);
    if (batch == 0 || m == 0 || n == 0) {
      return;
    }
    check("A", a, aAt, transA ? k : m, transA ? m : k, lda, batch, aBatch);
    check("B", b, bAt, transB ? n : k, transB ? k : n, ldb, batch, bBatch);
    long work = work(m, n, k);
    boolean whole = batch == 1 || work > 32 * SERIAL;
    WorkerPool within = whole && pool.threads() > 1 && work > SERIAL ? pool : null;
    WorkerPool.RangeBody products =
        (from, to) -> {
          for (long i = from; i < to; i++) {
            product(
                within,
                transA,
                transB,
                m,
                n,
                k,
                (float) alpha,
                a,
                (aAt + i * aBatch) * Float.BYTES,
                lda * Float.BYTES,
                b,
                (bAt + i * bBatch) * Float.BYTES,
                ldb * Float.BYTES,
                (float) beta,
                c,
                (cAt + i * cBatch) * Float.BYTES,
                ldc * Float.BYTES);
          }
        };
    if (whole) {
      products.run(0, batch);
    } else {
      pool.forRanges(batch, Math.max(1, SERIAL / Math.max(1, work)), products);
    }
  }

  /** Multiply-adds, or elements of C where there are none. */
  private static long work(long m, long n, long k) {
    double exact = (double) m * n * Math.max(k, 1);
    return exact < Long.MAX_VALUE ? (long) exact : Long.MAX_VALUE;
  }

  /** One product: columns of B and long blocks of k packed in turn, and rows of C from each. */
  private static void product(
      @Nullable WorkerPool pool,
      boolean transA,
      boolean transB,
      long m,
      long n,
      long k,
      float alpha,
      MemorySegment a,
      long aAt,
      long aRow,
      MemorySegment b,
      long bAt,
      long bRow,
      float beta,
      MemorySegment c,
      long cAt,
      long cRow) {
    if (k == 0) {
      GemmMergeF32.scale(beta, c, cAt, cRow, m, n);
      return;
    }
    if (m <= FEW && n >= GemmTileF32.COLUMNS && !transA && !transB) {
      GemmBlocksF32.few((int) m, n, k, alpha, a, aAt, aRow, b, bAt, bRow, beta, c, cAt, cRow);
      return;
    }
    GemmWorkspaceF32 here = GemmWorkspaceF32.ofThread();
    for (long j = 0; j < n; j += NC) {
      int columns = (int) Math.min(NC, n - j);
      long to = cAt + j * Float.BYTES;
      int deep = NEAR / columns / KC * KC;
      for (long p = 0; p < k; p += deep) {
        boolean first = p == 0;
        int depth = (int) Math.min(deep, k - p);
        float[] packed = here.packedB((int) GemmBlocksF32.packedSize(columns, depth));
        long right = bAt + (transB ? j * bRow + p * Float.BYTES : p * bRow + j * Float.BYTES);
        long left = aAt + (transA ? p * aRow : p * Float.BYTES);
        if (pool == null) {
          GemmBlocksF32.pack(transB, columns, depth, b, right, bRow, packed, 0);
          GemmBlocksF32.rows(
              first, transA, m, columns, depth, alpha, a, left, aRow, packed, 0, beta, c, to, cRow);
          continue;
        }
        pool.forRanges(
            GemmBlocksF32.pieces(columns),
            PIECES,
            (from, end) ->
                GemmBlocksF32.pack(transB, columns, depth, b, right, bRow, packed, 0, from, end));
        pool.forRanges(
            m,
            GemmBlocksF32.MC / 2,
            (from, end) ->
                GemmBlocksF32.rows(
                    first,
                    transA,
                    end - from,
                    columns,
                    depth,
                    alpha,
                    a,
                    left + from * (transA ? Float.BYTES : aRow),
                    aRow,
                    packed,
                    0,
                    beta,
                    c,
                    to + from * cRow,
                    cRow));
      }
    }
  }
}
