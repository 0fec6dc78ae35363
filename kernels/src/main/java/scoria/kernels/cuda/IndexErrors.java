package scoria.kernels.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A place on the device where kernels that follow indices note the first one outside its axis, for
 * the host to find when it next waits: four int64, the least position of a bad index (or the
 * largest int64), whether it is final, the index, and the axis's length.
 */
final class IndexErrors {
  private static final int BYTES = 4 * Long.BYTES;

  private final CudaStream stream;
  private final MemorySegment read = Arena.ofAuto().allocate(BYTES, Long.BYTES);
  private long note;

  IndexErrors(CudaStream stream) {
    this.stream = stream;
  }

  /** The note's address, for a kernel that is about to be queued. */
  synchronized long note() {
    if (note == 0) {
      long place = stream.context().pool().allocate(BYTES);
      clear(place);
      note = place;
    }
    return note;
  }

  private void clear(long place) {
    stream.context().module("gather").function("clearNote").launch(stream, 1, 1, place);
  }

  /** To be called when all queued work is done. */
  synchronized void check() {
    if (note == 0) {
      return;
    }
    stream.read(note, read, BYTES);
    if (read.getAtIndex(ValueLayout.JAVA_LONG, 1) == 0) {
      return;
    }
    clear(note);
    long position = read.getAtIndex(ValueLayout.JAVA_LONG, 0);
    long index = read.getAtIndex(ValueLayout.JAVA_LONG, 2);
    long bound = read.getAtIndex(ValueLayout.JAVA_LONG, 3);
    throw new IndexOutOfBoundsException(
        "index "
            + index
            + " at position "
            + position
            + " is outside 0 .. "
            + (bound - 1)
            + " (an axis of length "
            + bound
            + ")");
  }
}
