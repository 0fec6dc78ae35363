package scoria.bench.micro;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
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
import scoria.engine.op.Binary;
import scoria.engine.tensor.DType;
import scoria.kernels.cpu.PairwiseKernel;

/** Functions of two numbers on [512, 128] float32, time per element. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(PairwiseBenchmark.ROWS * PairwiseBenchmark.COLUMNS)
public class PairwiseBenchmark {
  static final int ROWS = 512;
  static final int COLUMNS = 128;

  @FunctionalInterface
  private interface FloatFunction {
    float of(float a, float b);
  }

  /** Which function. */
  @Param({"ADD", "MUL", "SILU_GRAD"})
  public Binary op;

  /** Shape of the second operand: one number for each of the first, or one row for all. */
  @Param({"matrix", "row"})
  public String with;

  private PairwiseKernel kernel;
  private FloatFunction function;
  private int bRow;
  private float[][] arrayA;
  private float[][] arrayB;
  private MemorySegment a;
  private MemorySegment b;
  float[][] arrayOut;
  MemorySegment out;

  /** Makes operands. */
  @Setup
  public void fill() {
    kernel = Objects.requireNonNull(op.kernel(DType.FLOAT32));
    function =
        switch (op) {
          case ADD -> (x, y) -> x + y;
          case MUL -> (x, y) -> x * y;
          case SILU_GRAD ->
              (x, y) -> {
                float s = 1 / (1 + (float) Math.exp(-x));
                return y * s * (1 + x * (1 - s));
              };
          default -> throw new IllegalArgumentException("no loop to put beside " + op);
        };
    bRow = with.equals("row") ? 0 : COLUMNS;
    float[] flatA = Operands.floats(ROWS * COLUMNS, -4, 4);
    float[] flatB = Operands.floats(bRow == 0 ? COLUMNS : ROWS * COLUMNS, -1, 1);
    arrayA = Operands.rows(flatA, COLUMNS);
    arrayB = Operands.rows(flatB, COLUMNS);
    arrayOut = new float[ROWS][COLUMNS];
    a = Operands.copy(flatA);
    b = Operands.copy(flatB);
    out = Operands.zeros(ROWS * COLUMNS);
  }

  /** The kernel. */
  @Benchmark
  public void kernel() {
    if (bRow == 0) {
      kernel.run(a, 0, COLUMNS, 1, b, 0, 0, 1, out, 0, COLUMNS, ROWS, COLUMNS);
    } else {
      // What the engine makes of operands that are dense alike: one long row.
      kernel.run(a, 0, 0, 1, b, 0, 0, 1, out, 0, 0, 1, ROWS * COLUMNS);
    }
  }

  /** Loops over arrays, one for each row, as the compiler can vectorise them. */
  @Benchmark
  public void loop() {
    for (int r = 0; r < ROWS; r++) {
      loop(function, arrayA[r], arrayB[bRow == 0 ? 0 : r], arrayOut[r]);
    }
  }

  private static void loop(FloatFunction f, float[] a, float[] b, float[] out) {
    for (int c = 0; c < out.length; c++) {
      out[c] = f.of(a[c], b[c]);
    }
  }
}
