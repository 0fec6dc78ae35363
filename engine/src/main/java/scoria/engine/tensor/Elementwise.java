package scoria.engine.tensor;

import scoria.engine.exec.Execute;
import scoria.engine.op.Cast;
import scoria.engine.op.ScalarOp;
import scoria.engine.op.Unary;

/** What a tensor computes element by element, each alone. */
public sealed interface Elementwise extends Shaped permits Tensor {
  /** -x. */
  default Tensor neg() {
    return Execute.run(Unary.NEG, self());
  }

  /** |x|. */
  default Tensor abs() {
    return Execute.run(Unary.ABS, self());
  }

  /** -1, 0 or 1. */
  default Tensor sign() {
    return Execute.run(Unary.SIGN, self());
  }

  /** x<sup>2</sup>. */
  default Tensor square() {
    return Execute.run(Unary.SQUARE, self());
  }

  /** Square root. */
  default Tensor sqrt() {
    return Execute.run(Unary.SQRT, self());
  }

  /** 1 / sqrt(x). */
  default Tensor rsqrt() {
    return Execute.run(Unary.RSQRT, self());
  }

  /** 1 / x. */
  default Tensor reciprocal() {
    return Execute.run(Unary.RECIPROCAL, self());
  }

  /** e<sup>x</sup>. */
  default Tensor exp() {
    return Execute.run(Unary.EXP, self());
  }

  /** e<sup>x</sup> - 1, exact near 0. */
  default Tensor expm1() {
    return Execute.run(Unary.EXPM1, self());
  }

  /** Natural logarithm. */
  default Tensor log() {
    return Execute.run(Unary.LOG, self());
  }

  /** ln(1 + x), exact near 0. */
  default Tensor log1p() {
    return Execute.run(Unary.LOG1P, self());
  }

  /** Sine, in radians. */
  default Tensor sin() {
    return Execute.run(Unary.SIN, self());
  }

  /** Cosine, in radians. */
  default Tensor cos() {
    return Execute.run(Unary.COS, self());
  }

  /** Hyperbolic tangent. */
  default Tensor tanh() {
    return Execute.run(Unary.TANH, self());
  }

  /** 1 / (1 + e<sup>-x</sup>). */
  default Tensor sigmoid() {
    return Execute.run(Unary.SIGMOID, self());
  }

  /** x sigmoid(x). */
  default Tensor silu() {
    return Execute.run(Unary.SILU, self());
  }

  /** ln(1 + e<sup>x</sup>). */
  default Tensor softplus() {
    return Execute.run(Unary.SOFTPLUS, self());
  }

  /** x / (1 + |x|). */
  default Tensor softsign() {
    return Execute.run(Unary.SOFTSIGN, self());
  }

  /** x/2 (1 + erf(x / sqrt 2)). */
  default Tensor gelu() {
    return Execute.run(Unary.GELU, self());
  }

  /** Error function. */
  default Tensor erf() {
    return Execute.run(Unary.ERF, self());
  }

  /** max(x, 0). */
  default Tensor relu() {
    return Execute.run(Unary.RELU, self());
  }

  /** Largest whole number not above x. */
  default Tensor floor() {
    return Execute.run(Unary.FLOOR, self());
  }

  /** Smallest whole number not below x. */
  default Tensor ceil() {
    return Execute.run(Unary.CEIL, self());
  }

  /** Nearest whole number, ties to even. */
  default Tensor rint() {
    return Execute.run(Unary.RINT, self());
  }

  /** The whole number next to x towards 0. */
  default Tensor trunc() {
    return Execute.run(Unary.TRUNC, self());
  }

  /** Tangent, in radians. */
  default Tensor tan() {
    return Execute.run(Unary.TAN, self());
  }

  /** Arc sine, in radians; NaN beyond -1 and 1. */
  default Tensor asin() {
    return Execute.run(Unary.ASIN, self());
  }

  /** Arc cosine, in radians; NaN beyond -1 and 1. */
  default Tensor acos() {
    return Execute.run(Unary.ACOS, self());
  }

  /** Arc tangent, in radians. */
  default Tensor atan() {
    return Execute.run(Unary.ATAN, self());
  }

  /** Hyperbolic sine. */
  default Tensor sinh() {
    return Execute.run(Unary.SINH, self());
  }

  /** Hyperbolic cosine. */
  default Tensor cosh() {
    return Execute.run(Unary.COSH, self());
  }

  /** Inverse hyperbolic sine. */
  default Tensor asinh() {
    return Execute.run(Unary.ASINH, self());
  }

  /** Inverse hyperbolic cosine; NaN below 1. */
  default Tensor acosh() {
    return Execute.run(Unary.ACOSH, self());
  }

  /** Inverse hyperbolic tangent; NaN beyond -1 and 1. */
  default Tensor atanh() {
    return Execute.run(Unary.ATANH, self());
  }

  /** 2<sup>x</sup>. */
  default Tensor exp2() {
    return Execute.run(Unary.EXP2, self());
  }

  /** Logarithm to base 2. */
  default Tensor log2() {
    return Execute.run(Unary.LOG2, self());
  }

  /** Logarithm to base 10. */
  default Tensor log10() {
    return Execute.run(Unary.LOG10, self());
  }

  /** Cube root. */
  default Tensor cbrt() {
    return Execute.run(Unary.CBRT, self());
  }

  /** 1 - erf(x), exact where that is small. */
  default Tensor erfc() {
    return Execute.run(Unary.ERFC, self());
  }

  /** ln |Gamma(x)|; infinite at 0 and the negative whole numbers. */
  default Tensor lgamma() {
    return Execute.run(Unary.LGAMMA, self());
  }

  /** Derivative of {@link #lgamma}; NaN at the negative whole numbers. */
  default Tensor digamma() {
    return Execute.run(Unary.DIGAMMA, self());
  }

  /**
   * Derivative of {@link #digamma}.
   *
   * @param order of the derivative, 1 to 100
   */
  default Tensor polygamma(int order) {
    return Execute.run(new ScalarOp(ScalarOp.Kind.POLYGAMMA, order), self());
  }

  /** The elements as another type; see {@link Cast}. */
  default Tensor to(DType type) {
    return type == dtype() ? self() : Execute.run(new Cast(type), self());
  }

  /** This tensor: nothing else implements the interface. */
  private Tensor self() {
    return (Tensor) this;
  }
}
