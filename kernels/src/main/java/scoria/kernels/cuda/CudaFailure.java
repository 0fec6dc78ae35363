package scoria.kernels.cuda;

import java.io.Serial;

/** A call of CUDA that failed: one line with the error's name and what was being done. */
public final class CudaFailure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  CudaFailure(String message) {
    super(message);
  }
}
