package scoria.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import scoria.kernels.cpu.ElementType;
import scoria.kernels.cpu.Philox;

class CudaRandomTest {
  private interface Cpu {
    void run(long seed, long stream, long start, MemorySegment out, long outAt, long n);
  }

  private interface Cuda {
    void run(CudaStream stream, long state, long stateAt, long y, long yAt, long n);
  }

  private enum Kind {
    WORDS(ElementType.I32, Philox::words, CudaRandom::words),
    UNIFORM32(
        ElementType.F32,
        Philox::uniformF32,
        (s, a, at, y, yAt, n) -> CudaRandom.uniform(s, ElementType.F32, a, at, y, yAt, n)),
    UNIFORM64(
        ElementType.F64,
        Philox::uniformF64,
        (s, a, at, y, yAt, n) -> CudaRandom.uniform(s, ElementType.F64, a, at, y, yAt, n)),
    NORMAL32(
        ElementType.F32,
        Philox::normalF32,
        (s, a, at, y, yAt, n) -> CudaRandom.normal(s, ElementType.F32, a, at, y, yAt, n)),
    NORMAL64(
        ElementType.F64,
        Philox::normalF64,
        (s, a, at, y, yAt, n) -> CudaRandom.normal(s, ElementType.F64, a, at, y, yAt, n)),
    RADEMACHER32(
        ElementType.F32,
        Philox::rademacherF32,
        (s, a, at, y, yAt, n) -> CudaRandom.rademacher(s, ElementType.F32, a, at, y, yAt, n)),
    RADEMACHER64(
        ElementType.F64,
        Philox::rademacherF64,
        (s, a, at, y, yAt, n) -> CudaRandom.rademacher(s, ElementType.F64, a, at, y, yAt, n)),
    INTEGERS_10(
        ElementType.I64,
        (seed, stream, start, out, at, n) -> Philox.integers(seed, stream, start, 10, out, at, n),
        (s, a, at, y, yAt, n) -> CudaRandom.integers(s, a, at, 10, y, yAt, n)),
    INTEGERS_ALL(
        ElementType.I64,
        (seed, stream, start, out, at, n) ->
            Philox.integers(seed, stream, start, Long.MAX_VALUE, out, at, n),
        (s, a, at, y, yAt, n) -> CudaRandom.integers(s, a, at, Long.MAX_VALUE, y, yAt, n));

    private final ElementType type;
    private final Cpu cpu;
    private final Cuda cuda;

    Kind(ElementType type, Cpu cpu, Cuda cuda) {
      this.type = type;
      this.cpu = cpu;
      this.cuda = cuda;
    }
  }

  @ParameterizedTest
  @EnumSource
  void bitsOfTheCpuFromAnyPlace(Kind kind) {
    long[] starts = {0, 1, 15, 31, 33, 63, 64, 1000, (1L << 36) + 17};
    int[] sizes = {0, 1, 16, 63, 65, 700};
    for (long start : starts) {
      for (int n : sizes) {
        long seed = 0x0123456789ABCDEFL * (start + 1);
        long stream = -3 - n;
        try (Gpu gpu = Gpu.open()) {
          Gpu.Block state = gpu.of(99, seed, stream, start);
          Gpu.Block y = gpu.zeros(kind.type, n + 2);
          kind.cpu.run(seed, stream, start, y.host(), 1, n);
          kind.cuda.run(gpu.stream, state.device(), 1, y.device(), 1, n);
          gpu.assertSame(kind.type, y, kind + " from " + start + ", " + n);
        }
      }
    }
  }

  @Test
  void integersNeedAValue() {
    try (Gpu gpu = Gpu.open()) {
      assertThrows(
          IllegalArgumentException.class, () -> CudaRandom.integers(gpu.stream, 0, 0, 0, 0, 0, 1));
    }
  }
}
