package scoria.engine.tensor;

import scoria.engine.op.ArgReduction;
import scoria.engine.op.Reduction;
import scoria.engine.op.RowOp;

/** What a tensor computes along its axes: sums, extremes and functions of rows. */
public sealed interface Reductions extends Shaped permits Tensor {
  /** Sum over axes, or over all where none are named; of integers and truth values as int64. */
  default Tensor sum(int... axes) {
    return sum(axes, false);
  }

  /**
   * Sum over axes, of integers and truth values as int64.
   *
   * @param axes which; none for all
   * @param keep whether the axes stay with size 1
   */
  default Tensor sum(int[] axes, boolean keep) {
    return Axes.reduce(self(), Reduction.Kind.SUM, axes, keep);
  }

  /** Mean over axes, or over all where none are named. */
  default Tensor mean(int... axes) {
    return mean(axes, false);
  }

  /** Mean over axes, which stay with size 1 if {@code keep}. */
  default Tensor mean(int[] axes, boolean keep) {
    if (!dtype().isFloat()) {
      throw new IllegalArgumentException(
          "'mean' of "
              + signature()
              + ": it works on float32 and float64; convert with to(dtype), or take the sum");
    }
    Tensor sum = sum(axes, keep);
    return sum.mul(sum.elements() / (double) elements());
  }

  /** Largest element over axes, or over all where none are named; NaN where there is one. */
  default Tensor amax(int... axes) {
    return Axes.reduce(self(), Reduction.Kind.MAX, axes, false);
  }

  /** Smallest element over axes, or over all where none are named; NaN where there is one. */
  default Tensor amin(int... axes) {
    return Axes.reduce(self(), Reduction.Kind.MIN, axes, false);
  }

  /**
   * Place of the largest element along an axis, int64, without the axis; the first of equal ones.
   */
  default Tensor argMax(int axis) {
    return Axes.arg(self(), ArgReduction.Kind.MAX, axis);
  }

  /**
   * Place of the smallest element along an axis, int64, without the axis; the first of equal ones.
   */
  default Tensor argMin(int axis) {
    return Axes.arg(self(), ArgReduction.Kind.MIN, axis);
  }

  /** e<sup>x</sup> over the sum of it along an axis. */
  default Tensor softmax(int axis) {
    return Axes.along(self(), RowOp.SOFTMAX, axis);
  }

  /** Logarithm of the {@link #softmax}. */
  default Tensor logSoftmax(int axis) {
    return Axes.along(self(), RowOp.LOG_SOFTMAX, axis);
  }

  /** ln of the sum of e<sup>x</sup> along an axis, without the axis. */
  default Tensor logSumExp(int axis) {
    return Axes.along(self(), RowOp.LOG_SUM_EXP, axis).squeeze(axis);
  }

  /** This tensor: nothing else implements the interface. */
  private Tensor self() {
    return (Tensor) this;
  }
}
