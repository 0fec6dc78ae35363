package scoria.engine.tensor;

import scoria.engine.exec.Execute;
import scoria.engine.op.TakeAlong;

/** Elements of a tensor by their place: what an index names. */
public sealed interface Indexing extends Shaped permits Tensor {
  /**
   * The slices along an axis that an index names.
   *
   * @param index int64 of any shape, which takes the place of the axis
   */
  default Tensor take(int axis, Tensor index) {
    return Axes.take(self(), axis, index);
  }

  /** Element by element along an axis; see {@link TakeAlong}. */
  default Tensor takeAlong(int axis, Tensor index) {
    return Execute.run(new TakeAlong(shape().axis(axis)), self(), index);
  }

  /** This tensor: nothing else implements the interface. */
  private Tensor self() {
    return (Tensor) this;
  }
}
