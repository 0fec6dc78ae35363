package scoria.autodiff.onnx;

import java.util.List;
import scoria.engine.function.Losses;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/** What a network's guesses at classes cost: scores [n, classes, ...] and classes [n, ...]. */
final class LossOperators {
  private LossOperators() {}

  static void addTo(Operators table) {
    table.one("NegativeLogLikelihoodLoss", call -> loss(call, call.in(0)));
    table.many(
        "SoftmaxCrossEntropyLoss",
        call -> {
          Tensor logarithms = call.in(0).logSoftmax(1);
          return List.of(loss(call, logarithms), logarithms);
        });
  }

  private static Tensor loss(NodeCall call, Tensor logarithms) {
    return Losses.nll(
        logarithms,
        call.in(1).to(DType.INT64),
        call.optional(2),
        call.says("ignore_index") ? call.integer("ignore_index", 0) : null,
        switch (call.text("reduction", "mean")) {
          case "none" -> Losses.Over.NONE;
          case "sum" -> Losses.Over.SUM;
          default -> Losses.Over.MEAN;
        });
  }
}
