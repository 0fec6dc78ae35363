package scoria.autodiff.onnx;

import java.util.List;
import java.util.Objects;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Tensors from nothing, or from numbers. */
final class MakingOperators {
  private MakingOperators() {}

  static void addTo(Operators table) {
    table.one("Constant", MakingOperators::constant);
    table.one("ConstantOfShape", MakingOperators::constantOfShape);
    table.one("EyeLike", MakingOperators::eyeLike);
    table.one("Range", MakingOperators::range);
  }

  private static Tensor constant(NodeCall call) {
    if (call.says("value")) {
      return Objects.requireNonNull(call.tensor("value"));
    }
    if (call.says("value_int")) {
      return whole(call.integer("value_int", 0));
    }
    if (call.says("value_float")) {
      return Tensor.scalar(call.real("value_float", 0), DType.FLOAT32);
    }
    if (call.says("value_ints")) {
      return Tensor.of(call.integers("value_ints"));
    }
    List<Float> values = call.reals("value_floats");
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return Tensor.of(floats);
  }

  private static Tensor constantOfShape(NodeCall call) {
    Tensor value = call.tensor("value");
    Tensor one = value == null ? Tensor.zeros() : value.reshape(Shape.scalar());
    return one.expand(call.longs(0));
  }

  /** Ones where the column is the row and k more. */
  private static Tensor eyeLike(NodeCall call) {
    Tensor x = call.in(0);
    Tensor k = whole(call.integer("k", 0));
    Tensor rows = Tensor.arange(x.size(0)).unsqueeze(1);
    return rows.add(k).equal(Tensor.arange(x.size(1))).to(call.type("dtype", x.dtype()));
  }

  /** From a start by steps to before a limit. */
  private static Tensor range(NodeCall call) {
    return Tensor.arange(
        call.in(0).item(), call.in(1).item(), call.in(2).item(), call.in(0).dtype());
  }

  /** A whole number as an int64 scalar. */
  static Tensor whole(long value) {
    return Tensor.of(new long[] {value}).reshape(Shape.scalar());
  }
}
