package scoria.engine.device;

import java.lang.foreign.MemorySegment;
import java.util.List;
import scoria.engine.device.Schedule.Task;
import scoria.engine.op.MatMul;
import scoria.engine.op.Reduction;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.GemmF32;
import scoria.kernels.cpu.GemmF64;

/** Matrix products as steps. */
final class ProductSteps {
  /** {@link GemmF32#gemm} on one thread, or its float64 twin. */
  private interface Gemm {
    void run(
        boolean transA,
        boolean transB,
        long m,
        long n,
        long k,
        double alpha,
        MemorySegment a,
        long aAt,
        long lda,
        MemorySegment b,
        long bAt,
        long ldb,
        double beta,
        MemorySegment c,
        long cAt,
        long ldc);
  }

  /** Elements that are summed together in a sum over rows: the block of ReduceF32 and GemmF32. */
  static final int BLOCK = GemmF32.KC;

  private ProductSteps() {}

  private static Gemm gemm(DType dtype) {
    return dtype == DType.FLOAT64 ? GemmF64::gemm : GemmF32::gemm;
  }

  /** A product by rows: what {@link #rows} needs for a step. */
  record Rows(PackedMatrix b, Place a, Place c) {
    RowStep step() {
      return f -> b.rows(f.rows, a.segment(f), a.at(f), a.row(), c.segment(f), c.at(f));
    }

    /** Whether another product has the same rows of A, and both can have them packed once. */
    boolean shares(Rows other) {
      return a.equals(other.a) && b.sharesRows(other.b);
    }
  }

  /** Products of the same rows of A with several B, which pack these rows once. */
  static RowStep rows(List<Rows> products) {
    Rows first = products.get(0);
    if (products.size() == 1) {
      return first.step();
    }
    Rows[] all = products.toArray(Rows[]::new);
    Place a = first.a;
    return f -> {
      first.b.packRows(f, f.rows, a.segment(f), a.at(f), a.row());
      for (Rows product : all) {
        product.b.packedRows(f, f.rows, product.c.segment(f), product.c.at(f));
      }
    };
  }

  /**
   * The transposed rows of A times the rows of B, for one shard.
   *
   * @param parts gets a product a shard
   */
  static RowStep sum(Task task, Place[] in, MemorySegment parts, long partsAt) {
    Tensor out = task.outputs().get(0);
    long m = out.size(0);
    long n = out.size(1);
    Gemm gemm = gemm(out.dtype());
    return f ->
        gemm.run(
            true,
            false,
            m,
            n,
            f.rows,
            1,
            in[0].segment(f),
            in[0].at(f),
            in[0].row(),
            in[1].segment(f),
            in[1].at(f),
            in[1].row(),
            0,
            parts,
            partsAt + f.shard * m * n,
            n);
  }

  /**
   * The blocks of a sum over rows, for one shard.
   *
   * @param parts gets a row of sums a block
   */
  static RowStep sumRows(Reduction op, Tensor x, Place in, MemorySegment parts, long partsAt) {
    long middle = x.shape().elements(1, op.to());
    long inner = x.shape().elements(op.to(), x.rank());
    CpuReduce.Loop loop = CpuReduce.loop(op, x.dtype());
    return f -> {
      long n = f.rows * middle;
      long block = f.row * middle / BLOCK;
      for (long start = 0; start < n; start += BLOCK) {
        loop.run(
            Cpu.ALONE,
            in.segment(f),
            in.at(f) + start * inner,
            1,
            Math.min(BLOCK, n - start),
            inner,
            parts,
            partsAt + block++ * inner);
      }
    };
  }

  /** Whether a product is one of two matrices of a float type. */
  static boolean isPlain(Task task) {
    return task.inputs().stream().allMatch(t -> t.rank() == 2);
  }

  /** A product of whole matrices, cut into rows of the result. */
  static Work whole(MatMul op, Task task, Place[] in, Place out) {
    Tensor first = task.inputs().get(0);
    CpuMatMul.Stored a = CpuMatMul.Stored.of(first.layout());
    CpuMatMul.Stored b = CpuMatMul.Stored.of(task.inputs().get(1).layout());
    Tensor y = task.outputs().get(0);
    return new Whole(
        gemm(y.dtype()),
        op.transposeA() != a.byColumns(),
        op.transposeB() != b.byColumns(),
        y.size(0),
        y.size(1),
        first.size(op.transposeA() ? 0 : 1),
        in[0],
        a.lead(),
        in[1],
        b.lead(),
        out);
  }

  /** Sizes and places of a product of whole matrices. */
  private record Whole(
      Gemm gemm,
      boolean transA,
      boolean transB,
      long m,
      long n,
      long k,
      Place a,
      long lda,
      Place b,
      long ldb,
      Place c)
      implements Work {
    /** Rows of a chunk: enough that packing the second matrix for each is little of the work. */
    private static final long ROWS = 96;

    @Override
    public int chunks() {
      return Math.toIntExact((m + ROWS - 1) / ROWS);
    }

    @Override
    public long cost() {
      // A multiply-add takes about a tenth of what an element of other tasks takes.
      return m * n * Math.max(1, k / 10);
    }

    @Override
    public void run(int chunk, Frame f) {
      f.row = 0;
      long start = chunk * ROWS;
      gemm.run(
          transA,
          transB,
          Math.min(ROWS, m - start),
          n,
          k,
          1,
          a.segment(f),
          a.at(f) + (transA ? start : start * lda),
          lda,
          b.segment(f),
          b.at(f),
          ldb,
          0,
          c.segment(f),
          c.at(f) + start * n,
          n);
    }
  }
}
