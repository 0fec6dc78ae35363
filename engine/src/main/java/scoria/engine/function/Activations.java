package scoria.engine.function;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import scoria.engine.op.Case;
import scoria.engine.op.Reference;
import scoria.engine.tensor.Tensor;

/** Activations that are not worth a kernel of their own. All work element by element. */
public final class Activations implements Functions {
  private Activations() {}

  /** The test points. */
  static List<Composed> cases() {
    return List.of(
        one("leakyRelu", x -> leakyRelu(x, 0.1), v -> v > 0 ? v : 0.1 * v),
        one("elu", x -> elu(x, 1.3), v -> v > 0 ? v : 1.3 * StrictMath.expm1(v)),
        one("hardSigmoid", Activations::hardSigmoid, v -> Math.clamp(v / 6 + 0.5, 0, 1)),
        one(
            "mish",
            Activations::mish,
            v -> v * StrictMath.tanh(StrictMath.log1p(StrictMath.exp(v)))),
        one("relu6", Activations::relu6, v -> Math.clamp(v, 0, 6)),
        one(
            "selu",
            Activations::selu,
            v -> v > 0 ? 1.0507009873554805 * v : 1.7580993408473766 * StrictMath.expm1(v)),
        one("celu", x -> celu(x, 1.3), v -> v > 0 ? v : 1.3 * StrictMath.expm1(v / 1.3)),
        one("hardSwish", Activations::hardSwish, v -> v * Math.clamp(v / 6 + 0.5, 0, 1)),
        one("hardTanh", x -> hardTanh(x, -1.1, 0.9), v -> Math.clamp(v, -1.1, 0.9)),
        one("thresholdedRelu", x -> thresholdedRelu(x, 0.7), v -> v > 0.7 ? v : 0),
        one(
            "softShrink",
            x -> softShrink(x, 0.7),
            v -> Math.abs(v) > 0.7 ? v - Math.copySign(0.7, v) : 0),
        one("hardShrink", x -> hardShrink(x, 0.7), v -> Math.abs(v) > 0.7 ? v : 0),
        one(
            "shrink",
            x -> shrink(x, 0.7, 0.4),
            v -> Math.abs(v) > 0.7 ? v - Math.copySign(0.4, v) : 0),
        one("tanhShrink", Activations::tanhShrink, v -> v - StrictMath.tanh(v)),
        one("logSigmoid", Activations::logSigmoid, v -> -StrictMath.log1p(StrictMath.exp(-v))),
        one(
            "geluTanh",
            Activations::geluTanh,
            v ->
                v / 2 * (1 + StrictMath.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v)))),
        one("quickGelu", Activations::quickGelu, v -> v / (1 + StrictMath.exp(-1.702 * v))),
        Composed.of(
            "prelu",
            xs -> prelu(xs[0], xs[1]),
            xs -> xs[0].zip(xs[1], (v, a) -> v > 0 ? v : a * v),
            Case.spread(2, 3, 2),
            Case.positive(3, 1)),
        Composed.of(
            "glu",
            xs -> glu(xs[0], 1),
            xs -> {
              Reference y = Reference.zeros(xs[0].shape().with(1, xs[0].shape().size(1) / 2));
              int n = (int) (y.shape().size(1) * y.shape().size(2));
              for (int i = 0; i < y.values().length; i++) {
                int at = i / n * 2 * n + i % n;
                y.values()[i] = xs[0].values()[at] / (1 + StrictMath.exp(-xs[0].values()[at + n]));
              }
              return y;
            },
            Case.spread(2, 4, 3)));
  }

  private static Composed one(String name, UnaryOperator<Tensor> f, DoubleUnaryOperator meaning) {
    return Composed.of(
        name, xs -> f.apply(xs[0]), xs -> xs[0].map(meaning), Case.spread(3, 4).map(v -> 2.2 * v));
  }

  /** x where x &gt; 0, {@code slope} x elsewhere. */
  public static Tensor leakyRelu(Tensor x, double slope) {
    Inputs.floats("leakyRelu", x);
    return x.max(0).add(x.min(0).mul(slope));
  }

  /** x where x &gt; 0, {@code alpha} (e<sup>x</sup> - 1) elsewhere. */
  public static Tensor elu(Tensor x, double alpha) {
    Inputs.floats("elu", x);
    return x.max(0).add(x.min(0).expm1().mul(alpha));
  }

  /** x/6 + 1/2, kept within 0 and 1. */
  public static Tensor hardSigmoid(Tensor x) {
    Inputs.floats("hardSigmoid", x);
    return x.mul(1.0 / 6).add(0.5).clamp(0, 1);
  }

  /** x tanh(ln(1 + e<sup>x</sup>)). */
  public static Tensor mish(Tensor x) {
    Inputs.floats("mish", x);
    return x.mul(x.softplus().tanh());
  }

  /** x, kept within 0 and 6. */
  public static Tensor relu6(Tensor x) {
    Inputs.numbers("relu6", x);
    return x.clamp(0, 6);
  }

  /** The {@link #elu} that keeps mean 0 and variance 1 (Klambauer et al. 2017). */
  public static Tensor selu(Tensor x) {
    Inputs.floats("selu", x);
    return elu(x, 1.6732632423543772).mul(1.0507009873554805);
  }

  /** x where x &gt; 0, {@code alpha} (e<sup>x / alpha</sup> - 1) elsewhere. */
  public static Tensor celu(Tensor x, double alpha) {
    Inputs.floats("celu", x);
    return x.max(0).add(x.min(0).mul(1 / alpha).expm1().mul(alpha));
  }

  /** x times its {@link #hardSigmoid}. */
  public static Tensor hardSwish(Tensor x) {
    Inputs.floats("hardSwish", x);
    return x.mul(hardSigmoid(x));
  }

  /** x, kept within bounds. */
  public static Tensor hardTanh(Tensor x, double low, double high) {
    if (low == Math.rint(low) && high == Math.rint(high)) {
      Inputs.numbers("hardTanh", x);
    } else {
      Inputs.floats("hardTanh", x);
    }
    return x.clamp(low, high);
  }

  /** x where x &gt; {@code alpha}, 0 elsewhere. */
  public static Tensor thresholdedRelu(Tensor x, double alpha) {
    return Tensor.where(x.greater(number(alpha, x)), x, number(0, x));
  }

  /** x, brought nearer to 0 by {@code lambda}, or 0 where it is nearer than that. */
  public static Tensor softShrink(Tensor x, double lambda) {
    Inputs.floats("softShrink", x);
    return x.sub(x.clamp(-lambda, lambda));
  }

  /** x, or 0 where it is not further from 0 than {@code lambda}; NaN stays. */
  public static Tensor hardShrink(Tensor x, double lambda) {
    Inputs.numbers("hardShrink", x);
    Tensor near = x.abs().lessEqual(number(lambda, x));
    return Tensor.where(near, number(0, x), x);
  }

  /**
   * x, brought nearer to 0 by {@code bias}, or 0 where it is not further from 0 than {@code
   * lambda}.
   */
  public static Tensor shrink(Tensor x, double lambda, double bias) {
    Inputs.floats("shrink", x);
    Tensor above = x.greater(number(lambda, x));
    Tensor below = x.less(number(-lambda, x));
    Tensor low = Tensor.where(below, x.add(bias), number(0, x));
    return Tensor.where(above, x.sub(bias), low);
  }

  /** x - tanh(x). */
  public static Tensor tanhShrink(Tensor x) {
    Inputs.floats("tanhShrink", x);
    return x.sub(x.tanh());
  }

  /** Logarithm of the sigmoid. */
  public static Tensor logSigmoid(Tensor x) {
    Inputs.floats("logSigmoid", x);
    return x.neg().softplus().neg();
  }

  /** The usual approximation of gelu: x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x<sup>3</sup>))). */
  public static Tensor geluTanh(Tensor x) {
    Inputs.floats("geluTanh", x);
    Tensor inner = x.add(x.square().mul(x).mul(0.044715)).mul(Math.sqrt(2 / Math.PI));
    return x.mul(0.5).mul(inner.tanh().add(1));
  }

  /** x sigmoid(1.702 x). */
  public static Tensor quickGelu(Tensor x) {
    Inputs.floats("quickGelu", x);
    return x.mul(x.mul(1.702).sigmoid());
  }

  /**
   * x where x &gt; 0, a slope times x elsewhere.
   *
   * @param slope broadcasts to x, such as [channels, 1, 1] to [n, channels, h, w]
   */
  public static Tensor prelu(Tensor x, Tensor slope) {
    Inputs.numbers("prelu", x, slope);
    Inputs.broadcast("prelu", x, slope);
    return x.max(0).add(x.min(0).mul(slope));
  }

  /** The first half of an axis, times the sigmoid of the second (Dauphin et al. 2017). */
  public static Tensor glu(Tensor x, int axis) {
    Inputs.floats("glu", x);
    long size = x.size(axis);
    if (size % 2 != 0) {
      throw new IllegalArgumentException(
          "glu of " + x.signature() + " along axis " + axis + ", whose size is odd");
    }
    Tensor gate = x.narrow(axis, size / 2, size / 2);
    return x.narrow(axis, 0, size / 2).mul(gate.sigmoid());
  }

  private static Tensor number(double value, Tensor like) {
    return Tensor.scalar(value, like.dtype()).to(like.device());
  }
}
