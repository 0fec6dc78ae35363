package scoria.autodiff.onnx;

import java.util.function.UnaryOperator;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/** Functions of one element. */
final class ElementwiseOperators {
  private ElementwiseOperators() {}

  static void addTo(Operators table) {
    each(table, "Identity", x -> x);
    each(table, "Abs", Tensor::abs);
    each(table, "Neg", Tensor::neg);
    each(table, "Sign", Tensor::sign);
    each(table, "Sqrt", Tensor::sqrt);
    each(table, "Reciprocal", Tensor::reciprocal);
    each(table, "Exp", Tensor::exp);
    each(table, "Log", Tensor::log);
    each(table, "Sin", Tensor::sin);
    each(table, "Cos", Tensor::cos);
    each(table, "Tan", Tensor::tan);
    each(table, "Asin", Tensor::asin);
    each(table, "Acos", Tensor::acos);
    each(table, "Atan", Tensor::atan);
    each(table, "Sinh", Tensor::sinh);
    each(table, "Cosh", Tensor::cosh);
    each(table, "Asinh", Tensor::asinh);
    each(table, "Acosh", Tensor::acosh);
    each(table, "Atanh", Tensor::atanh);
    each(table, "Tanh", Tensor::tanh);
    each(table, "Erf", Tensor::erf);
    each(table, "Floor", Tensor::floor);
    each(table, "Ceil", Tensor::ceil);
    each(table, "Round", Tensor::rint);
    table.one("Cast", call -> call.in(0).to(call.type("to", DType.FLOAT32)));
    table.one("CastLike", call -> call.in(0).to(call.in(1).dtype()));
    table.one("Clip", ElementwiseOperators::clip);
  }

  private static void each(Operators table, String name, UnaryOperator<Tensor> f) {
    table.one(name, call -> f.apply(call.in(0)));
  }

  /** Bounds are scalars of the type; where the lower is above the upper, the upper wins. */
  private static Tensor clip(NodeCall call) {
    Tensor x = call.in(0);
    Tensor low = call.optional(1);
    Tensor high = call.optional(2);
    Tensor above = low == null ? x : x.max(low);
    return high == null ? above : above.min(high);
  }
}
