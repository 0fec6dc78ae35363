package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Whole numbers that are in the order of elements, or in its reverse, with -0 equal to +0. In both,
 * NaN has the largest.
 */
final class SortKeys {
  private static final long LAST = Long.MAX_VALUE;

  private SortKeys() {}

  static void check(ElementType type) {
    if (type != ElementType.F32 && type != ElementType.F64 && type != ElementType.I64) {
      throw new IllegalArgumentException("elements are F32, F64 or I64 here, not " + type);
    }
  }

  /** The keys of {@code count} elements from {@code at} on. */
  static void read(
      ElementType type, MemorySegment x, long at, int count, boolean descending, long[] keys) {
    switch (type) {
      case F32 -> {
        float[] values = new float[count];
        MemorySegment.copy(x, ValueLayout.JAVA_FLOAT, at * Float.BYTES, values, 0, count);
        for (int i = 0; i < count; i++) {
          keys[i] = key(values[i], descending);
        }
      }
      case F64 -> {
        double[] values = new double[count];
        MemorySegment.copy(x, ValueLayout.JAVA_DOUBLE, at * Double.BYTES, values, 0, count);
        for (int i = 0; i < count; i++) {
          keys[i] = key(values[i], descending);
        }
      }
      default -> {
        MemorySegment.copy(x, ValueLayout.JAVA_LONG, at * Long.BYTES, keys, 0, count);
        for (int i = 0; descending && i < count; i++) {
          keys[i] = ~keys[i];
        }
      }
    }
  }

  private static long key(double value, boolean descending) {
    if (Double.isNaN(value)) {
      return LAST;
    }
    // The sum makes -0 to +0; negative numbers have their bits in reverse order.
    long bits = Double.doubleToRawLongBits(value + 0.0);
    long key = bits ^ ((bits >> 63) & Long.MAX_VALUE);
    return descending ? ~key : key;
  }
}
