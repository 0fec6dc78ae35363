package scoria.bench.micro;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import scoria.kernels.cpu.Philox;

/** Random float32 numbers, time per number, beside the JDK's fastest generator. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(RandomBenchmark.N)
public class RandomBenchmark {
  static final int N = 1 << 16;

  private SplittableRandom random;
  private long place;
  float[] arrayOut;
  MemorySegment out;

  /** Makes room. */
  @Setup
  public void fill() {
    random = new SplittableRandom(1);
    arrayOut = new float[N];
    out = Operands.zeros(N);
  }

  /** The kernel: even numbers on [0, 1). */
  @Benchmark
  public void uniform() {
    Philox.uniformF32(1, 0, place, out, 0, N);
    place += N;
  }

  /** The JDK's. */
  @Benchmark
  public void uniformJdk() {
    for (int i = 0; i < N; i++) {
      arrayOut[i] = random.nextFloat();
    }
  }

  /** The kernel: normal numbers. */
  @Benchmark
  public void normal() {
    Philox.normalF32(1, 0, place, out, 0, N);
    place += N;
  }

  /** The JDK's. */
  @Benchmark
  public void normalJdk() {
    for (int i = 0; i < N; i++) {
      arrayOut[i] = (float) random.nextGaussian();
    }
  }
}
