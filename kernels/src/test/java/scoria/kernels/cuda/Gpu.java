package scoria.kernels.cuda;

import static jcuda.driver.JCudaDriver.cuMemAlloc;
import static jcuda.driver.JCudaDriver.cuMemFree;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import scoria.kernels.cpu.AlignedMemory;
import scoria.kernels.cpu.ElementType;
import scoria.kernels.cpu.WorkerPool;

/**
 * The stand-in for a GPU, and blocks of memory that are there twice: on the host, where the CPU's
 * kernels work, and on the device, of exactly as many bytes, so that a step outside is noticed.
 */
final class Gpu implements AutoCloseable {
  /** Around one warp and one block of threads, and several blocks. */
  static final int[] SIZES = {0, 1, 2, 15, 16, 17, 31, 32, 33, 255, 256, 257, 1003};

  static final WorkerPool POOL = WorkerPool.of(1);

  private final Arena arena = Arena.ofConfined();
  private final List<Block> blocks = new ArrayList<>();
  final CudaStream stream;

  private Gpu() {
    stream = context().stream();
  }

  static CudaContext context() {
    StandIn.load();
    return CudaContext.open();
  }

  /** The stand-in, and blocks that end with this object. */
  static Gpu open() {
    return new Gpu();
  }

  /** A block on both sides. */
  record Block(MemorySegment host, long device, long bytes) {}

  /** A block of zeros on both sides. */
  Block zeros(ElementType type, long n) {
    Block block = block(type, n);
    stream.fill(block.device, (byte) 0, block.bytes);
    return block;
  }

  /** A block, on the device of uninitialised memory. */
  Block block(ElementType type, long n) {
    long bytes = n * type.bytes();
    DevicePointer address = new DevicePointer();
    Check.driver(cuMemAlloc(address, Math.max(bytes, 1)), "allocating for a test");
    Block block = new Block(AlignedMemory.allocate(arena, bytes), address.address(), bytes);
    blocks.add(block);
    return block;
  }

  Block of(float... values) {
    Block block = block(ElementType.F32, values.length);
    MemorySegment.copy(values, 0, block.host, ValueLayout.JAVA_FLOAT, 0, values.length);
    return up(block);
  }

  Block of(double... values) {
    Block block = block(ElementType.F64, values.length);
    MemorySegment.copy(values, 0, block.host, ValueLayout.JAVA_DOUBLE, 0, values.length);
    return up(block);
  }

  Block of(long... values) {
    Block block = block(ElementType.I64, values.length);
    MemorySegment.copy(values, 0, block.host, ValueLayout.JAVA_LONG, 0, values.length);
    return up(block);
  }

  Block of(int... values) {
    Block block = block(ElementType.I32, values.length);
    MemorySegment.copy(values, 0, block.host, ValueLayout.JAVA_INT, 0, values.length);
    return up(block);
  }

  Block of(byte... values) {
    Block block = block(ElementType.U8, values.length);
    MemorySegment.copy(values, 0, block.host, ValueLayout.JAVA_BYTE, 0, values.length);
    return up(block);
  }

  /** Numbers of a type, rounded to it. */
  Block of(ElementType type, double... values) {
    return switch (type) {
      case F64 -> of(values);
      case F32 -> {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
          rounded[i] = (float) values[i];
        }
        yield of(rounded);
      }
      default -> throw new IllegalArgumentException(type.toString());
    };
  }

  /** Copies the host's side of a block to the device. */
  Block up(Block block) {
    stream.copyToDevice(block.host, 0, block.device, block.bytes);
    return block;
  }

  /** What the device's side of a block holds. */
  MemorySegment down(Block block) {
    MemorySegment read = AlignedMemory.allocate(arena, block.bytes);
    stream.copyToHost(block.device, read, 0, block.bytes);
    return read;
  }

  /** Both sides of a block hold the same bits; any NaN equals any other. */
  void assertSame(ElementType type, Block block, String what) {
    MemorySegment device = down(block);
    for (long i = 0; i < block.bytes / type.bytes(); i++) {
      String expected = show(type, block.host, i);
      String actual = show(type, device, i);
      if (!expected.equals(actual)) {
        assertEquals(expected, actual, what + ", element " + i);
      }
    }
  }

  static String show(ElementType type, MemorySegment x, long i) {
    return switch (type) {
      case F32 -> Float.toHexString(x.getAtIndex(ValueLayout.JAVA_FLOAT, i));
      case F64 -> Double.toHexString(x.getAtIndex(ValueLayout.JAVA_DOUBLE, i));
      case I64 -> Long.toString(x.getAtIndex(ValueLayout.JAVA_LONG, i));
      case I32 -> Integer.toString(x.getAtIndex(ValueLayout.JAVA_INT, i));
      case U8, BOOL -> Byte.toString(x.get(ValueLayout.JAVA_BYTE, i));
    };
  }

  static double value(ElementType type, MemorySegment x, long i) {
    return type == ElementType.F32
        ? x.getAtIndex(ValueLayout.JAVA_FLOAT, i)
        : x.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
  }

  @Override
  public void close() {
    try {
      stream.synchronize();
      String found = StandIn.report();
      StandIn.clear();
      assertEquals("", found, "what the watch found");
    } finally {
      for (Block block : blocks) {
        cuMemFree(new DevicePointer(block.device));
      }
      arena.close();
    }
  }
}
