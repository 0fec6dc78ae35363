package scoria.engine.device;

import scoria.engine.device.CpuMatMul.Stored;
import scoria.engine.op.MatMul;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cuda.CudaGemm;
import scoria.kernels.cuda.CudaStream;

/** Matrix products of tensors: which matrices, how they lie, and one GEMM call for each. */
final class CudaMatMul {
  private CudaMatMul() {}

  static void run(CudaStream stream, MatMul op, Tensor a, Tensor b, Tensor c) {
    Stored storedA = Stored.of(a.layout());
    Stored storedB = Stored.of(b.layout());
    long n = c.shape().size(-1);
    long startA = Cuda.address(a);
    long startB = Cuda.address(b);
    long startC = Cuda.address(c);
    Walk walk =
        Walk.of(
            MatMul.batch(c.shape()),
            CpuMatMul.matrices(a.layout()),
            CpuMatMul.matrices(b.layout()),
            CpuMatMul.matrices(c.layout()));
    walk.blocks(
        starts -> {
          // Matrices lie further apart than 1, so a row of the walk is mostly one of them.
          for (long column = 0; column < walk.columns(); column++) {
            CudaGemm.batched(
                stream,
                c.dtype().element(),
                walk.rows(),
                op.transposeA() != storedA.byColumns(),
                op.transposeB() != storedB.byColumns(),
                c.shape().size(-2),
                n,
                a.shape().size(op.transposeA() ? -2 : -1),
                1,
                startA,
                starts[0] + column * walk.column(0),
                storedA.lead(),
                walk.row(0),
                startB,
                starts[1] + column * walk.column(1),
                storedB.lead(),
                walk.row(1),
                0,
                startC,
                starts[2] + column * walk.column(2),
                n,
                walk.row(2));
          }
        });
  }
}
