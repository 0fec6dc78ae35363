package scoria.autodiff.grad;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import scoria.autodiff.nn.Parameters;
import scoria.engine.tensor.Tensor;
import scoria.engine.tensor.Tracking;

/**
 * A scalar's Hessian times a vector, for the cost of a few gradients and without the Hessian: for a
 * network, twice the products that a gradient in the inputs takes, or 8/3 times those of a gradient
 * in the weights, and no rule of this kind does with fewer. See {@link Gradient} on what {@code
 * of}, {@code at} and {@code differentiable} mean.
 */
public final class Hvp {
  /** In which order the two derivatives are taken. Results agree up to rounding. */
  public enum Mode {
    /**
     * The change of the gradient along the vector. It computes the gradient too, which a recorded
     * program leaves out again.
     */
    FORWARD_OVER_REVERSE {
      @Override
      List<Tensor> product(Tensor y, List<Tensor> xs, List<Tensor> vs, boolean again) {
        List<Tensor> gradients = Reverse.walk(y, xs, Gradient.seed(y), true);
        return Forward.walk(gradients, xs, vs, again);
      }
    },
    /** The gradient of the change along the vector: the cheaper one, used where none is named. */
    REVERSE_OVER_FORWARD {
      @Override
      List<Tensor> product(Tensor y, List<Tensor> xs, List<Tensor> vs, boolean again) {
        Tensor slope = Forward.walk(List.of(y), xs, vs, true).get(0);
        return Reverse.walk(slope, xs, Gradient.seed(y), again);
      }
    };

    abstract List<Tensor> product(Tensor y, List<Tensor> xs, List<Tensor> vs, boolean again);
  }

  private static final Mode DEFAULT = Mode.REVERSE_OVER_FORWARD;

  private Hvp() {}

  /**
   * The Hessian times a vector.
   *
   * @param y one element
   * @param x what to differentiate in, twice
   * @param v of the shape of {@code x}
   * @return a tensor of the shape of {@code x}
   */
  public static Tensor of(Tensor y, Tensor x, Tensor v) {
    return of(y, List.of(x), List.of(v)).get(0);
  }

  /** The Hessian in several tensors together, mixed derivatives included, times vectors. */
  public static List<Tensor> of(Tensor y, List<Tensor> xs, List<Tensor> vs) {
    return of(DEFAULT, y, xs, vs);
  }

  /** The Hessian in all parameters together times vectors, which have the parameters' names. */
  public static Parameters of(Tensor y, Parameters p, Parameters v) {
    List<Tensor> vs = Structure.NAMED.directions(p, v);
    return Structure.NAMED.whole().apply(p, of(y, p.tensors(), vs));
  }

  /** {@link #of(Tensor, List, List)} in a given order. */
  public static List<Tensor> of(Mode mode, Tensor y, List<Tensor> xs, List<Tensor> vs) {
    return product(mode, y, xs, vs, false);
  }

  /** {@link #of(Tensor, Tensor, Tensor)}, to be differentiated again, in {@code v} too. */
  public static Tensor differentiable(Tensor y, Tensor x, Tensor v) {
    return differentiable(y, List.of(x), List.of(v)).get(0);
  }

  /** {@link #of(Tensor, List, List)}, to be differentiated again, in {@code vs} too. */
  public static List<Tensor> differentiable(Tensor y, List<Tensor> xs, List<Tensor> vs) {
    return differentiable(DEFAULT, y, xs, vs);
  }

  /** {@link #of(Tensor, Parameters, Parameters)}, to be differentiated again, in {@code v} too. */
  public static Parameters differentiable(Tensor y, Parameters p, Parameters v) {
    List<Tensor> vs = Structure.NAMED.directions(p, v);
    return Structure.NAMED.whole().apply(p, differentiable(y, p.tensors(), vs));
  }

  /** {@link #of(Mode, Tensor, List, List)}, to be differentiated again, in {@code vs} too. */
  public static List<Tensor> differentiable(Mode mode, Tensor y, List<Tensor> xs, List<Tensor> vs) {
    return product(mode, y, xs, vs, true);
  }

  /** Of a function at a point. */
  public static Tensor at(UnaryOperator<Tensor> f, Tensor x, Tensor v) {
    return at(Structure.ONE, f, x, v, false);
  }

  /** Of a function of several tensors. */
  public static List<Tensor> at(
      Function<List<Tensor>, Tensor> f, List<Tensor> xs, List<Tensor> vs) {
    return at(Structure.MANY, f, xs, vs, false);
  }

  /** Of a function of named tensors. */
  public static Parameters at(Function<Parameters, Tensor> f, Parameters p, Parameters v) {
    return at(Structure.NAMED, f, p, v, false);
  }

  /** {@link #at(UnaryOperator, Tensor, Tensor)}, to be differentiated again. */
  public static Tensor differentiableAt(UnaryOperator<Tensor> f, Tensor x, Tensor v) {
    return at(Structure.ONE, f, x, v, true);
  }

  /** {@link #at(Function, List, List)}, to be differentiated again. */
  public static List<Tensor> differentiableAt(
      Function<List<Tensor>, Tensor> f, List<Tensor> xs, List<Tensor> vs) {
    return at(Structure.MANY, f, xs, vs, true);
  }

  /** {@link #at(Function, Parameters, Parameters)}, to be differentiated again. */
  public static Parameters differentiableAt(
      Function<Parameters, Tensor> f, Parameters p, Parameters v) {
    return at(Structure.NAMED, f, p, v, true);
  }

  private static <T> T at(Structure<T> structure, Function<T, Tensor> f, T x, T v, boolean again) {
    List<Tensor> vs = structure.directions(x, v);
    return structure.at(
        f,
        x,
        again,
        (y, xs, keep) -> structure.whole().apply(x, product(DEFAULT, y, xs, vs, keep)));
  }

  private static List<Tensor> product(
      Mode mode, Tensor y, List<Tensor> xs, List<Tensor> vs, boolean again) {
    Forward.check(xs, vs);
    List<Tensor> directions = again ? vs : vs.stream().map(Tensor::detach).toList();
    if (again) {
      return mode.product(y, xs, directions, true);
    }
    // The first of the two derivatives has to remember how it was computed in any case.
    try (Tracking.Resumption on = Tracking.resume()) {
      return mode.product(y, xs, directions, false);
    }
  }
}
