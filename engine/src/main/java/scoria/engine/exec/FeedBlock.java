package scoria.engine.exec;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import scoria.engine.device.Device;
import scoria.engine.memory.HostMemory;
import scoria.engine.memory.Memory;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Memory of a program's feeds, side by side so that all reach the device in one copy. */
final class FeedBlock {
  private static final long BYTES = 4096;

  private final Memory memory;

  /** What fillers write to: the memory itself where the host reaches it. */
  private final MemorySegment host;

  private long used;

  FeedBlock(Device device, long atLeast) {
    memory = device.allocateUnscoped(Math.max(BYTES, atLeast), "feed");
    host =
        memory instanceof HostMemory reachable
            ? reachable.segment()
            : Arena.ofAuto().allocate(memory.bytes(), Long.BYTES);
  }

  boolean hasRoom(Device device, long bytes) {
    return memory.device() == device && used + bytes <= memory.bytes();
  }

  /** The next vector in the block. */
  Tensor vector(DType dtype, int n) {
    Tensor out =
        Tensor.of(
            memory, Layout.of(Shape.of(n), new long[] {1}, used / dtype.bytes()), dtype, null);
    long bytes = (long) n * dtype.bytes();
    used += (bytes + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    return out;
  }

  /** What fillers write to. */
  MemorySegment host() {
    return host;
  }

  /** Brings to the device what was filled in. */
  void send() {
    if (!(memory instanceof HostMemory)) {
      memory.write(host, 0);
    }
    Reference.reachabilityFence(this);
  }
}
