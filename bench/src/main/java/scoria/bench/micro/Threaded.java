package scoria.bench.micro;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import scoria.kernels.cpu.WorkerPool;

/** For kernels that share out their work. The rivals beside them use one thread. */
@State(Scope.Benchmark)
public abstract class Threaded {
  /** Threads that compute. */
  @Param({"1"})
  public int threads = 1;

  WorkerPool pool;

  /** Starts the threads. */
  @Setup
  public void startThreads() {
    pool = WorkerPool.of(threads);
  }

  /** Stops the threads. */
  @TearDown
  public void stopThreads() {
    pool.close();
  }
}
