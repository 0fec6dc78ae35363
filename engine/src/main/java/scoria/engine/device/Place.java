package scoria.engine.device;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of an operand lie: for all rows of the batch, or in a thread's own memory for
 * those of a shard or of a tile.
 *
 * @param segment the memory; null for that of the thread
 * @param at the first element, in elements
 * @param row elements from one row to the next; 0 where all rows are one
 * @param from the row that {@code at} is the first element of
 */
record Place(@Nullable MemorySegment segment, long at, long row, From from) {
  /** Where rows are counted from. */
  enum From {
    /** The first row of the batch. */
    BATCH,
    /** The first row of the shard. */
    SHARD,
    /** The first row of the tile that is worked on. */
    TILE
  }

  MemorySegment segment(Frame frame) {
    return segment == null ? frame.slab : segment;
  }

  /** The first element of the frame's first row. */
  long at(Frame frame) {
    return switch (from) {
      case BATCH -> at + row * frame.row;
      case SHARD -> at + row * (frame.row - frame.shardRow);
      case TILE -> at;
    };
  }
}
