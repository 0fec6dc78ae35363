package scoria.autodiff.grad;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import scoria.autodiff.nn.Parameters;
import scoria.engine.tensor.Tensor;

/**
 * Reverse mode of outputs of any shape: a vector times the Jacobian, which is the gradient of the
 * sum of {@code y w}. See {@link Gradient} on what {@code of}, {@code at} and {@code
 * differentiable} mean.
 */
public final class Vjp {
  private Vjp() {}

  /**
   * The transposed Jacobian times a vector.
   *
   * @param y of any shape
   * @param x what to differentiate in
   * @param w of the shape of {@code y}
   * @return a tensor of the shape of {@code x}
   */
  public static Tensor of(Tensor y, Tensor x, Tensor w) {
    return of(y, List.of(x), w).get(0);
  }

  /** {@link #of(Tensor, Tensor, Tensor)} in several tensors. */
  public static List<Tensor> of(Tensor y, List<Tensor> xs, Tensor w) {
    return Reverse.walk(y, xs, w, false);
  }

  /** {@link #of(Tensor, Tensor, Tensor)} in parameters. */
  public static Parameters of(Tensor y, Parameters p, Tensor w) {
    return Structure.NAMED.whole().apply(p, of(y, p.tensors(), w));
  }

  /** {@link #of(Tensor, Tensor, Tensor)}, to be differentiated again, in {@code w} too. */
  public static Tensor differentiable(Tensor y, Tensor x, Tensor w) {
    return differentiable(y, List.of(x), w).get(0);
  }

  /** {@link #of(Tensor, List, Tensor)}, to be differentiated again, in {@code w} too. */
  public static List<Tensor> differentiable(Tensor y, List<Tensor> xs, Tensor w) {
    return Reverse.walk(y, xs, w, true);
  }

  /** {@link #of(Tensor, Parameters, Tensor)}, to be differentiated again, in {@code w} too. */
  public static Parameters differentiable(Tensor y, Parameters p, Tensor w) {
    return Structure.NAMED.whole().apply(p, differentiable(y, p.tensors(), w));
  }

  /** Of a function at a point. */
  public static Tensor at(UnaryOperator<Tensor> f, Tensor x, Tensor w) {
    return at(Structure.ONE, f, x, w, false);
  }

  /** Of a function of several tensors. */
  public static List<Tensor> at(Function<List<Tensor>, Tensor> f, List<Tensor> xs, Tensor w) {
    return at(Structure.MANY, f, xs, w, false);
  }

  /** Of a function of named tensors. */
  public static Parameters at(Function<Parameters, Tensor> f, Parameters p, Tensor w) {
    return at(Structure.NAMED, f, p, w, false);
  }

  /** {@link #at(UnaryOperator, Tensor, Tensor)}, to be differentiated again. */
  public static Tensor differentiableAt(UnaryOperator<Tensor> f, Tensor x, Tensor w) {
    return at(Structure.ONE, f, x, w, true);
  }

  /** {@link #at(Function, List, Tensor)}, to be differentiated again. */
  public static List<Tensor> differentiableAt(
      Function<List<Tensor>, Tensor> f, List<Tensor> xs, Tensor w) {
    return at(Structure.MANY, f, xs, w, true);
  }

  /** {@link #at(Function, Parameters, Tensor)}, to be differentiated again. */
  public static Parameters differentiableAt(
      Function<Parameters, Tensor> f, Parameters p, Tensor w) {
    return at(Structure.NAMED, f, p, w, true);
  }

  private static <T> T at(
      Structure<T> structure, Function<T, Tensor> f, T x, Tensor w, boolean again) {
    return structure.at(
        f, x, again, (y, xs, keep) -> structure.whole().apply(x, Reverse.walk(y, xs, w, keep)));
  }
}
