package scoria.bench.micro;

import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import scoria.engine.op.Unary;

/**
 * The functions of {@link Unary} as a program without Scoria would write them. Each is passed into
 * a loop as a lambda; a process that measures meets just one, which the compiler therefore inlines.
 */
final class JdkFunctions {
  private JdkFunctions() {}

  @FunctionalInterface
  interface FloatFunction {
    float of(float x);
  }

  @FunctionalInterface
  interface LaneFunction {
    Vector<?> of(Vector<?> x);
  }

  static DoubleUnaryOperator float64(Unary op) {
    return switch (op) {
      case NEG -> x -> -x;
      case ABS -> Math::abs;
      case SIGN -> Math::signum;
      case SQUARE -> x -> x * x;
      case SOFTSIGN -> x -> x / (1 + Math.abs(x));
      case SQRT -> Math::sqrt;
      case RSQRT -> x -> 1 / Math.sqrt(x);
      case RECIPROCAL -> x -> 1 / x;
      case EXP -> Math::exp;
      case EXPM1 -> Math::expm1;
      case LOG -> Math::log;
      case LOG1P -> Math::log1p;
      case SIN -> Math::sin;
      case COS -> Math::cos;
      case TANH -> Math::tanh;
      case SIGMOID -> x -> 1 / (1 + Math.exp(-x));
      case SILU -> x -> x / (1 + Math.exp(-x));
      case SOFTPLUS -> x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
      case GELU -> x -> 0.5 * x * (1 + erf(x * Math.sqrt(0.5)));
      case ERF -> JdkFunctions::erf;
      case RELU -> x -> Math.max(x, 0);
      case FLOOR -> Math::floor;
      case CEIL -> Math::ceil;
      case RINT -> Math::rint;
      case TRUNC -> x -> x < 0 ? Math.ceil(x) : Math.floor(x);
      case TAN -> Math::tan;
      case ASIN -> Math::asin;
      case ACOS -> Math::acos;
      case ATAN -> Math::atan;
      case SINH -> Math::sinh;
      case COSH -> Math::cosh;
      case ASINH -> x -> Math.copySign(Math.log(Math.abs(x) + Math.sqrt(x * x + 1)), x);
      case ACOSH -> x -> Math.log(x + Math.sqrt(x * x - 1));
      case ATANH -> x -> 0.5 * (Math.log1p(x) - Math.log1p(-x));
      case EXP2 -> x -> Math.pow(2, x);
      case LOG2 -> x -> Math.log(x) / Math.log(2);
      case LOG10 -> Math::log10;
      case CBRT -> Math::cbrt;
      case ERFC -> x -> 1 - erf(x);
      case LGAMMA -> JdkFunctions::lgamma;
      case DIGAMMA -> JdkFunctions::digamma;
    };
  }

  /** As {@link #float64}; arithmetic stays in float32, where it can be vectorised. */
  static FloatFunction float32(Unary op) {
    return switch (op) {
      case NEG -> x -> -x;
      case ABS -> Math::abs;
      case SIGN -> Math::signum;
      case SQUARE -> x -> x * x;
      case SOFTSIGN -> x -> x / (1 + Math.abs(x));
      case SQRT -> x -> (float) Math.sqrt(x);
      case RSQRT -> x -> 1 / (float) Math.sqrt(x);
      case RECIPROCAL -> x -> 1 / x;
      case RELU -> x -> Math.max(x, 0);
      default -> {
        DoubleUnaryOperator f = float64(op);
        yield x -> (float) f.applyAsDouble(x);
      }
    };
  }

  /**
   * @throws IllegalArgumentException if the Vector API has no such operator
   */
  static LaneFunction lanewise(Unary op) {
    return switch (op) {
      case NEG -> x -> x.lanewise(VectorOperators.NEG);
      case ABS -> x -> x.lanewise(VectorOperators.ABS);
      case SQRT -> x -> x.lanewise(VectorOperators.SQRT);
      case EXP -> x -> x.lanewise(VectorOperators.EXP);
      case EXPM1 -> x -> x.lanewise(VectorOperators.EXPM1);
      case LOG -> x -> x.lanewise(VectorOperators.LOG);
      case LOG1P -> x -> x.lanewise(VectorOperators.LOG1P);
      case SIN -> x -> x.lanewise(VectorOperators.SIN);
      case COS -> x -> x.lanewise(VectorOperators.COS);
      case TANH -> x -> x.lanewise(VectorOperators.TANH);
      case TAN -> x -> x.lanewise(VectorOperators.TAN);
      case ATAN -> x -> x.lanewise(VectorOperators.ATAN);
      case CBRT -> x -> x.lanewise(VectorOperators.CBRT);
      default -> throw new IllegalArgumentException("no operator of the Vector API is " + op);
    };
  }

  /** Stirling's series, of x + 8: for positive numbers. */
  private static double lgamma(double x) {
    double product = 1;
    for (int k = 0; k < 8; k++) {
      product *= x + k;
    }
    double y = x + 8;
    return (y - 0.5) * Math.log(y)
        - y
        + 0.5 * Math.log(2 * Math.PI)
        + 1 / (12 * y)
        - 1 / (360 * y * y * y)
        - Math.log(product);
  }

  /** Its derivative. */
  private static double digamma(double x) {
    double sum = 0;
    for (int k = 0; k < 8; k++) {
      sum += 1 / (x + k);
    }
    double y = x + 8;
    double z = 1 / (y * y);
    return Math.log(y) - 0.5 / y - z * (1.0 / 12 - z * (1.0 / 120 - z / 252)) - sum;
  }

  /** Absolute error below 1.5e-7: Abramowitz and Stegun, 7.1.26. The JDK has none. */
  private static double erf(double x) {
    double t = 1 / (1 + 0.3275911 * Math.abs(x));
    double polynomial =
        t
            * (0.254829592
                + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    return Math.copySign(1 - polynomial * Math.exp(-x * x), x);
  }
}
