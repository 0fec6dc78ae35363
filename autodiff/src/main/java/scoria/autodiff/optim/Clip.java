package scoria.autodiff.optim;

import java.util.List;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/**
 * Gradients made no longer than a bound.
 *
 * @param gradients the gradients after clipping
 * @param norm the Euclidean norm of all of them together before, a float64 scalar
 */
public record Clip(List<Tensor> gradients, Tensor norm) {
  /** Copies the list. */
  public Clip {
    gradients = List.copyOf(gradients);
  }

  /**
   * Scales all gradients by min(1, max / norm), as Pascanu, Mikolov and Bengio 2013 do; gradients
   * within the bound keep their bits. Nothing is read on the host. A norm that is NaN makes all
   * gradients NaN. Squares are taken in the gradients' type: in float32 an element beyond 1e19
   * makes the norm infinite, and all finite gradients zero.
   *
   * @param gradients of any shapes and float types
   * @param max bound of the norm of all elements together, positive
   */
  public static Clip byGlobalNorm(List<Tensor> gradients, double max) {
    if (!(max > 0)) {
      throw new IllegalArgumentException(
          "a bound of " + max + " for gradients; it must be positive");
    }
    if (gradients.isEmpty()) {
      return new Clip(gradients, Tensor.scalar(0, DType.FLOAT64));
    }
    Tensor[] squares =
        gradients.stream().map(g -> g.square().sum().to(DType.FLOAT64)).toArray(Tensor[]::new);
    Tensor norm = Tensor.stack(0, squares).sum().sqrt();
    // max / max is exactly 1, which max times 1/max need not be.
    Tensor scale = norm.filled(max).div(norm.max(max));
    return new Clip(gradients.stream().map(g -> g.mul(scale.to(g.dtype()))).toList(), norm);
  }
}
