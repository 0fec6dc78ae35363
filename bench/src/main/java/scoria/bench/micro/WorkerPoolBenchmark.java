package scoria.bench.micro;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;
import scoria.kernels.cpu.WorkerPool;

/** What sharing out work costs by itself: the least that a parallel kernel must gain. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WorkerPoolBenchmark {
  /** Threads of the pool. */
  @Param({"1", "2"})
  public int threads;

  /** Tasks a call. */
  @Param({"2", "64"})
  public int tasks;

  private WorkerPool pool;

  /** Starts the threads. */
  @Setup(Level.Trial)
  public void start() {
    pool = WorkerPool.of(threads);
  }

  /** Stops the threads. */
  @TearDown(Level.Trial)
  public void stop() {
    pool.close();
  }

  /** Tasks that do nothing. */
  @Benchmark
  public void handOut() {
    pool.run(tasks, Blackhole::consumeCPU);
  }
}
