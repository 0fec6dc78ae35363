package scoria.autodiff.onnx;

import java.util.Arrays;
import java.util.function.BinaryOperator;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/** Functions of two elements or more. */
final class PairwiseOperators {
  private PairwiseOperators() {}

  static void addTo(Operators table) {
    pair(table, "Add", Tensor::add);
    pair(table, "Sub", Tensor::sub);
    pair(table, "Mul", Tensor::mul);
    pair(table, "Div", (a, b) -> a.dtype().isFloat() ? a.div(b) : a.truncDivide(b));
    pair(table, "Pow", PairwiseOperators::power);
    pair(table, "Equal", Tensor::equal);
    pair(table, "Less", Tensor::less);
    pair(table, "LessOrEqual", Tensor::lessEqual);
    pair(table, "Greater", Tensor::greater);
    pair(table, "GreaterOrEqual", Tensor::greaterEqual);
    table.one(
        "Mod",
        call -> call.flag("fmod") ? call.in(0).fmod(call.in(1)) : call.in(0).remainder(call.in(1)));
    table.one("Max", call -> fold(call, Tensor::max));
    table.one("Min", call -> fold(call, Tensor::min));
    table.one("Sum", call -> fold(call, Tensor::add));
    table.one("Mean", call -> fold(call, Tensor::add).div(call.count()));
    table.one("Where", call -> Tensor.where(call.in(0), call.in(1), call.in(2)));
  }

  private static void pair(Operators table, String name, BinaryOperator<Tensor> f) {
    table.one(name, call -> f.apply(call.in(0), call.in(1)));
  }

  private static Tensor fold(NodeCall call, BinaryOperator<Tensor> f) {
    return Arrays.stream(call.from(0)).reduce(f).orElseThrow();
  }

  /** In the base's type; a whole number to a power that is none is rounded towards zero. */
  private static Tensor power(Tensor base, Tensor exponent) {
    if (base.dtype().isFloat() || !exponent.dtype().isFloat()) {
      return base.pow(exponent.to(base.dtype()));
    }
    return base.to(DType.FLOAT64).pow(exponent.to(DType.FLOAT64)).to(base.dtype());
  }
}
