package scoria.engine.io;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import scoria.kernels.cpu.ElementType;
import scoria.kernels.cpu.StridedCopy;
import scoria.kernels.cpu.WorkerPool;

/** Elements on their way between files and memory. */
final class Elements {
  /** Bytes moved at once: a buffer's limit is an int, and the JDK may copy each in full. */
  private static final long CHUNK = 1 << 20;

  private Elements() {}

  /**
   * Fills the memory.
   *
   * @throws FormatException if the channel ends before the memory is full
   */
  static void read(ReadableByteChannel in, MemorySegment data, String file) throws IOException {
    for (long at = 0; at < data.byteSize(); at += CHUNK) {
      ByteBuffer chunk = data.asSlice(at, Math.min(CHUNK, data.byteSize() - at)).asByteBuffer();
      while (chunk.hasRemaining()) {
        if (in.read(chunk) < 0) {
          throw new FormatException(
              file,
              "ends after "
                  + (at + chunk.position())
                  + " of the "
                  + data.byteSize()
                  + " bytes that its header promises");
        }
      }
    }
  }

  static void write(WritableByteChannel out, MemorySegment data) throws IOException {
    forChunks(
        data,
        chunk -> {
          while (chunk.hasRemaining()) {
            out.write(chunk);
          }
        });
  }

  /** What is done with a part of the bytes. */
  @FunctionalInterface
  interface ChunkBody<E extends Exception> {
    void accept(ByteBuffer chunk) throws E;
  }

  /** Hands out all bytes in order, as buffers of a size that a buffer can have. */
  static <E extends Exception> void forChunks(MemorySegment data, ChunkBody<E> body) throws E {
    for (long at = 0; at < data.byteSize(); at += CHUNK) {
      body.accept(data.asSlice(at, Math.min(CHUNK, data.byteSize() - at)).asByteBuffer());
    }
  }

  /** Turns big-endian elements into little-endian ones, in place. */
  static void reverseBytes(MemorySegment data, int bytes) {
    switch (bytes) {
      case 1 -> {}
      case 4 -> {
        for (long i = 0; i < data.byteSize() / 4; i++) {
          int bits = data.getAtIndex(ValueLayout.JAVA_INT, i);
          data.setAtIndex(ValueLayout.JAVA_INT, i, Integer.reverseBytes(bits));
        }
      }
      case 8 -> {
        for (long i = 0; i < data.byteSize() / 8; i++) {
          long bits = data.getAtIndex(ValueLayout.JAVA_LONG, i);
          data.setAtIndex(ValueLayout.JAVA_LONG, i, Long.reverseBytes(bits));
        }
      }
      default -> throw new AssertionError(bytes);
    }
  }

  /** Copies elements in column-major order, the first axis fastest, to row-major order. */
  static void toRowMajor(MemorySegment columnMajor, long[] shape, int bytes, MemorySegment out) {
    int axes = shape.length;
    long[] columnStrides = new long[axes];
    long[] rowStrides = new long[axes];
    long columnStride = 1;
    long rowStride = 1;
    for (int axis = 0; axis < axes; axis++) {
      columnStrides[axis] = columnStride;
      columnStride *= shape[axis];
      rowStrides[axes - 1 - axis] = rowStride;
      rowStride *= shape[axes - 1 - axis];
    }
    try (WorkerPool caller = WorkerPool.of(1)) {
      StridedCopy.copy(caller, bytes, columnMajor, 0, shape, columnStrides, out, 0, rowStrides);
    }
  }

  /**
   * Kernels count on truth values of 0 and 1.
   *
   * @throws FormatException if an element of type bool is neither
   */
  static void checkBools(ElementType dtype, MemorySegment data, String file)
      throws FormatException {
    if (dtype != ElementType.BOOL) {
      return;
    }
    for (long i = 0; i < data.byteSize(); i++) {
      byte value = data.get(ValueLayout.JAVA_BYTE, i);
      if ((value & ~1) != 0) {
        throw new FormatException(
            file, "bool element " + i + " is " + (value & 0xff) + "; it can be 0 or 1");
      }
    }
  }
}
