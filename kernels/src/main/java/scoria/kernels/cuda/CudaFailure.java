package scoria.kernels.cuda;

import java.io.Serial;

/** A call of CUDA that failed: one line with the error's name and what was being done. */
public final class CudaFailure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final boolean isOutOfMemory;

  CudaFailure(String message) {
    this(message, false);
  }

  CudaFailure(String message, boolean isOutOfMemory) {
    super(message);
    this.isOutOfMemory = isOutOfMemory;
  }

  /** Whether the device had no such memory left. */
  public boolean isOutOfMemory() {
    return isOutOfMemory;
  }
}
