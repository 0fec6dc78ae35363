package scoria.kernels.cuda;

import static jcuda.driver.JCudaDriver.cuEventCreate;
import static jcuda.driver.JCudaDriver.cuEventRecord;
import static jcuda.driver.JCudaDriver.cuEventSynchronize;
import static jcuda.driver.JCudaDriver.cuMemAllocHost;
import static jcuda.driver.JCudaDriver.cuMemcpyDtoHAsync;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoDAsync;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import jcuda.Pointer;
import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;

/**
 * Pinned memory in two halves, between the host's memory and the device's: while one half is being
 * copied by the device, the other is filled or emptied.
 */
final class Staging {
  /** Bytes of a half. */
  static final int HALF = 2 << 20;

  private final CudaStream stream;
  private final Pointer[] pointers = new Pointer[2];
  private final MemorySegment[] halves = new MemorySegment[2];
  private final CUevent[] done = {new CUevent(), new CUevent()};
  private int next;

  Staging(CudaStream stream) {
    this.stream = stream;
    Pointer whole = new Pointer();
    Check.driver(cuMemAllocHost(whole, 2L * HALF), "allocating pinned memory");
    ByteBuffer buffer = whole.getByteBuffer(0, 2L * HALF);
    for (int i = 0; i < 2; i++) {
      pointers[i] = whole.withByteOffset((long) i * HALF);
      halves[i] = MemorySegment.ofBuffer(buffer.slice(i * HALF, HALF));
      Check.driver(
          cuEventCreate(done[i], CUevent_flags.CU_EVENT_DISABLE_TIMING), "creating an event");
    }
  }

  synchronized void toDevice(MemorySegment from, long fromByte, long to, long bytes) {
    for (long i = 0; i < bytes; i += HALF) {
      long count = Math.min(HALF, bytes - i);
      int half = next;
      next = 1 - next;
      // Before the first use of a half its event has recorded nothing and counts as done.
      Check.driver(cuEventSynchronize(done[half]), "waiting for a copy to the device");
      MemorySegment.copy(from, fromByte + i, halves[half], 0, count);
      Check.driver(
          cuMemcpyHtoDAsync(new DevicePointer(to + i), pointers[half], count, stream.handle()),
          "copying to the device");
      Check.driver(cuEventRecord(done[half], stream.handle()), "recording a copy");
    }
  }

  synchronized void toHost(long from, MemorySegment to, long toByte, long bytes) {
    if (bytes == 0) {
      stream.await("waiting for the device");
      return;
    }
    long waiting = 0;
    int half = next;
    for (long i = 0; i < bytes; i += HALF) {
      long count = Math.min(HALF, bytes - i);
      // Queued behind whatever still reads this half, and so needs no wait.
      Check.driver(
          cuMemcpyDtoHAsync(pointers[half], new DevicePointer(from + i), count, stream.handle()),
          "copying from the device");
      Check.driver(cuEventRecord(done[half], stream.handle()), "recording a copy");
      if (i > 0) {
        empty(1 - half, to, toByte + i - HALF, HALF);
      }
      waiting = count;
      half = 1 - half;
    }
    empty(1 - half, to, toByte + (bytes - waiting), waiting);
  }

  private void empty(int half, MemorySegment to, long toByte, long count) {
    Check.driver(cuEventSynchronize(done[half]), "waiting for a copy from the device");
    MemorySegment.copy(halves[half], 0, to, toByte, count);
  }
}
