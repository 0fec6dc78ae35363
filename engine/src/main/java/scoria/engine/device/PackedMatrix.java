package scoria.engine.device;

import java.lang.foreign.MemorySegment;
import scoria.engine.memory.Memory;
import scoria.engine.memory.RecordedMemory;
import scoria.engine.op.MatMul;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.GemmF32;
import scoria.kernels.cpu.GemmF64;

/** The second matrix of a product in the kernels' own order, for many rows of the first. */
final class PackedMatrix {
  private final boolean wide;
  private final boolean transposed;
  private final long n;
  private final long k;
  private final MemorySegment matrix;
  private final long at;
  private final long lead;
  private final float[] floats;
  private final double[] doubles;

  /** Memory from outside, which tells when it changes; or the program's, which always has. */
  private final Memory memory;

  private final boolean own;
  private int version;
  private boolean packed;

  /**
   * A matrix to be packed.
   *
   * @param recorded the matrix as the schedule has it
   * @param real the same where it lies
   */
  PackedMatrix(MatMul op, Tensor recorded, Tensor real) {
    CpuMatMul.Stored stored = CpuMatMul.Stored.of(real.layout());
    wide = real.dtype() == DType.FLOAT64;
    transposed = op.transposeB() != stored.byColumns();
    n = real.size(op.transposeB() ? 0 : 1);
    k = real.size(op.transposeB() ? 1 : 0);
    matrix = Cpu.segment(real);
    at = real.layout().offset();
    lead = stored.lead();
    floats = new float[wide ? 0 : GemmF32.packedSize(n, k)];
    doubles = new double[wide ? GemmF64.packedSize(n, k) : 0];
    memory = real.memory();
    own = recorded.memory() instanceof RecordedMemory;
  }

  /** Whether the packed elements are not those of the matrix any more. */
  boolean isStale() {
    return !packed || own || memory.version() != version;
  }

  long elements() {
    return n * k;
  }

  void pack() {
    version = memory.version();
    packed = true;
    if (wide) {
      GemmF64.packB(transposed, n, k, matrix, at, lead, doubles, 0);
    } else {
      GemmF32.packB(transposed, n, k, matrix, at, lead, floats, 0);
    }
  }

  /** {@code m} rows of A times the matrix. */
  void rows(long m, MemorySegment a, long aAt, long lda, MemorySegment c, long cAt) {
    if (wide) {
      GemmF64.rows(false, m, n, k, 1, a, aAt, lda, doubles, 0, 0, c, cAt, n);
    } else {
      GemmF32.rows(false, m, n, k, 1, a, aAt, lda, floats, 0, 0, c, cAt, n);
    }
  }

  /** Whether products of the same rows with this matrix and another can pack these rows once. */
  boolean sharesRows(PackedMatrix other) {
    // Rows at one place may be of different lengths: one operand can be a part of the other.
    return wide == other.wide && k == other.k && canPackRows() && other.canPackRows();
  }

  private boolean canPackRows() {
    return wide ? GemmF64.canPackRows(n, k) : GemmF32.canPackRows(n, k);
  }

  /** Packs {@code m} rows of A for {@link #packedRows} of this matrix and others like it. */
  void packRows(Frame frame, long m, MemorySegment a, long aAt, long lda) {
    if (wide) {
      GemmF64.packRows(m, k, a, aAt, lda, frame.doubles(GemmF64.packedRowsSize(m)));
    } else {
      GemmF32.packRows(m, k, a, aAt, lda, frame.floats(GemmF32.packedRowsSize(m)));
    }
  }

  /** The rows that were packed last in a frame times the matrix. */
  void packedRows(Frame frame, long m, MemorySegment c, long cAt) {
    if (wide) {
      GemmF64.packedRows(m, n, k, frame.doubles(0), doubles, 0, c, cAt, n);
    } else {
      GemmF32.packedRows(m, n, k, frame.floats(0), floats, 0, c, cAt, n);
    }
  }
}
