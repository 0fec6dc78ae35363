package scoria.engine.exec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import scoria.engine.tensor.DType;

/** A feed of a recorded program: a vector in a block that it fills before every run. */
sealed interface FeedSlot {
  /** Fills the vector anew. */
  void fill();

  /** A feed of whole numbers, from the element {@code at} of the block. */
  record OfLongs(FeedBlock block, long at, long[] values, Feed.Longs filler) implements FeedSlot {
    @Override
    public void fill() {
      filler.fill(values);
      MemorySegment.copy(
          values, 0, block.host(), ValueLayout.JAVA_LONG, at * Long.BYTES, values.length);
    }
  }

  /** A feed of numbers, rounded to a float type, from the element {@code at} of the block. */
  record OfDoubles(FeedBlock block, DType dtype, long at, double[] values, Feed.Doubles filler)
      implements FeedSlot {
    @Override
    public void fill() {
      filler.fill(values);
      MemorySegment into = block.host();
      if (dtype == DType.FLOAT64) {
        MemorySegment.copy(
            values, 0, into, ValueLayout.JAVA_DOUBLE, at * Double.BYTES, values.length);
      } else {
        for (int i = 0; i < values.length; i++) {
          into.setAtIndex(ValueLayout.JAVA_FLOAT, at + i, (float) values[i]);
        }
      }
    }
  }
}
