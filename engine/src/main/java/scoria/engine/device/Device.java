package scoria.engine.device;

import org.jspecify.annotations.Nullable;
import scoria.engine.memory.Memory;
import scoria.engine.op.Op;
import scoria.engine.op.Transfer;
import scoria.engine.tensor.Tensor;

/**
 * What runs operations. It writes into outputs that it is given and allocates no tensor itself, so
 * that one call can be run at once or recorded for later.
 *
 * <p>An operation runs where its inputs are, all of them on one device; {@link Tensor#to(Device)}
 * brings a tensor to another. What makes tensors from nothing, such as {@link Tensor#zeros}, {@link
 * Tensor#of(float[], long...)} and random numbers, does so on the {@linkplain #current current}
 * device:
 *
 * <pre>{@code
 * Device.cuda().makeDefault();                        // from now on, in all threads
 * try (Device.Use use = Device.cuda().use()) { ... }  // for a stretch of work in this thread
 * }</pre>
 */
public sealed interface Device permits Cpu, Cuda {
  /** The processor, the default. */
  static Cpu cpu() {
    return Cpu.INSTANCE;
  }

  /**
   * The NVIDIA GPU that the driver lists first.
   *
   * @throws IllegalStateException if there is none that can be used, with the reason
   */
  static Cuda cuda() {
    return Cuda.open();
  }

  /** Where this thread makes tensors: the device in use, or the default where there is none. */
  static Device current() {
    Device used = CurrentDevice.USED.get();
    return used == null ? CurrentDevice.standard : used;
  }

  /** Makes this the device where all threads make tensors that use no other. */
  default void makeDefault() {
    CurrentDevice.standard = this;
  }

  /**
   * Makes tensors on this device, in this thread, until the result is closed. Uses nest; they are
   * closed in reverse order by the thread that opened them.
   */
  default Use use() {
    return new Use(this);
  }

  /** Ends the use of a device when closed. */
  final class Use implements AutoCloseable {
    private final Thread owner = Thread.currentThread();
    private final @Nullable Device before = CurrentDevice.USED.get();
    private boolean closed;

    private Use(Device device) {
      CurrentDevice.USED.set(device);
    }

    /**
     * Goes back to the device from before. A second call does nothing.
     *
     * @throws IllegalStateException if called by another thread than the one that began the use
     */
    @Override
    public void close() {
      if (closed) {
        return;
      }
      if (Thread.currentThread() != owner) {
        throw new IllegalStateException(
            "the use of a device was begun by thread "
                + owner.getName()
                + " and cannot be ended by "
                + Thread.currentThread().getName());
      }
      closed = true;
      if (before == null) {
        CurrentDevice.USED.remove();
      } else {
        CurrentDevice.USED.set(before);
      }
    }
  }

  /** Name for messages, such as {@code cpu}. */
  String name();

  /**
   * Takes memory with undefined contents. It ends with the scope that is open in this thread, or,
   * where none is, when it becomes unreachable.
   *
   * @param bytes size, at least 0
   * @param maker the operation that it is for
   */
  Memory allocate(long bytes, String maker);

  /** {@link #allocate}, whatever scope is open: the block ends when it becomes unreachable. */
  Memory allocateUnscoped(long bytes, String maker);

  /**
   * Computes.
   *
   * @param op the operation, not a view
   * @param inputs on this device, with layouts that the operation accepts; that of a {@link
   *     Transfer} on any device
   * @param outputs on this device, dense, of the inferred shapes and types; all elements are
   *     written. An update changes them in place instead
   */
  void run(Op op, Tensor[] inputs, Tensor[] outputs);

  /** Prepares what a program does, to be run again and again. */
  Replay compile(Schedule schedule);
}
