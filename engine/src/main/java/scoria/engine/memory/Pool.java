package scoria.engine.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import scoria.kernels.cpu.AlignedMemory;

/**
 * Blocks that are used again. Sizes are rounded up to classes, four to a power of two, so that at
 * most a fifth of a block is lost. Thread-safe.
 *
 * <p>Blocks of tensors that no scope ends come back when the collector finds them. It does not see
 * how much they hold, so the pool asks it to run when they hold more than a budget.
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
  private final AtomicLong collectable = new AtomicLong();
  private volatile long budget = Math.max(1L << 30, Runtime.getRuntime().maxMemory() / 2);
  private MemorySegment chunk = MemorySegment.NULL;
  private long chunkUsed;

  private Pool() {}

  /** The pool of host memory. */
  public static Pool host() {
    return HOST;
  }

  /**
   * Sets how many bytes tensors outside of any scope may hold before the collector is asked to run.
   *
   * @param bytes more than 0; by default half of the heap's limit, and 1 GiB at least
   */
  public void budget(long bytes) {
    if (bytes <= 0) {
      throw new IllegalArgumentException(
          "the pool's budget is " + bytes + " bytes; it must be positive");
    }
    budget = bytes;
  }

  /** Bytes held by tensors that wait for the collector. */
  public long collectableBytes() {
    return collectable.get();
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

  /**
   * Counts a block that the collector will bring back, and asks it to run when there are too many.
   */
  void collected(long bytes) {
    if (collectable.addAndGet(bytes) > budget) {
      System.gc();
      // The cleaner's thread needs a moment; past that, growth is left to the machine's memory.
      for (int i = 0; i < 50 && collectable.get() > budget; i++) {
        try {
          Thread.sleep(1);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
      if (collectable.get() > budget) {
        // What is left is alive: double the budget rather than collect at every allocation.
        budget = 2 * collectable.get();
      }
    }
  }

  void giveCollected(MemorySegment block) {
    collectable.addAndGet(-block.byteSize());
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
