package scoria.bench.peers.parity;

import static scoria.bench.peers.parity.PointwisePairs.one;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import scoria.engine.function.Activations;
import scoria.engine.function.LogScale;

/** Activations composed of other functions. */
final class ActivationPairs {
  private static final Scalar ONE = new Scalar(1);

  private ActivationPairs() {}

  static List<Pair> all() {
    return List.of(
        one(
            "leakyRelu",
            x -> Activations.leakyRelu(x, 0.1),
            x -> torch.leaky_relu(x, new Scalar(0.1)),
            -3,
            3),
        one(
            "elu",
            x -> Activations.elu(x, 1.3),
            x -> torch.elu(x, new Scalar(1.3), ONE, ONE),
            -3,
            3),
        one("hardSigmoid", Activations::hardSigmoid, x -> torch.hardsigmoid(x), -5, 5).once(),
        one("mish", Activations::mish, x -> torch.mish(x), -5, 5),
        one("logit", LogScale::logit, x -> x.logit(), 0.05, 0.95),
        one("relu6", Activations::relu6, x -> torch.relu6(x), -3, 9),
        one("selu", Activations::selu, x -> torch.selu(x), -4, 4),
        one("celu", x -> Activations.celu(x, 1.3), x -> torch.celu(x, number(1.3)), -4, 4),
        one("hardSwish", Activations::hardSwish, x -> torch.hardswish(x), -5, 5),
        one(
            "hardTanh",
            x -> Activations.hardTanh(x, -1.1, 0.9),
            x -> torch.hardtanh(x, number(-1.1), number(0.9)),
            -3,
            3),
        one(
            "thresholdedRelu",
            x -> Activations.thresholdedRelu(x, 0.7),
            x -> torch.threshold(x, number(0.7), number(0)),
            -3,
            3),
        one(
            "softShrink",
            x -> Activations.softShrink(x, 0.7),
            x -> torch.softshrink(x, number(0.7)),
            -3,
            3),
        one(
            "hardShrink",
            x -> Activations.hardShrink(x, 0.7),
            x -> torch.hardshrink(x, number(0.7)),
            -3,
            3),
        // libtorch has it where both numbers are one, or the second is 0.
        one(
            "shrink, by its bound",
            x -> Activations.shrink(x, 0.7, 0.7),
            x -> torch.softshrink(x, number(0.7)),
            -3,
            3),
        one("tanhShrink", Activations::tanhShrink, x -> x.sub(x.tanh()), -4, 4),
        one("logSigmoid", Activations::logSigmoid, x -> torch.log_sigmoid(x), -8, 8),
        one("geluTanh", Activations::geluTanh, x -> torch.gelu(x, "tanh"), -4, 4),
        one("quickGelu", Activations::quickGelu, x -> x.mul(x.mul(number(1.702)).sigmoid()), -4, 4),
        Pair.of("prelu", ActivationPairs::prelu),
        Pair.of("glu", ActivationPairs::glu));
  }

  private static Scalar number(double value) {
    return new Scalar(value);
  }

  /** libtorch takes a slope a channel. */
  private static Trial prelu(Chance chance) {
    long[] sizes = chance.sizes(2, 4);
    long[] slope = new long[sizes.length - 1];
    Arrays.fill(slope, 1);
    slope[0] = sizes[1];
    return Trial.of(
        xs -> Activations.prelu(xs[0], xs[1].reshape(slope)),
        xs -> torch.prelu(xs[0], xs[1]),
        chance.real(sizes),
        chance.real(sizes[1]));
  }

  private static Trial glu(Chance chance) {
    long[] sizes = chance.sizes(1, 3);
    int axis = chance.axis(sizes);
    sizes[axis] *= 2;
    return Trial.of(
            xs -> Activations.glu(xs[0], axis), xs -> torch.glu(xs[0], axis), chance.real(sizes))
        .with("axis " + axis);
  }
}
