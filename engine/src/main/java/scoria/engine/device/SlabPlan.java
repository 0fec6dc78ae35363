package scoria.engine.device;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Places for blocks in one stretch of memory, so that blocks that are in use at a time do not
 * overlap. Large ones are placed first, each as low as it goes.
 */
final class SlabPlan {
  private static final long ALIGNMENT = 64;

  /** A block with a place. */
  static final class Block {
    private final long bytes;
    private final int first;
    private int last;
    private long offset = -1;

    private Block(long bytes, int first) {
      this.bytes = Math.max(ALIGNMENT, (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
      this.first = first;
      this.last = first;
    }

    /** Says that the block is in use at a time too. */
    void usedAt(int time) {
      last = Math.max(last, time);
    }

    /** Bytes from the beginning of the memory, once all are placed. */
    long offset() {
      return offset;
    }
  }

  private final List<Block> blocks = new ArrayList<>();

  /** A block that is in use from a time on. */
  Block add(long bytes, int from) {
    Block block = new Block(bytes, from);
    blocks.add(block);
    return block;
  }

  /**
   * Places all blocks.
   *
   * @return how many bytes they take
   */
  long place() {
    List<Block> placed = new ArrayList<>();
    List<Block> order = new ArrayList<>(blocks);
    order.sort(Comparator.<Block>comparingLong(block -> -block.bytes));
    long total = 0;
    for (Block block : order) {
      long at = 0;
      // Sorted by place: the first gap that is wide enough.
      for (Block other : placed) {
        boolean together = other.first <= block.last && block.first <= other.last;
        if (together && other.offset < at + block.bytes && at < other.offset + other.bytes) {
          at = other.offset + other.bytes;
        }
      }
      block.offset = at;
      total = Math.max(total, at + block.bytes);
      placed.add(block);
      placed.sort(Comparator.<Block>comparingLong(other -> other.offset));
    }
    return total;
  }
}
