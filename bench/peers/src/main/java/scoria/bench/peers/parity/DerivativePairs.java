package scoria.bench.peers.parity;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import scoria.engine.tensor.Tensor;

/**
 * The engine's operations that are derivatives times a vector, beside libtorch's own derivative of
 * the function; with one more order, since they can be differentiated twice.
 */
final class DerivativePairs {
  private static final Scalar ONE = new Scalar(1);

  private DerivativePairs() {}

  static List<Pair> all() {
    return List.of(
        pair("reluGrad", (a, b) -> a.reluGrad(b), x -> torch.relu(x)),
        pair("absGrad", (a, b) -> a.absGrad(b), x -> torch.abs(x)),
        pair("siluGrad", (a, b) -> a.siluGrad(b), x -> torch.silu(x)),
        pair("siluCurve", (a, b) -> a.siluCurve(b), DerivativePairs::siluSlope),
        pair("softplusGrad", (a, b) -> a.softplusGrad(b), x -> torch.softplus(x)),
        pair("geluGrad", (a, b) -> a.geluGrad(b), x -> torch.gelu(x)),
        // These two are given the function's value.
        PairwisePairs.two(
            "tanhGrad", (a, b) -> a.tanhGrad(b), (a, b) -> b.mul(a.square().neg().add(ONE))),
        PairwisePairs.two(
            "sigmoidGrad", (a, b) -> a.sigmoidGrad(b), (a, b) -> b.mul(a).mul(a.neg().add(ONE))));
  }

  private static org.bytedeco.pytorch.Tensor siluSlope(org.bytedeco.pytorch.Tensor x) {
    return derivative(torch::silu, x, torch.ones_like(x));
  }

  private static Pair pair(
      String name,
      BinaryOperator<Tensor> ours,
      UnaryOperator<org.bytedeco.pytorch.Tensor> function) {
    return Pair.of(
        name,
        chance -> {
          long[] sizes = chance.sizes(0, 4);
          return Trial.of(
              xs -> ours.apply(xs[0], xs[1]),
              xs -> derivative(function, xs[0], xs[1]),
              chance.nonzero(sizes),
              chance.real(sizes));
        });
  }

  /** The derivative of a function of one number, times a vector. */
  private static org.bytedeco.pytorch.Tensor derivative(
      UnaryOperator<org.bytedeco.pytorch.Tensor> function,
      org.bytedeco.pytorch.Tensor x,
      org.bytedeco.pytorch.Tensor times) {
    return torch
        .grad(
            new TensorVector(function.apply(x)),
            new TensorVector(x),
            new TensorVector(times),
            new BoolOptional(true),
            true,
            false)
        .get(0);
  }
}
