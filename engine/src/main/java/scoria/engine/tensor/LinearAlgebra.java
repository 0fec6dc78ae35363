package scoria.engine.tensor;

import scoria.engine.exec.Execute;
import scoria.engine.op.MatMul;

/** What a tensor computes as a matrix, or as a batch of matrices in its last two axes. */
public sealed interface LinearAlgebra extends Shaped permits Tensor {
  /**
   * Matrix product as NumPy's matmul: [..., m, k] by [..., k, n] to [..., m, n]; a vector on either
   * side is a row or a column that is left out of the result.
   */
  default Tensor matmul(Tensor other) {
    return Axes.matmul(self(), other);
  }

  /** Matrix product with either side stored transposed; both have at least two axes. */
  default Tensor matmul(Tensor other, boolean transposeThis, boolean transposeOther) {
    return Execute.run(new MatMul(transposeThis, transposeOther), self(), other);
  }

  /** This tensor: nothing else implements the interface. */
  private Tensor self() {
    return (Tensor) this;
  }
}
