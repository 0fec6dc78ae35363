package scoria.engine.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import scoria.engine.device.Device;
import scoria.engine.exec.Recording;
import scoria.engine.memory.HostMemory;
import scoria.engine.memory.Memory;
import scoria.engine.memory.RecordedMemory;

/** Copies between tensors and Java's arrays. */
final class HostCopies {
  private HostCopies() {}

  static Tensor of(MemorySegment array, long length, DType dtype, long[] sizes) {
    Shape shape = sizes.length == 0 ? Shape.of(length) : Shape.of(sizes);
    if (shape.elements() != length) {
      throw new IllegalArgumentException(
          length + " values for shape " + shape + ", which holds " + shape.elements());
    }
    long bytes = length * dtype.bytes();
    Device device = Device.current();
    // What is made while a program is recorded is the program's, and outlives any scope in it.
    Memory memory =
        Recording.isOn() ? device.allocateUnscoped(bytes, "of") : device.allocate(bytes, "of");
    memory.write(array, 0);
    Reference.reachabilityFence(memory);
    return Tensor.of(memory, Layout.dense(shape), dtype, null);
  }

  static byte[] bytes(boolean[] values) {
    byte[] out = new byte[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (values[i] ? 1 : 0);
    }
    return out;
  }

  static MemorySegment segment(Tensor tensor) {
    Memory memory = readable(tensor);
    if (memory instanceof HostMemory host) {
      return host.segment();
    }
    throw new IllegalStateException(
        tensor.signature()
            + " is on "
            + tensor.device().name()
            + ", where the host cannot reach its elements; take to(Device.cpu()) first");
  }

  /** The memory of a tensor whose value is asked for. */
  private static Memory readable(Tensor tensor) {
    Memory memory = tensor.memory();
    if (memory instanceof RecordedMemory recorded) {
      throw recorded.unread();
    }
    if (Recording.isOn()) {
      throw new IllegalStateException(
          "the value of "
              + tensor.signature()
              + " was asked for while a program is recorded, and would not be asked for again when"
              + " the program runs; read it before, or let it be an input");
    }
    return memory;
  }

  static float[] floats(Tensor tensor) {
    float[] out = new float[length(tensor)];
    read(tensor, DType.FLOAT32, MemorySegment.ofArray(out));
    return out;
  }

  static double[] doubles(Tensor tensor) {
    double[] out = new double[length(tensor)];
    read(tensor, DType.FLOAT64, MemorySegment.ofArray(out));
    return out;
  }

  static long[] longs(Tensor tensor) {
    long[] out = new long[length(tensor)];
    read(tensor, DType.INT64, MemorySegment.ofArray(out));
    return out;
  }

  private static int length(Tensor tensor) {
    if (tensor.elements() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          tensor.signature()
              + " has more elements than a Java array; copy it in parts with narrow");
    }
    return (int) tensor.elements();
  }

  private static void read(Tensor tensor, DType as, MemorySegment array) {
    readable(tensor);
    Tensor dense = tensor.detach().to(as).contiguous();
    dense.memory().read(dense.layout().offset() * as.bytes(), array);
    Reference.reachabilityFence(dense);
  }

  static double element(Tensor tensor, long place) {
    Memory memory = readable(tensor);
    double value;
    if (memory instanceof HostMemory host) {
      value = element(tensor.dtype(), host.segment(), place);
    } else {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment one = arena.allocate(tensor.dtype().bytes(), tensor.dtype().bytes());
        memory.read(place * tensor.dtype().bytes(), one);
        value = element(tensor.dtype(), one, 0);
      }
    }
    Reference.reachabilityFence(memory);
    return value;
  }

  private static double element(DType dtype, MemorySegment values, long place) {
    return switch (dtype) {
      case FLOAT32 -> values.getAtIndex(ValueLayout.JAVA_FLOAT, place);
      case FLOAT64 -> values.getAtIndex(ValueLayout.JAVA_DOUBLE, place);
      case INT64 -> values.getAtIndex(ValueLayout.JAVA_LONG, place);
      case INT32 -> values.getAtIndex(ValueLayout.JAVA_INT, place);
      case UINT8 -> Byte.toUnsignedInt(values.get(ValueLayout.JAVA_BYTE, place));
      case BOOL -> values.get(ValueLayout.JAVA_BYTE, place);
    };
  }
}
