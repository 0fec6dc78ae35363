package scoria.kernels.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share out numbered tasks. The caller works too, so a pool of one thread has no
 * thread of its own.
 *
 * <p>Which thread runs which task is left open; a task's result must depend on its number alone,
 * and then a pool of any size gives the same bits.
 *
 * <p>Thread-safe. One caller at a time uses the workers; a second caller, or a task that calls
 * {@link #run} again, runs its tasks itself.
 */
public final class WorkerPool implements AutoCloseable {
  /**
   * How often a worker looks for work before it sleeps. A look takes some tens of nanoseconds, so
   * this is about a tenth of a millisecond: longer than the gap between two operations of a
   * training step.
   */
  private static final int IDLE_SPINS = 2_000;

  /**
   * How often the caller looks whether the last tasks are done before it lets others run, which
   * they may be waiting for where there are more threads than processors.
   */
  private static final int END_SPINS = 200;

  private final Thread[] workers;
  private final AtomicReference<@Nullable Job> current = new AtomicReference<>();
  private volatile boolean closed;

  private WorkerPool(int threads) {
    workers = new Thread[threads - 1];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Thread(this::work, "scoria-worker-" + (i + 1));
      workers[i].setDaemon(true);
      workers[i].start();
    }
  }

  /**
   * Makes a pool.
   *
   * @param threads threads that compute, the caller among them; at least 1
   * @throws IllegalArgumentException if {@code threads} is below 1
   */
  public static WorkerPool of(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + "; a pool needs at least 1");
    }
    return new WorkerPool(threads);
  }

  /** Threads that compute, the caller among them. */
  public int threads() {
    return workers.length + 1;
  }

  /**
   * Runs {@code task.accept(0)} to {@code task.accept(tasks - 1)}, each once, and returns when all
   * are done. A task's exception is thrown here, after the others have stopped; tasks not yet begun
   * are then left out.
   *
   * @param tasks number of tasks, at least 0
   * @param task what to do for one number
   */
  public void run(int tasks, IntConsumer task) {
    if (tasks <= 1 || workers.length == 0) {
      for (int i = 0; i < tasks; i++) {
        task.accept(i);
      }
      return;
    }
    Job job = new Job(tasks, task);
    if (!current.compareAndSet(null, job)) {
      for (int i = 0; i < tasks; i++) {
        task.accept(i);
      }
      return;
    }
    try {
      int wake = Math.min(workers.length, tasks - 1);
      for (int i = 0; i < wake; i++) {
        LockSupport.unpark(workers[i]);
      }
      job.help();
      job.awaitHelpers();
    } finally {
      current.set(null);
    }
    job.rethrow();
  }

  /**
   * Cuts {@code 0 .. n} into ranges of {@code grain} elements and runs the body once a range. The
   * cuts depend on {@code n} and {@code grain} only.
   *
   * @param n elements, at least 0
   * @param grain elements of a range but the last, at least 1
   * @param body called with a range's first element and its end
   */
  public void forRanges(long n, long grain, RangeBody body) {
    if (n <= grain) {
      if (n > 0) {
        body.run(0, n);
      }
      return;
    }
    int tasks = Math.toIntExact((n + grain - 1) / grain);
    run(tasks, i -> body.run(i * grain, Math.min(n, (i + 1) * grain)));
  }

  /** Stops the threads; {@link #run} goes on working, in the caller alone. */
  @Override
  public void close() {
    closed = true;
    for (Thread worker : workers) {
      LockSupport.unpark(worker);
    }
  }

  private void work() {
    @Nullable Job done = null;
    int idle = 0;
    while (!closed) {
      Job job = current.get();
      if (job != null && job != done) {
        if (job.enter()) {
          job.help();
          job.leave();
        }
        done = job;
        idle = 0;
      } else if (idle++ < IDLE_SPINS) {
        Thread.onSpinWait();
      } else {
        // An unpark that came before this park is remembered, so no job is missed.
        LockSupport.park(this);
        idle = 0;
      }
    }
  }

  /** What is done with one range. */
  @FunctionalInterface
  public interface RangeBody {
    /**
     * Handles elements {@code from} (included) to {@code to} (excluded).
     *
     * @param from first element
     * @param to the element after the last
     */
    void run(long from, long to);
  }

  /** One call of {@link #run}: a counter that hands out task numbers, and who still works on it. */
  private static final class Job {
    private static final int SEALED = Integer.MIN_VALUE;

    private final int tasks;
    private final IntConsumer task;
    private final AtomicInteger next = new AtomicInteger();

    /** Workers inside {@link #help}; with {@link #SEALED} added no other may enter. */
    private final AtomicInteger inside = new AtomicInteger();

    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Job(int tasks, IntConsumer task) {
      this.tasks = tasks;
      this.task = task;
    }

    boolean enter() {
      for (; ; ) {
        int now = inside.get();
        if (now < 0) {
          return false;
        }
        if (inside.compareAndSet(now, now + 1)) {
          return true;
        }
      }
    }

    void leave() {
      inside.decrementAndGet();
    }

    void help() {
      for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
        try {
          task.accept(i);
        } catch (Throwable t) {
          failure.compareAndSet(null, t);
          next.set(tasks);
        }
      }
    }

    /** All tasks are handed out: shuts the door and waits for those inside. */
    void awaitHelpers() {
      inside.getAndAdd(SEALED);
      int spins = 0;
      while (inside.get() != SEALED) {
        if (++spins > END_SPINS) {
          Thread.yield();
        } else {
          Thread.onSpinWait();
        }
      }
    }

    void rethrow() {
      switch (failure.get()) {
        case null -> {}
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable t -> throw new IllegalStateException(t);
      }
    }
  }
}
