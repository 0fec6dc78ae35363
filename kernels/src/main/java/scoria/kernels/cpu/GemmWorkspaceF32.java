package scoria.kernels.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Buffers that one thread's matrix products pack into. They grow to the largest product seen and
 * are kept, so that a product allocates nothing once the sizes have been met.
 *
 * <p>A thread that shares out rows of C to others holds {@link #packedB} while it also works on
 * tasks of its own, which use the others; no buffer is wanted twice at a time.
 */
// float64: generated
final class GemmWorkspaceF32 {
  private static final ThreadLocal<GemmWorkspaceF32> LOCAL =
      ThreadLocal.withInitial(GemmWorkspaceF32::new);

  /** Where a register tile is put when it cannot go to C directly, and a square is turned. */
  final MemorySegment tile = vectors(2 * Math.max(GemmTileF32.TALLEST, GemmSlimF32.TALL));

  /** Transposed columns of C, fewer than lanes, for the rows of a panel. */
  final MemorySegment turned = vectors(2 * GemmTileF32.covered(GemmTileF32.LANES));

  private float[] packedA = {};
  private float[] packedB = {};

  private GemmWorkspaceF32() {}

  static GemmWorkspaceF32 ofThread() {
    return LOCAL.get();
  }

  private static MemorySegment vectors(int count) {
    long most = Math.max(count, GemmTileF32.LANES);
    return AlignedMemory.allocate(Arena.ofAuto(), most * GemmTileF32.LANES * Float.BYTES);
  }

  /** A packed piece of op(A), read by this thread alone. */
  float[] packedA(int elements) {
    if (packedA.length < elements) {
      packedA = new float[grown(elements)];
    }
    return packedA;
  }

  /** A packed piece of op(B). */
  float[] packedB(int elements) {
    if (packedB.length < elements) {
      packedB = new float[grown(elements)];
    }
    return packedB;
  }

  /** A power of two, so that slowly growing products do not allocate each time. */
  private static int grown(int elements) {
    return Integer.highestOneBit(Math.max(elements, 1024) - 1) * 2;
  }
}
