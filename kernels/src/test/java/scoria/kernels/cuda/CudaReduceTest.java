package scoria.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import scoria.kernels.cpu.ElementType;
import scoria.kernels.cpu.ReduceF32;
import scoria.kernels.cpu.ReduceF64;
import scoria.kernels.cpu.ReduceI64;
import scoria.kernels.cpu.WorkerPool;

class CudaReduceTest {
  private interface Cpu {
    void run(
        WorkerPool pool,
        MemorySegment x,
        long xAt,
        long outer,
        long n,
        long inner,
        MemorySegment out,
        long outAt);
  }

  private interface Cuda {
    void run(
        CudaStream stream,
        ElementType type,
        long x,
        long xAt,
        long outer,
        long n,
        long inner,
        long out,
        long outAt);
  }

  private enum Kind {
    SUM(ReduceF32::sum, ReduceF64::sum, ReduceI64::sum, CudaReduce::sum),
    PROD(ReduceF32::prod, ReduceF64::prod, ReduceI64::prod, CudaReduce::prod),
    MAX(ReduceF32::max, ReduceF64::max, ReduceI64::max, CudaReduce::max),
    MIN(ReduceF32::min, ReduceF64::min, ReduceI64::min, CudaReduce::min),
    ARG_MAX(ReduceF32::argMax, ReduceF64::argMax, ReduceI64::argMax, CudaReduce::argMax),
    ARG_MIN(ReduceF32::argMin, ReduceF64::argMin, ReduceI64::argMin, CudaReduce::argMin);

    private final Cpu float32;
    private final Cpu float64;
    private final Cpu int64;
    private final Cuda cuda;

    Kind(Cpu float32, Cpu float64, Cpu int64, Cuda cuda) {
      this.float32 = float32;
      this.float64 = float64;
      this.int64 = int64;
      this.cuda = cuda;
    }
  }

  private static final int[][] SHAPES = {
    {0, 3, 1}, {3, 3, 0}, {1, 1, 1}, {5, 1, 1}, {3, 17, 1}, {40, 31, 1}, {17, 256, 1},
    {2, 257, 1}, {1, 1003, 1}, {1, 5000, 1}, {1, 33, 33}, {3, 16, 5}, {2, 257, 3}, {1, 700, 32}
  };

  @ParameterizedTest
  @EnumSource
  void bitsOfTheCpu(Kind kind) {
    for (int[] shape : SHAPES) {
      same(kind, ElementType.F32, kind.float32, shape, n -> Numbers.normal(n, n));
      same(kind, ElementType.F64, kind.float64, shape, n -> Numbers.normal(n, n));
      // NaN and infinities among the numbers, and often equal ones.
      same(kind, ElementType.F32, kind.float32, shape, n -> Numbers.shuffled(n, n));
      same(kind, ElementType.F64, kind.float64, shape, n -> Numbers.shuffled(n, n));
      try (Gpu gpu = Gpu.open()) {
        int n = shape[0] * shape[1] * shape[2];
        compare(gpu, kind, ElementType.I64, kind.int64, shape, gpu.of(Numbers.longs(7, n + 1)));
      }
    }
  }

  private static void same(
      Kind kind, ElementType type, Cpu cpu, int[] shape, Function<Integer, double[]> numbers) {
    try (Gpu gpu = Gpu.open()) {
      int n = shape[0] * shape[1] * shape[2];
      compare(gpu, kind, type, cpu, shape, gpu.of(type, numbers.apply(n + 1)));
    }
  }

  private static void compare(
      Gpu gpu, Kind kind, ElementType type, Cpu cpu, int[] shape, Gpu.Block x) {
    boolean place = kind == Kind.ARG_MAX || kind == Kind.ARG_MIN;
    ElementType outType = place ? ElementType.I64 : type;
    Gpu.Block out = gpu.zeros(outType, shape[0] * shape[2] + 2);
    if (shape[0] * shape[2] > 0) {
      cpu.run(Gpu.POOL, x.host(), 1, shape[0], shape[1], shape[2], out.host(), 2);
    }
    kind.cuda.run(gpu.stream, type, x.device(), 1, shape[0], shape[1], shape[2], out.device(), 2);
    gpu.assertSame(
        outType, out, kind + " of " + type + " " + shape[0] + " " + shape[1] + " " + shape[2]);
  }

  @Test
  void anEmptyAxis() {
    try (Gpu gpu = Gpu.open()) {
      Gpu.Block out = gpu.block(ElementType.F32, 6);
      CudaReduce.sum(gpu.stream, ElementType.F32, 0, 0, 2, 0, 3, out.device(), 0);
      gpu.assertSame(ElementType.F32, out, "sum of nothing");
      ReduceF32.prod(Gpu.POOL, out.host(), 0, 2, 0, 3, out.host(), 0);
      CudaReduce.prod(gpu.stream, ElementType.F32, 0, 0, 2, 0, 3, out.device(), 0);
      gpu.assertSame(ElementType.F32, out, "product of nothing");
      assertThrows(
          IllegalArgumentException.class,
          () -> CudaReduce.max(gpu.stream, ElementType.F32, 0, 0, 2, 0, 3, out.device(), 0));
    }
  }
}
