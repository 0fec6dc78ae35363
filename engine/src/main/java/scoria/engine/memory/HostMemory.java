package scoria.engine.memory;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;
import scoria.engine.device.Device;

/**
 * A block of off-heap memory of the host.
 *
 * <p>The collector does not see how a kernel uses a raw address, so whoever passes {@link
 * #segment()} to one keeps this object reachable until the kernel has returned ({@link
 * Reference#reachabilityFence}).
 */
public final class HostMemory extends Memory {
  private final MemorySegment segment;

  /** The pool's block that the segment is the beginning of; null for memory of somebody else's. */
  private final @Nullable MemorySegment block;

  private Cleaner.@Nullable Cleanable cleanable;

  private HostMemory(MemorySegment segment, @Nullable MemorySegment block, String maker) {
    super(segment.byteSize(), maker);
    this.segment = segment;
    this.block = block;
  }

  /**
   * Takes a block from the pool. Its contents are left over from earlier use. It ends with the
   * scope that is open in this thread, or, where none is, when it becomes unreachable.
   *
   * @param bytes size, at least 0
   * @param maker what it is for, for messages
   */
  public static HostMemory allocate(long bytes, String maker) {
    HostMemory memory = fresh(bytes, maker);
    memory.adopt();
    return memory;
  }

  /** {@link #allocate}, whatever scope is open: the block ends when it becomes unreachable. */
  public static HostMemory allocateUnscoped(long bytes, String maker) {
    HostMemory memory = fresh(bytes, maker);
    memory.leaveToCollector();
    return memory;
  }

  private static HostMemory fresh(long bytes, String maker) {
    MemorySegment block = Pool.host().take(bytes);
    return new HostMemory(block.asSlice(0, bytes), block, maker);
  }

  /**
   * Wraps memory that somebody else owns, without copying.
   *
   * @param segment native memory, alive as long as the tensors over it are used, and open to all
   *     threads where more than one computes
   */
  public static HostMemory wrap(MemorySegment segment) {
    if (!segment.isNative()) {
      throw new IllegalArgumentException(
          "a heap segment cannot be wrapped, since kernels work on native memory; copy the array with"
              + " Tensor.of");
    }
    return new HostMemory(segment, null, "wrap");
  }

  /** The block itself, {@link #bytes()} long. See the note on reachability above. */
  public MemorySegment segment() {
    check();
    return segment;
  }

  @Override
  public Device device() {
    return Device.cpu();
  }

  @Override
  public void write(MemorySegment from, long at) {
    MemorySegment.copy(from, 0, segment(), at, from.byteSize());
    Reference.reachabilityFence(this);
  }

  @Override
  public void read(long at, MemorySegment into) {
    MemorySegment.copy(segment(), at, into, 0, into.byteSize());
    Reference.reachabilityFence(this);
  }

  @Override
  void leaveToCollector() {
    MemorySegment mine = block;
    if (mine != null && cleanable == null) {
      Pool pool = Pool.host();
      pool.budget().hold(mine.byteSize());
      cleanable = CLEANER.register(this, () -> pool.giveCollected(mine));
    }
  }

  @Override
  void release() {
    if (cleanable != null) {
      cleanable.clean();
    } else if (block != null) {
      Pool.host().give(block);
    }
  }
}
