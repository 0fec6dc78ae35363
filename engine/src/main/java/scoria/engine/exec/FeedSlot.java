package scoria.engine.exec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/** A feed of a recorded program: the tensor that it fills before every run. */
sealed interface FeedSlot {
  /** Fills the tensor anew. */
  void fill();

  /** A feed of whole numbers. */
  record OfLongs(Tensor tensor, long[] values, Feed.Longs filler) implements FeedSlot {
    @Override
    public void fill() {
      filler.fill(values);
      MemorySegment into = tensor.segment();
      MemorySegment.copy(values, 0, into, ValueLayout.JAVA_LONG, 0, values.length);
      Reference.reachabilityFence(tensor);
    }
  }

  /** A feed of numbers, rounded to the tensor's type. */
  record OfDoubles(Tensor tensor, double[] values, Feed.Doubles filler) implements FeedSlot {
    @Override
    public void fill() {
      filler.fill(values);
      MemorySegment into = tensor.segment();
      if (tensor.dtype() == DType.FLOAT64) {
        MemorySegment.copy(values, 0, into, ValueLayout.JAVA_DOUBLE, 0, values.length);
      } else {
        for (int i = 0; i < values.length; i++) {
          into.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) values[i]);
        }
      }
      Reference.reachabilityFence(tensor);
    }
  }
}
