package scoria.engine.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import scoria.kernels.cpu.AlignedMemory;
import scoria.kernels.cpu.ElementType;

/**
 * An array as files hold it: elements in row-major order, the last axis fastest, little-endian.
 *
 * @param dtype what the elements are
 * @param shape length of each axis, each at least 0; none for a single number. Copied, both ways
 * @param data the elements, with nothing before or after them; what is read from a file is off-heap
 *     and 64-byte aligned
 */
public record ArrayData(ElementType dtype, long[] shape, MemorySegment data) {
  /**
   * Checks that the memory is as large as the shape says.
   *
   * @throws IllegalArgumentException if it is not, or if an axis is negative
   */
  public ArrayData {
    shape = shape.clone();
    long bytes;
    try {
      bytes = byteSize(dtype, shape);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(shape) + " is negative or too large", e);
    }
    if (data.byteSize() != bytes) {
      throw new IllegalArgumentException(
          dtype
              + Arrays.toString(shape)
              + " takes "
              + bytes
              + " bytes, and the memory has "
              + data.byteSize());
    }
  }

  /** Makes an array of zeros in new memory. */
  public static ArrayData allocate(Arena arena, ElementType dtype, long... shape) {
    return new ArrayData(dtype, shape, AlignedMemory.allocate(arena, byteSize(dtype, shape)));
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  /** Number of elements: the product of the shape. */
  public long size() {
    return data.byteSize() / dtype.bytes();
  }

  /**
   * Bytes that an array takes.
   *
   * @throws ArithmeticException if an axis is negative or the number does not fit
   */
  static long byteSize(ElementType dtype, long[] shape) {
    long size = dtype.bytes();
    for (long length : shape) {
      if (length < 0) {
        throw new ArithmeticException("an axis of length " + length);
      }
      size = Math.multiplyExact(size, length);
    }
    return size;
  }

  /** Two arrays are equal if they have the same type, shape and bits. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ArrayData that
        && dtype == that.dtype
        && Arrays.equals(shape, that.shape)
        && data.mismatch(that.data) < 0;
  }

  @Override
  public int hashCode() {
    return 31 * dtype.hashCode() + Arrays.hashCode(shape);
  }

  @Override
  public String toString() {
    return dtype + Arrays.toString(shape);
  }
}
