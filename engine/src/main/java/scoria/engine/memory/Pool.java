package scoria.engine.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import scoria.kernels.cpu.AlignedMemory;

/**
 * Blocks that are used again. Sizes are rounded up to classes, four to a power of two, so that at
 * most a fifth of a block is lost. Thread-safe.
 *
 * <p>Blocks of tensors that no scope ends come back when the collector finds them, which a {@link
 * Budget} sees to.
 */
public final class Pool {
  private static final Pool HOST = new Pool();

  /** Smaller blocks are cut from chunks of this size. */
  private static final long CHUNK = 4L << 20;

  private static final long SMALLEST = AlignedMemory.ALIGNMENT;

  /** More than fits into the addresses of today's processors. */
  private static final long LARGEST = 1L << 52;

  private static final int CLASSES = 4 * 48;

  /** Tests set this so that whoever reads memory before writing it is found out. */
  private static final boolean POISON = Boolean.getBoolean("scoria.poison");

  private final ArrayDeque<MemorySegment>[] free = queues();
  private final Budget budget = new Budget();
  private MemorySegment chunk = MemorySegment.NULL;
  private long chunkUsed;

  private Pool() {}

  /** The pool of host memory. */
  public static Pool host() {
    return HOST;
  }

  /** How much the collector may leave lying about of this pool. */
  public Budget budget() {
    return budget;
  }

  /** A block of at least the given size. */
  MemorySegment take(long bytes) {
    if (bytes > LARGEST) {
      throw new OutOfMemoryError(
          bytes + " bytes for one tensor; no machine has more than " + LARGEST);
    }
    int index = sizeClass(bytes);
    ArrayDeque<MemorySegment> queue = free[index];
    MemorySegment block;
    synchronized (queue) {
      block = queue.pollLast();
    }
    if (block == null) {
      block = fresh(classBytes(index));
    }
    return block;
  }

  void give(MemorySegment block) {
    int index = sizeClass(block.byteSize());
    if (POISON) {
      // All bits set is a NaN in both float types.
      block.fill((byte) 0xFF);
    }
    ArrayDeque<MemorySegment> queue = free[index];
    synchronized (queue) {
      queue.addLast(block);
    }
  }

  void giveCollected(MemorySegment block) {
    budget.release(block.byteSize());
    give(block);
  }

  private MemorySegment fresh(long bytes) {
    if (bytes > CHUNK / 4) {
      return AlignedMemory.allocate(Arena.global(), bytes);
    }
    synchronized (this) {
      if (chunkUsed + bytes > chunk.byteSize()) {
        chunk = AlignedMemory.allocate(Arena.global(), CHUNK);
        chunkUsed = 0;
      }
      MemorySegment block = chunk.asSlice(chunkUsed, bytes);
      chunkUsed += bytes;
      return block;
    }
  }

  static int sizeClass(long bytes) {
    long units = Math.max(1, (bytes + SMALLEST - 1) / SMALLEST);
    if (units <= 4) {
      return (int) units - 1;
    }
    // units lies in (2^k, 2^(k+1)], which is cut into four.
    int k = 63 - Long.numberOfLeadingZeros(units - 1);
    long quarter = 1L << (k - 2);
    long step = (units - (1L << k) + quarter - 1) / quarter;
    return 4 * (k - 1) + (int) step - 1;
  }

  static long classBytes(int index) {
    if (index < 4) {
      return (index + 1) * SMALLEST;
    }
    int k = index / 4 + 1;
    long step = index % 4 + 1;
    return ((1L << k) + step * (1L << (k - 2))) * SMALLEST;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static ArrayDeque<MemorySegment>[] queues() {
    ArrayDeque<MemorySegment>[] queues = new ArrayDeque[CLASSES];
    for (int i = 0; i < queues.length; i++) {
      queues[i] = new ArrayDeque<>();
    }
    return queues;
  }
}
