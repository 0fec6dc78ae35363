package scoria.autodiff.grad;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import scoria.autodiff.nn.Parameters;
import scoria.engine.tensor.Tensor;

/**
 * Forward mode: the derivative of an output along a direction of the inputs, by a walk forward over
 * the same origins that {@link Gradient} walks back; see there on what {@code of}, {@code at} and
 * {@code differentiable} mean.
 */
public final class Jvp {
  private Jvp() {}

  /**
   * The Jacobian times a vector.
   *
   * @param y made from {@code x}, of any shape
   * @param x tracked
   * @param v direction, of the shape of {@code x}
   * @return the derivative of {@code y}, of its shape
   */
  public static Tensor of(Tensor y, Tensor x, Tensor v) {
    return of(y, List.of(x), List.of(v));
  }

  /**
   * The derivative along directions of several inputs at once. An input that was made from another
   * one moves along its own direction alone; one that is named twice along the sum of both.
   */
  public static Tensor of(Tensor y, List<Tensor> xs, List<Tensor> vs) {
    return Forward.walk(List.of(y), xs, vs, false).get(0);
  }

  /**
   * The derivative along directions of parameters at once; {@code v} has the names of {@code p}.
   */
  public static Tensor of(Tensor y, Parameters p, Parameters v) {
    return of(y, p.tensors(), Structure.NAMED.directions(p, v));
  }

  /** {@link #of(Tensor, Tensor, Tensor)}, to be differentiated again, in {@code v} too. */
  public static Tensor differentiable(Tensor y, Tensor x, Tensor v) {
    return differentiable(y, List.of(x), List.of(v));
  }

  /** {@link #of(Tensor, List, List)}, to be differentiated again, in {@code vs} too. */
  public static Tensor differentiable(Tensor y, List<Tensor> xs, List<Tensor> vs) {
    return Forward.walk(List.of(y), xs, vs, true).get(0);
  }

  /** {@link #of(Tensor, Parameters, Parameters)}, to be differentiated again, in {@code v} too. */
  public static Tensor differentiable(Tensor y, Parameters p, Parameters v) {
    return differentiable(y, p.tensors(), Structure.NAMED.directions(p, v));
  }

  /** The derivative of a function at a point along a direction. */
  public static Tensor at(UnaryOperator<Tensor> f, Tensor x, Tensor v) {
    return at(Structure.ONE, f, x, v, false);
  }

  /** The derivative of a function of several tensors. */
  public static Tensor at(Function<List<Tensor>, Tensor> f, List<Tensor> xs, List<Tensor> vs) {
    return at(Structure.MANY, f, xs, vs, false);
  }

  /** The derivative of a function of named tensors. */
  public static Tensor at(Function<Parameters, Tensor> f, Parameters p, Parameters v) {
    return at(Structure.NAMED, f, p, v, false);
  }

  /** {@link #at(UnaryOperator, Tensor, Tensor)}, to be differentiated again. */
  public static Tensor differentiableAt(UnaryOperator<Tensor> f, Tensor x, Tensor v) {
    return at(Structure.ONE, f, x, v, true);
  }

  /** {@link #at(Function, List, List)}, to be differentiated again. */
  public static Tensor differentiableAt(
      Function<List<Tensor>, Tensor> f, List<Tensor> xs, List<Tensor> vs) {
    return at(Structure.MANY, f, xs, vs, true);
  }

  /** {@link #at(Function, Parameters, Parameters)}, to be differentiated again. */
  public static Tensor differentiableAt(
      Function<Parameters, Tensor> f, Parameters p, Parameters v) {
    return at(Structure.NAMED, f, p, v, true);
  }

  private static <T> Tensor at(
      Structure<T> structure, Function<T, Tensor> f, T x, T v, boolean again) {
    List<Tensor> vs = structure.directions(x, v);
    return structure.at(
        f, x, again, (y, xs, keep) -> Forward.walk(List.of(y), xs, vs, keep).get(0));
  }
}
