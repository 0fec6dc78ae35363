package scoria.kernels.cuda;

/** Whether this process can compute on a GPU. */
public final class CudaDriver {
  /** The oldest driver that the bindings work with: CUDA 12.0, as the driver counts. */
  static final int OLDEST_DRIVER = 12_000;

  /** What was found when the driver was asked for. */
  public sealed interface Probe {}

  /**
   * A GPU that can be used: the first one the driver lists.
   *
   * @param device its name
   * @param major first number of its compute capability
   * @param minor second number of its compute capability
   * @param memoryBytes its memory, in bytes
   * @param driverVersion CUDA version of the driver, 1000 times the major number plus 10 times the
   *     minor one
   */
  public record Found(String device, int major, int minor, long memoryBytes, int driverVersion)
      implements Probe {}

  /**
   * No GPU can be used.
   *
   * @param reason why, in one line
   */
  public record Missing(String reason) implements Probe {}

  private CudaDriver() {}

  /** Looks for a GPU, once in a process; later calls give the first answer. Never throws. */
  public static Probe probe() {
    return Once.PROBE;
  }

  private static final class Once {
    static final Probe PROBE = DriverProbe.run();
  }
}
