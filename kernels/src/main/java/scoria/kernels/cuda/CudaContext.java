package scoria.kernels.cuda;

import static jcuda.driver.JCudaDriver.cuCtxSetCurrent;
import static jcuda.driver.JCudaDriver.cuDeviceGet;
import static jcuda.driver.JCudaDriver.cuDevicePrimaryCtxRetain;

import java.util.concurrent.ConcurrentHashMap;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import org.jspecify.annotations.Nullable;
import scoria.kernels.cuda.CudaDriver.Found;
import scoria.kernels.cuda.CudaDriver.Missing;

/**
 * The GPU of this process: its primary context, its memory, its one stream and the kernels compiled
 * for it. There is one; it lives as long as the process. Safe to use from any thread.
 */
public final class CudaContext {
  private static @Nullable CudaContext opened;

  private final Found device;
  private final CUcontext handle = new CUcontext();
  private final ThreadLocal<Boolean> entered = new ThreadLocal<>();
  private final CudaPool pool;
  private final CudaStream stream;
  private final ConcurrentHashMap<String, CudaModule> modules = new ConcurrentHashMap<>();

  /**
   * The context, made by the first call.
   *
   * @throws IllegalStateException if there is no GPU to use; the message is the probe's reason
   * @throws CudaFailure if there is one, but it cannot be opened
   */
  public static synchronized CudaContext open() {
    if (CudaDriver.probe() instanceof Missing missing) {
      throw new IllegalStateException(missing.reason());
    }
    if (opened == null) {
      opened = new CudaContext();
    }
    return opened;
  }

  private CudaContext() {
    device = (Found) CudaDriver.probe();
    CUdevice first = new CUdevice();
    Check.driver(cuDeviceGet(first, 0), "looking up the device");
    Check.driver(cuDevicePrimaryCtxRetain(handle, first), "opening the device");
    enter();
    pool = new CudaPool(this);
    stream = new CudaStream(this);
  }

  /** The GPU. */
  public Found device() {
    return device;
  }

  /** Its memory. */
  public CudaPool pool() {
    return pool;
  }

  /** The queue of its work. */
  public CudaStream stream() {
    return stream;
  }

  /**
   * The kernels of one source file, compiled by the first call.
   *
   * @param name of the file, without {@code .cu}
   * @throws CudaFailure if it does not compile, with the compiler's log
   */
  public CudaModule module(String name) {
    CudaModule known = modules.get(name);
    return known != null
        ? known
        : modules.computeIfAbsent(name, n -> CudaModule.compile(this, KernelSource.resource(n)));
  }

  /** Makes the context the calling thread's, as every call of the driver needs it. */
  void enter() {
    if (entered.get() == null) {
      Check.driver(cuCtxSetCurrent(handle), "entering the device's context");
      entered.set(true);
    }
  }
}
