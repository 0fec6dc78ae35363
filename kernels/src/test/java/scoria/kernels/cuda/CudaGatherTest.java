package scoria.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import scoria.kernels.cpu.ElementType;
import scoria.kernels.cpu.Gather;
import scoria.kernels.cpu.Indices;
import scoria.kernels.cpu.ScatterF32;
import scoria.kernels.cpu.ScatterF64;

class CudaGatherTest {
  /** outer, n, inner, number of indices. */
  private static final int[][] SHAPES = {
    {1, 5, 1, 0}, {1, 1, 1, 1}, {1, 7, 1, 300}, {3, 5, 33, 17}, {2, 33, 1, 257}, {4, 3, 16, 9}
  };

  private static long[] indices(int n, int count) {
    Random random = new Random(n);
    long[] indices = new long[count];
    for (int i = 0; i < count; i++) {
      indices[i] = random.nextInt(n);
    }
    return indices;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8})
  void takes(int bytes) {
    ElementType type = bytes == 1 ? ElementType.U8 : bytes == 4 ? ElementType.I32 : ElementType.I64;
    for (int[] s : SHAPES) {
      try (Gpu gpu = Gpu.open()) {
        Gpu.Block src = Numbers.block(gpu, type, 1, s[0] * s[1] * s[2] + 1);
        Gpu.Block list = gpu.of(indices(s[1], s[3] + 1));
        Gpu.Block grid = gpu.of(indices(s[1], s[0] * s[3] * s[2] + 2));
        Gpu.Block taken = gpu.zeros(type, s[0] * s[3] * s[2] + 1);
        Gpu.Block along = gpu.zeros(type, s[0] * s[3] * s[2]);
        Gather.take(
            Gpu.POOL,
            bytes,
            src.host(),
            1,
            s[0],
            s[1],
            s[2],
            list.host(),
            1,
            s[3],
            taken.host(),
            1);
        CudaGather.take(
            gpu.stream,
            bytes,
            src.device(),
            1,
            s[0],
            s[1],
            s[2],
            list.device(),
            1,
            s[3],
            taken.device(),
            1);
        gpu.assertSame(type, taken, "take");
        Gather.takeAlong(
            Gpu.POOL,
            bytes,
            src.host(),
            1,
            s[0],
            s[1],
            s[2],
            grid.host(),
            2,
            s[3],
            along.host(),
            0);
        CudaGather.takeAlong(
            gpu.stream,
            bytes,
            src.device(),
            1,
            s[0],
            s[1],
            s[2],
            grid.device(),
            2,
            s[3],
            along.device(),
            0);
        gpu.assertSame(type, along, "takeAlong");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void addsInTheOrderOfTheIndices(ElementType type) {
    for (int[] s : SHAPES) {
      try (Gpu gpu = Gpu.open()) {
        Gpu.Block dst = gpu.of(type, Numbers.normal(1, s[0] * s[1] * s[2] + 1));
        Gpu.Block src = gpu.of(type, Numbers.normal(2, s[0] * s[3] * s[2] + 2));
        Gpu.Block list = gpu.of(indices(s[1], s[3] + 1));
        Gpu.Block grid = gpu.of(indices(s[1], s[0] * s[3] * s[2]));
        if (type == ElementType.F32) {
          ScatterF32.add(
              Gpu.POOL, dst.host(), 1, s[0], s[1], s[2], list.host(), 1, s[3], src.host(), 2);
        } else {
          ScatterF64.add(
              Gpu.POOL, dst.host(), 1, s[0], s[1], s[2], list.host(), 1, s[3], src.host(), 2);
        }
        CudaGather.add(
            gpu.stream,
            type,
            dst.device(),
            1,
            s[0],
            s[1],
            s[2],
            list.device(),
            1,
            s[3],
            src.device(),
            2);
        gpu.assertSame(type, dst, "add");
        if (type == ElementType.F32) {
          ScatterF32.addAlong(
              Gpu.POOL, dst.host(), 1, s[0], s[1], s[2], grid.host(), 0, s[3], src.host(), 2);
        } else {
          ScatterF64.addAlong(
              Gpu.POOL, dst.host(), 1, s[0], s[1], s[2], grid.host(), 0, s[3], src.host(), 2);
        }
        CudaGather.addAlong(
            gpu.stream,
            type,
            dst.device(),
            1,
            s[0],
            s[1],
            s[2],
            grid.device(),
            0,
            s[3],
            src.device(),
            2);
        gpu.assertSame(type, dst, "addAlong");
      }
    }
  }

  @Test
  void aBadIndexIsReportedAsTheCpuReportsIt() {
    long[] indices = indices(7, 300);
    indices[270] = 9;
    indices[40] = -1;
    indices[41] = 7;
    try (Gpu gpu = Gpu.open()) {
      Gpu.Block src = Numbers.block(gpu, ElementType.F32, 1, 7);
      Gpu.Block list = gpu.of(indices);
      Gpu.Block other = gpu.of(0, 8L, 1);
      Gpu.Block dst = gpu.zeros(ElementType.F32, 300);
      CudaGather.take(
          gpu.stream, 4, src.device(), 0, 1, 7, 1, list.device(), 0, 300, dst.device(), 0);
      // A later error does not hide the first.
      CudaGather.take(
          gpu.stream, 4, src.device(), 0, 1, 7, 1, other.device(), 0, 3, dst.device(), 0);
      IndexOutOfBoundsException cpu =
          assertThrows(
              IndexOutOfBoundsException.class,
              () ->
                  Gather.take(
                      Gpu.POOL, 4, src.host(), 0, 1, 7, 1, list.host(), 0, 300, dst.host(), 0));
      IndexOutOfBoundsException cuda =
          assertThrows(IndexOutOfBoundsException.class, gpu.stream::synchronize);
      assertEquals(cpu.getMessage(), cuda.getMessage());
      // Reported once.
      gpu.stream.synchronize();
      CudaGather.add(
          gpu.stream,
          ElementType.F32,
          src.device(),
          0,
          1,
          7,
          1,
          other.device(),
          0,
          3,
          dst.device(),
          0);
      IndexOutOfBoundsException scatter =
          assertThrows(IndexOutOfBoundsException.class, gpu.stream::synchronize);
      assertEquals(
          "index 8 at position 1 is outside -7 .. 6 (an axis of length 7)", scatter.getMessage());
      Gpu.Block places = gpu.of(new long[300]);
      CudaGather.places(gpu.stream, list.device(), 0, 300, 0, 7, places.device(), 0);
      IndexOutOfBoundsException back =
          assertThrows(IndexOutOfBoundsException.class, gpu.stream::synchronize);
      assertEquals(
          assertThrows(
                  IndexOutOfBoundsException.class,
                  () -> Indices.places(list.host(), 0, 300, 0, 7, places.host(), 0))
              .getMessage(),
          back.getMessage());
    }
  }
}
