package scoria.kernels.cuda;

import static jcuda.jcublas.JCublas2.cublasCreate;
import static jcuda.jcublas.JCublas2.cublasSetMathMode;
import static jcuda.jcublas.JCublas2.cublasSetStream;
import static jcuda.jcublas.JCublas2.cublasSetWorkspace;
import static jcuda.jcublas.JCublas2.cublasSgemmStridedBatched;

import jcuda.Pointer;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasMath;
import jcuda.jcublas.cublasOperation;
import jcuda.runtime.cudaStream_t;
import org.jspecify.annotations.Nullable;
import scoria.kernels.cuda.CudaGemm.Product;

/** Large float32 products by cuBLAS. Nothing it computes comes back to the host. */
final class CudaBlas {
  /** Bytes that cuBLAS may work in; given once, so that it allocates nothing while recorded. */
  private static final long WORKSPACE = 32L << 20;

  private static @Nullable cublasHandle opened;

  private CudaBlas() {}

  private static cublasHandle create(CudaStream stream) {
    cublasHandle handle = new cublasHandle();
    Check.blas(cublasCreate(handle), "starting cuBLAS");
    Check.blas(
        cublasSetStream(handle, new cudaStream_t(stream.handle())), "giving cuBLAS the stream");
    Check.blas(
        cublasSetWorkspace(
            handle, new DevicePointer(stream.context().pool().allocate(WORKSPACE)), WORKSPACE),
        "giving cuBLAS its memory");
    // Float32 as it is written: no TF32, no sums in a shorter type.
    Check.blas(
        cublasSetMathMode(handle, cublasMath.CUBLAS_PEDANTIC_MATH), "setting cuBLAS's precision");
    return handle;
  }

  /**
   * Whether sizes and strides fit the 32-bit integers of its calls, and leading sizes its rules.
   */
  static boolean takes(Product p) {
    return fits(p.m())
        && fits(p.n())
        && fits(p.k())
        && fits(p.lda())
        && fits(p.ldb())
        && fits(p.ldc())
        && fits(p.batch())
        && p.lda() >= (p.transA() ? p.m() : p.k())
        && p.ldb() >= (p.transB() ? p.k() : p.n())
        && p.ldc() >= p.n();
  }

  private static boolean fits(long value) {
    return value >= 1 && value <= Integer.MAX_VALUE;
  }

  /**
   * C by rows is its transpose by columns: C' = op(B)' op(A)'. One caller at a time has the handle.
   */
  static synchronized void run(CudaStream stream, Product p) {
    stream.context().enter();
    if (opened == null) {
      opened = create(stream);
    }
    cublasHandle handle = opened;
    Check.blas(
        cublasSgemmStridedBatched(
            handle,
            p.transB() ? cublasOperation.CUBLAS_OP_T : cublasOperation.CUBLAS_OP_N,
            p.transA() ? cublasOperation.CUBLAS_OP_T : cublasOperation.CUBLAS_OP_N,
            (int) p.n(),
            (int) p.m(),
            (int) p.k(),
            Pointer.to(new float[] {(float) p.alpha()}),
            new DevicePointer(Grid.at(p.b(), p.bAt(), p.type())),
            (int) p.ldb(),
            p.bBatch(),
            new DevicePointer(Grid.at(p.a(), p.aAt(), p.type())),
            (int) p.lda(),
            p.aBatch(),
            Pointer.to(new float[] {(float) p.beta()}),
            new DevicePointer(Grid.at(p.c(), p.cAt(), p.type())),
            (int) p.ldc(),
            p.cBatch(),
            (int) p.batch()),
        "multiplying matrices of %d x %d and %d x %d".formatted(p.m(), p.k(), p.k(), p.n()));
  }
}
