package scoria.engine.op;

import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/** Derivatives of two-operand functions that take more than a line. */
final class Partials {
  private Partials() {}

  /**
   * {@code g b a^(b-1)}, the derivative of {@code y = a^b} in a. Where a = b = 0 the power is left
   * out: it is infinite, and the product 0.
   */
  static Tensor first(Tensor a, Tensor b, Tensor y, Tensor g) {
    Tensor flat = isZero(a).bitwiseAnd(isZero(b));
    Tensor exponent = Tensor.where(flat, one(b), b).sub(1);
    return g.mul(b).mul(a.pow(exponent));
  }

  /** {@code g a^b ln a}, the derivative of {@code y = a^b} in b; 0 where a = 0 and b &gt;= 0. */
  static Tensor second(Tensor a, Tensor b, Tensor y, Tensor g) {
    Tensor flat = isZero(a).bitwiseAnd(b.greaterEqual(zero(b)));
    return g.mul(y).mul(Tensor.where(flat, one(a), a).log());
  }

  private static Tensor isZero(Tensor x) {
    return x.equal(zero(x));
  }

  private static Tensor zero(Tensor x) {
    return number(0, x.dtype());
  }

  private static Tensor one(Tensor x) {
    return number(1, x.dtype());
  }

  private static Tensor number(double value, DType dtype) {
    return Tensor.scalar(value, dtype);
  }
}
