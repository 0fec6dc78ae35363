package scoria.bench.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import scoria.kernels.cpu.AlignedMemory;
import scoria.kernels.cpu.GemmF32;

/** Products on one thread allocate nothing. */
class GemmAllocationTest {
  /**
   * Once the compilers are done a call allocates nothing. Before that a vector may be an object, so
   * the test waits, within limits, for a round of calls without.
   */
  @Test
  void nothingIsAllocatedInTheLongRun() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Arena arena = Arena.ofShared()) {
      MemorySegment x = AlignedMemory.floats(arena, 64 * 128);
      MemorySegment w = AlignedMemory.floats(arena, 128 * 128);
      MemorySegment c = AlignedMemory.floats(arena, 128 * 128);
      float[] packed = new float[GemmF32.packedSize(128, 128)];
      float[] thin = new float[GemmF32.packedSize(2, 128)];
      long end = System.nanoTime() + 60_000_000_000L;
      long bytes;
      int rounds = 0;
      do {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 20; i++) {
          GemmF32.packB(i % 2 == 0, 128, 128, w, 0, 128, packed, 0);
          GemmF32.rows(false, 64, 128, 128, 1, x, 0, 128, packed, 0, 0, c, 0, 128);
          GemmF32.packB(i % 2 == 0, 2, 128, w, 0, i % 2 == 0 ? 128 : 2, thin, 0);
          GemmF32.rows(false, 64, 2, 128, 1, x, 0, 128, thin, 0, 0, c, 0, 2);
          GemmF32.gemm(true, false, 128, 128, 64, 1, x, 0, 128, x, 0, 128, i % 2, c, 0, 128);
          GemmF32.gemm(true, false, 128, 2, 64, 1, x, 0, 128, x, 0, 2, i % 2, c, 0, 2);
          GemmF32.gemm(true, false, 2, 128, 64, 1, x, 0, 2, x, 0, 128, i % 2, c, 0, 128);
        }
        bytes = threads.getCurrentThreadAllocatedBytes() - before;
        rounds++;
      } while (bytes > 0 && System.nanoTime() < end);
      assertEquals(0, bytes, "bytes in the last of " + rounds + " rounds");
    }
  }
}
