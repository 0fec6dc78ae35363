package scoria.bench.micro;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import scoria.kernels.cpu.Gather;
import scoria.kernels.cpu.StridedCopy;

/** Bringing float32 elements of [512, 512] to other places, time per element that is moved. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(MoveBenchmark.N * MoveBenchmark.N)
public class MoveBenchmark extends Threaded {
  static final int N = 512;
  private static final long[] SHAPE = {N, N};
  private static final long[] DENSE = {N, 1};
  private static final long[] TRANSPOSED = {1, N};

  /** Rows and columns of a matrix of which every second column is taken. */
  private static final long[] EVERY_SECOND = {2 * N, 2};

  private float[] arrayX;
  private long[] arrayRows;
  private MemorySegment x;
  private MemorySegment rows;
  float[] arrayOut;
  MemorySegment out;

  /** Makes operands. */
  @Setup
  public void fill() {
    arrayX = Operands.floats(2 * N * N, -1, 1);
    arrayRows = new Random(2).longs(N, 0, N).toArray();
    x = Operands.copy(arrayX);
    rows = Operands.copy(arrayRows);
    arrayOut = new float[N * N];
    out = Operands.zeros(N * N);
  }

  /** The kernel: a matrix as it is. */
  @Benchmark
  public void copy() {
    StridedCopy.copy(pool, Float.BYTES, x, 0, SHAPE, DENSE, out, 0, DENSE);
  }

  /** The JDK's copy of native memory. */
  @Benchmark
  public void copySegment() {
    MemorySegment.copy(x, 0, out, 0, 4L * N * N);
  }

  /** The kernel: rows become columns. */
  @Benchmark
  public void transpose() {
    StridedCopy.copy(pool, Float.BYTES, x, 0, SHAPE, TRANSPOSED, out, 0, DENSE);
  }

  /** Loops over arrays. */
  @Benchmark
  public void transposeLoop() {
    for (int r = 0; r < N; r++) {
      for (int c = 0; c < N; c++) {
        arrayOut[r * N + c] = arrayX[c * N + r];
      }
    }
  }

  /** The kernel: every second column of [512, 1024]. */
  @Benchmark
  public void strided() {
    StridedCopy.copy(pool, Float.BYTES, x, 0, SHAPE, EVERY_SECOND, out, 0, DENSE);
  }

  /** Loops over arrays. */
  @Benchmark
  public void stridedLoop() {
    for (int r = 0; r < N; r++) {
      for (int c = 0; c < N; c++) {
        arrayOut[r * N + c] = arrayX[2 * (r * N + c)];
      }
    }
  }

  /** The kernel: rows in another order, some twice. */
  @Benchmark
  public void takeRows() {
    Gather.take(pool, Float.BYTES, x, 0, 1, N, N, rows, 0, N, out, 0);
  }

  /** The JDK's copy of arrays, row by row. */
  @Benchmark
  public void takeRowsLoop() {
    for (int r = 0; r < N; r++) {
      System.arraycopy(arrayX, (int) arrayRows[r] * N, arrayOut, r * N, N);
    }
  }

  /** The kernel: columns in another order, some twice. */
  @Benchmark
  public void takeColumns() {
    Gather.take(pool, Float.BYTES, x, 0, N, N, 1, rows, 0, N, out, 0);
  }

  /** Loops over arrays. */
  @Benchmark
  public void takeColumnsLoop() {
    for (int r = 0; r < N; r++) {
      for (int c = 0; c < N; c++) {
        arrayOut[r * N + c] = arrayX[r * N + (int) arrayRows[c]];
      }
    }
  }
}
