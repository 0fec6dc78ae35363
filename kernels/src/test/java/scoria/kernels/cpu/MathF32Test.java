package scoria.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every float32 function over a dense comb of all bit patterns, against float64. */
class MathF32Test {
  /** A prime distance between bit patterns tried; scoria.ulp.stride=1 tries every one. */
  private static final int STRIDE = Integer.getInteger("scoria.ulp.stride", 2039);

  private static final int BLOCK = 4096;

  /** Largest error allowed, in ulp: what the doc comments of MathF32 state. */
  private enum Function {
    EXP(PointwiseF32::exp, StrictMath::exp, 0.9),
    EXPM1(PointwiseF32::expm1, StrictMath::expm1, 1.5),
    LOG(PointwiseF32::log, StrictMath::log, 0.85),
    LOG1P(PointwiseF32::log1p, StrictMath::log1p, 1.45),
    SIN(PointwiseF32::sin, StrictMath::sin, 1.55),
    COS(PointwiseF32::cos, StrictMath::cos, 1.55),
    TANH(PointwiseF32::tanh, StrictMath::tanh, 1.5),
    SIGMOID(PointwiseF32::sigmoid, Function::sigmoid, 2.2),
    SILU(PointwiseF32::silu, x -> x < -800 ? -0.0 : x * sigmoid(x), 2.9),
    SOFTPLUS(
        PointwiseF32::softplus,
        x -> StrictMath.log1p(StrictMath.exp(-Math.abs(x))) + Math.max(x, 0),
        1.75),
    // Their float64 kernels are themselves measured, in MathF64Test.
    GELU(PointwiseF32::gelu, x -> wide(PointwiseF64::gelu, x), 6),
    ERF(PointwiseF32::erf, x -> wide(PointwiseF64::erf, x), 6),
    // The others that go one by one are the float64 ones, rounded.
    TAN(PointwiseF32::tan, StrictMath::tan, 0.51);

    private final PointwiseKernel kernel;
    private final DoubleUnaryOperator reference;
    private final double ulps;

    Function(PointwiseKernel kernel, DoubleUnaryOperator reference, double ulps) {
      this.kernel = kernel;
      this.reference = reference;
      this.ulps = ulps;
    }

    private static double sigmoid(double x) {
      double t = StrictMath.exp(-Math.abs(x));
      return (x < 0 ? t : 1) / (1 + t);
    }

    private static double wide(PointwiseKernel kernel, double x) {
      ONE.set(ValueLayout.JAVA_DOUBLE, 0, x);
      kernel.run(ONE, 0, ONE, 0, 1);
      return ONE.get(ValueLayout.JAVA_DOUBLE, 0);
    }
  }

  private static final MemorySegment ONE = AlignedMemory.doubles(Arena.ofAuto(), 1);

  @ParameterizedTest
  @EnumSource
  void errorIsWithinWhatIsDocumented(Function f) {
    MemorySegment x = AlignedMemory.floats(Arena.ofAuto(), BLOCK);
    MemorySegment y = AlignedMemory.floats(Arena.ofAuto(), BLOCK);
    double worst = 0;
    float worstAt = 0;
    long last = 1L << 32;
    for (long bits = 0; bits < last; ) {
      int n = 0;
      for (; n < BLOCK && bits < last; n++, bits += STRIDE) {
        x.setAtIndex(ValueLayout.JAVA_INT, n, (int) bits);
      }
      f.kernel.run(x, 0, y, 0, n);
      for (int i = 0; i < n; i++) {
        float at = x.getAtIndex(ValueLayout.JAVA_FLOAT, i);
        double error =
            error(y.getAtIndex(ValueLayout.JAVA_FLOAT, i), f.reference.applyAsDouble(at));
        if (!(error <= worst)) {
          worst = error;
          worstAt = at;
        }
      }
    }
    String found = f + ": " + worst + " ulp at " + worstAt;
    if (Boolean.getBoolean("scoria.ulp.print")) {
      System.out.println(found);
    }
    assertTrue(worst <= f.ulps, found + ", allowed " + f.ulps);
  }

  /** Distance in units of the last place of {@code right}; infinite if NaN or the sign is wrong. */
  private static double error(float y, double right) {
    if (Double.isNaN(right) || Float.isNaN(y)) {
      return Double.isNaN(right) == Float.isNaN(y) ? 0 : Double.POSITIVE_INFINITY;
    }
    float nearest = (float) right;
    if (Math.copySign(1.0f, y) != Math.copySign(1.0f, nearest) || (right == 0 && y != 0)) {
      return Double.POSITIVE_INFINITY;
    }
    if (y == nearest && Float.isInfinite(y)) {
      return 0;
    }
    // One that overflowed counts as the power of two above the largest number.
    double finite = Float.isInfinite(y) ? Math.copySign(0x1p128, y) : y;
    double ulp = Math.ulp(Math.min(Math.abs(nearest), Float.MAX_VALUE));
    return Math.abs(finite - right) / ulp;
  }
}
