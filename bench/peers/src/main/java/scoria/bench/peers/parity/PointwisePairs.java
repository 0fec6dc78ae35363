package scoria.bench.peers.parity;

import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.global.torch;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/** Functions of one number. */
final class PointwisePairs {
  private PointwisePairs() {}

  static List<Pair> all() {
    return List.of(
        one("neg", x -> x.neg(), x -> x.neg(), -3, 3),
        one("abs", x -> x.abs(), x -> x.abs(), -3, 3),
        one("sign", x -> x.sign(), x -> x.sign(), -3, 3),
        one("square", x -> x.square(), x -> x.square(), -3, 3),
        one("sqrt", x -> x.sqrt(), x -> x.sqrt(), 0.1, 5),
        one("rsqrt", x -> x.rsqrt(), x -> x.rsqrt(), 0.3, 5),
        one("reciprocal", x -> x.reciprocal(), x -> x.reciprocal(), -3, -0.4),
        one("exp", x -> x.exp(), x -> x.exp(), -6, 2.5),
        one("expm1", x -> x.expm1(), x -> x.expm1(), -3, 2),
        one("log", x -> x.log(), x -> x.log(), 0.2, 8),
        one("log1p", x -> x.log1p(), x -> x.log1p(), -0.7, 4),
        one("sin", x -> x.sin(), x -> x.sin(), -8, 8),
        one("cos", x -> x.cos(), x -> x.cos(), -8, 8),
        one("tanh", x -> x.tanh(), x -> x.tanh(), -4, 4),
        one("sigmoid", x -> x.sigmoid(), x -> x.sigmoid(), -8, 8),
        one("silu", x -> x.silu(), x -> torch.silu(x), -6, 6),
        one("softplus", x -> x.softplus(), x -> torch.softplus(x), -8, 8),
        one("gelu", x -> x.gelu(), x -> torch.gelu(x), -4, 4),
        one("erf", x -> x.erf(), x -> x.erf(), -3, 3),
        one("relu", x -> x.relu(), x -> x.relu(), -3, 3),
        one("floor", x -> x.floor(), x -> x.floor(), -5, 5),
        one("ceil", x -> x.ceil(), x -> x.ceil(), -5, 5),
        one("rint", x -> x.rint(), x -> x.round(), -5, 5),
        one("trunc", x -> x.trunc(), x -> x.trunc(), -5, 5),
        one("tan", x -> x.tan(), x -> x.tan(), -1.3, 1.3),
        one("asin", x -> x.asin(), x -> x.asin(), -0.9, 0.9),
        one("acos", x -> x.acos(), x -> x.acos(), -0.9, 0.9),
        one("atan", x -> x.atan(), x -> x.atan(), -5, 5),
        one("sinh", x -> x.sinh(), x -> x.sinh(), -3, 3),
        one("cosh", x -> x.cosh(), x -> x.cosh(), -3, 3),
        one("asinh", x -> x.asinh(), x -> x.asinh(), -5, 5),
        one("acosh", x -> x.acosh(), x -> x.acosh(), 1.2, 5),
        one("atanh", x -> x.atanh(), x -> x.atanh(), -0.85, 0.85),
        one("exp2", x -> x.exp2(), x -> x.exp2(), -4, 4),
        one("log2", x -> x.log2(), x -> x.log2(), 0.2, 8),
        one("log10", x -> x.log10(), x -> x.log10(), 0.2, 8),
        one("erfc", x -> x.erfc(), x -> x.erfc(), -3, 3),
        one("softsign", x -> x.softsign(), x -> torch.softsign(x), -4, 4),
        one("lgamma", x -> x.lgamma(), x -> x.lgamma(), 0.3, 6),
        one("lgamma, below 0", x -> x.lgamma(), x -> x.lgamma(), -1.9, -1.1),
        one("digamma", x -> x.digamma(), x -> x.digamma(), 0.3, 6),
        one("digamma, below 0", x -> x.digamma(), x -> x.digamma(), -1.8, -1.2),
        one("polygammaScalar, order 1", x -> x.polygamma(1), x -> x.polygamma(1), 0.5, 6),
        one("polygammaScalar, order 2", x -> x.polygamma(2), x -> x.polygamma(2), 0.7, 6),
        // libtorch has no cube root but as a power.
        one("cbrt", x -> x.cbrt(), x -> x.pow(new Scalar(1.0 / 3)), 0.2, 8),
        one("addScalar", x -> x.add(0.7), x -> x.add(new Scalar(0.7)), -3, 3),
        one("mulScalar", x -> x.mul(-1.3), x -> x.mul(new Scalar(-1.3)), -3, 3),
        one("maxScalar", x -> x.max(0.25), x -> x.clamp_min(new Scalar(0.25)), -3, 3),
        one("minScalar", x -> x.min(0.25), x -> x.clamp_max(new Scalar(0.25)), -3, 3),
        one("clamp", x -> x.clamp(-0.5, 1.25), x -> x.clamp(bound(-0.5), bound(1.25)), -3, 3),
        one("powScalar", x -> x.pow(2.3), x -> x.pow(new Scalar(2.3)), 0.2, 3),
        one("powScalar, whole", x -> x.pow(-3), x -> x.pow(new Scalar(-3)), -3, -0.5),
        one("cast, to float64", x -> x.to(DType.FLOAT64), x -> x.to(torch.kDouble()), -3, 3),
        one("cast, to float32", x -> x.to(DType.FLOAT32), x -> x.to(torch.kFloat()), -3, 3)
            // What float32 rounds, a gradient of a gradient in float64 cannot be compared by.
            .once(),
        one("cast, to int64", x -> x.to(DType.INT64), x -> x.to(torch.kLong()), -9, 9),
        one("cast, to bool", x -> x.rint().to(DType.BOOL), x -> x.round().to(torch.kBool()), -1, 1),
        one("copy", x -> x.copy(), x -> torch.clone(x), -3, 3));
  }

  /** A function of one number on tensors of up to four axes. */
  static Pair one(
      String name,
      UnaryOperator<Tensor> ours,
      UnaryOperator<org.bytedeco.pytorch.Tensor> theirs,
      double low,
      double high) {
    return Pair.of(
        name,
        chance ->
            Trial.of(
                xs -> ours.apply(xs[0]),
                xs -> theirs.apply(xs[0]),
                chance.within(low, high, chance.sizes(0, 4))));
  }

  private static ScalarOptional bound(double value) {
    return new ScalarOptional(new Scalar(value));
  }
}
