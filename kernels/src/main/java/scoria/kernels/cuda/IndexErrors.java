package scoria.kernels.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A place on the device where kernels that follow indices note the first one outside its axis, for
 * the host to find when it next waits: four int64, the least position of a bad index, 0 if that is
 * final, the index, and the axis's length. All bits are set while there is nothing to tell.
 */
final class IndexErrors {
  private static final int BYTES = 5 * Long.BYTES;

  private final CudaStream stream;
  private final MemorySegment read = Arena.ofAuto().allocate(BYTES, Long.BYTES);
  private final long note;
  private volatile boolean used;

  IndexErrors(CudaStream stream) {
    this.stream = stream;
    note = stream.context().pool().allocate(BYTES);
    clear();
  }

  /** The note's address, for a kernel that is about to be queued. */
  long note() {
    used = true;
    return note;
  }

  private void clear() {
    stream.fill(note, (byte) -1, BYTES);
  }

  /** To be called when all queued work is done. */
  synchronized void check() {
    if (!used) {
      return;
    }
    stream.read(note, read, BYTES);
    if (read.getAtIndex(ValueLayout.JAVA_LONG, 1) != 0) {
      return;
    }
    clear();
    long position = read.getAtIndex(ValueLayout.JAVA_LONG, 0);
    long index = read.getAtIndex(ValueLayout.JAVA_LONG, 2);
    long least = read.getAtIndex(ValueLayout.JAVA_LONG, 3);
    long bound = read.getAtIndex(ValueLayout.JAVA_LONG, 4);
    throw new IndexOutOfBoundsException(
        "index "
            + index
            + " at position "
            + position
            + " is outside "
            + least
            + " .. "
            + (bound - 1)
            + " (an axis of length "
            + bound
            + ")");
  }
}
