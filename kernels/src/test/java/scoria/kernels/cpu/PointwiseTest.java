package scoria.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The plain functions against their meaning, and every function at every size and place. */
class PointwiseTest {
  private static final int[] SIZES = {0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 100, 1003};
  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    0.5,
    -0.5,
    1.5,
    2.5,
    -2.5,
    0.49999997,
    8388607.5,
    -8388609,
    1e30,
    -1e30,
    1e-42,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN,
    3e5,
    -4e9
  };

  /** Kernels whose result is the rounded meaning exactly; no meaning: measured elsewhere. */
  private enum Function {
    NEG(PointwiseF32::neg, PointwiseF64::neg, x -> -x),
    ABS(PointwiseF32::abs, PointwiseF64::abs, Math::abs),
    SIGN(PointwiseF32::sign, PointwiseF64::sign, Math::signum),
    SQUARE(PointwiseF32::square, PointwiseF64::square, x -> x * x),
    SQRT(PointwiseF32::sqrt, PointwiseF64::sqrt, Math::sqrt),
    RECIPROCAL(PointwiseF32::reciprocal, PointwiseF64::reciprocal, x -> 1 / x),
    RELU(PointwiseF32::relu, PointwiseF64::relu, x -> x <= 0 ? 0 : x),
    RINT(PointwiseF32::rint, PointwiseF64::rint, Math::rint),
    FLOOR(PointwiseF32::floor, PointwiseF64::floor, Math::floor),
    CEIL(PointwiseF32::ceil, PointwiseF64::ceil, Math::ceil),
    TRUNC(PointwiseF32::trunc, PointwiseF64::trunc, x -> x < 0 ? Math.ceil(x) : Math.floor(x)),
    ADD_SCALAR(
        (x, xAt, y, yAt, n) -> PointwiseF32.addScalar(x, xAt, 0.75, y, yAt, n),
        (x, xAt, y, yAt, n) -> PointwiseF64.addScalar(x, xAt, 0.75, y, yAt, n),
        x -> x + 0.75),
    MUL_SCALAR(
        (x, xAt, y, yAt, n) -> PointwiseF32.mulScalar(x, xAt, -0.75, y, yAt, n),
        (x, xAt, y, yAt, n) -> PointwiseF64.mulScalar(x, xAt, -0.75, y, yAt, n),
        x -> x * -0.75),
    MIN_SCALAR(
        (x, xAt, y, yAt, n) -> PointwiseF32.minScalar(x, xAt, 0.75, y, yAt, n),
        (x, xAt, y, yAt, n) -> PointwiseF64.minScalar(x, xAt, 0.75, y, yAt, n),
        x -> Math.min(x, 0.75)),
    MAX_SCALAR(
        (x, xAt, y, yAt, n) -> PointwiseF32.maxScalar(x, xAt, 0.75, y, yAt, n),
        (x, xAt, y, yAt, n) -> PointwiseF64.maxScalar(x, xAt, 0.75, y, yAt, n),
        x -> Math.max(x, 0.75)),
    FILL(
        (x, xAt, y, yAt, n) -> PointwiseF32.fill(y, yAt, 0.75, n),
        (x, xAt, y, yAt, n) -> PointwiseF64.fill(y, yAt, 0.75, n),
        x -> 0.75),
    RSQRT(PointwiseF32::rsqrt, PointwiseF64::rsqrt),
    EXP(PointwiseF32::exp, PointwiseF64::exp),
    EXPM1(PointwiseF32::expm1, PointwiseF64::expm1),
    LOG(PointwiseF32::log, PointwiseF64::log),
    LOG1P(PointwiseF32::log1p, PointwiseF64::log1p),
    SIN(PointwiseF32::sin, PointwiseF64::sin),
    COS(PointwiseF32::cos, PointwiseF64::cos),
    TANH(PointwiseF32::tanh, PointwiseF64::tanh),
    SIGMOID(PointwiseF32::sigmoid, PointwiseF64::sigmoid),
    SILU(PointwiseF32::silu, PointwiseF64::silu),
    SOFTPLUS(PointwiseF32::softplus, PointwiseF64::softplus),
    GELU(PointwiseF32::gelu, PointwiseF64::gelu),
    ERF(PointwiseF32::erf, PointwiseF64::erf),
    TAN(PointwiseF32::tan, PointwiseF64::tan),
    ASIN(PointwiseF32::asin, PointwiseF64::asin),
    ACOS(PointwiseF32::acos, PointwiseF64::acos),
    ATAN(PointwiseF32::atan, PointwiseF64::atan),
    SINH(PointwiseF32::sinh, PointwiseF64::sinh),
    COSH(PointwiseF32::cosh, PointwiseF64::cosh),
    ASINH(PointwiseF32::asinh, PointwiseF64::asinh),
    ACOSH(PointwiseF32::acosh, PointwiseF64::acosh),
    ATANH(PointwiseF32::atanh, PointwiseF64::atanh),
    EXP2(PointwiseF32::exp2, PointwiseF64::exp2),
    LOG2(PointwiseF32::log2, PointwiseF64::log2),
    LOG10(PointwiseF32::log10, PointwiseF64::log10),
    CBRT(PointwiseF32::cbrt, PointwiseF64::cbrt),
    ERFC(PointwiseF32::erfc, PointwiseF64::erfc),
    LGAMMA(PointwiseF32::lgamma, PointwiseF64::lgamma),
    DIGAMMA(PointwiseF32::digamma, PointwiseF64::digamma),
    POLYGAMMA(
        (x, xAt, y, yAt, n) -> PointwiseF32.polygammaScalar(x, xAt, 2, y, yAt, n),
        (x, xAt, y, yAt, n) -> PointwiseF64.polygammaScalar(x, xAt, 2, y, yAt, n)),
    POW(
        (x, xAt, y, yAt, n) -> PointwiseF32.powScalar(x, xAt, 1.7, y, yAt, n),
        (x, xAt, y, yAt, n) -> PointwiseF64.powScalar(x, xAt, 1.7, y, yAt, n));

    private final PointwiseKernel float32;
    private final PointwiseKernel float64;
    private final DoubleUnaryOperator meaning;

    Function(PointwiseKernel float32, PointwiseKernel float64, DoubleUnaryOperator meaning) {
      this.float32 = float32;
      this.float64 = float64;
      this.meaning = meaning;
    }

    Function(PointwiseKernel float32, PointwiseKernel float64) {
      this(float32, float64, x -> Double.NaN);
    }

    boolean exact() {
      return ordinal() < RSQRT.ordinal();
    }
  }

  private static double[] points(int n) {
    Random random = new Random(7);
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = i % 3 == 0 ? SPECIAL[i / 3 % SPECIAL.length] : (float) (4 * random.nextGaussian());
    }
    return x;
  }

  /** The bits, with all NaNs made one: which NaN it is nobody promises. */
  private static int bits4(MemorySegment x, int i) {
    return Float.floatToIntBits(x.getAtIndex(ValueLayout.JAVA_FLOAT, i));
  }

  private static long bits8(MemorySegment x, int i) {
    return Double.doubleToLongBits(x.getAtIndex(ValueLayout.JAVA_DOUBLE, i));
  }

  @ParameterizedTest
  @EnumSource
  void everySizeAndPlaceGivesTheSameBits(Function f) {
    try (Arena arena = Arena.ofConfined()) {
      double[] points = points(1100);
      MemorySegment x4 = AlignedMemory.floats(arena, 1100);
      MemorySegment x8 = AlignedMemory.doubles(arena, 1100);
      for (int i = 0; i < points.length; i++) {
        x4.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) points[i]);
        x8.setAtIndex(ValueLayout.JAVA_DOUBLE, i, points[i]);
      }
      MemorySegment alone4 = AlignedMemory.floats(arena, 1100);
      MemorySegment alone8 = AlignedMemory.doubles(arena, 1100);
      for (int i = 0; i < points.length; i++) {
        f.float32.run(x4, i, alone4, i, 1);
        f.float64.run(x8, i, alone8, i, 1);
      }
      MemorySegment y4 = AlignedMemory.floats(arena, 1100);
      MemorySegment y8 = AlignedMemory.doubles(arena, 1100);
      for (int n : SIZES) {
        for (int from : new int[] {0, 1, 7, 64}) {
          y4.fill((byte) 0x55);
          y8.fill((byte) 0x55);
          f.float32.run(x4, from, y4, 3, n);
          f.float64.run(x8, from, y8, 3, n);
          for (int i = -3; i <= n; i++) {
            boolean inside = i >= 0 && i < n;
            int at = from + i;
            String where = f + ", n = " + n + ", element " + i;
            assertEquals(inside ? bits4(alone4, at) : 0x55555555, bits4(y4, i + 3), where);
            assertEquals(inside ? bits8(alone8, at) : 0x5555555555555555L, bits8(y8, i + 3), where);
          }
        }
      }
      if (f.exact()) {
        for (int i = 0; i < points.length; i++) {
          assertEquals(
              (float) f.meaning.applyAsDouble((float) points[i]),
              alone4.getAtIndex(ValueLayout.JAVA_FLOAT, i),
              f + " of " + (float) points[i]);
          assertEquals(
              f.meaning.applyAsDouble(points[i]),
              alone8.getAtIndex(ValueLayout.JAVA_DOUBLE, i),
              f + " of " + points[i]);
        }
      }
    }
  }

  @Test
  void allBitsAreThoseOfEveryOtherMachine() {
    try (Arena arena = Arena.ofConfined()) {
      int n = 20_000;
      MemorySegment x4 = AlignedMemory.floats(arena, n);
      MemorySegment x8 = AlignedMemory.doubles(arena, n);
      Random random = new Random(11);
      for (int i = 0; i < n; i++) {
        double x = random.nextGaussian() * Math.scalb(1.0, random.nextInt(-30, 8));
        x4.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) x);
        x8.setAtIndex(ValueLayout.JAVA_DOUBLE, i, x);
      }
      long hash = 0;
      for (Function f : Function.values()) {
        MemorySegment y4 = AlignedMemory.floats(arena, n);
        MemorySegment y8 = AlignedMemory.doubles(arena, n);
        f.float32.run(x4, 0, y4, 0, n);
        f.float64.run(x8, 0, y8, 0, n);
        for (int i = 0; i < n; i++) {
          hash = hash * 31 + bits4(y4, i);
          hash = hash * 31 + bits8(y8, i);
        }
      }
      assertEquals(-3797712528441132471L, hash, () -> "a change of any bit shows here");
    }
  }
}
