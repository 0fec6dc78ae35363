package scoria.engine.tensor;

import scoria.engine.function.Order;

/**
 * A tensor's elements by size: of any type. Orders are stable; NaN comes last, whichever way they
 * go. Derivatives of values go back to where these came from.
 */
public sealed interface Ordering extends Shaped permits Tensor {
  /**
   * The places of the elements along an axis in the order of their size, int64.
   *
   * @param descending whether the largest comes first; of equal ones the first does anyway
   */
  default Tensor argSort(int axis, boolean descending) {
    return Order.argSort(self(), axis, descending);
  }

  /** The elements along an axis in the order of their size; see {@link #argSort}. */
  default Tensor sort(int axis, boolean descending) {
    return self().takeAlong(axis, argSort(axis, descending));
  }

  /** The elements along an axis, the smallest first. */
  default Tensor sort(int axis) {
    return sort(axis, false);
  }

  /**
   * The largest elements so far along an axis and their places: of equal ones the last, which alone
   * has the derivative; from the first NaN on, the last NaN.
   */
  default Picked cumMax(int axis) {
    return Order.cumMax(self(), axis);
  }

  /** The smallest elements so far along an axis and their places; see {@link #cumMax}. */
  default Picked cumMin(int axis) {
    return Order.cumMin(self(), axis);
  }

  /**
   * The k largest or smallest elements along an axis, in order, and their places.
   *
   * @param k from 0 to the size of the axis
   */
  default Picked topK(int axis, long k, boolean largest) {
    return Order.topK(self(), axis, k, largest);
  }

  /**
   * Quantile along an axis, of float32 or float64: between the two nearest elements by a straight
   * line, as NumPy's method {@code linear}; NaN where there is one.
   *
   * @param q from 0 to 1
   * @param keep whether the axis stays with size 1
   */
  default Tensor quantile(double q, int axis, boolean keep) {
    return Order.quantile(self(), q, axis, keep);
  }

  /** Median along an axis, without it: the mean of the two in the middle where there are two. */
  default Tensor median(int axis) {
    return Order.median(self(), axis);
  }

  /**
   * Where values would have to be put into this sorted vector, int64 of the values' shape. Every
   * value is compared with every element; NaN belongs behind all numbers.
   *
   * @param right whether behind elements that equal the value, not before them
   */
  default Tensor searchSorted(Tensor values, boolean right) {
    return Order.searchSorted(self(), values, right);
  }

  /** The different elements, sorted; reads them on the host. */
  default Unique unique() {
    return Order.unique(self());
  }

  /** The different slices along an axis, sorted; reads them on the host. */
  default Unique unique(int axis) {
    return Order.unique(self(), axis);
  }

  /** This tensor: nothing else implements the interface. */
  private Tensor self() {
    return (Tensor) this;
  }
}
