package scoria.engine.op;

import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Tensors for the cases of the operation table. */
final class OpInputs {
  private OpInputs() {}

  static Tensor[] of(Case c, DType dtype) {
    return c.tensors(dtype);
  }

  /** The same values with gaps between them: every second element of a bigger tensor, from 1. */
  static Tensor strided(Tensor x) {
    if (x.rank() == 0) {
      return x;
    }
    Tensor spread = x.unsqueeze(x.rank());
    Tensor junk = Tensor.full(1, x.dtype(), spread.shape().toArray());
    Shape wide = x.shape().with(-1, 2 * x.size(-1));
    return Tensor.concat(x.rank(), junk, spread).reshape(wide).slice(-1, 1, 2, x.size(-1));
  }

  /** The same values stored with the axes in reverse order. */
  static Tensor columns(Tensor x) {
    int[] reverse = new int[x.rank()];
    for (int i = 0; i < reverse.length; i++) {
      reverse[i] = reverse.length - 1 - i;
    }
    return x.permute(reverse).copy().permute(reverse);
  }
}
