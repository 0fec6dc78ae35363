package scoria.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import scoria.kernels.cpu.Cast;
import scoria.kernels.cpu.ElementType;
import scoria.kernels.cpu.StridedCopy;
import scoria.kernels.cpu.Where;

/** Choice, conversion and strided copies. */
class CudaMoveTest {
  private static ElementType ofBytes(int bytes) {
    return bytes == 1 ? ElementType.U8 : bytes == 4 ? ElementType.I32 : ElementType.I64;
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void castsToEveryType(ElementType from) {
    for (ElementType to : ElementType.values()) {
      for (int n : new int[] {0, 1, 33, 600}) {
        try (Gpu gpu = Gpu.open()) {
          Gpu.Block x = Numbers.block(gpu, from, n, n + 1);
          Gpu.Block y = gpu.zeros(to, n + 2);
          Cast.run(from, x.host(), 1, to, y.host(), 2, n);
          CudaCast.run(gpu.stream, from, x.device(), 1, to, y.device(), 2, n);
          gpu.assertSame(to, y, "cast from " + from + " to " + to);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8})
  void where(int bytes) {
    // rows, columns, then row and column strides of the condition, a, b; last, out's rows.
    long[][] walks = {
      {0, 3, 3, 1, 3, 1, 3, 1, 3},
      {1, 1, 0, 0, 0, 0, 0, 0, 1},
      {33, 17, 17, 1, 17, 1, 17, 1, 20},
      {16, 33, 0, 1, 1, 0, 33, 1, 33},
      {5, 257, 1, 0, 0, 0, 0, 1, 257}
    };
    ElementType type = ofBytes(bytes);
    for (long[] w : walks) {
      try (Gpu gpu = Gpu.open()) {
        Gpu.Block condition = gpu.of(Numbers.truths(3, elements(w, 2) + 1));
        Gpu.Block a = Numbers.block(gpu, type, 4, elements(w, 4) + 2);
        Gpu.Block b = Numbers.block(gpu, type, 5, elements(w, 6));
        Gpu.Block out = gpu.zeros(type, (int) (w[0] * w[8]) + 1);
        Choice choice = bytes == 1 ? Where::where1 : bytes == 4 ? Where::where4 : Where::where8;
        choice.run(
            condition.host(),
            1,
            w[2],
            (int) w[3],
            a.host(),
            2,
            w[4],
            (int) w[5],
            b.host(),
            0,
            w[6],
            (int) w[7],
            out.host(),
            1,
            w[8],
            w[0],
            w[1]);
        CudaWhere.run(
            gpu.stream,
            bytes,
            condition.device(),
            1,
            w[2],
            w[3],
            a.device(),
            2,
            w[4],
            w[5],
            b.device(),
            0,
            w[6],
            w[7],
            out.device(),
            1,
            w[8],
            w[0],
            w[1]);
        gpu.assertSame(type, out, "where over " + Arrays.toString(w));
      }
    }
  }

  private interface Choice {
    void run(
        MemorySegment condition,
        long conditionAt,
        long conditionRow,
        int conditionCol,
        MemorySegment a,
        long aAt,
        long aRow,
        int aCol,
        MemorySegment b,
        long bAt,
        long bRow,
        int bCol,
        MemorySegment out,
        long outAt,
        long outRow,
        long rows,
        long columns);
  }

  private static int elements(long[] w, int strides) {
    return w[0] == 0 ? 0 : (int) ((w[0] - 1) * w[strides] + (w[1] - 1) * w[strides + 1] + 1);
  }

  static Stream<Arguments> copies() {
    return Stream.of(
        Arguments.of(new long[] {}, new long[] {}, new long[] {}),
        Arguments.of(new long[] {0, 3}, new long[] {3, 1}, new long[] {3, 1}),
        Arguments.of(new long[] {1003}, new long[] {1}, new long[] {1}),
        Arguments.of(new long[] {40}, new long[] {-2}, new long[] {3}),
        Arguments.of(new long[] {33, 17}, new long[] {1, 33}, new long[] {17, 1}),
        Arguments.of(new long[] {5, 1, 7}, new long[] {0, 9, 1}, new long[] {7, 7, 1}),
        Arguments.of(
            new long[] {3, 4, 5, 6}, new long[] {1, 3, 12, 60}, new long[] {120, 30, 6, 1}),
        Arguments.of(
            new long[] {2, 3, 2, 2, 3, 2, 2, 2},
            new long[] {1, 2, 6, 12, 24, 72, 144, 288},
            new long[] {288, 96, 48, 24, 8, 4, 2, 1}));
  }

  @ParameterizedTest
  @MethodSource("copies")
  void stridedCopies(long[] shape, long[] from, long[] to) {
    for (int bytes : new int[] {1, 4, 8}) {
      ElementType type = ofBytes(bytes);
      try (Gpu gpu = Gpu.open()) {
        long start = 1;
        long reach = 0;
        for (int k = 0; k < shape.length; k++) {
          start -= Math.min(0, from[k] * (shape[k] - 1));
          reach += Math.max(0, from[k] * (shape[k] - 1)) + Math.max(0, to[k] * (shape[k] - 1));
        }
        Gpu.Block src = Numbers.block(gpu, type, 9, (int) (start + reach + 1));
        Gpu.Block dst = gpu.zeros(type, reach + 3);
        StridedCopy.copy(Gpu.POOL, bytes, src.host(), start, shape, from, dst.host(), 2, to);
        CudaMove.copy(gpu.stream, bytes, src.device(), start, shape, from, dst.device(), 2, to);
        gpu.assertSame(type, dst, "copy of " + Arrays.toString(shape));
      }
    }
  }

  @Test
  void nineAxesAreTooMany() {
    try (Gpu gpu = Gpu.open()) {
      long[] shape = {2, 2, 2, 2, 2, 2, 2, 2, 2};
      long[] from = {1, 2, 4, 8, 16, 32, 64, 128, 256};
      long[] to = {256, 128, 64, 32, 16, 8, 4, 2, 1};
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class,
              () -> CudaMove.copy(gpu.stream, 4, 0, 0, shape, from, 0, 0, to));
      assertTrue(String.valueOf(error.getMessage()).contains("at most 8"), error.toString());
    }
  }
}
