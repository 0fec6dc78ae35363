package scoria.kernels.cuda;

import static jcuda.driver.JCudaDriver.cuMemAlloc;
import static jcuda.driver.JCudaDriver.cuMemFree;
import static jcuda.driver.JCudaDriver.cuMemGetInfo;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import jcuda.driver.CUresult;

/**
 * Device memory. Blocks given back are kept for the next request of their size class, since an
 * allocation by the driver waits for the device and costs hundreds of kernel launches.
 *
 * <p>A block may be given back while work on it is still queued: what uses it next is queued behind
 * that, there being one stream. Safe to use from any thread.
 */
public final class CudaPool {
  /** Every block starts at a multiple of this many bytes, and has at least as many. */
  public static final int ALIGNMENT = 256;

  /** Overwrite what is given back, so that a use of it shows: NaN in every floating type. */
  private static final boolean POISON = Boolean.getBoolean("scoria.poison");

  private final CudaContext context;
  private final Map<Long, ArrayDeque<Long>> free = new HashMap<>();
  private long held;
  private long used;

  CudaPool(CudaContext context) {
    this.context = context;
  }

  /**
   * A block of uninitialised memory.
   *
   * @param bytes size, at least 0; a block of size 0 has an address of its own too
   * @return its device address, a multiple of {@value #ALIGNMENT}
   * @throws CudaFailure if the device has no such memory left, even without the blocks kept here
   */
  public synchronized long allocate(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a block of " + bytes + " bytes; at least 0 are needed");
    }
    long size = sizeClass(bytes);
    ArrayDeque<Long> kept = free.get(size);
    Long address = kept == null ? null : kept.poll();
    if (address == null) {
      address = fromDriver(size, bytes);
      held += size;
    }
    used += size;
    return address;
  }

  /**
   * Gives a block back.
   *
   * @param address what {@link #allocate} gave
   * @param bytes what it was asked for
   */
  public synchronized void free(long address, long bytes) {
    long size = sizeClass(bytes);
    if (POISON && !context.stream().isRecording()) {
      context.stream().fill(address, (byte) -1, size);
    }
    free.computeIfAbsent(size, s -> new ArrayDeque<>()).push(address);
    used -= size;
  }

  /** Bytes in blocks that are out. */
  public synchronized long usedBytes() {
    return used;
  }

  /** Bytes taken from the driver: in blocks that are out, and in those kept. */
  public synchronized long heldBytes() {
    return held;
  }

  /** Waits for the device and gives the blocks kept here back to the driver. */
  public synchronized void trim() {
    context.stream().await("waiting for work before memory is given back");
    free.forEach(
        (size, addresses) -> {
          for (long address : addresses) {
            Check.driver(cuMemFree(new DevicePointer(address)), "freeing device memory");
            held -= size;
          }
        });
    free.clear();
  }

  private long fromDriver(long size, long asked) {
    context.enter();
    DevicePointer block = new DevicePointer();
    int status = cuMemAlloc(block, size);
    if (status == CUresult.CUDA_ERROR_OUT_OF_MEMORY) {
      trim();
      status = cuMemAlloc(block, size);
    }
    if (status == CUresult.CUDA_ERROR_OUT_OF_MEMORY) {
      long[] left = new long[1];
      long[] total = new long[1];
      Check.driver(cuMemGetInfo(left, total), "asking how much device memory is left");
      throw new CudaFailure(
          "%s: asked for %d bytes; %d of %d are free, %d are in use here"
              .formatted(CUresult.stringFor(status), asked, left[0], total[0], used),
          true);
    }
    Check.driver(status, "allocating " + asked + " bytes of device memory");
    return block.address();
  }

  /** Four classes to a power of two, so that at most a fifth of a block is not used. */
  static long sizeClass(long bytes) {
    long least = Math.max(bytes, ALIGNMENT);
    long step = Math.max(ALIGNMENT, Long.highestOneBit(least) >>> 2);
    return Math.ceilDiv(least, step) * step;
  }
}
