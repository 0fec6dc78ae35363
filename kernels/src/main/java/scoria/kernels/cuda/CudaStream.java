package scoria.kernels.cuda;

import static jcuda.driver.JCudaDriver.cuMemcpyDtoDAsync;
import static jcuda.driver.JCudaDriver.cuMemsetD8Async;
import static jcuda.driver.JCudaDriver.cuStreamCreate;
import static jcuda.driver.JCudaDriver.cuStreamSynchronize;

import java.lang.foreign.MemorySegment;
import jcuda.driver.CUstream;
import jcuda.driver.CUstream_flags;

/**
 * The queue of a device: what is given to it is done in order, and the call returns before it is
 * done, except where it brings something back.
 *
 * <p>Safe to use from any thread; what one thread queues stays in its order.
 */
public final class CudaStream {
  private final CudaContext context;
  private final CUstream handle = new CUstream();
  private final Staging staging;
  private final IndexErrors indexErrors;
  private volatile boolean recording;
  private long scratch;
  private long scratchBytes;

  CudaStream(CudaContext context) {
    this.context = context;
    Check.driver(
        cuStreamCreate(handle, CUstream_flags.CU_STREAM_NON_BLOCKING), "creating a stream");
    staging = new Staging(this);
    indexErrors = new IndexErrors(this);
  }

  /** The context it belongs to. */
  public CudaContext context() {
    return context;
  }

  CUstream handle() {
    return handle;
  }

  /**
   * Copies to the device, by way of pinned memory. The bytes are read before this returns.
   *
   * @param from host memory
   * @param fromByte its first byte to copy
   * @param to device address
   * @param bytes how many, at least 0
   * @throws IllegalStateException while a graph is recorded
   */
  public void copyToDevice(MemorySegment from, long fromByte, long to, long bytes) {
    checkNotRecording("copy from the host");
    context.enter();
    staging.toDevice(from, fromByte, to, bytes);
  }

  /**
   * Waits for all that was queued and copies from the device, by way of pinned memory.
   *
   * @param from device address
   * @param to host memory
   * @param toByte its first byte to write
   * @param bytes how many, at least 0
   * @throws IndexOutOfBoundsException as {@link #synchronize} does
   * @throws IllegalStateException while a graph is recorded
   */
  public void copyToHost(long from, MemorySegment to, long toByte, long bytes) {
    checkNotRecording("copy to the host");
    context.enter();
    staging.toHost(from, to, toByte, bytes);
    indexErrors.check();
  }

  /**
   * Copies within the device.
   *
   * @param from device address
   * @param to device address; the two ranges must not overlap
   * @param bytes how many, at least 0
   */
  public void copy(long from, long to, long bytes) {
    if (bytes > 0) {
      context.enter();
      Check.driver(
          cuMemcpyDtoDAsync(new DevicePointer(to), new DevicePointer(from), bytes, handle),
          "copying within the device");
    }
  }

  /**
   * Sets bytes.
   *
   * @param at device address
   * @param value what every byte becomes
   * @param bytes how many, at least 0
   */
  public void fill(long at, byte value, long bytes) {
    if (bytes > 0) {
      context.enter();
      Check.driver(
          cuMemsetD8Async(new DevicePointer(at), value, bytes, handle), "filling device memory");
    }
  }

  /**
   * Waits until all that was queued is done.
   *
   * @throws IndexOutOfBoundsException if a kernel of {@link CudaGather} met an index outside its
   *     axis since the last call; the first such, as the CPU's kernels report it
   * @throws CudaFailure if work failed
   * @throws IllegalStateException while a graph is recorded
   */
  public void synchronize() {
    await("waiting for the device");
    indexErrors.check();
  }

  /** Says whether a graph is being recorded. */
  void recording(boolean now) {
    recording = now;
  }

  boolean isRecording() {
    return recording;
  }

  private void checkNotRecording(String doing) {
    if (recording) {
      throw new IllegalStateException("cannot " + doing + " while a graph is recorded");
    }
  }

  void await(String doing) {
    checkNotRecording("wait for the device");
    context.enter();
    Check.driver(cuStreamSynchronize(handle), doing);
  }

  /** Copies from the device without asking what kernels noted. */
  void read(long from, MemorySegment to, long bytes) {
    staging.toHost(from, to, 0, bytes);
  }

  IndexErrors indexErrors() {
    return indexErrors;
  }

  /**
   * Memory for what a kernel keeps between its passes. A block that was outgrown is kept, since a
   * recorded graph may still use it. To be asked for, and used, by who holds this object's lock.
   */
  long scratch(long bytes) {
    if (bytes > scratchBytes) {
      long size = Math.max(1 << 20, Math.max(bytes, 2 * scratchBytes));
      scratch = context.pool().allocate(size);
      scratchBytes = size;
    }
    return scratch;
  }
}
