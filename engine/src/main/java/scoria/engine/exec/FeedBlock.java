package scoria.engine.exec;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import scoria.engine.device.Device;
import scoria.engine.memory.HostMemory;
import scoria.engine.memory.Memory;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Feeds of a recorded program, side by side so that all reach the device in one copy. */
final class FeedBlock {
  private static final long BYTES = 4096;

  private final Memory memory;

  /** What fillers write to: the memory itself where the host reaches it. */
  private final MemorySegment host;

  private final List<Runnable> fillers = new ArrayList<>();
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

  /** A feed of whole numbers. */
  Tensor add(long[] values, Feed.Longs filler) {
    long at = used;
    fillers.add(
        () -> {
          filler.fill(values);
          MemorySegment.copy(values, 0, host, ValueLayout.JAVA_LONG, at, values.length);
        });
    return vector(DType.INT64, values.length);
  }

  /** A feed of numbers, rounded to a float type. */
  Tensor add(DType dtype, double[] values, Feed.Doubles filler) {
    long at = used;
    fillers.add(
        () -> {
          filler.fill(values);
          if (dtype == DType.FLOAT64) {
            MemorySegment.copy(values, 0, host, ValueLayout.JAVA_DOUBLE, at, values.length);
          } else {
            for (int i = 0; i < values.length; i++) {
              host.set(ValueLayout.JAVA_FLOAT, at + (long) i * Float.BYTES, (float) values[i]);
            }
          }
        });
    return vector(dtype, values.length);
  }

  private Tensor vector(DType dtype, int n) {
    Layout layout = Layout.of(Shape.of(n), new long[] {1}, used / dtype.bytes());
    // Every vector starts where a long may.
    used += Math.ceilDiv((long) n * dtype.bytes(), (long) Long.BYTES) * Long.BYTES;
    return Tensor.of(memory, layout, dtype, null);
  }

  /** Fills all anew, in the order of their adding. */
  void fill() {
    for (int i = 0; i < fillers.size(); i++) {
      fillers.get(i).run();
    }
    if (!(memory instanceof HostMemory)) {
      memory.write(host, 0);
    }
    Reference.reachabilityFence(memory);
  }
}
