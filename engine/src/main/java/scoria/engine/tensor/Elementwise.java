package scoria.engine.tensor;

import scoria.engine.exec.Execute;
import scoria.engine.op.Binary;
import scoria.engine.op.Cast;
import scoria.engine.op.Comparison;
import scoria.engine.op.ScalarOp;
import scoria.engine.op.Unary;

/** What a tensor computes element by element, alone or with another by broadcasting. */
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

  /** Sum. */
  default Tensor add(Tensor other) {
    return Execute.run(Binary.ADD, self(), other);
  }

  /** Difference. */
  default Tensor sub(Tensor other) {
    return Execute.run(Binary.SUB, self(), other);
  }

  /** Product. */
  default Tensor mul(Tensor other) {
    return Execute.run(Binary.MUL, self(), other);
  }

  /** Quotient. */
  default Tensor div(Tensor other) {
    return Execute.run(Binary.DIV, self(), other);
  }

  /** The larger; NaN if either is. */
  default Tensor max(Tensor other) {
    return Execute.run(Binary.MAX, self(), other);
  }

  /** The smaller; NaN if either is. */
  default Tensor min(Tensor other) {
    return Execute.run(Binary.MIN, self(), other);
  }

  /** Whether equal, as bool. */
  default Tensor equal(Tensor other) {
    return Execute.run(Comparison.EQUAL, self(), other);
  }

  /** Whether not equal, as bool. */
  default Tensor notEqual(Tensor other) {
    return Execute.run(Comparison.NOT_EQUAL, self(), other);
  }

  /** Whether less, as bool. */
  default Tensor less(Tensor other) {
    return Execute.run(Comparison.LESS, self(), other);
  }

  /** Whether less or equal, as bool. */
  default Tensor lessEqual(Tensor other) {
    return Execute.run(Comparison.LESS_EQUAL, self(), other);
  }

  /** Whether greater, as bool. */
  default Tensor greater(Tensor other) {
    return Execute.run(Comparison.GREATER, self(), other);
  }

  /** Whether greater or equal, as bool. */
  default Tensor greaterEqual(Tensor other) {
    return Execute.run(Comparison.GREATER_EQUAL, self(), other);
  }

  /** {@code g} times a derivative; see {@link Binary#RELU_GRAD}. */
  default Tensor reluGrad(Tensor g) {
    return Execute.run(Binary.RELU_GRAD, self(), g);
  }

  /** {@code g} times a derivative; see {@link Binary#ABS_GRAD}. */
  default Tensor absGrad(Tensor g) {
    return Execute.run(Binary.ABS_GRAD, self(), g);
  }

  /** {@code g} times a derivative; see {@link Binary#TANH_GRAD}. */
  default Tensor tanhGrad(Tensor g) {
    return Execute.run(Binary.TANH_GRAD, self(), g);
  }

  /** {@code g} times a derivative; see {@link Binary#SIGMOID_GRAD}. */
  default Tensor sigmoidGrad(Tensor g) {
    return Execute.run(Binary.SIGMOID_GRAD, self(), g);
  }

  /** {@code g} times a derivative; see {@link Binary#SILU_GRAD}. */
  default Tensor siluGrad(Tensor g) {
    return Execute.run(Binary.SILU_GRAD, self(), g);
  }

  /** {@code g} times a derivative; see {@link Binary#SOFTPLUS_GRAD}. */
  default Tensor softplusGrad(Tensor g) {
    return Execute.run(Binary.SOFTPLUS_GRAD, self(), g);
  }

  /** {@code g} times a derivative; see {@link Binary#GELU_GRAD}. */
  default Tensor geluGrad(Tensor g) {
    return Execute.run(Binary.GELU_GRAD, self(), g);
  }

  /** Sum with a number. */
  default Tensor add(double c) {
    return Execute.run(new ScalarOp(ScalarOp.Kind.ADD, c), self());
  }

  /** Difference from a number, x - c. */
  default Tensor sub(double c) {
    return add(-c);
  }

  /** Product with a number. */
  default Tensor mul(double c) {
    return Execute.run(new ScalarOp(ScalarOp.Kind.MUL, c), self());
  }

  /** Quotient by a number, computed as x (1/c). */
  default Tensor div(double c) {
    return mul(1 / c);
  }

  /** The larger of x and a number. */
  default Tensor max(double c) {
    return Execute.run(new ScalarOp(ScalarOp.Kind.MAX, c), self());
  }

  /** The smaller of x and a number. */
  default Tensor min(double c) {
    return Execute.run(new ScalarOp(ScalarOp.Kind.MIN, c), self());
  }

  /** The nearest number within bounds. */
  default Tensor clamp(double low, double high) {
    return max(low).min(high);
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
