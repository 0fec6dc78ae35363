package scoria.bench.peers.parity;

import static scoria.bench.peers.parity.PointwisePairs.one;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import scoria.engine.function.Activations;

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
        one("mish", Activations::mish, x -> torch.mish(x), -5, 5));
  }
}
