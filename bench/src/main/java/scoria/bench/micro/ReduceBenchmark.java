package scoria.bench.micro;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
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
import scoria.kernels.cpu.ReduceF32;

/** Sums of [512, 128] float32 along an axis, time per element. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(ReduceBenchmark.ROWS * ReduceBenchmark.COLUMNS)
public class ReduceBenchmark extends Threaded {
  static final int ROWS = 512;
  static final int COLUMNS = 128;

  /** The axis that is gone afterwards. */
  @Param({"0", "1", "all"})
  public String axis;

  private float[][] arrayX;
  private MemorySegment x;
  float[] arrayOut;
  MemorySegment out;

  /** Makes operands. */
  @Setup
  public void fill() {
    float[] flat = Operands.floats(ROWS * COLUMNS, -1, 1);
    arrayX = Operands.rows(flat, COLUMNS);
    x = Operands.copy(flat);
    arrayOut =
        new float
            [switch (axis) {
              case "0" -> COLUMNS;
              case "1" -> ROWS;
              default -> 1;
            }];
    out = Operands.zeros(arrayOut.length);
  }

  /** The kernel. */
  @Benchmark
  public void kernel() {
    switch (axis) {
      case "0" -> ReduceF32.sum(pool, x, 0, 1, ROWS, COLUMNS, out, 0);
      case "1" -> ReduceF32.sum(pool, x, 0, ROWS, COLUMNS, 1, out, 0);
      default -> ReduceF32.sum(pool, x, 0, 1, ROWS * COLUMNS, 1, out, 0);
    }
  }

  /** Loops over arrays, one for each row, from the first element to the last. */
  @Benchmark
  public void loop() {
    Arrays.fill(arrayOut, 0);
    for (int r = 0; r < ROWS; r++) {
      switch (axis) {
        case "0" -> addTo(arrayOut, arrayX[r]);
        case "1" -> arrayOut[r] = sum(0, arrayX[r]);
        default -> arrayOut[0] = sum(arrayOut[0], arrayX[r]);
      }
    }
  }

  private static void addTo(float[] sums, float[] x) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] += x[c];
    }
  }

  private static float sum(float start, float[] x) {
    float sum = start;
    for (float value : x) {
      sum += value;
    }
    return sum;
  }
}
