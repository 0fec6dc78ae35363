package scoria.engine.tensor;

import scoria.engine.function.Scattering;
import scoria.engine.op.TakeAlong;

/**
 * Elements of a tensor by their place: what an index names. Indices are int64 and count back from
 * the end of an axis where they are negative; one outside of it throws {@link
 * IndexOutOfBoundsException}.
 */
public sealed interface Indexing extends Shaped permits Tensor {
  /**
   * The slices along an axis that an index names.
   *
   * @param index int64 of any shape, which takes the place of the axis
   */
  default Tensor take(int axis, Tensor index) {
    return Axes.take(self(), axis, index);
  }

  /**
   * Element by element along an axis; see {@link TakeAlong}.
   *
   * @param index int64; outside of the axis it may be smaller than this tensor
   */
  default Tensor takeAlong(int axis, Tensor index) {
    return Scattering.takeAlong(self(), axis, index);
  }

  /**
   * Elements by several indices each: {@code y[i, j] = x[i, index[i, j, 0], index[i, j, 1]]} with
   * one batch axis.
   *
   * @param index int64 [batch..., ..., k] for the k axes after the batch axes
   * @param batch how many axes both begin with
   */
  default Tensor gatherNd(Tensor index, int batch) {
    return Scattering.gatherNd(self(), index, batch);
  }

  /**
   * This tensor with elements scattered along an axis: {@code y[index[i, j], j] = source[i, j]} for
   * axis 0, in the order of i.
   *
   * @param index int64; outside of the axis it may be smaller than this tensor
   * @param source elements of the index's shape and this tensor's type
   * @param mode what becomes of the elements that were there
   */
  default Tensor scatter(int axis, Tensor index, Tensor source, ScatterMode mode) {
    return Scattering.scatter(self(), axis, index, source, mode);
  }

  /** This tensor with elements put along an axis, of several the last. */
  default Tensor scatter(int axis, Tensor index, Tensor source) {
    return scatter(axis, index, source, ScatterMode.REPLACE);
  }

  /** This tensor with elements added along an axis. */
  default Tensor scatterAdd(int axis, Tensor index, Tensor source) {
    return scatter(axis, index, source, ScatterMode.ADD);
  }

  /**
   * This tensor with elements or slices scattered by several indices each: {@code y[index[i, 0],
   * index[i, 1], ...] = source[i, ...]}.
   *
   * @param index int64 [..., k] for the first k axes
   * @param source of the shape of the index without its last axis, then of the axes after the k
   */
  default Tensor scatterNd(Tensor index, Tensor source, ScatterMode mode) {
    return Scattering.scatterNd(self(), index, source, mode);
  }

  /**
   * This tensor with slices added along an axis where an index says, in its order.
   *
   * @param index int64 vector, one number a slice
   * @param source as this, but for the axis
   */
  default Tensor indexAdd(int axis, Tensor index, Tensor source) {
    return Scattering.indexAdd(self(), axis, index, source);
  }

  /** The elements where a mask, which broadcasts to this, is true, in order; read on the host. */
  default Tensor maskedSelect(Tensor mask) {
    return Scattering.maskedSelect(self(), mask);
  }

  /** This tensor with a number where a mask, which broadcasts to this, is true. */
  default Tensor maskedFill(Tensor mask, double value) {
    return Scattering.maskedFill(self(), mask, value);
  }

  /** Where the elements are that differ from 0: int64 [count, rank], read on the host. */
  default Tensor nonzero() {
    return Scattering.nonzero(self());
  }

  /**
   * For each of these whole numbers a row of 0 with 1 at that place, as a last axis; a number from
   * -1 counts back, and for one outside the row is 0.
   *
   * @param depth length of a row
   */
  default Tensor oneHot(long depth, DType dtype) {
    return Scattering.oneHot(self(), depth, dtype);
  }

  /** This tensor: nothing else implements the interface. */
  private Tensor self() {
    return (Tensor) this;
  }
}
