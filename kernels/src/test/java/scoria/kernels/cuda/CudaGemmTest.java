package scoria.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import scoria.kernels.cpu.ElementType;
import scoria.kernels.cpu.GemmF32;
import scoria.kernels.cpu.GemmF64;
import scoria.kernels.cpu.PairwiseF32;
import scoria.kernels.cpu.PointwiseF32;
import scoria.kernels.cpu.PointwiseKernel;
import scoria.kernels.cuda.CudaGemm.Product;

class CudaGemmTest {
  /** m, n, k. */
  private static final int[][] SIZES = {
    {0, 3, 2}, {1, 1, 1}, {3, 2, 0}, {31, 33, 17}, {33, 31, 300}, {2, 65, 513}, {70, 1, 15}
  };

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void bitsOfTheCpu(ElementType type) {
    for (int[] size : SIZES) {
      for (int way = 0; way < 4; way++) {
        boolean transA = way % 2 == 1;
        boolean transB = way / 2 == 1;
        try (Gpu gpu = Gpu.open()) {
          int m = size[0];
          int n = size[1];
          int k = size[2];
          long lda = (transA ? m : k) + 3;
          long ldb = (transB ? k : n) + way;
          long ldc = n + 1;
          Gpu.Block a = gpu.of(type, Numbers.normal(1, (int) ((transA ? k : m) * lda) + 1));
          Gpu.Block b = gpu.of(type, Numbers.normal(2, (int) ((transB ? n : k) * ldb) + 2));
          Gpu.Block c = gpu.of(type, Numbers.normal(3, (int) (m * ldc) + 3));
          double beta = way == 1 ? 0 : way == 2 ? 1 : -0.3;
          double alpha = way == 0 ? 1 : 0.7;
          cpu(type, 1, transA, transB, size, alpha, a, 1, lda, 0, b, 2, ldb, 0, beta, c, 3, ldc, 0);
          CudaGemm.batched(
              gpu.stream,
              type,
              1,
              transA,
              transB,
              m,
              n,
              k,
              alpha,
              a.device(),
              1,
              lda,
              0,
              b.device(),
              2,
              ldb,
              0,
              beta,
              c.device(),
              3,
              ldc,
              0);
          gpu.assertSame(type, c, type + " " + m + " " + n + " " + k + " way " + way);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void batches(ElementType type) {
    int[] size = {5, 7, 9};
    try (Gpu gpu = Gpu.open()) {
      Gpu.Block a = gpu.of(type, Numbers.normal(1, 6 * 45));
      Gpu.Block b = gpu.of(type, Numbers.normal(2, 63));
      Gpu.Block c = gpu.zeros(type, 6 * 40);
      cpu(type, 6, false, false, size, 1, a, 0, 9, 45, b, 0, 7, 0, 0, c, 0, 7, 40);
      CudaGemm.batched(
          gpu.stream,
          type,
          6,
          false,
          false,
          5,
          7,
          9,
          1,
          a.device(),
          0,
          9,
          45,
          b.device(),
          0,
          7,
          0,
          0,
          c.device(),
          0,
          7,
          40);
      gpu.assertSame(type, c, "six products with one B");
    }
  }

  /** Many tiles, and so the larger ones. */
  @Test
  void largeTiles() {
    int[] size = {1100, 970, 3};
    try (Gpu gpu = Gpu.open()) {
      Gpu.Block a = gpu.of(ElementType.F32, Numbers.normal(1, 1100 * 3));
      Gpu.Block b = gpu.of(ElementType.F32, Numbers.normal(2, 3 * 970));
      Gpu.Block c = gpu.zeros(ElementType.F32, 1100 * 970);
      ElementType type = ElementType.F32;
      cpu(type, 1, false, false, size, 1, a, 0, 3, 0, b, 0, 970, 0, 0, c, 0, 970, 0);
      CudaGemm.batched(
          gpu.stream,
          type,
          1,
          false,
          false,
          1100,
          970,
          3,
          1,
          a.device(),
          0,
          3,
          0,
          b.device(),
          0,
          970,
          0,
          0,
          c.device(),
          0,
          970,
          0);
      gpu.assertSame(type, c, "a product of 18 x 16 tiles");
    }
  }

  @ParameterizedTest
  @EnumSource
  void biasAndActivation(Activation activation) {
    int m = 17;
    int n = 33;
    int k = 20;
    ElementType type = ElementType.F32;
    try (Gpu gpu = Gpu.open()) {
      Gpu.Block a = gpu.of(type, Numbers.normal(1, m * k));
      Gpu.Block b = gpu.of(type, Numbers.normal(2, k * n));
      Gpu.Block bias = gpu.of(type, Numbers.normal(3, n));
      Gpu.Block c = gpu.block(type, m * n);
      int[] size = {m, n, k};
      cpu(type, 1, false, false, size, 1, a, 0, k, 0, b, 0, n, 0, 0, c, 0, n, 0);
      PairwiseF32.add(c.host(), 0, n, 1, bias.host(), 0, 0, 1, c.host(), 0, n, m, n);
      pointwise(activation).run(c.host(), 0, c.host(), 0, m * n);
      CudaGemm.own(
          gpu.stream,
          new Product(
              type,
              1,
              false,
              false,
              m,
              n,
              k,
              1,
              a.device(),
              0,
              k,
              0,
              b.device(),
              0,
              n,
              0,
              0,
              c.device(),
              0,
              n,
              0,
              bias.device(),
              activation));
      gpu.assertSame(type, c, "product, bias, " + activation);
    }
  }

  private static PointwiseKernel pointwise(Activation activation) {
    return switch (activation) {
      case NONE -> (x, xAt, y, yAt, n) -> {};
      case RELU -> PointwiseF32::relu;
      case SILU -> PointwiseF32::silu;
      case GELU -> PointwiseF32::gelu;
      case TANH -> PointwiseF32::tanh;
      case SIGMOID -> PointwiseF32::sigmoid;
      case SOFTPLUS -> PointwiseF32::softplus;
    };
  }

  /** What cuBLAS is told is right for every transpose, and its sums are within the bound stated. */
  @Test
  void productsOfCuBlasWithinTheBound() {
    int m = 30;
    int n = 45;
    int k = 600;
    ElementType type = ElementType.F32;
    int[] size = {m, n, k};
    for (int way = 0; way < 4; way++) {
      boolean transA = way % 2 == 1;
      boolean transB = way / 2 == 1;
      long lda = (transA ? m : k) + 1;
      long ldb = transB ? k : n;
      long ldc = n + 2;
      try (Gpu gpu = Gpu.open()) {
        int as = (int) ((transA ? k : m) * lda);
        Gpu.Block a = gpu.of(type, Numbers.normal(1, 2 * as));
        Gpu.Block b = gpu.of(type, Numbers.normal(2, (int) ((transB ? n : k) * ldb)));
        int cs = (int) (m * ldc);
        Gpu.Block c = gpu.of(type, Numbers.normal(3, 2 * cs + 1));
        cpu(type, 2, transA, transB, size, 0.5, a, 0, lda, as, b, 0, ldb, 0, 2, c, 1, ldc, cs);
        CudaGemm.blas(
            gpu.stream,
            new Product(
                type,
                2,
                transA,
                transB,
                m,
                n,
                k,
                0.5,
                a.device(),
                0,
                lda,
                as,
                b.device(),
                0,
                ldb,
                0,
                2,
                c.device(),
                1,
                ldc,
                cs,
                0,
                Activation.NONE));
        MemorySegment read = gpu.down(c);
        // The mean of |a b| is 2/pi.
        double bound = 2 * k * 0x1p-24 * k * 2 / Math.PI;
        for (int i = 0; i < 2 * cs + 1; i++) {
          float right = c.host().getAtIndex(ValueLayout.JAVA_FLOAT, i);
          assertEquals(right, read.getAtIndex(ValueLayout.JAVA_FLOAT, i), bound, "element " + i);
        }
      }
    }
  }

  @Test
  void aProductOfCuBlasHasItsLastStepToo() {
    int m = 52;
    int n = 33;
    int k = 50;
    ElementType type = ElementType.F32;
    try (Gpu gpu = Gpu.open()) {
      Gpu.Block a = gpu.of(type, Numbers.normal(1, m * k));
      Gpu.Block b = gpu.of(type, Numbers.normal(2, k * n));
      Gpu.Block bias = gpu.of(type, Numbers.normal(3, n));
      Gpu.Block c = gpu.zeros(type, m * (n + 1));
      int[] size = {m, n, k};
      cpu(type, 1, false, false, size, 0.05, a, 0, k, 0, b, 0, n, 0, 0, c, 0, n + 1, 0);
      PairwiseF32.add(c.host(), 0, n + 1, 1, bias.host(), 0, 0, 1, c.host(), 0, n + 1, m, n);
      PointwiseF32.silu(c.host(), 0, c.host(), 0, m * (n + 1));
      CudaGemm.blas(
          gpu.stream,
          new Product(
              type,
              1,
              false,
              false,
              m,
              n,
              k,
              0.05,
              a.device(),
              0,
              k,
              0,
              b.device(),
              0,
              n,
              0,
              0,
              c.device(),
              0,
              n + 1,
              0,
              bias.device(),
              Activation.SILU));
      MemorySegment read = gpu.down(c);
      for (int i = 0; i < m * (n + 1); i++) {
        float right = c.host().getAtIndex(ValueLayout.JAVA_FLOAT, i);
        assertEquals(right, read.getAtIndex(ValueLayout.JAVA_FLOAT, i), 1e-4, "element " + i);
      }
    }
  }

  @Test
  void onlyLargeFloat32ProductsAreForCuBlas() {
    assertTrue(CudaGemm.isForBlas(product(ElementType.F32, 512, 512)));
    assertFalse(CudaGemm.isForBlas(product(ElementType.F32, 511, 512)));
    assertFalse(CudaGemm.isForBlas(product(ElementType.F64, 512, 512)));
    // Rows that repeat have no place in its rules.
    assertFalse(CudaGemm.isForBlas(product(ElementType.F32, 512, 0)));
  }

  private static Product product(ElementType type, long m, long lda) {
    return new Product(
        type,
        1,
        false,
        false,
        m,
        512,
        512,
        1,
        0,
        0,
        lda,
        0,
        0,
        0,
        512,
        0,
        0,
        0,
        0,
        512,
        0,
        0,
        Activation.NONE);
  }

  @Test
  void badSizesAreNamed() {
    try (Gpu gpu = Gpu.open()) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              CudaGemm.batched(
                  gpu.stream,
                  ElementType.F32,
                  1,
                  false,
                  false,
                  2,
                  3,
                  4,
                  1,
                  0,
                  0,
                  4,
                  0,
                  0,
                  0,
                  3,
                  0,
                  0,
                  0,
                  0,
                  2,
                  0));
    }
  }

  private static void cpu(
      ElementType type,
      long batch,
      boolean transA,
      boolean transB,
      int[] size,
      double alpha,
      Gpu.Block a,
      long aAt,
      long lda,
      long aBatch,
      Gpu.Block b,
      long bAt,
      long ldb,
      long bBatch,
      double beta,
      Gpu.Block c,
      long cAt,
      long ldc,
      long cBatch) {
    if (type == ElementType.F32) {
      GemmF32.batched(
          Gpu.POOL, batch, transA, transB, size[0], size[1], size[2], alpha, a.host(), aAt, lda,
          aBatch, b.host(), bAt, ldb, bBatch, beta, c.host(), cAt, ldc, cBatch);
    } else {
      GemmF64.batched(
          Gpu.POOL, batch, transA, transB, size[0], size[1], size[2], alpha, a.host(), aAt, lda,
          aBatch, b.host(), bAt, ldb, bBatch, beta, c.host(), cAt, ldc, cBatch);
    }
  }
}
