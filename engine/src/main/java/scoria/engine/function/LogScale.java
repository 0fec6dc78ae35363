package scoria.engine.function;

import java.util.List;
import scoria.engine.op.Case;
import scoria.engine.tensor.Tensor;

/** Probabilities and sums by their logarithms. */
public final class LogScale implements Functions {
  private LogScale() {}

  /** The test points. */
  static List<Composed> cases() {
    return List.of(
        Composed.of(
            "logAddExp",
            xs -> logAddExp(xs[0], xs[1]),
            xs -> xs[0].zip(xs[1], (a, b) -> Math.log(Math.exp(a) + Math.exp(b))),
            Case.spread(2, 3),
            Case.positive(3)),
        Composed.of(
            "logAddExp, equal",
            xs -> logAddExp(xs[0], xs[0].mul(1)),
            xs -> xs[0].map(a -> a + Math.log(2)),
            Case.spread(4)),
        Composed.of(
            "logit",
            xs -> logit(xs[0]),
            xs -> xs[0].map(p -> Math.log(p / (1 - p))),
            Case.spread(3, 4).map(v -> 0.5 + 0.2 * v)));
  }

  /**
   * ln(e<sup>a</sup> + e<sup>b</sup>) with broadcasting, for numbers of any size; the infinite ones
   * count as what they are.
   */
  public static Tensor logAddExp(Tensor a, Tensor b) {
    Inputs.floats("logAddExp", a, b);
    Inputs.broadcast("logAddExp", a, b);
    // Which of the two is called high does not matter to the derivatives: those of the sum below
    // are the same for either choice, also where both are equal.
    Tensor isHigh = a.greaterEqual(b);
    Tensor high = Tensor.where(isHigh, a, b);
    Tensor low = Tensor.where(isHigh, b, a);
    // Two equal infinities have no difference.
    Tensor from = Tensor.where(high.isInfinite(), high.zeroLike(), high);
    return high.add(low.sub(from).softplus());
  }

  /** ln(p / (1 - p)) for p between 0 and 1: the inverse of the sigmoid. */
  public static Tensor logit(Tensor p) {
    Inputs.floats("logit", p);
    return p.log().sub(p.neg().log1p());
  }
}
