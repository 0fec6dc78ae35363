package scoria.kernels.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Working memory that a thread keeps from call to call, since allocating and zeroing it would cost
 * more than many a kernel. Its contents are left over from earlier use. A kernel asks once and cuts
 * what it got; it must not call another kernel that asks while its own part is in use.
 */
final class ThreadScratch {
  private static final ThreadLocal<MemorySegment> KEPT =
      ThreadLocal.withInitial(() -> AlignedMemory.allocate(Arena.ofAuto(), 1 << 17));

  private ThreadScratch() {}

  /** At least {@code bytes} bytes, 64-byte aligned, this thread's own. */
  static MemorySegment bytes(long bytes) {
    MemorySegment kept = KEPT.get();
    if (kept.byteSize() < bytes) {
      kept = AlignedMemory.allocate(Arena.ofAuto(), bytes);
      KEPT.set(kept);
    }
    return kept;
  }
}
