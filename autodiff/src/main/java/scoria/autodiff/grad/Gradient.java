package scoria.autodiff.grad;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import scoria.autodiff.nn.Parameters;
import scoria.engine.tensor.Tensor;

/**
 * Reverse mode: derivatives of one output in any number of inputs, by a walk back over origins.
 *
 * <p>All derivatives of this package come in two kinds. Of a value: {@code of} takes a tensor and
 * the tensors that it was made from, {@link Tensor#tracked} ones or results on the way. Of a
 * function: {@code at} takes a function and a point, which need not be tracked, and works inside of
 * {@link scoria.engine.tensor.Tracking#pause} too. Both take one tensor, several, or {@link
 * Parameters}, and give the same.
 *
 * <p>{@code of} and {@code at} give plain values; {@code differentiable} and {@code
 * differentiableAt} give tensors that remember how they were computed, so that they can be
 * differentiated again, in whatever tracked tensors the function uses besides. A derivative of a
 * function that is taken inside of a function that is itself being differentiated by an {@code at}
 * is differentiable in any case, so that nested derivatives are right; {@code of} is not.
 */
public final class Gradient {
  private Gradient() {}

  /**
   * The gradient of a scalar.
   *
   * @param y one element
   * @param x what to differentiate in
   * @return a tensor of the shape of {@code x}; zeros if {@code y} does not depend on it
   * @throws IllegalArgumentException if {@code y} has more than one element, or {@code x} is not
   *     tracked
   */
  public static Tensor of(Tensor y, Tensor x) {
    return of(y, List.of(x)).get(0);
  }

  /** The gradients of a scalar in several tensors; see {@link #of(Tensor, Tensor)}. */
  public static List<Tensor> of(Tensor y, List<Tensor> xs) {
    return walk(y, xs, false);
  }

  /** The gradients of a scalar in parameters, under their names. */
  public static Parameters of(Tensor y, Parameters p) {
    return Structure.NAMED.whole().apply(p, walk(y, p.tensors(), false));
  }

  /** The gradient of a scalar, to be differentiated again. */
  public static Tensor differentiable(Tensor y, Tensor x) {
    return differentiable(y, List.of(x)).get(0);
  }

  /** The gradients of a scalar in several tensors, to be differentiated again. */
  public static List<Tensor> differentiable(Tensor y, List<Tensor> xs) {
    return walk(y, xs, true);
  }

  /** The gradients of a scalar in parameters, to be differentiated again. */
  public static Parameters differentiable(Tensor y, Parameters p) {
    return Structure.NAMED.whole().apply(p, walk(y, p.tensors(), true));
  }

  /** {@link Vjp#of(Tensor, List, Tensor)}. */
  public static List<Tensor> vjp(Tensor y, List<Tensor> xs, Tensor w) {
    return Vjp.of(y, xs, w);
  }

  /** {@link Vjp#differentiable(Tensor, List, Tensor)}. */
  public static List<Tensor> differentiableVjp(Tensor y, List<Tensor> xs, Tensor w) {
    return Vjp.differentiable(y, xs, w);
  }

  /** The gradient of a function with a scalar value at a point. */
  public static Tensor at(UnaryOperator<Tensor> f, Tensor x) {
    return valueAndGradient(f, x).gradient();
  }

  /** The gradients of a function of several tensors. */
  public static List<Tensor> at(Function<List<Tensor>, Tensor> f, List<Tensor> xs) {
    return valueAndGradient(f, xs).gradient();
  }

  /** The gradients of a function of named tensors, which it is to take from what it is given. */
  public static Parameters at(Function<Parameters, Tensor> f, Parameters p) {
    return valueAndGradient(f, p).gradient();
  }

  /** {@link #at(UnaryOperator, Tensor)}, to be differentiated again. */
  public static Tensor differentiableAt(UnaryOperator<Tensor> f, Tensor x) {
    return differentiableValueAndGradient(f, x).gradient();
  }

  /** {@link #at(Function, List)}, to be differentiated again. */
  public static List<Tensor> differentiableAt(Function<List<Tensor>, Tensor> f, List<Tensor> xs) {
    return differentiableValueAndGradient(f, xs).gradient();
  }

  /** {@link #at(Function, Parameters)}, to be differentiated again. */
  public static Parameters differentiableAt(Function<Parameters, Tensor> f, Parameters p) {
    return differentiableValueAndGradient(f, p).gradient();
  }

  /** A scalar function's value and its gradient, for the cost of the gradient. */
  public static ValueAndGradient<Tensor> valueAndGradient(UnaryOperator<Tensor> f, Tensor x) {
    return at(Structure.ONE, f, x, false);
  }

  /** A scalar function's value and its gradients in several tensors. */
  public static ValueAndGradient<List<Tensor>> valueAndGradient(
      Function<List<Tensor>, Tensor> f, List<Tensor> xs) {
    return at(Structure.MANY, f, xs, false);
  }

  /** A scalar function's value and its gradients in named tensors. */
  public static ValueAndGradient<Parameters> valueAndGradient(
      Function<Parameters, Tensor> f, Parameters p) {
    return at(Structure.NAMED, f, p, false);
  }

  /** {@link #valueAndGradient(UnaryOperator, Tensor)}, both to be differentiated again. */
  public static ValueAndGradient<Tensor> differentiableValueAndGradient(
      UnaryOperator<Tensor> f, Tensor x) {
    return at(Structure.ONE, f, x, true);
  }

  /** {@link #valueAndGradient(Function, List)}, both to be differentiated again. */
  public static ValueAndGradient<List<Tensor>> differentiableValueAndGradient(
      Function<List<Tensor>, Tensor> f, List<Tensor> xs) {
    return at(Structure.MANY, f, xs, true);
  }

  /** {@link #valueAndGradient(Function, Parameters)}, both to be differentiated again. */
  public static ValueAndGradient<Parameters> differentiableValueAndGradient(
      Function<Parameters, Tensor> f, Parameters p) {
    return at(Structure.NAMED, f, p, true);
  }

  private static <T> ValueAndGradient<T> at(
      Structure<T> structure, Function<T, Tensor> f, T x, boolean again) {
    return structure.at(
        f,
        x,
        again,
        (y, xs, keep) ->
            new ValueAndGradient<>(
                keep ? y : y.detach(), structure.whole().apply(x, walk(y, xs, keep))));
  }

  private static List<Tensor> walk(Tensor y, List<Tensor> xs, boolean again) {
    return Reverse.walk(y, xs, seed(y), again);
  }

  /** What the gradient of a scalar begins with. */
  static Tensor seed(Tensor y) {
    if (y.elements() != 1) {
      throw new IllegalArgumentException(
          "the gradient of "
              + y.signature()
              + " was asked for; it is defined for one element: sum it, or give a vector to vjp");
    }
    return y.onesLike();
  }
}
