package scoria.engine.memory;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;
import scoria.engine.device.Device;

/**
 * A block of memory on a device, shared by a tensor and its views.
 *
 * <p>A block counts how often it was written to after it was made, so that whoever kept a value for
 * later can tell that it is no longer there.
 */
public abstract sealed class Memory permits HostMemory, CudaMemory, RecordedMemory {
  static final Cleaner CLEANER = Cleaner.create();

  private final long bytes;
  private final String maker;
  private volatile int version;
  private volatile @Nullable String ended;

  Memory(long bytes, String maker) {
    this.bytes = bytes;
    this.maker = maker;
  }

  /** Size in bytes. */
  public final long bytes() {
    return bytes;
  }

  /** The operation that this block was made for, for messages. */
  public final String maker() {
    return maker;
  }

  /** How often the block was changed in place. */
  public final int version() {
    return version;
  }

  /**
   * Notes a change in place. Called by whoever runs an update; updates of one block do not overlap.
   */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  public final void changed() {
    version++;
  }

  /** Whether the block was given back. */
  public final boolean isClosed() {
    return ended != null;
  }

  /**
   * Returns if the block may be used.
   *
   * @throws IllegalStateException if it was given back, naming the operation that made it and the
   *     scope that ended it
   */
  public final void check() {
    String end = ended;
    if (end != null) {
      throw new IllegalStateException(
          "a tensor made by '"
              + maker
              + "' was used after "
              + end
              + " closed; keep it with Scope.keep");
    }
  }

  /** Gives the block back; a second call does nothing. */
  final void end(String by) {
    synchronized (this) {
      if (ended != null) {
        return;
      }
      ended = by;
    }
    release();
  }

  /** Where the block is. */
  public abstract Device device();

  /**
   * Copies bytes from the host into the block, and returns when they are there.
   *
   * @param from any segment of the host
   * @param at where in the block they go, in bytes
   */
  public abstract void write(MemorySegment from, long at);

  /**
   * Copies bytes of the block to the host, once all work on the block begun before is done.
   *
   * @param at where in the block they lie, in bytes
   * @param into any segment of the host, filled to its end
   */
  public abstract void read(long at, MemorySegment into);

  /** Gives a new block to the scope that is open in this thread, or to the collector. */
  final void adopt() {
    Scope scope = Scope.current();
    if (scope == null) {
      leaveToCollector();
    } else {
      scope.add(this);
    }
  }

  /** Leaves the block to the garbage collector from now on. */
  abstract void leaveToCollector();

  /** Returns the block to where it came from. Called once at most. */
  abstract void release();
}
