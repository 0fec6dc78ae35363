package scoria.engine.tensor;

import scoria.engine.exec.Execute;
import scoria.engine.op.Cast;
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

  /** The elements as another type; see {@link Cast}. */
  default Tensor to(DType type) {
    return type == dtype() ? self() : Execute.run(new Cast(type), self());
  }

  /** This tensor: nothing else implements the interface. */
  private Tensor self() {
    return (Tensor) this;
  }
}
