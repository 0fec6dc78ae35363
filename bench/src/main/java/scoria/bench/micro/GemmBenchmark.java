package scoria.bench.micro;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
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
import scoria.kernels.cpu.AlignedMemory;
import scoria.kernels.cpu.GemmF32;
import scoria.kernels.cpu.WorkerPool;

/** The float32 matrix product beside loops in plain Java that the compiler vectorises itself. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GemmBenchmark {
  /** Rows of C, length of the sums, columns of C. */
  @Param({"1024x1024x1024", "256x256x256", "512x128x128", "512x2x128", "512x128x2"})
  public String shape;

  /** Which of A and B are stored transposed: n or t for each. */
  @Param({"nn"})
  public String form;

  /** Threads of the pool. */
  @Param({"1"})
  public int threads;

  private WorkerPool pool;
  private Arena arena;
  private int m;
  private int k;
  private int n;
  private boolean transA;
  private boolean transB;
  private MemorySegment a;
  private MemorySegment b;
  private MemorySegment c;
  private float[] arrayA;
  private float[] arrayB;
  private float[] arrayC;

  /** Makes the matrices. */
  @Setup(Level.Trial)
  public void start() {
    int[] sizes = Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).toArray();
    m = sizes[0];
    k = sizes[1];
    n = sizes[2];
    transA = form.charAt(0) == 't';
    transB = form.charAt(1) == 't';
    pool = WorkerPool.of(threads);
    arena = Arena.ofShared();
    arrayA = filled(m * k);
    arrayB = filled(k * n);
    arrayC = new float[m * n];
    a = AlignedMemory.floats(arena, (long) m * k).copyFrom(MemorySegment.ofArray(arrayA));
    b = AlignedMemory.floats(arena, (long) k * n).copyFrom(MemorySegment.ofArray(arrayB));
    c = AlignedMemory.floats(arena, (long) m * n);
  }

  private static float[] filled(int size) {
    float[] x = new float[size];
    for (int i = 0; i < size; i++) {
      x[i] = (float) Math.sin(i);
    }
    return x;
  }

  /** Frees them. */
  @TearDown(Level.Trial)
  public void stop() {
    pool.close();
    arena.close();
  }

  /** The kernel. */
  @Benchmark
  public float gemm() {
    GemmF32.gemm(
        pool, transA, transB, m, n, k, 1, a, 0, transA ? m : k, b, 0, transB ? k : n, 0, c, 0, n);
    return c.get(ValueLayout.JAVA_FLOAT, 0);
  }

  /** Three loops over arrays, neither factor transposed, the innermost along rows of B and C. */
  @Benchmark
  public float loops() {
    Arrays.fill(arrayC, 0);
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        float x = arrayA[i * k + p];
        int row = p * n;
        int to = i * n;
        for (int j = 0; j < n; j++) {
          arrayC[to + j] = Math.fma(x, arrayB[row + j], arrayC[to + j]);
        }
      }
    }
    return arrayC[0];
  }
}
