package scoria.kernels.cuda;

import static jcuda.jcublas.JCublas2.*;
import static org.junit.jupiter.api.Assertions.*;
import static scoria.kernels.cuda.StandInKernels.*;

import java.util.Random;
import jcuda.Pointer;
import jcuda.cudaDataType;
import jcuda.driver.CUdeviceptr;
import jcuda.jcublas.cublasComputeType;
import jcuda.jcublas.cublasGemmAlgo;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasOperation;
import jcuda.jcublas.cublasStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Products of matrices through JCublas2. */
class StandInBlasTest {
  private final cublasHandle handle = new cublasHandle();

  @BeforeEach
  void open() {
    StandInKernels.open();
    CudaNatives.loadBlas();
    StandIn.clear();
    blas(cublasCreate(handle));
  }

  @AfterEach
  void close() {
    blas(cublasDestroy(handle));
    StandIn.clear();
  }

  private static void blas(int status) {
    assertEquals("CUBLAS_STATUS_SUCCESS", cublasStatus.stringFor(status), StandIn::report);
  }

  private static float[] random(Random random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void allFormsOfAProduct() {
    int m = 7;
    int n = 5;
    int k = 9;
    for (int form = 0; form < 4; form++) {
      boolean ta = (form & 1) != 0;
      boolean tb = (form & 2) != 0;
      Random random = new Random(form);
      int lda = (ta ? k : m) + 1;
      int ldb = (tb ? n : k) + 2;
      int ldc = m + 3;
      int batch = 2;
      float[] a = random(random, lda * (ta ? m : k) * batch);
      float[] b = random(random, ldb * (tb ? k : n) * batch);
      float[] c = random(random, ldc * n * batch);
      CUdeviceptr out = device(c);
      blas(
          cublasSgemmStridedBatched(
              handle,
              ta ? cublasOperation.CUBLAS_OP_T : cublasOperation.CUBLAS_OP_N,
              tb ? cublasOperation.CUBLAS_OP_T : cublasOperation.CUBLAS_OP_N,
              m,
              n,
              k,
              Pointer.to(new float[] {2}),
              device(a),
              lda,
              a.length / batch,
              device(b),
              ldb,
              b.length / batch,
              Pointer.to(new float[] {0.5f}),
              out,
              ldc,
              c.length / batch,
              batch));
      float[] got = floats(out, c.length);
      for (int i = 0; i < c.length; i++) {
        int item = i / (c.length / batch);
        int row = i % (c.length / batch) % ldc;
        int column = i % (c.length / batch) / ldc;
        double expected = c[i];
        if (row < m) {
          double sum = 0;
          for (int l = 0; l < k; l++) {
            double x = a[item * (a.length / batch) + (ta ? row * lda + l : l * lda + row)];
            double y = b[item * (b.length / batch) + (tb ? l * ldb + column : column * ldb + l)];
            sum += x * y;
          }
          expected = 2 * sum + 0.5 * c[i];
        }
        assertEquals(expected, got[i], 1e-5, "form " + form + ", element " + i);
      }
    }
    assertEquals("", StandIn.report());
  }

  @Test
  void otherNamesOfAProduct() {
    CUdeviceptr a = device(1, 2, 3, 4);
    CUdeviceptr out = allocate(16);
    Pointer one = Pointer.to(new float[] {1});
    Pointer zero = Pointer.to(new float[] {0});
    int plain = cublasOperation.CUBLAS_OP_N;
    CUdeviceptr x = device(1f, 2f, 3f, 4f);
    blas(cublasSgemm(handle, plain, plain, 2, 2, 2, one, x, 2, x, 2, zero, out, 2));
    assertArrayEquals(new float[] {7, 10, 15, 22}, floats(out, 4));
    int single = cudaDataType.CUDA_R_32F;
    blas(
        cublasGemmEx_new(
            handle,
            plain,
            plain,
            2,
            2,
            2,
            one,
            x,
            single,
            2,
            x,
            single,
            2,
            zero,
            out,
            single,
            2,
            cublasComputeType.CUBLAS_COMPUTE_32F,
            cublasGemmAlgo.CUBLAS_GEMM_DEFAULT));
    assertArrayEquals(new float[] {7, 10, 15, 22}, floats(out, 4));
    assertEquals(
        cublasStatus.CUBLAS_STATUS_INVALID_VALUE,
        cublasSgemm(handle, plain, plain, 2, 2, 2, one, x, 1, x, 2, zero, out, 2));
    assertEquals(
        cublasStatus.CUBLAS_STATUS_NOT_SUPPORTED,
        cublasSasum(handle, 4, a, 1, Pointer.to(new float[1])));
  }

  @Test
  void aMatrixThatIsTooSmallIsReported() {
    CUdeviceptr x = device(new float[15]);
    Pointer one = Pointer.to(new float[] {1});
    blas(cublasSgemm(handle, 0, 0, 4, 4, 4, one, x, 4, x, 4, one, allocate(64), 4));
    int status = jcuda.driver.JCudaDriver.cuStreamSynchronize(null);
    assertEquals(jcuda.driver.CUresult.CUDA_ERROR_ILLEGAL_ADDRESS, status);
    assertTrue(StandIn.report().startsWith("out of bounds: cublas gemm reads"), StandIn.report());
  }
}
