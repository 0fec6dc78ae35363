package scoria.engine.memory;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;
import scoria.engine.device.Device;
import scoria.kernels.cuda.CudaContext;
import scoria.kernels.cuda.CudaFailure;

/**
 * A block of memory of a GPU.
 *
 * <p>Whoever hands {@link #address()} to a kernel keeps this object reachable until the kernel is
 * queued. Not longer: what gets the block next is queued behind it, there being one stream.
 */
public final class CudaMemory extends Memory {
  private static final Budget BUDGET = new Budget();

  private final CudaContext context;
  private final long address;
  private Cleaner.@Nullable Cleanable cleanable;

  private CudaMemory(CudaContext context, long address, long bytes, String maker) {
    super(bytes, maker);
    this.context = context;
    this.address = address;
  }

  /**
   * Takes a block from the context's pool. Its contents are left over from earlier use. It ends
   * with the scope that is open in this thread, or, where none is, when it becomes unreachable.
   *
   * @param bytes size, at least 0
   * @param maker what it is for, for messages
   * @throws OutOfMemoryError if the GPU has no such memory left, even after a collection
   */
  public static CudaMemory allocate(CudaContext context, long bytes, String maker) {
    CudaMemory memory = fresh(context, bytes, maker);
    memory.adopt();
    return memory;
  }

  /** {@link #allocate}, whatever scope is open: the block ends when it becomes unreachable. */
  public static CudaMemory allocateUnscoped(CudaContext context, long bytes, String maker) {
    CudaMemory memory = fresh(context, bytes, maker);
    memory.leaveToCollector();
    return memory;
  }

  private static CudaMemory fresh(CudaContext context, long bytes, String maker) {
    return new CudaMemory(context, take(context, bytes), bytes, maker);
  }

  private static long take(CudaContext context, long bytes) {
    try {
      return context.pool().allocate(bytes);
    } catch (CudaFailure e) {
      if (!e.isOutOfMemory()) {
        throw e;
      }
    }
    BUDGET.collect(0);
    try {
      return context.pool().allocate(bytes);
    } catch (CudaFailure e) {
      if (!e.isOutOfMemory()) {
        throw e;
      }
      OutOfMemoryError error = new OutOfMemoryError(e.getMessage());
      error.initCause(e);
      throw error;
    }
  }

  /** How much the collector may leave lying about on the GPU. */
  public static Budget budget() {
    return BUDGET;
  }

  /** Where the block begins in the GPU's memory. See the note on reachability above. */
  public long address() {
    check();
    return address;
  }

  @Override
  public Device device() {
    return Device.cuda();
  }

  @Override
  public void write(MemorySegment from, long at) {
    synchronized (context.stream()) {
      context.stream().copyToDevice(from, 0, address() + at, from.byteSize());
    }
    Reference.reachabilityFence(this);
  }

  @Override
  public void read(long at, MemorySegment into) {
    synchronized (context.stream()) {
      context.stream().copyToHost(address() + at, into, 0, into.byteSize());
    }
    Reference.reachabilityFence(this);
  }

  @Override
  void leaveToCollector() {
    if (cleanable == null) {
      BUDGET.hold(bytes());
      Block block = new Block(context, address, bytes());
      cleanable =
          CLEANER.register(
              this,
              () -> {
                BUDGET.release(block.bytes);
                block.free();
              });
    }
  }

  @Override
  void release() {
    if (cleanable != null) {
      cleanable.clean();
    } else {
      new Block(context, address, bytes()).free();
    }
  }

  /** What is left to give back when the memory is no longer reachable. */
  private record Block(CudaContext context, long address, long bytes) {
    void free() {
      // The collector's thread must not queue anything while a graph is recorded.
      synchronized (context.stream()) {
        context.pool().free(address, bytes);
      }
    }
  }
}
