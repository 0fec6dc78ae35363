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
  private final AtomicReference<@Nullable Batch> current = new AtomicReference<>();
  private volatile boolean closed;

  private WorkerPool(int threads) {
    workers = new Thread[threads - 1];
    for (int i = 0; i < workers.length; i++) {
      int worker = i + 1;
      workers[i] = new Thread(() -> work(worker), "scoria-worker-" + worker);
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
    run(new Batch((i, worker) -> task.accept(i)), tasks);
  }

  /**
   * Runs a batch as {@link #run(int, IntConsumer)} runs a task, without allocating. A batch is run
   * by one caller at a time.
   *
   * @param batch what to do for one number
   * @param tasks number of tasks, at least 0
   */
  public void run(Batch batch, int tasks) {
    batch.begin(tasks);
    if (tasks <= 1 || workers.length == 0 || !current.compareAndSet(null, batch)) {
      // A worker that still held the batch from before may help, so it is waited for here too.
      batch.help(0);
      batch.awaitHelpers();
    } else {
      try {
        int wake = Math.min(workers.length, tasks - 1);
        for (int i = 0; i < wake; i++) {
          LockSupport.unpark(workers[i]);
        }
        batch.help(0);
        batch.awaitHelpers();
      } finally {
        current.set(null);
      }
    }
    batch.rethrow();
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

  private void work(int worker) {
    @Nullable Batch done = null;
    int doneRun = 0;
    int idle = 0;
    while (!closed) {
      Batch batch = current.get();
      int run = batch == null ? 0 : batch.runs;
      if (batch != null && (batch != done || run != doneRun)) {
        if (batch.enter()) {
          batch.help(worker);
          batch.leave();
        }
        done = batch;
        doneRun = run;
        idle = 0;
      } else if (idle++ < IDLE_SPINS) {
        Thread.onSpinWait();
      } else {
        // An unpark that came before this park is remembered, so no batch is missed.
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

  /** What is done for one number, by one thread. */
  @FunctionalInterface
  public interface WorkerTask {
    /**
     * Handles one task.
     *
     * @param task its number, from 0
     * @param worker number of the thread, 0 for the caller and below {@link #threads()}: two tasks
     *     that run at a time have different ones, so that each can have a buffer of its own
     */
    void run(int task, int worker);
  }

  /**
   * Tasks to be run often: a counter that hands out their numbers, and who still works on them. Of
   * one pool, and run by one caller at a time.
   */
  public static final class Batch {
    private static final int SEALED = Integer.MIN_VALUE;

    private final WorkerTask task;
    private final AtomicInteger next = new AtomicInteger();

    /** Workers inside {@link #help}; with {@link #SEALED} added no other may enter. */
    private final AtomicInteger inside = new AtomicInteger(SEALED);

    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private volatile int tasks;

    /** Counts the runs, so that a worker can tell a new one from the one that it has left. */
    private volatile int runs;

    /**
     * Makes a batch.
     *
     * @param task what to do for one number
     */
    public Batch(WorkerTask task) {
      this.task = task;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one caller at a time
    private void begin(int tasks) {
      this.tasks = tasks;
      next.set(0);
      runs++;
      // Last: from here on workers may enter.
      inside.set(0);
    }

    private boolean enter() {
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

    private void leave() {
      inside.decrementAndGet();
    }

    private void help(int worker) {
      int end = tasks;
      for (int i = next.getAndIncrement(); i < end; i = next.getAndIncrement()) {
        try {
          task.run(i, worker);
        } catch (Throwable t) {
          failure.compareAndSet(null, t);
          next.set(end);
        }
      }
    }

    /** All tasks are handed out: shuts the door and waits for those inside. */
    private void awaitHelpers() {
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

    private void rethrow() {
      switch (failure.getAndSet(null)) {
        case null -> {}
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable t -> throw new IllegalStateException(t);
      }
    }
  }
}
