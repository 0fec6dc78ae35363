package scoria.kernels.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Off-heap memory for kernels: every block starts on a cache line.
 *
 * <p>Kernels are to see this one kind of segment only. A loop that has met both heap and off-heap
 * segments is compiled for both and runs many times slower from then on.
 */
public final class AlignedMemory {
  /** Alignment of every block, in bytes: one cache line, and one 512-bit vector. */
  public static final int ALIGNMENT = 64;

  private AlignedMemory() {}

  /**
   * Allocates zeroed memory.
   *
   * @param arena what frees the memory
   * @param bytes size, at least 0; a block of size 0 is valid and holds nothing
   * @return a segment of exactly {@code bytes} bytes whose address is a multiple of 64
   */
  public static MemorySegment allocate(Arena arena, long bytes) {
    return arena.allocate(bytes, ALIGNMENT);
  }

  /** Allocates {@code n} float32 elements, zeroed. */
  public static MemorySegment floats(Arena arena, long n) {
    return allocate(arena, Math.multiplyExact(n, (long) Float.BYTES));
  }

  /** Allocates {@code n} float64 elements, zeroed. */
  public static MemorySegment doubles(Arena arena, long n) {
    return allocate(arena, Math.multiplyExact(n, (long) Double.BYTES));
  }
}
