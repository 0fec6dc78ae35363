package scoria.kernels.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Buffers that one thread's matrix products pack into. They grow to the largest product seen and
 * are kept, so that a product allocates nothing once the sizes have been met.
 *
 * <p>A thread that shares out tiles of C to others holds {@link #right} while it also works on
 * tasks of its own, which use {@link #left}, {@link #turned} and {@link #tile}; no buffer is wanted
 * twice at a time.
 */
// float64: generated
final class GemmWorkspaceF32 {
  private static final ThreadLocal<GemmWorkspaceF32> LOCAL =
      ThreadLocal.withInitial(GemmWorkspaceF32::new);

  /** Room for one register tile or one square of lanes: 16 vectors of up to 64 bytes. */
  static final long TILE_BYTES = 16 * 64L;

  /** Where a register tile is put when it cannot go to C directly, and a square is turned. */
  final MemorySegment tile = AlignedMemory.allocate(Arena.ofAuto(), TILE_BYTES);

  private float[] left = {};
  private MemorySegment right = MemorySegment.NULL;
  private MemorySegment turned = MemorySegment.NULL;

  private GemmWorkspaceF32() {}

  static GemmWorkspaceF32 ofThread() {
    return LOCAL.get();
  }

  /**
   * Packed rows of op(A). On the heap, since reading single elements of an array costs the
   * compilers far less than reading them from a segment.
   */
  float[] left(int elements) {
    if (left.length < elements) {
      left = new float[elements];
    }
    return left;
  }

  /** Column panels of op(B). */
  MemorySegment right(long bytes) {
    if (right.byteSize() < bytes) {
      right = grown(bytes);
    }
    return right;
  }

  /** A transposed piece of C. */
  MemorySegment turned(long bytes) {
    if (turned.byteSize() < bytes) {
      turned = grown(bytes);
    }
    return turned;
  }

  private static MemorySegment grown(long bytes) {
    // A power of two, so that slowly growing products do not allocate each time.
    return AlignedMemory.allocate(
        Arena.ofAuto(), Long.highestOneBit(Math.max(bytes, 4096) - 1) * 2);
  }
}
