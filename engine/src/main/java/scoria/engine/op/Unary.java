package scoria.engine.op;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.PointwiseF32;
import scoria.kernels.cpu.PointwiseF64;
import scoria.kernels.cpu.PointwiseI32;
import scoria.kernels.cpu.PointwiseI64;
import scoria.kernels.cpu.PointwiseKernel;

/** Functions of one number, applied to every element. */
public enum Unary implements SingleOp {
  /** -x. */
  NEG(
      "neg",
      new Kernels(PointwiseF32::neg, PointwiseF64::neg, PointwiseI64::neg, PointwiseI32::neg),
      x -> -x,
      (x, y, g) -> g.neg()),
  /** |x|; its derivative at 0 is taken as 0. */
  ABS(
      "abs",
      new Kernels(PointwiseF32::abs, PointwiseF64::abs, PointwiseI64::abs, PointwiseI32::abs),
      Math::abs,
      (x, y, g) -> x.absGrad(g)),
  /** -1, 0 or 1. */
  SIGN(
      "sign",
      new Kernels(PointwiseF32::sign, PointwiseF64::sign, PointwiseI64::sign, PointwiseI32::sign),
      Math::signum,
      (x, y, g) -> null),
  /** x<sup>2</sup>. */
  SQUARE(
      "square",
      new Kernels(
          PointwiseF32::square, PointwiseF64::square, PointwiseI64::square, PointwiseI32::square),
      x -> x * x,
      (x, y, g) -> g.mul(x).mul(2)),
  /** Square root. */
  SQRT(
      "sqrt",
      PointwiseF32::sqrt,
      PointwiseF64::sqrt,
      Math::sqrt,
      (x, y, g) -> g.div(y).mul(0.5),
      Domain.POSITIVE),
  /** 1 / sqrt(x). */
  RSQRT(
      "rsqrt",
      PointwiseF32::rsqrt,
      PointwiseF64::rsqrt,
      x -> 1 / Math.sqrt(x),
      (x, y, g) -> g.mul(y).mul(y.square()).mul(-0.5),
      Domain.POSITIVE),
  /** 1 / x. */
  RECIPROCAL(
      "reciprocal",
      PointwiseF32::reciprocal,
      PointwiseF64::reciprocal,
      x -> 1 / x,
      (x, y, g) -> g.mul(y.square()).neg(),
      Domain.POSITIVE),
  /** e<sup>x</sup>. */
  EXP("exp", PointwiseF32::exp, PointwiseF64::exp, StrictMath::exp, (x, y, g) -> g.mul(y)),
  /** e<sup>x</sup> - 1, exact near 0. */
  EXPM1(
      "expm1",
      PointwiseF32::expm1,
      PointwiseF64::expm1,
      StrictMath::expm1,
      (x, y, g) -> g.mul(y.add(1))),
  /** Natural logarithm. */
  LOG(
      "log",
      PointwiseF32::log,
      PointwiseF64::log,
      StrictMath::log,
      (x, y, g) -> g.div(x),
      Domain.POSITIVE),
  /** ln(1 + x), exact near 0. */
  LOG1P(
      "log1p",
      PointwiseF32::log1p,
      PointwiseF64::log1p,
      StrictMath::log1p,
      (x, y, g) -> g.div(x.add(1)),
      Domain.POSITIVE),
  /** Sine of an angle in radians. */
  SIN("sin", PointwiseF32::sin, PointwiseF64::sin, StrictMath::sin, (x, y, g) -> g.mul(x.cos())),
  /** Cosine of an angle in radians. */
  COS(
      "cos",
      PointwiseF32::cos,
      PointwiseF64::cos,
      StrictMath::cos,
      (x, y, g) -> g.mul(x.sin()).neg()),
  /** Hyperbolic tangent. */
  TANH(
      "tanh", PointwiseF32::tanh, PointwiseF64::tanh, StrictMath::tanh, (x, y, g) -> y.tanhGrad(g)),
  /** 1 / (1 + e<sup>-x</sup>). */
  SIGMOID(
      "sigmoid",
      PointwiseF32::sigmoid,
      PointwiseF64::sigmoid,
      Meaning::sigmoid,
      (x, y, g) -> y.sigmoidGrad(g)),
  /** x sigmoid(x). */
  SILU(
      "silu",
      PointwiseF32::silu,
      PointwiseF64::silu,
      x -> x * Meaning.sigmoid(x),
      (x, y, g) -> x.siluGrad(g)),
  /** ln(1 + e<sup>x</sup>). */
  SOFTPLUS(
      "softplus",
      PointwiseF32::softplus,
      PointwiseF64::softplus,
      x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x))),
      (x, y, g) -> x.softplusGrad(g)),
  /** x / (1 + |x|). */
  SOFTSIGN(
      "softsign",
      PointwiseF32::softsign,
      PointwiseF64::softsign,
      x -> x / (1 + Math.abs(x)),
      (x, y, g) -> g.div(x.abs().add(1).square())),
  /** x/2 (1 + erf(x / sqrt 2)), not its tanh approximation. */
  GELU(
      "gelu",
      PointwiseF32::gelu,
      PointwiseF64::gelu,
      x -> x * Meaning.normalCdf(x),
      (x, y, g) -> x.geluGrad(g)),
  /** Error function, 2/sqrt(pi) times the integral of e<sup>-t²</sup> from 0 to x. */
  ERF(
      "erf",
      PointwiseF32::erf,
      PointwiseF64::erf,
      Meaning::erf,
      (x, y, g) -> g.mul(x.square().neg().exp()).mul(2 / Math.sqrt(Math.PI))),
  /** max(x, 0); its derivative at 0 is taken as 0. */
  RELU(
      "relu",
      new Kernels(PointwiseF32::relu, PointwiseF64::relu, PointwiseI64::relu, PointwiseI32::relu),
      x -> Math.max(x, 0),
      (x, y, g) -> x.reluGrad(g)),
  /** Largest whole number not above x. */
  FLOOR("floor", PointwiseF32::floor, PointwiseF64::floor, Math::floor, (x, y, g) -> null),
  /** Smallest whole number not below x. */
  CEIL("ceil", PointwiseF32::ceil, PointwiseF64::ceil, Math::ceil, (x, y, g) -> null),
  /** Nearest whole number, ties to even. */
  RINT("rint", PointwiseF32::rint, PointwiseF64::rint, Math::rint, (x, y, g) -> null),
  /** The whole number next to x towards 0. */
  TRUNC(
      "trunc",
      PointwiseF32::trunc,
      PointwiseF64::trunc,
      x -> x < 0 ? Math.ceil(x) : Math.floor(x),
      (x, y, g) -> null),
  /** Tangent of an angle in radians. */
  TAN(
      "tan",
      PointwiseF32::tan,
      PointwiseF64::tan,
      StrictMath::tan,
      (x, y, g) -> g.mul(y.square().add(1)),
      Domain.UNIT),
  /** Arc sine, for -1 to 1. */
  ASIN(
      "asin",
      PointwiseF32::asin,
      PointwiseF64::asin,
      StrictMath::asin,
      (x, y, g) -> g.mul(side(x).rsqrt()),
      Domain.UNIT),
  /** Arc cosine, for -1 to 1. */
  ACOS(
      "acos",
      PointwiseF32::acos,
      PointwiseF64::acos,
      StrictMath::acos,
      (x, y, g) -> g.mul(side(x).rsqrt()).neg(),
      Domain.UNIT),
  /** Arc tangent. */
  ATAN(
      "atan",
      PointwiseF32::atan,
      PointwiseF64::atan,
      StrictMath::atan,
      (x, y, g) -> g.div(x.square().add(1))),
  /** Hyperbolic sine. */
  SINH(
      "sinh",
      PointwiseF32::sinh,
      PointwiseF64::sinh,
      StrictMath::sinh,
      (x, y, g) -> g.mul(x.cosh())),
  /** Hyperbolic cosine. */
  COSH(
      "cosh",
      PointwiseF32::cosh,
      PointwiseF64::cosh,
      StrictMath::cosh,
      (x, y, g) -> g.mul(x.sinh())),
  /** Inverse hyperbolic sine. */
  ASINH(
      "asinh",
      PointwiseF32::asinh,
      PointwiseF64::asinh,
      x -> Math.signum(x) * StrictMath.log(Math.abs(x) + Math.sqrt(x * x + 1)),
      (x, y, g) -> g.mul(x.square().add(1).rsqrt())),
  /** Inverse hyperbolic cosine, for 1 and above. */
  ACOSH(
      "acosh",
      PointwiseF32::acosh,
      PointwiseF64::acosh,
      x -> StrictMath.log(x + Math.sqrt((x - 1) * (x + 1))),
      (x, y, g) -> g.mul(x.sub(1).rsqrt()).mul(x.add(1).rsqrt()),
      Domain.ABOVE_ONE),
  /** Inverse hyperbolic tangent, for -1 to 1. */
  ATANH(
      "atanh",
      PointwiseF32::atanh,
      PointwiseF64::atanh,
      x -> 0.5 * (StrictMath.log1p(x) - StrictMath.log1p(-x)),
      (x, y, g) -> g.div(side(x)),
      Domain.UNIT),
  /** 2<sup>x</sup>. */
  EXP2(
      "exp2",
      PointwiseF32::exp2,
      PointwiseF64::exp2,
      x -> StrictMath.pow(2, x),
      (x, y, g) -> g.mul(y).mul(StrictMath.log(2))),
  /** Logarithm to base 2. */
  LOG2(
      "log2",
      PointwiseF32::log2,
      PointwiseF64::log2,
      x -> StrictMath.log(x) / StrictMath.log(2),
      (x, y, g) -> g.div(x).mul(1 / StrictMath.log(2)),
      Domain.POSITIVE),
  /** Logarithm to base 10. */
  LOG10(
      "log10",
      PointwiseF32::log10,
      PointwiseF64::log10,
      StrictMath::log10,
      (x, y, g) -> g.div(x).mul(1 / StrictMath.log(10)),
      Domain.POSITIVE),
  /** Cube root; its derivative at 0 is infinite. */
  CBRT(
      "cbrt",
      PointwiseF32::cbrt,
      PointwiseF64::cbrt,
      StrictMath::cbrt,
      (x, y, g) -> g.div(y.square()).mul(1.0 / 3),
      Domain.POSITIVE),
  /** 1 - erf(x), exact where that is small. */
  ERFC(
      "erfc",
      PointwiseF32::erfc,
      PointwiseF64::erfc,
      x -> 1 - Meaning.erf(x),
      (x, y, g) -> g.mul(x.square().neg().exp()).mul(-2 / Math.sqrt(Math.PI))),
  /** ln |Gamma(x)|; infinite at 0 and the negative whole numbers. */
  LGAMMA(
      "lgamma",
      PointwiseF32::lgamma,
      PointwiseF64::lgamma,
      Meaning::lgamma,
      (x, y, g) -> g.mul(x.digamma()),
      Domain.POSITIVE),
  /** Derivative of ln |Gamma(x)|; NaN at the negative whole numbers. */
  DIGAMMA(
      "digamma",
      PointwiseF32::digamma,
      PointwiseF64::digamma,
      x -> Meaning.polygamma(0, x),
      (x, y, g) -> g.mul(x.polygamma(1)),
      Domain.POSITIVE);

  /** {@code g} times the derivative at {@code x}, where the function's value is {@code y}. */
  private interface Derivative {
    @Nullable Tensor times(Tensor x, Tensor y, Tensor g);
  }

  private record Kernels(
      PointwiseKernel float32,
      PointwiseKernel float64,
      @Nullable PointwiseKernel int64,
      @Nullable PointwiseKernel int32) {}

  private enum Domain {
    REAL,
    POSITIVE,
    UNIT,
    ABOVE_ONE;

    Reference points() {
      return switch (this) {
        case REAL -> Case.spread(2, 5);
        case POSITIVE -> Case.positive(2, 5);
        case UNIT -> Case.spread(2, 5).map(v -> 0.45 * v);
        case ABOVE_ONE -> Case.positive(2, 5).map(v -> v + 1);
      };
    }
  }

  private final String label;
  private final Kernels kernels;
  private final DoubleUnaryOperator meaning;
  private final Derivative derivative;
  private final Domain domain;

  Unary(String label, Kernels kernels, DoubleUnaryOperator meaning, Derivative derivative) {
    this(label, kernels, meaning, derivative, Domain.REAL);
  }

  Unary(
      String label,
      PointwiseKernel float32,
      PointwiseKernel float64,
      DoubleUnaryOperator meaning,
      Derivative derivative) {
    this(label, new Kernels(float32, float64, null, null), meaning, derivative, Domain.REAL);
  }

  Unary(
      String label,
      PointwiseKernel float32,
      PointwiseKernel float64,
      DoubleUnaryOperator meaning,
      Derivative derivative,
      Domain domain) {
    this(label, new Kernels(float32, float64, null, null), meaning, derivative, domain);
  }

  Unary(
      String label,
      Kernels kernels,
      DoubleUnaryOperator meaning,
      Derivative derivative,
      Domain domain) {
    this.label = label;
    this.kernels = kernels;
    this.meaning = meaning;
    this.derivative = derivative;
    this.domain = domain;
  }

  /** The test points of all rows. */
  static List<Case> cases() {
    return Arrays.stream(values()).map(op -> Case.of(op, op.domain.points())).toList();
  }

  /** 1 - x<sup>2</sup>, exact near -1 and 1. */
  private static Tensor side(Tensor x) {
    return x.add(1).mul(x.neg().add(1));
  }

  /**
   * The CPU's loop for a type.
   *
   * @throws IllegalArgumentException if there is none
   */
  public PointwiseKernel kernel(DType dtype) {
    PointwiseKernel kernel =
        switch (dtype) {
          case FLOAT32 -> kernels.float32;
          case FLOAT64 -> kernels.float64;
          case INT64 -> kernels.int64;
          case INT32 -> kernels.int32;
          case UINT8, BOOL -> null;
        };
    if (kernel == null) {
      throw new IllegalArgumentException("no loop for " + dtype);
    }
    return kernel;
  }

  /** Whether it works on a type. */
  public boolean takes(DType dtype) {
    return dtype.isFloat()
        || (kernels.int64 != null && (dtype == DType.INT64 || dtype == DType.INT32));
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public String shapes() {
    return "[...] -> [...]";
  }

  @Override
  public Signature result(Signature... inputs) {
    if (!takes(inputs[0].dtype())) {
      throw new IllegalArgumentException(
          "it works on float32 and float64"
              + (kernels.int64 == null ? "" : ", int64 and int32")
              + ", not on "
              + inputs[0].dtype()
              + "; convert with to(dtype)");
    }
    return inputs[0];
  }

  @Override
  public Reference value(Reference... inputs) {
    return inputs[0].map(meaning);
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor gradient) {
    return new @Nullable Tensor[] {derivative.times(call.input(0), call.output(0), gradient)};
  }

  @Override
  public @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    Tensor tangent = tangents[0];
    // The Jacobian is diagonal: forward and reverse are one rule.
    return tangent == null ? null : derivative.times(call.input(0), call.output(0), tangent);
  }
}
