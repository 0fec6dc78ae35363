package scoria.kernels.cuda;

import scoria.kernels.cpu.ElementType;

/**
 * Products of matrices stored by rows, {@code C = alpha op(A) op(B) + beta C}, where op(X) is X or
 * its transpose.
 *
 * <p>Products by our own kernel have the bits of {@link scoria.kernels.cpu.GemmF32} and its twin.
 * Float32 products of at least {@link #BLAS_WORK} multiply-adds are done by cuBLAS in plain float32
 * (never TF32): their elements agree with the CPU's within {@code 2 k 2^-24 sum |a b|} and are the
 * same from run to run on one GPU. {@link #own} never uses cuBLAS. Nothing here was ever run on a
 * real GPU, and so the threshold is a guess.
 */
public final class CudaGemm {
  /** Multiply-adds of one float32 product from which on cuBLAS does it. */
  public static final long BLAS_WORK = 1L << 27;

  /** Tiles below which smaller ones are taken, so that there are enough for a whole GPU. */
  private static final long FEW_TILES = 256;

  private CudaGemm() {}

  /**
   * Computes {@code batch} products {@code C_i = alpha op(A_i) op(B_i) + beta C_i}. The matrices C
   * must not overlap each other, A or B.
   *
   * @param stream where it is queued
   * @param type of the elements: F32 or F64
   * @param batch number of products
   * @param transA whether each A is stored transposed, as k rows of m
   * @param transB whether each B is stored transposed, as n rows of k
   * @param m rows of a C
   * @param n columns of a C
   * @param k length of the sums; 0 leaves {@code beta C}
   * @param alpha factor of the products, rounded to the element type
   * @param a elements of the matrices A
   * @param aAt first element of the first one
   * @param lda elements from one stored row of an A to the next, at least 0
   * @param aBatch elements from one A to the next; 0 uses one A for all
   * @param b elements of the matrices B
   * @param bAt first element of the first one
   * @param ldb elements from one stored row of a B to the next, at least 0
   * @param bBatch elements from one B to the next; 0 uses one B for all
   * @param beta factor of what the matrices C hold, rounded; with 0 they are not read
   * @param c elements of the matrices C
   * @param cAt first element of the first one
   * @param ldc elements from one row of a C to the next, at least {@code n}
   * @param cBatch elements from one C to the next
   * @throws IllegalArgumentException if a size is negative or {@code ldc} is below {@code n}
   */
  public static void batched(
      CudaStream stream,
      ElementType type,
      long batch,
      boolean transA,
      boolean transB,
      long m,
      long n,
      long k,
      double alpha,
      long a,
      long aAt,
      long lda,
      long aBatch,
      long b,
      long bAt,
      long ldb,
      long bBatch,
      double beta,
      long c,
      long cAt,
      long ldc,
      long cBatch) {
    Product product =
        new Product(
            type,
            batch,
            transA,
            transB,
            m,
            n,
            k,
            alpha,
            a,
            aAt,
            lda,
            aBatch,
            b,
            bAt,
            ldb,
            bBatch,
            beta,
            c,
            cAt,
            ldc,
            cBatch,
            0,
            Activation.NONE);
    run(stream, product);
  }

  /**
   * One or many products, by our own kernel or by cuBLAS, with an optional last step on the
   * finished elements: {@code c = f(c + bias[column])}.
   *
   * @param stream where it is queued
   * @param product what is to be done
   * @throws IllegalArgumentException if a size is negative or {@code ldc} is below {@code n}
   */
  public static void run(CudaStream stream, Product product) {
    product.check();
    if (isForBlas(product)) {
      blas(stream, product);
    } else {
      own(stream, product);
    }
  }

  static boolean isForBlas(Product product) {
    return product.type == ElementType.F32
        && product.work() >= BLAS_WORK
        && CudaBlas.takes(product);
  }

  static void blas(CudaStream stream, Product product) {
    CudaBlas.run(stream, product);
    if (product.bias != 0 || product.activation != Activation.NONE) {
      stream
          .context()
          .module("gemm")
          .function("finish_f32")
          .launch(
              stream,
              Grid.blocks(product.batch * product.m * product.n),
              Grid.THREADS,
              product.batch,
              product.m,
              product.n,
              Grid.at(product.c, product.cAt, product.type),
              product.ldc,
              product.cBatch,
              product.bias,
              product.activation.ordinal());
    }
  }

  /**
   * What {@link #run} does, by our own kernel whatever the size: the bits of the CPU.
   *
   * @param stream where it is queued
   * @param product what is to be done
   */
  public static void own(CudaStream stream, Product product) {
    product.check();
    if (product.batch == 0 || product.m == 0 || product.n == 0) {
      return;
    }
    long tiles = Math.ceilDiv(product.m, 64L) * Math.ceilDiv(product.n, 64L) * product.batch;
    int tile = tiles < FEW_TILES || product.type == ElementType.F64 ? 32 : 64;
    ElementType type = product.type;
    long down = Math.ceilDiv(product.m, (long) tile);
    stream
        .context()
        .module("gemm")
        .function("gemm" + tile + Grid.floating(type))
        .launchTiles(
            stream,
            Math.ceilDiv(product.n, (long) tile),
            Math.min(down, CudaFunction.MOST_YZ),
            Math.min(product.batch, CudaFunction.MOST_YZ),
            16,
            16,
            product.batch,
            product.m,
            product.n,
            product.k,
            Double.doubleToRawLongBits(product.alpha),
            Grid.at(product.a, product.aAt, type),
            product.transA ? 1 : product.lda,
            product.transA ? product.lda : 1,
            product.aBatch,
            Grid.at(product.b, product.bAt, type),
            product.transB ? 1 : product.ldb,
            product.transB ? product.ldb : 1,
            product.bBatch,
            Double.doubleToRawLongBits(product.beta),
            Grid.at(product.c, product.cAt, type),
            product.ldc,
            product.cBatch,
            product.bias,
            product.activation.ordinal());
  }

  /**
   * Products and what comes after them; the components are the arguments of {@link #batched}.
   *
   * @param bias device address of {@code n} elements that are added to every row, or 0 for none
   * @param activation what is applied last
   */
  public record Product(
      ElementType type,
      long batch,
      boolean transA,
      boolean transB,
      long m,
      long n,
      long k,
      double alpha,
      long a,
      long aAt,
      long lda,
      long aBatch,
      long b,
      long bAt,
      long ldb,
      long bBatch,
      double beta,
      long c,
      long cAt,
      long ldc,
      long cBatch,
      long bias,
      Activation activation) {

    /** Multiply-adds of one of them. */
    double work() {
      return (double) m * n * k;
    }

    private void check() {
      if (batch < 0 || m < 0 || n < 0 || k < 0) {
        throw new IllegalArgumentException(
            "gemm of batch=%d, m=%d, n=%d, k=%d; sizes must be at least 0"
                .formatted(batch, m, n, k));
      }
      if (ldc < n) {
        throw new IllegalArgumentException(
            "ldc is %d; rows of C have %d elements and must not overlap".formatted(ldc, n));
      }
    }
  }
}
