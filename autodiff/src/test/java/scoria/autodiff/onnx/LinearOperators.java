package scoria.autodiff.onnx;

import scoria.engine.function.Einsum;
import scoria.engine.tensor.Tensor;

/** Products of matrices, and what else is said of one. */
final class LinearOperators {
  private LinearOperators() {}

  static void addTo(Operators table) {
    table.one("MatMul", call -> call.in(0).matmul(call.in(1)));
    table.one("Gemm", LinearOperators::gemm);
    table.one("Einsum", call -> Einsum.einsum(call.text("equation", ""), call.from(0)));
    table.one("Det", call -> call.in(0).det());
  }

  private static Tensor gemm(NodeCall call) {
    Tensor product =
        call.in(0)
            .matmul(call.in(1), call.flag("transA"), call.flag("transB"))
            .mul(call.real("alpha", 1));
    return call.has(2) ? product.add(call.in(2).mul(call.real("beta", 1))) : product;
  }
}
