package scoria.autodiff.onnx;

import java.util.List;
import java.util.stream.IntStream;
import scoria.engine.function.Normalization;
import scoria.engine.tensor.Tensor;

/** Elements less their mean, over their deviation. */
final class NormOperators {
  private NormOperators() {}

  static void addTo(Operators table) {
    table.one("MeanVarianceNormalization", NormOperators::meanVariance);
    table.many("LayerNormalization", NormOperators::layer);
    table.many("BatchNormalization", NormOperators::batch);
    table.one(
        "InstanceNormalization",
        call -> Normalization.instanceNorm(call.in(0), call.in(1), call.in(2), epsilon(call)));
    table.one("LRN", NormOperators::localResponse);
  }

  private static double epsilon(NodeCall call) {
    return call.real("epsilon", 1e-5);
  }

  private static Tensor meanVariance(NodeCall call) {
    Tensor x = call.in(0);
    int[] axes = NodeCall.ints(call.integers("axes", 0, 2, 3));
    return x.sub(x.mean(axes, true)).div(x.std(axes, 0, true).add(1e-9));
  }

  /** Over all axes from one on; mean and inverse deviation are outputs too. */
  private static List<Tensor> layer(NodeCall call) {
    Tensor x = call.in(0);
    int first = x.shape().axis(call.axis(-1));
    int[] axes = IntStream.range(first, x.rank()).toArray();
    return List.of(
        Normalization.layerNorm(x, axes.length, call.in(1), call.optional(2), epsilon(call)),
        x.mean(axes, true),
        x.var(axes, 0, true).add(epsilon(call)).rsqrt());
  }

  /** In training with the batch's own mean and variance, which the running ones follow. */
  private static List<Tensor> batch(NodeCall call) {
    Tensor x = call.in(0);
    Tensor mean = call.in(3);
    Tensor variance = call.in(4);
    if (!call.flag("training_mode")) {
      return List.of(
          Normalization.batchNorm(x, mean, variance, call.in(1), call.in(2), epsilon(call)));
    }
    Normalization.Batch batch = Normalization.batchNorm(x, call.in(1), call.in(2), epsilon(call));
    double momentum = call.real("momentum", 0.9);
    return List.of(
        batch.values(),
        mean.mul(momentum).add(batch.mean().mul(1 - momentum)),
        variance.mul(momentum).add(batch.variance().mul(1 - momentum)));
  }

  private static Tensor localResponse(NodeCall call) {
    return Normalization.localResponseNorm(
        call.in(0),
        call.integer("size", 1),
        call.real("alpha", 1e-4),
        call.real("beta", 0.75),
        call.real("bias", 1));
  }
}
