package scoria.engine.tensor;

import scoria.engine.exec.Execute;
import scoria.engine.op.Binary;
import scoria.engine.op.Comparison;
import scoria.engine.op.ScalarOp;

/** What a tensor computes element by element with another, by broadcasting, or with a number. */
public sealed interface Pairwise extends Shaped permits Tensor {
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

  /** Power; see {@link Binary#POW}. */
  default Tensor pow(Tensor exponent) {
    return Execute.run(Binary.POW, self(), exponent);
  }

  /** Power of a number; see {@link Binary#POW}. */
  default Tensor pow(double exponent) {
    // The same but for the last bit, which these have right.
    return exponent == 2 && dtype().isFloat()
        ? self().square()
        : Execute.run(new ScalarOp(ScalarOp.Kind.POW, exponent), self());
  }

  /** The angle of the point (x, y) where this is y, from -pi to pi. */
  default Tensor atan2(Tensor x) {
    return Execute.run(Binary.ATAN2, self(), x);
  }

  /** sqrt(a<sup>2</sup> + b<sup>2</sup>), without overflow on the way. */
  default Tensor hypot(Tensor other) {
    return Execute.run(Binary.HYPOT, self(), other);
  }

  /** Remainder with the sign of this, as C's fmod. */
  default Tensor fmod(Tensor divisor) {
    return Execute.run(Binary.FMOD, self(), divisor);
  }

  /** Remainder with the sign of the divisor, as Python's and NumPy's. */
  default Tensor remainder(Tensor divisor) {
    return Execute.run(Binary.REMAINDER, self(), divisor);
  }

  /** Quotient rounded down; 0 where an integer is divided by 0. */
  default Tensor floorDivide(Tensor divisor) {
    return Execute.run(Binary.FLOOR_DIVIDE, self(), divisor);
  }

  /** Quotient rounded towards 0; 0 where an integer is divided by 0. */
  default Tensor truncDivide(Tensor divisor) {
    return Execute.run(Binary.TRUNC_DIVIDE, self(), divisor);
  }

  /** The size of this with the sign of another. */
  default Tensor copysign(Tensor sign) {
    return Execute.run(Binary.COPYSIGN, self(), sign);
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

  /** {@code g} times a derivative; see {@link Binary#SILU_CURVE}. */
  default Tensor siluCurve(Tensor g) {
    return Execute.run(Binary.SILU_CURVE, self(), g);
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

  /** The nearest number within bounds, with broadcasting; the upper one where they are crossed. */
  default Tensor clamp(Tensor low, Tensor high) {
    return max(low).min(high);
  }

  /** This tensor: nothing else implements the interface. */
  private Tensor self() {
    return (Tensor) this;
  }
}
