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
import scoria.engine.op.AdamUpdate;
import scoria.kernels.cpu.OptimizerF32;

/** A step of Adam on float32 parameters, time per parameter. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(OptimizerBenchmark.WORK)
public class OptimizerBenchmark {
  /** Parameters changed in a call, in as many steps as it takes. */
  static final int WORK = 1 << 20;

  private static final AdamUpdate STEP = new AdamUpdate(0.9, 0.999, 1e-8);

  /** Rate, weight decay's factor and the corrections of the tenth step. */
  private static final double[] NUMBERS = new double[AdamUpdate.NUMBERS];

  static {
    STEP.fill(NUMBERS, 1e-3, 1e-2, 10);
  }

  /** Parameters: some that fit the first-level cache, and some that do not. */
  @Param({"2048", "1048576"})
  public int size;

  private float[] arrayG;
  private float[] arrayM;
  private float[] arrayV;
  private MemorySegment g;
  private MemorySegment m;
  private MemorySegment v;
  float[] arrayOut;
  MemorySegment out;

  /** Makes operands. */
  @Setup
  public void fill() {
    arrayG = Operands.floats(size, -1, 1);
    arrayM = new float[size];
    arrayV = new float[size];
    arrayOut = Operands.floats(size, -1, 1);
    g = Operands.copy(arrayG);
    m = Operands.zeros(size);
    v = Operands.zeros(size);
    out = Operands.copy(arrayOut);
  }

  /** The kernel. */
  @Benchmark
  public void adam() {
    for (int done = 0; done < WORK; done += size) {
      OptimizerF32.adam(
          out,
          0,
          g,
          0,
          m,
          0,
          v,
          0,
          size,
          NUMBERS[0],
          STEP.beta1(),
          STEP.beta2(),
          STEP.epsilon(),
          NUMBERS[1],
          NUMBERS[2],
          NUMBERS[3]);
    }
  }

  /** A loop over arrays. */
  @Benchmark
  public void adamLoop() {
    float rate = (float) NUMBERS[0];
    float beta1 = (float) STEP.beta1();
    float beta2 = (float) STEP.beta2();
    float epsilon = (float) STEP.epsilon();
    float shrink = (float) NUMBERS[1];
    float correction1 = (float) NUMBERS[2];
    float correction2 = (float) NUMBERS[3];
    for (int done = 0; done < WORK; done += size) {
      for (int i = 0; i < size; i++) {
        float x = arrayG[i];
        arrayM[i] = beta1 * arrayM[i] + (1 - beta1) * x;
        arrayV[i] = beta2 * arrayV[i] + (1 - beta2) * x * x;
        float root = (float) Math.sqrt(arrayV[i] * correction2);
        arrayOut[i] = shrink * arrayOut[i] - rate * arrayM[i] * correction1 / (root + epsilon);
      }
    }
  }
}
