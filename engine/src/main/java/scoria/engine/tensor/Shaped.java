package scoria.engine.tensor;

import scoria.engine.op.Signature;

/** What is known of a tensor without its values. */
public sealed interface Shaped
    permits Elementwise,
        Pairwise,
        Logic,
        Reductions,
        Views,
        Moves,
        Ordering,
        Indexing,
        LinearAlgebra {
  /** Type of the elements. */
  DType dtype();

  /** Where the elements lie in the memory. */
  Layout layout();

  /** Sizes of the axes. */
  default Shape shape() {
    return layout().shape();
  }

  /** Number of axes. */
  default int rank() {
    return layout().shape().rank();
  }

  /** Size of an axis, counted from 0, or from -1 back. */
  default long size(int axis) {
    return layout().shape().size(axis);
  }

  /** Number of elements. */
  default long elements() {
    return layout().shape().elements();
  }

  /** Shape and type. */
  default Signature signature() {
    return new Signature(shape(), dtype());
  }
}
