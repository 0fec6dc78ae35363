package scoria.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.api.Test;

/** Two-input kernels, choice and optimizers against their scalar meaning, in every layout. */
class PairwiseTest {
  private static final int[][] SHAPES = {
    {0, 5}, {3, 0}, {1, 1}, {5, 1}, {3, 2}, {4, 10}, {2, 16}, {3, 17}, {2, 128}, {1, 1001}
  };
  private static final double[] POINTS = {
    1, -2, 0.5, 3, -0.0, 0.0, -0.75, Double.NaN, 2, 2, Double.POSITIVE_INFINITY, -1.25, 1e-3
  };

  private interface Layout {
    void check(long aRow, int aCol, long bRow, int bCol, long outRow, int rows, int columns);
  }

  /** Dense, padded, one row repeated, one column repeated, one element. */
  private static void layouts(Layout layout) {
    for (int[] shape : SHAPES) {
      int columns = shape[1];
      long[][] strides = {{columns, 1}, {columns + 3, 1}, {0, 1}, {1, 0}, {0, 0}};
      for (long[] a : strides) {
        for (long[] b : strides) {
          for (long outRow : new long[] {columns, columns + 2}) {
            layout.check(a[0], (int) a[1], b[0], (int) b[1], outRow, shape[0], columns);
          }
        }
      }
    }
  }

  private static void floating(
      PairwiseKernel f4,
      PairwiseKernel f8,
      int outBytes,
      double tolerance,
      DoubleBinaryOperator f) {
    try (Arena arena = Arena.ofConfined()) {
      int n = 1100;
      MemorySegment a4 = AlignedMemory.floats(arena, n);
      MemorySegment b4 = AlignedMemory.floats(arena, n);
      MemorySegment a8 = AlignedMemory.doubles(arena, n);
      MemorySegment b8 = AlignedMemory.doubles(arena, n);
      for (int i = 0; i < n; i++) {
        a4.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) POINTS[i % 13]);
        b4.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) POINTS[i / 3 * 5 % 13]);
        a8.setAtIndex(ValueLayout.JAVA_DOUBLE, i, POINTS[i % 13]);
        b8.setAtIndex(ValueLayout.JAVA_DOUBLE, i, POINTS[i / 3 * 5 % 13]);
      }
      MemorySegment out4 = AlignedMemory.allocate(arena, 4 * n);
      MemorySegment out8 = AlignedMemory.allocate(arena, 8 * n);
      layouts(
          (aRow, aCol, bRow, bCol, outRow, rows, columns) -> {
            out4.fill((byte) 0x55);
            out8.fill((byte) 0x55);
            f4.run(a4, 2, aRow, aCol, b4, 1, bRow, bCol, out4, 3, outRow, rows, columns);
            f8.run(a8, 2, aRow, aCol, b8, 1, bRow, bCol, out8, 3, outRow, rows, columns);
            for (int r = 0; r < rows; r++) {
              for (int c = 0; c < outRow; c++) {
                int o = Math.toIntExact(3 + r * outRow + c);
                if (c >= columns) {
                  assertEquals(0x55, out4.get(ValueLayout.JAVA_BYTE, (outBytes == 1 ? 1 : 4) * o));
                  continue;
                }
                double x = a8.getAtIndex(ValueLayout.JAVA_DOUBLE, 2 + r * aRow + c * aCol);
                double y = b8.getAtIndex(ValueLayout.JAVA_DOUBLE, 1 + r * bRow + c * bCol);
                if (outBytes == 1) {
                  double right = f.applyAsDouble(x, y);
                  assertEquals(right, out8.get(ValueLayout.JAVA_BYTE, o));
                  right = f.applyAsDouble((float) x, (float) y);
                  assertEquals(right, out4.get(ValueLayout.JAVA_BYTE, o));
                } else {
                  same(
                      f.applyAsDouble(x, y),
                      out8.getAtIndex(ValueLayout.JAVA_DOUBLE, o),
                      tolerance);
                  double right = (float) f.applyAsDouble((float) x, (float) y);
                  float found = out4.getAtIndex(ValueLayout.JAVA_FLOAT, o);
                  same(right, found, tolerance == 0 ? 0 : 1e-6);
                }
              }
            }
          });
    }
  }

  private static void same(double right, double found, double tolerance) {
    if (tolerance == 0 || Double.isNaN(right) || Double.isInfinite(right)) {
      assertEquals(right, found);
    } else {
      assertEquals(right, found, tolerance * Math.max(1, Math.abs(right)));
    }
  }

  @Test
  void arithmetic() {
    floating(PairwiseF32::add, PairwiseF64::add, 8, 0, (a, b) -> a + b);
    floating(PairwiseF32::sub, PairwiseF64::sub, 8, 0, (a, b) -> a - b);
    floating(PairwiseF32::mul, PairwiseF64::mul, 8, 0, (a, b) -> a * b);
    floating(PairwiseF32::div, PairwiseF64::div, 8, 0, (a, b) -> a / b);
    floating(PairwiseF32::max, PairwiseF64::max, 8, 0, Math::max);
    floating(PairwiseF32::min, PairwiseF64::min, 8, 0, Math::min);
  }

  @Test
  void comparisons() {
    floating(PairwiseF32::equal, PairwiseF64::equal, 1, 0, (a, b) -> a == b ? 1 : 0);
    floating(PairwiseF32::notEqual, PairwiseF64::notEqual, 1, 0, (a, b) -> a != b ? 1 : 0);
    floating(PairwiseF32::less, PairwiseF64::less, 1, 0, (a, b) -> a < b ? 1 : 0);
    floating(PairwiseF32::lessEqual, PairwiseF64::lessEqual, 1, 0, (a, b) -> a <= b ? 1 : 0);
    floating(PairwiseF32::greater, PairwiseF64::greater, 1, 0, (a, b) -> a > b ? 1 : 0);
    floating(PairwiseF32::greaterEqual, PairwiseF64::greaterEqual, 1, 0, (a, b) -> a >= b ? 1 : 0);
  }

  @Test
  void derivatives() {
    floating(PairwiseF32::reluGrad, PairwiseF64::reluGrad, 8, 0, (x, g) -> x > 0 ? g : 0);
    floating(PairwiseF32::absGrad, PairwiseF64::absGrad, 8, 0, (x, g) -> g * Math.signum(x));
    floating(
        PairwiseF32::tanhGrad, PairwiseF64::tanhGrad, 8, 1e-15, (y, g) -> g * Math.fma(y, -y, 1));
    floating(
        PairwiseF32::sigmoidGrad, PairwiseF64::sigmoidGrad, 8, 1e-15, (y, g) -> g * (y * (1 - y)));
    floating(
        PairwiseF32::softplusGrad, PairwiseF64::softplusGrad, 8, 1e-15, (x, g) -> g * sigmoid(x));
    floating(
        PairwiseF32::siluGrad,
        PairwiseF64::siluGrad,
        8,
        1e-15,
        (x, g) -> g * (x > 1e9 ? 1 : sigmoid(x) * (1 + x * (1 - sigmoid(x)))));
    floating(
        PairwiseF32::siluCurve,
        PairwiseF64::siluCurve,
        8,
        4e-15,
        (x, g) -> {
          double s = sigmoid(x);
          double a = Math.clamp(x, -1e4, 1e4);
          return g * s * (1 - s) * (2 + a * (1 - 2 * s));
        });
    floating(PairwiseF32::geluGrad, PairwiseF64::geluGrad, 8, 1e-14, (x, g) -> g * geluSlope(x));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double geluSlope(double x) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment s = AlignedMemory.doubles(arena, 1);
      s.set(ValueLayout.JAVA_DOUBLE, 0, x / Math.sqrt(2));
      PointwiseF64.erf(s, 0, s, 0, 1);
      double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
      double phi = (1 + s.get(ValueLayout.JAVA_DOUBLE, 0)) / 2;
      return phi + (Double.isInfinite(x) ? 0 : x * density);
    }
  }

  private static void integers(PairwiseKernel f4, PairwiseKernel f8, LongBinaryOperator f) {
    long[] points = {0, 1, -1, 7, Integer.MAX_VALUE, Integer.MIN_VALUE, 12345, -99};
    try (Arena arena = Arena.ofConfined()) {
      for (int n : new int[] {0, 1, 7, 64, 67}) {
        MemorySegment a = AlignedMemory.allocate(arena, 16L * n + 64);
        MemorySegment b = AlignedMemory.allocate(arena, 16L * n + 64);
        MemorySegment out = AlignedMemory.allocate(arena, 16L * n + 64);
        for (int i = 0; i < n; i++) {
          a.setAtIndex(ValueLayout.JAVA_INT, i, (int) points[i % 8]);
          b.setAtIndex(ValueLayout.JAVA_INT, i, (int) points[i / 8 % 8]);
        }
        f4.run(a, 0, n, 1, b, 0, n, 1, out, 0, n, 1, n);
        for (int i = 0; i < n; i++) {
          assertEquals(
              (int) f.applyAsLong(points[i % 8], points[i / 8 % 8]),
              out.getAtIndex(ValueLayout.JAVA_INT, i));
        }
        for (int i = 0; i < n; i++) {
          a.setAtIndex(ValueLayout.JAVA_LONG, i, points[i % 8]);
          b.setAtIndex(ValueLayout.JAVA_LONG, i, points[i / 8 % 8]);
        }
        f8.run(a, 0, n, 1, b, 0, n, 1, out, 0, n, 1, n);
        for (int i = 0; i < n; i++) {
          assertEquals(
              f.applyAsLong(points[i % 8], points[i / 8 % 8]),
              out.getAtIndex(ValueLayout.JAVA_LONG, i));
        }
      }
    }
  }

  @Test
  void integerArithmetic() {
    integers(PairwiseI32::add, PairwiseI64::add, (a, b) -> a + b);
    integers(PairwiseI32::sub, PairwiseI64::sub, (a, b) -> a - b);
    integers(PairwiseI32::mul, PairwiseI64::mul, (a, b) -> a * b);
    integers(PairwiseI32::max, PairwiseI64::max, Math::max);
    integers(PairwiseI32::min, PairwiseI64::min, Math::min);
  }
}
