package scoria.engine.function;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import scoria.engine.op.Case;
import scoria.engine.tensor.Tensor;

/** Activations that are not worth a kernel of their own. All work element by element. */
public final class Activations implements Functions {
  private Activations() {}

  /** The test points. */
  static List<Composed> cases() {
    return List.of(
        one("leakyRelu", x -> leakyRelu(x, 0.1), v -> v > 0 ? v : 0.1 * v),
        one("elu", x -> elu(x, 1.3), v -> v > 0 ? v : 1.3 * Math.expm1(v)),
        one("hardSigmoid", Activations::hardSigmoid, v -> Math.clamp(v / 6 + 0.5, 0, 1)),
        one("mish", Activations::mish, v -> v * Math.tanh(Math.log1p(Math.exp(v)))));
  }

  private static Composed one(String name, UnaryOperator<Tensor> f, DoubleUnaryOperator meaning) {
    return Composed.of(
        name, xs -> f.apply(xs[0]), xs -> xs[0].map(meaning), Case.spread(3, 4).map(v -> 2.2 * v));
  }

  /** x where x &gt; 0, {@code slope} x elsewhere. */
  public static Tensor leakyRelu(Tensor x, double slope) {
    return x.max(0).add(x.min(0).mul(slope));
  }

  /** x where x &gt; 0, {@code alpha} (e<sup>x</sup> - 1) elsewhere. */
  public static Tensor elu(Tensor x, double alpha) {
    return x.max(0).add(x.min(0).expm1().mul(alpha));
  }

  /** x/6 + 1/2, kept within 0 and 1. */
  public static Tensor hardSigmoid(Tensor x) {
    return x.mul(1.0 / 6).add(0.5).clamp(0, 1);
  }

  /** x tanh(ln(1 + e<sup>x</sup>)). */
  public static Tensor mish(Tensor x) {
    return x.mul(x.softplus().tanh());
  }
}
