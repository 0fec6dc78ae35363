package scoria.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import scoria.kernels.cpu.ElementType;
import scoria.kernels.cpu.Philox;
import scoria.kernels.cpu.PointwiseF32;

/** Copies, memory and graphs. */
class CudaStreamTest {
  /** Sizes around a half of the pinned memory, at places that are not multiples of it. */
  @Test
  void copiesOfAnySizeComeBackWhole() {
    int half = Staging.HALF;
    for (int bytes : new int[] {0, 1, 5, half - 1, half, half + 1, 2 * half, 3 * half + 7}) {
      try (Gpu gpu = Gpu.open()) {
        byte[] random = new byte[bytes + 3];
        new Random(bytes).nextBytes(random);
        Gpu.Block from = gpu.of(random);
        Gpu.Block to = gpu.zeros(ElementType.U8, bytes + 3);
        gpu.stream.copy(from.device() + 1, to.device() + 2, bytes);
        MemorySegment read = gpu.block(ElementType.U8, bytes + 3).host();
        gpu.stream.copyToHost(to.device() + 2, read, 1, bytes);
        assertEquals(-1, mismatch(from.host(), read, 1, bytes), bytes + " bytes");
        gpu.stream.copyToDevice(from.host(), 1, to.device(), bytes);
        gpu.stream.copyToHost(to.device(), read, 3, bytes);
        long at = MemorySegment.mismatch(from.host(), 1, 1 + bytes, read, 3, 3 + bytes);
        assertEquals(-1, at, bytes + " bytes");
      }
    }
  }

  private static long mismatch(MemorySegment a, MemorySegment b, long at, long bytes) {
    return MemorySegment.mismatch(a, at, at + bytes, b, at, at + bytes);
  }

  @Test
  void blocksGivenBackAreUsedAgain() {
    CudaPool pool = Gpu.context().pool();
    long used = pool.usedBytes();
    long a = pool.allocate(1000);
    long b = pool.allocate(1000);
    assertNotEquals(a, b);
    assertEquals(0, a % CudaPool.ALIGNMENT);
    pool.free(a, 1000);
    assertEquals(a, pool.allocate(1001));
    pool.free(a, 1001);
    pool.free(b, 1000);
    assertEquals(used, pool.usedBytes());
    long held = pool.heldBytes();
    pool.trim();
    assertTrue(pool.heldBytes() <= held - 2048);
    assertTrue(pool.heldBytes() >= pool.usedBytes());
  }

  @Test
  void sizeClassesWasteLittle() {
    for (long bytes = 0; bytes < 100_000; bytes += 37) {
      long size = CudaPool.sizeClass(bytes);
      assertTrue(size >= bytes && size % CudaPool.ALIGNMENT == 0, "class of " + bytes);
      assertTrue(size <= Math.max(bytes * 5 / 4, bytes + CudaPool.ALIGNMENT), "class of " + bytes);
    }
  }

  @Test
  void tooMuchMemoryIsOneLine() {
    CudaPool pool = Gpu.context().pool();
    CudaFailure failure = assertThrows(CudaFailure.class, () -> pool.allocate(1L << 50));
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.startsWith("CUDA_ERROR_OUT_OF_MEMORY: asked for " + (1L << 50)), message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void aLaunchThatTheDriverRefusesIsNamed() {
    CudaStream stream = Gpu.context().stream();
    CudaFunction neg = stream.context().module("pointwise").function("neg_f32");
    CudaFailure failure =
        assertThrows(CudaFailure.class, () -> neg.launch(stream, 1, 2000, 0, 0, 0));
    assertEquals("CUDA_ERROR_INVALID_VALUE while launching neg_f32", failure.getMessage());
  }

  @Test
  void nothingGoesToTheHostWhileAGraphIsRecorded() {
    try (Gpu gpu = Gpu.open()) {
      Gpu.Block x = gpu.of(1f, 2f);
      IllegalStateException error =
          assertThrows(
              IllegalStateException.class, () -> CudaGraph.capture(gpu.stream, () -> gpu.down(x)));
      assertEquals("cannot copy to the host while a graph is recorded", error.getMessage());
    }
  }

  /** A graph draws the numbers of the place that memory names when it is launched. */
  @Test
  void aGraphIsLaunchedAgainOnOtherNumbers() {
    int n = 500;
    try (Gpu gpu = Gpu.open()) {
      Gpu.Block state = gpu.of(5L, 6L, 0L);
      Gpu.Block x = gpu.zeros(ElementType.F32, n);
      Gpu.Block y = gpu.zeros(ElementType.F32, n);
      gpu.stream.context().module("philox");
      gpu.stream.context().module("pointwise");
      try (CudaGraph graph =
          CudaGraph.capture(
              gpu.stream,
              () -> {
                CudaRandom.normal(gpu.stream, ElementType.F32, state.device(), 0, x.device(), 0, n);
                CudaPointwise.run(
                    gpu.stream, "silu", ElementType.F32, x.device(), 0, y.device(), 0, n);
              })) {
        gpu.assertSame(ElementType.F32, y, "nothing was done while recording");
        for (long place : new long[] {0, 500, 77}) {
          gpu.stream.copyToDevice(
              MemorySegment.ofArray(new long[] {5, 6, place}), 0, state.device(), 24);
          graph.launch();
          Philox.normalF32(5, 6, place, x.host(), 0, n);
          PointwiseF32.silu(x.host(), 0, y.host(), 0, n);
          gpu.assertSame(ElementType.F32, y, "launch from " + place);
        }
        graph.close();
        assertThrows(IllegalStateException.class, graph::launch);
      }
    }
  }

  @Test
  void workThatFailsLeavesTheStreamUsable() {
    try (Gpu gpu = Gpu.open()) {
      assertThrows(
          ArithmeticException.class,
          () ->
              CudaGraph.capture(
                  gpu.stream,
                  () -> {
                    throw new ArithmeticException("planned");
                  }));
      Gpu.Block x = gpu.of(1f, 2f);
      CudaPointwise.run(gpu.stream, "neg", ElementType.F32, x.device(), 0, x.device(), 0, 2);
      PointwiseF32.neg(x.host(), 0, x.host(), 0, 2);
      gpu.assertSame(ElementType.F32, x, "negated");
    }
  }
}
