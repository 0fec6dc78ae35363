package scoria.engine.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes tensors that wait for the garbage collector may hold on a device. The collector
 * does not see them, so it is asked to run when they hold more. Thread-safe.
 */
public final class Budget {
  private final AtomicLong held = new AtomicLong();
  private volatile long limit = Math.max(1L << 30, Runtime.getRuntime().maxMemory() / 2);

  Budget() {}

  /**
   * Sets how many bytes tensors outside of any scope may hold before the collector is asked to run.
   *
   * @param bytes more than 0; by default half of the heap's limit, and 1 GiB at least
   */
  public void limit(long bytes) {
    if (bytes <= 0) {
      throw new IllegalArgumentException("the budget is " + bytes + " bytes; it must be positive");
    }
    limit = bytes;
  }

  /** Bytes held by tensors that wait for the collector. */
  public long held() {
    return held.get();
  }

  /**
   * Counts a block that the collector will bring back, and asks it to run when there are too many.
   */
  void hold(long bytes) {
    if (held.addAndGet(bytes) > limit) {
      collect(limit);
      if (held.get() > limit) {
        // What is left is alive: double the budget rather than collect at every allocation.
        limit = 2 * held.get();
      }
    }
  }

  /**
   * Asks the collector to run.
   *
   * @param enough as soon as no more bytes are held, this returns
   */
  void collect(long enough) {
    System.gc();
    // The cleaner's thread needs a moment; past that, growth is left to the machine's memory.
    for (int i = 0; i < 50 && held.get() > enough; i++) {
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Counts a block that came back. */
  void release(long bytes) {
    held.addAndGet(-bytes);
  }
}
