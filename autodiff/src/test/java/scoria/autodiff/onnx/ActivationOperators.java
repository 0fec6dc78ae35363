package scoria.autodiff.onnx;

import java.util.function.UnaryOperator;
import scoria.engine.function.Activations;
import scoria.engine.tensor.Tensor;

/** What networks use between their layers. */
final class ActivationOperators {
  private ActivationOperators() {}

  private interface OneNumber {
    Tensor apply(Tensor x, double alpha);
  }

  static void addTo(Operators table) {
    plain(table, "Sigmoid", Tensor::sigmoid);
    plain(table, "Softplus", Tensor::softplus);
    plain(table, "Relu", Tensor::relu);
    plain(table, "Softsign", x -> x.div(x.abs().add(1)));
    plain(table, "HardSwish", Activations::hardSwish);
    withAlpha(table, "LeakyRelu", 0.01, Activations::leakyRelu);
    withAlpha(table, "Elu", 1, Activations::elu);
    withAlpha(table, "Celu", 1, Activations::celu);
    withAlpha(table, "ThresholdedRelu", 1, Activations::thresholdedRelu);
    table.one(
        "HardSigmoid",
        call -> call.in(0).mul(call.real("alpha", 0.2)).add(call.real("beta", 0.5)).clamp(0, 1));
    table.one(
        "Selu",
        call ->
            Activations.elu(call.in(0), call.real("alpha", 1.6732632))
                .mul(call.real("gamma", 1.050701)));
    table.one("PRelu", call -> Activations.prelu(call.in(0), call.in(1)));
    table.one(
        "Shrink",
        call -> Activations.shrink(call.in(0), call.real("lambd", 0.5), call.real("bias", 0)));
    table.one("Softmax", call -> rows(call, x -> x.softmax(-1), x -> x.softmax(call.axis(-1))));
    table.one(
        "LogSoftmax", call -> rows(call, x -> x.logSoftmax(-1), x -> x.logSoftmax(call.axis(-1))));
    table.one("Hardmax", call -> rows(call, x -> hardmax(x, -1), x -> hardmax(x, call.axis(-1))));
  }

  private static void plain(Operators table, String name, UnaryOperator<Tensor> f) {
    table.one(name, call -> f.apply(call.in(0)));
  }

  private static void withAlpha(Operators table, String name, double otherwise, OneNumber f) {
    table.one(name, call -> f.apply(call.in(0), call.real("alpha", otherwise)));
  }

  /** 1 at the first of the largest along an axis, else 0. */
  private static Tensor hardmax(Tensor x, int axis) {
    int last = x.rank() - 1;
    Tensor moved = x.transpose(axis, last);
    Tensor first = moved.argMax(last).unsqueeze(last);
    Tensor places = Tensor.arange(moved.size(last));
    return first.equal(places).to(x.dtype()).transpose(axis, last);
  }

  /** Before version 13 all axes from the named one on were one row. */
  private static Tensor rows(
      NodeCall call, UnaryOperator<Tensor> ofRows, UnaryOperator<Tensor> alongAxis) {
    Tensor x = call.in(0);
    if (call.opset() >= 13) {
      return alongAxis.apply(x);
    }
    return ofRows.apply(ShapeOperators.flatten(x, call.axis(1))).reshape(x.shape());
  }
}
