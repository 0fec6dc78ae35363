package scoria.kernels.cuda;

import jcuda.driver.CUresult;
import jcuda.jcublas.cublasStatus;
import jcuda.nvrtc.nvrtcResult;

/** Turns a status into an exception of one line. */
final class Check {
  private Check() {}

  static void driver(int status, String doing) {
    if (status != CUresult.CUDA_SUCCESS) {
      throw new CudaFailure(CUresult.stringFor(status) + " while " + doing);
    }
  }

  static void compiler(int status, String doing) {
    if (status != nvrtcResult.NVRTC_SUCCESS) {
      throw new CudaFailure(nvrtcResult.stringFor(status) + " while " + doing);
    }
  }

  static void blas(int status, String doing) {
    if (status != cublasStatus.CUBLAS_STATUS_SUCCESS) {
      throw new CudaFailure(cublasStatus.stringFor(status) + " while " + doing);
    }
  }
}
