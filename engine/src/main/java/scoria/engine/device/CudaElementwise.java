package scoria.engine.device;

import scoria.engine.op.ScalarOp;
import scoria.engine.op.Unary;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cuda.CudaCast;
import scoria.kernels.cuda.CudaPairwise;
import scoria.kernels.cuda.CudaPointwise;
import scoria.kernels.cuda.CudaStream;
import scoria.kernels.cuda.CudaWhere;

/** Operations whose elements are computed one by one. */
final class CudaElementwise {
  private CudaElementwise() {}

  static void unary(CudaStream stream, Unary op, Tensor x, Tensor y) {
    CudaPointwise.run(
        stream,
        op.label(),
        x.dtype().element(),
        Cuda.address(x),
        x.layout().offset(),
        Cuda.address(y),
        y.layout().offset(),
        x.elements());
  }

  static void scalar(CudaStream stream, ScalarOp op, Tensor x, Tensor y) {
    CudaPointwise.scalar(
        stream,
        op.label(),
        x.dtype().element(),
        Cuda.address(x),
        x.layout().offset(),
        op.value(),
        Cuda.address(y),
        y.layout().offset(),
        x.elements());
  }

  /** A function of pairs, by the name that the operation and the kernel share. */
  static void pairwise(CudaStream stream, String function, Tensor[] inputs, Tensor y) {
    long a = Cuda.address(inputs[0]);
    long b = Cuda.address(inputs[1]);
    long out = Cuda.address(y);
    Walk walk = Walk.of(y.shape(), inputs[0].layout(), inputs[1].layout(), y.layout());
    walk.blocks(
        starts ->
            CudaPairwise.run(
                stream,
                function,
                inputs[0].dtype().element(),
                a,
                starts[0],
                walk.row(0),
                walk.column(0),
                b,
                starts[1],
                walk.row(1),
                walk.column(1),
                out,
                starts[2],
                walk.row(2),
                walk.rows(),
                walk.columns()));
  }

  static void where(CudaStream stream, Tensor[] inputs, Tensor y) {
    long condition = Cuda.address(inputs[0]);
    long a = Cuda.address(inputs[1]);
    long b = Cuda.address(inputs[2]);
    long out = Cuda.address(y);
    Walk walk =
        Walk.of(y.shape(), inputs[0].layout(), inputs[1].layout(), inputs[2].layout(), y.layout());
    walk.blocks(
        starts ->
            CudaWhere.run(
                stream,
                y.dtype().bytes(),
                condition,
                starts[0],
                walk.row(0),
                walk.column(0),
                a,
                starts[1],
                walk.row(1),
                walk.column(1),
                b,
                starts[2],
                walk.row(2),
                walk.column(2),
                out,
                starts[3],
                walk.row(3),
                walk.rows(),
                walk.columns()));
  }

  static void cast(CudaStream stream, Tensor x, Tensor y) {
    CudaCast.run(
        stream,
        x.dtype().element(),
        Cuda.address(x),
        x.layout().offset(),
        y.dtype().element(),
        Cuda.address(y),
        y.layout().offset(),
        x.elements());
  }
}
