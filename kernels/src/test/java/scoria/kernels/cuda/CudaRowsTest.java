package scoria.kernels.cuda;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import scoria.kernels.cpu.ElementType;
import scoria.kernels.cpu.RowsF32;
import scoria.kernels.cpu.RowsF64;
import scoria.kernels.cpu.WorkerPool;

class CudaRowsTest {
  private interface Cpu {
    void run(WorkerPool pool, MemorySegment x, long xAt, MemorySegment y, long yAt, long r, long n);
  }

  private interface Cuda {
    void run(
        CudaStream stream, ElementType type, long x, long xAt, long y, long yAt, long r, long n);
  }

  private enum Kind {
    SOFTMAX(RowsF32::softmax, RowsF64::softmax, CudaRows::softmax),
    LOG_SOFTMAX(RowsF32::logSoftmax, RowsF64::logSoftmax, CudaRows::logSoftmax),
    LOG_SUM_EXP(RowsF32::logSumExp, RowsF64::logSumExp, CudaRows::logSumExp);

    private final Cpu float32;
    private final Cpu float64;
    private final Cuda cuda;

    Kind(Cpu float32, Cpu float64, Cuda cuda) {
      this.float32 = float32;
      this.float64 = float64;
      this.cuda = cuda;
    }
  }

  private static final int[][] SHAPES = {
    {0, 4}, {1, 1}, {3, 2}, {17, 16}, {5, 17}, {33, 31}, {3, 256}, {2, 257}, {2, 4097}, {4, 0}
  };

  @ParameterizedTest
  @EnumSource
  void bitsOfTheCpu(Kind kind) {
    for (int[] shape : SHAPES) {
      int n = shape[0] * shape[1];
      for (ElementType type : new ElementType[] {ElementType.F32, ElementType.F64}) {
        for (double[] x : new double[][] {Numbers.normal(n, n), Numbers.shuffled(n, n)}) {
          try (Gpu gpu = Gpu.open()) {
            Gpu.Block in = gpu.of(type, x);
            Gpu.Block out = gpu.zeros(type, kind == Kind.LOG_SUM_EXP ? shape[0] + 1 : n + 1);
            Cpu cpu = type == ElementType.F32 ? kind.float32 : kind.float64;
            cpu.run(Gpu.POOL, in.host(), 0, out.host(), 1, shape[0], shape[1]);
            kind.cuda.run(gpu.stream, type, in.device(), 0, out.device(), 1, shape[0], shape[1]);
            gpu.assertSame(type, out, kind + " of " + type + " " + shape[0] + " " + shape[1]);
          }
        }
      }
    }
  }

  @Test
  void inPlace() {
    for (int n : new int[] {100, 300}) {
      try (Gpu gpu = Gpu.open()) {
        Gpu.Block x = gpu.of(ElementType.F32, Numbers.normal(n, 3 * n));
        RowsF32.softmax(Gpu.POOL, x.host(), 0, x.host(), 0, 3, n);
        CudaRows.softmax(gpu.stream, ElementType.F32, x.device(), 0, x.device(), 0, 3, n);
        gpu.assertSame(ElementType.F32, x, "softmax in place");
      }
    }
  }
}
