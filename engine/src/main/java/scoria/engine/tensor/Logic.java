package scoria.engine.tensor;

import scoria.engine.exec.Execute;
import scoria.engine.op.Bitwise;

/** Truth values, and the bits of whole numbers. */
public sealed interface Logic extends Shaped permits Tensor {
  /** The bits set in both; of bool, whether both are true. */
  default Tensor bitwiseAnd(Tensor other) {
    return Execute.run(Bitwise.AND, self(), other);
  }

  /** The bits set in either; of bool, whether one is true. */
  default Tensor bitwiseOr(Tensor other) {
    return Execute.run(Bitwise.OR, self(), other);
  }

  /** The bits set in one of them; of bool, whether they differ. */
  default Tensor bitwiseXor(Tensor other) {
    return Execute.run(Bitwise.XOR, self(), other);
  }

  /** The bits that are not set; of bool, whether false. */
  default Tensor bitwiseNot() {
    double all = dtype() == DType.BOOL ? 1 : dtype() == DType.UINT8 ? 255 : -1;
    return bitwiseXor(Tensor.full(all, dtype()));
  }

  /**
   * Times 2<sup>n</sup> without the bits that leave the type; 0 where n is negative or too large.
   */
  default Tensor shiftLeft(Tensor n) {
    return Execute.run(Bitwise.SHIFT_LEFT, self(), n);
  }

  /** Divided by 2<sup>n</sup> and rounded down. */
  default Tensor shiftRight(Tensor n) {
    return Execute.run(Bitwise.SHIFT_RIGHT, self(), n);
  }

  /** Whether neither is 0, as bool. */
  default Tensor logicalAnd(Tensor other) {
    return self().to(DType.BOOL).bitwiseAnd(other.to(DType.BOOL));
  }

  /** Whether one is not 0, as bool. */
  default Tensor logicalOr(Tensor other) {
    return self().to(DType.BOOL).bitwiseOr(other.to(DType.BOOL));
  }

  /** Whether just one is 0, as bool. */
  default Tensor logicalXor(Tensor other) {
    return self().to(DType.BOOL).bitwiseXor(other.to(DType.BOOL));
  }

  /** Whether 0, as bool. */
  default Tensor logicalNot() {
    return self().to(DType.BOOL).bitwiseNot();
  }

  /** Whether NaN, as bool. */
  default Tensor isNaN() {
    return self().notEqual(self());
  }

  /** Whether an infinity of either sign, as bool. */
  default Tensor isInfinite() {
    return dtype().isFloat()
        ? self().abs().equal(infinity())
        : Tensor.full(0, DType.BOOL, self().shape().toArray());
  }

  /** Whether neither infinite nor NaN, as bool. */
  default Tensor isFinite() {
    return dtype().isFloat()
        ? self().abs().less(infinity())
        : Tensor.full(1, DType.BOOL, self().shape().toArray());
  }

  private Tensor infinity() {
    return Tensor.full(Double.POSITIVE_INFINITY, dtype());
  }

  /** This tensor: nothing else implements the interface. */
  private Tensor self() {
    return (Tensor) this;
  }
}
