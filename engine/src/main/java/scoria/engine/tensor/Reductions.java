package scoria.engine.tensor;

import scoria.engine.function.LogScale;
import scoria.engine.function.Statistics;
import scoria.engine.op.ArgReduction;
import scoria.engine.op.Reduction;
import scoria.engine.op.RowOp;
import scoria.engine.op.Scan;

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

  /** Product over axes, or over all where none are named; 1 of nothing. */
  default Tensor prod(int... axes) {
    return prod(axes, false);
  }

  /** Product over axes, which stay with size 1 if {@code keep}; of integers as int64. */
  default Tensor prod(int[] axes, boolean keep) {
    return Axes.reduce(self(), Reduction.Kind.PROD, axes, keep);
  }

  /** Largest element over axes, or over all where none are named; NaN where there is one. */
  default Tensor amax(int... axes) {
    return amax(axes, false);
  }

  /** Largest element over axes, which stay with size 1 if {@code keep}. */
  default Tensor amax(int[] axes, boolean keep) {
    return Axes.reduce(self(), Reduction.Kind.MAX, axes, keep);
  }

  /** Smallest element over axes, or over all where none are named; NaN where there is one. */
  default Tensor amin(int... axes) {
    return amin(axes, false);
  }

  /** Smallest element over axes, which stay with size 1 if {@code keep}. */
  default Tensor amin(int[] axes, boolean keep) {
    return Axes.reduce(self(), Reduction.Kind.MIN, axes, keep);
  }

  /** Whether any element over axes differs from 0, as bool; false of nothing. */
  default Tensor any(int... axes) {
    return any(axes, false);
  }

  /** Whether any element over axes, which stay with size 1 if {@code keep}, differs from 0. */
  default Tensor any(int[] axes, boolean keep) {
    return countNonzero(axes, keep).to(DType.BOOL);
  }

  /** Whether all elements over axes differ from 0, as bool; true of nothing. */
  default Tensor all(int... axes) {
    return all(axes, false);
  }

  /** Whether all elements over axes, which stay with size 1 if {@code keep}, differ from 0. */
  default Tensor all(int[] axes, boolean keep) {
    Tensor count = countNonzero(axes, keep);
    return count.equal(count.filled(Axes.count(shape(), axes)));
  }

  /** How many elements over axes differ from 0, as int64. */
  default Tensor countNonzero(int... axes) {
    return countNonzero(axes, false);
  }

  /** How many elements over axes, which stay with size 1 if {@code keep}, differ from 0. */
  default Tensor countNonzero(int[] axes, boolean keep) {
    return self().to(DType.BOOL).sum(axes, keep);
  }

  /**
   * Place of the largest element along an axis, int64, without the axis; the first of equal ones.
   */
  default Tensor argMax(int axis) {
    return argMax(axis, false);
  }

  /** Place of the largest element along an axis, which stays with size 1 if {@code keep}. */
  default Tensor argMax(int axis, boolean keep) {
    return Axes.arg(self(), ArgReduction.Kind.MAX, axis, keep);
  }

  /** As {@link #argMax(int, boolean)}, but the last of equal ones. */
  default Tensor argMaxLast(int axis, boolean keep) {
    return Axes.argLast(self(), ArgReduction.Kind.MAX, axis, keep);
  }

  /**
   * Place of the smallest element along an axis, int64, without the axis; the first of equal ones.
   */
  default Tensor argMin(int axis) {
    return argMin(axis, false);
  }

  /** Place of the smallest element along an axis, which stays with size 1 if {@code keep}. */
  default Tensor argMin(int axis, boolean keep) {
    return Axes.arg(self(), ArgReduction.Kind.MIN, axis, keep);
  }

  /** As {@link #argMin(int, boolean)}, but the last of equal ones. */
  default Tensor argMinLast(int axis, boolean keep) {
    return Axes.argLast(self(), ArgReduction.Kind.MIN, axis, keep);
  }

  /**
   * Largest elements along an axis and their places, without the axis. Of equal ones the first is
   * taken, and it alone has the derivative.
   */
  default Picked maxWithIndex(int axis) {
    return Axes.pick(self(), ArgReduction.Kind.MAX, axis);
  }

  /** Smallest elements along an axis and their places; see {@link #maxWithIndex}. */
  default Picked minWithIndex(int axis) {
    return Axes.pick(self(), ArgReduction.Kind.MIN, axis);
  }

  /** Variance over axes, or over all where none are named: the mean square less the mean. */
  default Tensor var(int... axes) {
    return var(axes, 0, false);
  }

  /**
   * Variance over axes.
   *
   * @param axes which; none for all
   * @param correction what the number of elements is lessened by: 0 for the mean square, 1 for the
   *     unbiased estimate
   * @param keep whether the axes stay with size 1
   */
  default Tensor var(int[] axes, double correction, boolean keep) {
    return Statistics.var(self(), axes, correction, keep);
  }

  /** Root of the variance over axes, or over all where none are named. */
  default Tensor std(int... axes) {
    return std(axes, 0, false);
  }

  /** Root of the {@link #var(int[], double, boolean)}; where that is 0, so is the derivative. */
  default Tensor std(int[] axes, double correction, boolean keep) {
    return Statistics.std(self(), axes, correction, keep);
  }

  /** Sum of the squares over axes, or over all where none are named. */
  default Tensor sumOfSquares(int... axes) {
    return self().square().sum(axes);
  }

  /** Euclidean norm over axes, or over all where none are named. */
  default Tensor norm(int... axes) {
    return norm(2, axes, false);
  }

  /**
   * Norm of order p: the p-th root of the sum of |x|<sup>p</sup>. Where a root or a power has no
   * finite derivative at 0, the derivative is taken as 0.
   *
   * @param p any number; infinity for the largest |x|, -infinity for the smallest, 0 for the number
   *     of elements that differ from 0
   * @param axes which; none for all
   * @param keep whether the axes stay with size 1
   */
  default Tensor norm(double p, int[] axes, boolean keep) {
    return Statistics.norm(self(), p, axes, keep);
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

  /**
   * ln of the sum of e<sup>x</sup> over axes.
   *
   * @param axes which; none for all
   * @param keep whether the axes stay with size 1
   */
  default Tensor logSumExp(int[] axes, boolean keep) {
    return Axes.gather(self(), axes)
        .apply(RowOp.LOG_SUM_EXP)
        .reshape(shape().reduce(shape().axes(axes), keep));
  }

  /**
   * Running sums along an axis, of integers and truth values as int64; see {@link Scan}.
   *
   * @param exclusive whether an element's own number is left out, so that the first sum is 0
   * @param reverse whether to go from the end of the axis
   */
  default Tensor cumSum(int axis, boolean exclusive, boolean reverse) {
    return Axes.scan(self(), Scan.Kind.SUM, axis, exclusive, reverse);
  }

  /** Running sums along an axis. */
  default Tensor cumSum(int axis) {
    return cumSum(axis, false, false);
  }

  /**
   * ln of the running sums of e<sup>x</sup> along an axis, of float32 or float64 numbers of any
   * size: -infinity as long as all are.
   */
  default Tensor logCumSumExp(int axis) {
    return LogScale.logCumSumExp(self(), axis);
  }

  /** Running products along an axis, of integers and truth values as int64; see {@link Scan}. */
  default Tensor cumProd(int axis, boolean exclusive, boolean reverse) {
    return Axes.scan(self(), Scan.Kind.PROD, axis, exclusive, reverse);
  }

  /** Running products along an axis. */
  default Tensor cumProd(int axis) {
    return cumProd(axis, false, false);
  }

  /** Differences of neighbours along an axis, one fewer; of one element or none, none. */
  default Tensor diff(int axis) {
    long count = Math.max(0, size(axis) - 1);
    return self().narrow(axis, size(axis) - count, count).sub(self().narrow(axis, 0, count));
  }

  /** This tensor: nothing else implements the interface. */
  private Tensor self() {
    return (Tensor) this;
  }
}
