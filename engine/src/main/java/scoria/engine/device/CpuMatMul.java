package scoria.engine.device;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import scoria.engine.op.MatMul;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.GemmF32;
import scoria.kernels.cpu.GemmF64;
import scoria.kernels.cpu.WorkerPool;

/** Matrix products of tensors: which matrices, how they lie, and one GEMM call for each. */
final class CpuMatMul {
  /** {@link GemmF32#batched} or its float64 twin. */
  private interface Gemm {
    void batched(
        WorkerPool pool,
        long batch,
        boolean transA,
        boolean transB,
        long m,
        long n,
        long k,
        double alpha,
        MemorySegment a,
        long aAt,
        long lda,
        long aBatch,
        MemorySegment b,
        long bAt,
        long ldb,
        long bBatch,
        double beta,
        MemorySegment c,
        long cAt,
        long ldc,
        long cBatch);
  }

  private CpuMatMul() {}

  /** A stored matrix: whether by columns, and the distance between its rows or columns. */
  record Stored(boolean byColumns, long lead) {
    static Stored of(Layout layout) {
      int rank = layout.shape().rank();
      long rows = layout.shape().size(rank - 2);
      long columns = layout.shape().size(rank - 1);
      long down = layout.stride(rank - 2);
      long across = layout.stride(rank - 1);
      if ((across == 1 || columns <= 1) && (down >= columns || rows <= 1)) {
        return new Stored(false, rows <= 1 ? Math.max(1, columns) : down);
      }
      return new Stored(true, columns <= 1 ? Math.max(1, rows) : across);
    }
  }

  static void run(WorkerPool pool, MatMul op, Tensor a, Tensor b, Tensor c) {
    Stored storedA = Stored.of(a.layout());
    Stored storedB = Stored.of(b.layout());
    boolean transA = op.transposeA() != storedA.byColumns;
    boolean transB = op.transposeB() != storedB.byColumns;
    long m = c.shape().size(-2);
    long n = c.shape().size(-1);
    long k = a.shape().size(op.transposeA() ? -2 : -1);
    MemorySegment segmentA = Cpu.segment(a);
    MemorySegment segmentB = Cpu.segment(b);
    MemorySegment segmentC = Cpu.segment(c);
    Gemm gemm = c.dtype() == DType.FLOAT64 ? GemmF64::batched : GemmF32::batched;
    Shape batch = MatMul.batch(c.shape());
    Walk walk = Walk.of(batch, matrices(a.layout()), matrices(b.layout()), matrices(c.layout()));
    walk.blocks(
        starts -> {
          // Matrices lie further apart than 1, so a row of the walk is mostly one of them.
          for (long column = 0; column < walk.columns(); column++) {
            long aAt = starts[0] + column * walk.column(0);
            long bAt = starts[1] + column * walk.column(1);
            long cAt = starts[2] + column * walk.column(2);
            long aStep = walk.row(0);
            long bStep = walk.row(1);
            long cStep = walk.row(2);
            gemm.batched(
                pool,
                walk.rows(),
                transA,
                transB,
                m,
                n,
                k,
                1,
                segmentA,
                aAt,
                storedA.lead,
                aStep,
                segmentB,
                bAt,
                storedB.lead,
                bStep,
                0,
                segmentC,
                cAt,
                n,
                cStep);
          }
        });
  }

  /** Where the matrices begin: the layout without its last two axes. */
  static Layout matrices(Layout layout) {
    int rank = layout.shape().rank() - 2;
    return Layout.of(
        MatMul.batch(layout.shape()), Arrays.copyOf(layout.strides(), rank), layout.offset());
  }
}
