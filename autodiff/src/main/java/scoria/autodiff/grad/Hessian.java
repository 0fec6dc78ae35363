package scoria.autodiff.grad;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import scoria.engine.tensor.Tensor;
import scoria.engine.tensor.Tracking;

/**
 * All second derivatives of a scalar, by one walk forward over its gradient for every element of
 * the inputs. Symmetric up to rounding. See {@link Gradient} on what {@code of}, {@code at} and
 * {@code differentiable} mean, and {@link Hvp} for its products with vectors, which cost less.
 */
public final class Hessian {
  private Hessian() {}

  /**
   * The Hessian.
   *
   * @param y one element
   * @param x of any shape
   * @return the axes of {@code x} twice: element (i, j) is the derivative in {@code x[i]} and
   *     {@code x[j]}
   */
  public static Tensor of(Tensor y, Tensor x) {
    return of(y, List.of(x)).get(0).get(0);
  }

  /** The blocks of the Hessian in several tensors: item j of list i is for tensors i and j. */
  public static List<List<Tensor>> of(Tensor y, List<Tensor> xs) {
    // The gradient has to remember how it was computed in any case.
    try (Tracking.Resumption on = Tracking.resume()) {
      return blocks(y, xs, false);
    }
  }

  /** {@link #of(Tensor, Tensor)}, to be differentiated again. */
  public static Tensor differentiable(Tensor y, Tensor x) {
    return differentiable(y, List.of(x)).get(0).get(0);
  }

  /** {@link #of(Tensor, List)}, to be differentiated again. */
  public static List<List<Tensor>> differentiable(Tensor y, List<Tensor> xs) {
    return blocks(y, xs, true);
  }

  /** Of a function at a point. */
  public static Tensor at(UnaryOperator<Tensor> f, Tensor x) {
    return Structure.ONE.at(f, x, false, Hessian::blocks).get(0).get(0);
  }

  /** Of a function of several tensors. */
  public static List<List<Tensor>> at(Function<List<Tensor>, Tensor> f, List<Tensor> xs) {
    return Structure.MANY.at(f, xs, false, Hessian::blocks);
  }

  /** {@link #at(UnaryOperator, Tensor)}, to be differentiated again. */
  public static Tensor differentiableAt(UnaryOperator<Tensor> f, Tensor x) {
    return Structure.ONE.at(f, x, true, Hessian::blocks).get(0).get(0);
  }

  /** {@link #at(Function, List)}, to be differentiated again. */
  public static List<List<Tensor>> differentiableAt(
      Function<List<Tensor>, Tensor> f, List<Tensor> xs) {
    return Structure.MANY.at(f, xs, true, Hessian::blocks);
  }

  private static List<List<Tensor>> blocks(Tensor y, List<Tensor> xs, boolean again) {
    List<Tensor> gradients = Reverse.walk(y, xs, Gradient.seed(y), true);
    return Jacobian.forward(Graph.between(xs, gradients), gradients, xs, again);
  }
}
