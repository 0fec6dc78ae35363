package scoria.autodiff.onnx;

import java.util.function.BinaryOperator;
import scoria.engine.tensor.Tensor;

/** Truth values, and the bits of whole numbers. */
final class LogicOperators {
  private LogicOperators() {}

  static void addTo(Operators table) {
    pair(table, "And", Tensor::logicalAnd);
    pair(table, "Or", Tensor::logicalOr);
    pair(table, "Xor", Tensor::logicalXor);
    table.one("Not", call -> call.in(0).logicalNot());
    table.one("IsNaN", call -> call.in(0).isNaN());
    table.one("IsInf", LogicOperators::isInfinite);
    table.one(
        "BitShift",
        call ->
            call.text("direction", "").equals("LEFT")
                ? call.in(0).shiftLeft(call.in(1))
                : call.in(0).shiftRight(call.in(1)));
  }

  private static void pair(Operators table, String name, BinaryOperator<Tensor> f) {
    table.one(name, call -> f.apply(call.in(0), call.in(1)));
  }

  /** Infinities of either sign may be asked for alone. */
  private static Tensor isInfinite(NodeCall call) {
    Tensor x = call.in(0);
    Tensor zero = Tensor.scalar(0, x.dtype());
    Tensor infinite = x.isInfinite();
    if (call.integer("detect_positive", 1) == 0) {
      infinite = infinite.logicalAnd(x.less(zero));
    }
    return call.integer("detect_negative", 1) == 0
        ? infinite.logicalAnd(x.greater(zero))
        : infinite;
  }
}
