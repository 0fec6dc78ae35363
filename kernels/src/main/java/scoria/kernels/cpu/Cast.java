package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Converts between element types.
 *
 * <ul>
 *   <li>To {@link ElementType#BOOL}: 1 where the element is not 0; NaN is not 0, -0 is.
 *   <li>Floating to integer: rounded toward zero, the nearest end of the range where it does not
 *       fit, 0 for NaN (NumPy leaves these open).
 *   <li>Integer to a narrower integer: the low bits, as in Java and NumPy.
 *   <li>Integer to floating, float64 to float32: to nearest, ties to even.
 *   <li>From {@link ElementType#BOOL}: 0 or 1. {@link ElementType#U8} is 0 .. 255.
 * </ul>
 */
public final class Cast {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;

  /** As many float32 lanes as {@link #D} has float64 ones. */
  private static final VectorSpecies<Float> F =
      VectorSpecies.of(float.class, VectorShape.forBitSize(D.vectorBitSize() / 2));

  /** Elements that pass through an array at a time. */
  private static final int CHUNK = 1024;

  private Cast() {}

  /**
   * {@code y[yAt + i] = (to) x[xAt + i]} for {@code 0 <= i < n}, in the calling thread.
   *
   * @param from type of {@code x}
   * @param x input, contiguous
   * @param xAt first element read
   * @param to type of {@code y}
   * @param y output, contiguous; must not overlap {@code x}
   * @param yAt first element written
   * @param n number of elements, at least 0
   */
  public static void run(
      ElementType from,
      MemorySegment x,
      long xAt,
      ElementType to,
      MemorySegment y,
      long yAt,
      long n) {
    if (from == to) {
      MemorySegment.copy(x, xAt * from.bytes(), y, yAt * to.bytes(), n * to.bytes());
    } else if (from == ElementType.F32 && to == ElementType.F64) {
      widen(x, xAt, y, yAt, n);
    } else if (from == ElementType.F64 && to == ElementType.F32) {
      narrow(x, xAt, y, yAt, n);
    } else if (from == ElementType.F32 || from == ElementType.F64) {
      double[] values = new double[(int) Math.min(CHUNK, n)];
      for (long i = 0; i < n; i += CHUNK) {
        int count = (int) Math.min(CHUNK, n - i);
        readFloating(from, x, xAt + i, values, count);
        write(values, to, y, yAt + i, count);
      }
    } else {
      long[] values = new long[(int) Math.min(CHUNK, n)];
      for (long i = 0; i < n; i += CHUNK) {
        int count = (int) Math.min(CHUNK, n - i);
        readInteger(from, x, xAt + i, values, count);
        write(values, to, y, yAt + i, count);
      }
    }
  }

  private static void widen(MemorySegment x, long xAt, MemorySegment y, long yAt, long n) {
    ByteOrder order = ByteOrder.nativeOrder();
    long i = 0;
    for (; i + D.length() <= n; i += D.length()) {
      FloatVector v = FloatVector.fromMemorySegment(F, x, (xAt + i) * Float.BYTES, order);
      v.convertShape(VectorOperators.F2D, D, 0)
          .intoMemorySegment(y, (yAt + i) * Double.BYTES, order);
    }
    if (i < n) {
      VectorMask<Float> m = F.indexInRange(i, n);
      FloatVector v = FloatVector.fromMemorySegment(F, x, (xAt + i) * Float.BYTES, order, m);
      v.convertShape(VectorOperators.F2D, D, 0)
          .intoMemorySegment(y, (yAt + i) * Double.BYTES, order, D.indexInRange(i, n));
    }
  }

  private static void narrow(MemorySegment x, long xAt, MemorySegment y, long yAt, long n) {
    ByteOrder order = ByteOrder.nativeOrder();
    long i = 0;
    for (; i + D.length() <= n; i += D.length()) {
      DoubleVector v = DoubleVector.fromMemorySegment(D, x, (xAt + i) * Double.BYTES, order);
      v.convertShape(VectorOperators.D2F, F, 0)
          .intoMemorySegment(y, (yAt + i) * Float.BYTES, order);
    }
    if (i < n) {
      VectorMask<Double> m = D.indexInRange(i, n);
      DoubleVector v = DoubleVector.fromMemorySegment(D, x, (xAt + i) * Double.BYTES, order, m);
      v.convertShape(VectorOperators.D2F, F, 0)
          .intoMemorySegment(y, (yAt + i) * Float.BYTES, order, F.indexInRange(i, n));
    }
  }

  private static void readFloating(
      ElementType from, MemorySegment x, long at, double[] values, int count) {
    if (from == ElementType.F64) {
      MemorySegment.copy(x, ValueLayout.JAVA_DOUBLE, at * Double.BYTES, values, 0, count);
      return;
    }
    float[] read = new float[count];
    MemorySegment.copy(x, ValueLayout.JAVA_FLOAT, at * Float.BYTES, read, 0, count);
    for (int i = 0; i < count; i++) {
      values[i] = read[i];
    }
  }

  private static void readInteger(
      ElementType from, MemorySegment x, long at, long[] values, int count) {
    switch (from) {
      case I64 -> MemorySegment.copy(x, ValueLayout.JAVA_LONG, at * Long.BYTES, values, 0, count);
      case I32 -> {
        int[] read = new int[count];
        MemorySegment.copy(x, ValueLayout.JAVA_INT, at * Integer.BYTES, read, 0, count);
        for (int i = 0; i < count; i++) {
          values[i] = read[i];
        }
      }
      case U8, BOOL -> {
        byte[] read = new byte[count];
        MemorySegment.copy(x, ValueLayout.JAVA_BYTE, at, read, 0, count);
        for (int i = 0; i < count; i++) {
          values[i] = from == ElementType.U8 ? read[i] & 0xFF : read[i] != 0 ? 1 : 0;
        }
      }
      case F32, F64 -> throw new AssertionError(from);
    }
  }

  private static void write(double[] values, ElementType to, MemorySegment y, long at, int count) {
    switch (to) {
      case F64 -> MemorySegment.copy(values, 0, y, ValueLayout.JAVA_DOUBLE, at * 8, count);
      case F32 -> {
        float[] written = new float[count];
        for (int i = 0; i < count; i++) {
          written[i] = (float) values[i];
        }
        MemorySegment.copy(written, 0, y, ValueLayout.JAVA_FLOAT, at * 4, count);
      }
      case I64 -> {
        long[] written = new long[count];
        for (int i = 0; i < count; i++) {
          written[i] = (long) values[i];
        }
        MemorySegment.copy(written, 0, y, ValueLayout.JAVA_LONG, at * 8, count);
      }
      case I32 -> {
        int[] written = new int[count];
        for (int i = 0; i < count; i++) {
          written[i] = (int) values[i];
        }
        MemorySegment.copy(written, 0, y, ValueLayout.JAVA_INT, at * 4, count);
      }
      case U8, BOOL -> {
        byte[] written = new byte[count];
        for (int i = 0; i < count; i++) {
          written[i] =
              (byte)
                  (to == ElementType.U8
                      ? Math.clamp((int) values[i], 0, 255)
                      : values[i] != 0 ? 1 : 0);
        }
        MemorySegment.copy(written, 0, y, ValueLayout.JAVA_BYTE, at, count);
      }
    }
  }

  private static void write(long[] values, ElementType to, MemorySegment y, long at, int count) {
    switch (to) {
      case F64 -> {
        double[] written = new double[count];
        for (int i = 0; i < count; i++) {
          written[i] = (double) values[i];
        }
        MemorySegment.copy(written, 0, y, ValueLayout.JAVA_DOUBLE, at * 8, count);
      }
      case F32 -> {
        float[] written = new float[count];
        for (int i = 0; i < count; i++) {
          written[i] = (float) values[i];
        }
        MemorySegment.copy(written, 0, y, ValueLayout.JAVA_FLOAT, at * 4, count);
      }
      case I64 -> MemorySegment.copy(values, 0, y, ValueLayout.JAVA_LONG, at * 8, count);
      case I32 -> {
        int[] written = new int[count];
        for (int i = 0; i < count; i++) {
          written[i] = (int) values[i];
        }
        MemorySegment.copy(written, 0, y, ValueLayout.JAVA_INT, at * 4, count);
      }
      case U8, BOOL -> {
        byte[] written = new byte[count];
        for (int i = 0; i < count; i++) {
          written[i] = (byte) (to == ElementType.U8 ? values[i] : values[i] != 0 ? 1 : 0);
        }
        MemorySegment.copy(written, 0, y, ValueLayout.JAVA_BYTE, at, count);
      }
    }
  }
}
