package scoria.autodiff.onnx;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/** Numbers in bytes: a scale times the difference from a zero point. */
final class QuantizedOperators {
  private QuantizedOperators() {}

  static void addTo(Operators table) {
    table.one(
        "QuantizeLinear", call -> quantize(call.in(0), call.in(1), call.optional(2), call.axis(1)));
    table.one(
        "DequantizeLinear",
        call -> dequantize(call.in(0), call.in(1), call.optional(2), call.axis(1)));
    table.many("DynamicQuantizeLinear", call -> dynamic(call.in(0)));
    table.one(
        "MatMulInteger",
        call ->
            wide(call.in(0), call.optional(2))
                .matmul(wide(call.in(1), call.optional(3)))
                .to(DType.INT32));
    table.one(
        "QLinearMatMul",
        call ->
            quantize(
                dequantize(call.in(0), call.in(1), call.in(2), 0)
                    .matmul(dequantize(call.in(3), call.in(4), call.in(5), 0)),
                call.in(6),
                call.in(7),
                0));
  }

  /** The integers less their zero point, in float64, where sums of their products are exact. */
  static Tensor wide(Tensor x, @Nullable Tensor zero) {
    Tensor y = x.to(DType.FLOAT64);
    return zero == null ? y : y.sub(zero.to(DType.FLOAT64));
  }

  /** One number a slice of an axis, laid along that axis. */
  private static Tensor along(Tensor x, Tensor numbers, int axis) {
    if (numbers.elements() == 1) {
      return numbers.reshape();
    }
    long[] sizes = new long[x.rank()];
    Arrays.fill(sizes, 1);
    sizes[x.shape().axis(axis)] = numbers.elements();
    return numbers.reshape(sizes);
  }

  static Tensor quantize(Tensor x, Tensor scale, @Nullable Tensor zero, int axis) {
    Tensor steps = x.div(along(x, scale, axis)).rint();
    Tensor y = zero == null ? steps : steps.add(along(x, zero, axis).to(x.dtype()));
    return y.clamp(0, 255).to(DType.UINT8);
  }

  static Tensor dequantize(Tensor x, Tensor scale, @Nullable Tensor zero, int axis) {
    Tensor y = x.to(scale.dtype());
    Tensor steps = zero == null ? y : y.sub(along(x, zero, axis).to(scale.dtype()));
    return steps.mul(along(x, scale, axis));
  }

  /** With a scale and a zero point that cover the range from the smallest to the largest and 0. */
  private static List<Tensor> dynamic(Tensor x) {
    Tensor low = x.amin().min(0);
    Tensor scale = x.amax().max(0).sub(low).div(Tensor.scalar(255, x.dtype()));
    Tensor zero = low.neg().div(scale).rint().clamp(0, 255).to(DType.UINT8);
    return List.of(quantize(x, scale, zero, 0), scale, zero);
  }
}
