package scoria.bench.micro;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import scoria.kernels.cpu.RowsF32;

/** Softmax of float32 rows, time per element. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(RowsBenchmark.ELEMENTS)
public class RowsBenchmark extends Threaded {
  static final int ELEMENTS = 1 << 16;

  /** Elements of a row; a power of two. */
  @Param({"16", "128", "4096"})
  public int columns;

  private float[] arrayX;
  private MemorySegment x;
  float[] arrayOut;
  MemorySegment out;

  /** Makes operands. */
  @Setup
  public void fill() {
    arrayX = Operands.floats(ELEMENTS, -4, 4);
    x = Operands.copy(arrayX);
    arrayOut = new float[ELEMENTS];
    out = Operands.zeros(ELEMENTS);
  }

  /** The kernel. */
  @Benchmark
  public void softmax() {
    RowsF32.softmax(pool, x, 0, out, 0, ELEMENTS / columns, columns);
  }

  /** Loops over an array. */
  @Benchmark
  public void softmaxLoop() {
    for (int row = 0; row < ELEMENTS; row += columns) {
      int end = row + columns;
      float max = Float.NEGATIVE_INFINITY;
      for (int i = row; i < end; i++) {
        max = Math.max(max, arrayX[i]);
      }
      float sum = 0;
      for (int i = row; i < end; i++) {
        arrayOut[i] = (float) Math.exp(arrayX[i] - max);
        sum += arrayOut[i];
      }
      for (int i = row; i < end; i++) {
        arrayOut[i] /= sum;
      }
    }
  }
}
