package scoria.engine.function;

import java.util.List;
import scoria.engine.op.Case;
import scoria.engine.op.Recurrence;
import scoria.engine.op.Reference;
import scoria.engine.tensor.Shape;
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
            xs -> xs[0].zip(xs[1], (a, b) -> StrictMath.log(StrictMath.exp(a) + StrictMath.exp(b))),
            Case.spread(2, 3),
            Case.positive(3)),
        Composed.of(
            "logAddExp, equal",
            xs -> logAddExp(xs[0], xs[0].mul(1)),
            xs -> xs[0].map(a -> a + StrictMath.log(2)),
            Case.spread(4)),
        Composed.of(
            "logCumSumExp", xs -> logCumSumExp(xs[0], 1), xs -> sums(xs[0]), Case.spread(2, 5)),
        Composed.of(
            "logCumSumExp, going down",
            xs -> logCumSumExp(xs[0], -1),
            xs -> sums(xs[0]),
            new Reference(Shape.of(1, 4), 2, 1, -1, -1.5)),
        Composed.of(
            "logit",
            xs -> logit(xs[0]),
            xs -> xs[0].map(p -> StrictMath.log(p / (1 - p))),
            Case.spread(3, 4).map(v -> 0.5 + 0.2 * v)));
  }

  /** Along the rows of a matrix. */
  private static Reference sums(Reference x) {
    double[] out = new double[x.values().length];
    double sum = 0;
    for (int i = 0; i < out.length; i++) {
      sum = (i % x.shape().size(1) == 0 ? 0 : sum) + StrictMath.exp(x.values()[i]);
      out[i] = StrictMath.log(sum);
    }
    return new Reference(x.shape(), out);
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

  /**
   * ln of the sums of e<sup>x</sup> so far along an axis, for numbers of any size; see {@link
   * Tensor#logCumSumExp}.
   */
  public static Tensor logCumSumExp(Tensor x, int axis) {
    Inputs.floats("logCumSumExp", x);
    long size = x.size(axis);
    if (size == 0) {
      return x.copy();
    }
    // With the largest m so far, s[i] = s[i - 1] e^(m[i - 1] - m[i]) + e^(x[i] - m[i]) is about 1,
    // and m + ln s is the same for any m: so m is a constant to derivatives.
    Tensor running = Order.cumMax(x.detach(), axis).values();
    Tensor m = Tensor.where(running.isInfinite(), x.zeroLike(), running);
    Tensor last =
        Tensor.concat(x.shape().axis(axis), m.narrow(axis, 0, 1), m.narrow(axis, 0, size - 1));
    // Above 0 only where the one or the other is infinite, and then the factor does not matter.
    Tensor shrink = last.sub(m).min(0).exp();
    Tensor s = shrink.apply(new Recurrence(x.shape().axis(axis), false), x.sub(m).exp());
    Tensor none = s.equal(s.zeroLike());
    Tensor log = Tensor.where(none, s.onesLike(), s).log();
    return Tensor.where(none, x.filled(Double.NEGATIVE_INFINITY), log.add(m));
  }

  /** ln(p / (1 - p)) for p between 0 and 1: the inverse of the sigmoid. */
  public static Tensor logit(Tensor p) {
    Inputs.floats("logit", p);
    return p.log().sub(p.neg().log1p());
  }
}
