package scoria.bench.micro;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import scoria.engine.op.Unary;
import scoria.engine.tensor.DType;
import scoria.kernels.cpu.PointwiseKernel;

/**
 * Functions of one number, time per element: the kernel, the Vector API's own operator over the
 * same memory where there is one, and a loop over an array.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(PointwiseBenchmark.WORK)
public class PointwiseBenchmark {
  /** Elements a call, in as many passes over the operands as it takes. */
  static final int WORK = 1 << 20;

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

  /** Operands and results. */
  @State(Scope.Benchmark)
  public abstract static class Elements {
    private static final Set<Unary> OF_POSITIVE =
        EnumSet.of(
            Unary.SQRT,
            Unary.RSQRT,
            Unary.RECIPROCAL,
            Unary.LOG,
            Unary.LOG1P,
            Unary.LOG2,
            Unary.LOG10,
            Unary.LGAMMA,
            Unary.DIGAMMA);
    private static final Set<Unary> WITHIN_ONE = EnumSet.of(Unary.ASIN, Unary.ACOS, Unary.ATANH);

    /** Elements: some that fit the first-level cache, and some that do not. */
    @Param({"4096", "1048576"})
    public int size;

    /** Element type. */
    @Param({"FLOAT32", "FLOAT64"})
    public DType dtype;

    PointwiseKernel kernel;
    JdkFunctions.FloatFunction scalar32;
    DoubleUnaryOperator scalar64;
    MemorySegment x;
    MemorySegment y;
    float[] x32;
    float[] y32;
    double[] x64;
    double[] y64;

    abstract Unary op();

    /** Makes them. */
    @Setup
    public void fill() {
      kernel = op().kernel(dtype);
      scalar32 = JdkFunctions.float32(op());
      scalar64 = JdkFunctions.float64(op());
      double to = WITHIN_ONE.contains(op()) ? 0.95 : 4;
      double from = OF_POSITIVE.contains(op()) ? 0.1 : op() == Unary.ACOSH ? 1.1 : -to;
      x64 = Operands.spread(size, from, to);
      x32 = Operands.floats(size, from, to);
      y64 = new double[size];
      y32 = new float[size];
      x = dtype == DType.FLOAT32 ? Operands.copy(x32) : Operands.copy(x64);
      y = dtype == DType.FLOAT32 ? Operands.copy(y32) : Operands.copy(y64);
    }
  }

  /** Every function there is. */
  @State(Scope.Benchmark)
  public static class Every extends Elements {
    /** Which. */
    @Param public Unary op;

    @Override
    Unary op() {
      return op;
    }
  }

  /** The functions that the Vector API has as well. */
  @State(Scope.Benchmark)
  public static class OfVectorApi extends Elements {
    /** Which. */
    @Param({
      "NEG", "ABS", "SQRT", "EXP", "EXPM1", "LOG", "LOG1P", "SIN", "COS", "TANH", "TAN", "ATAN",
      "CBRT"
    })
    public Unary op;

    JdkFunctions.LaneFunction lanes;

    @Override
    Unary op() {
      return op;
    }

    /** Picks it. */
    @Setup
    public void pick() {
      lanes = JdkFunctions.lanewise(op);
    }
  }

  /** The kernel. */
  @Benchmark
  public void kernel(Every in) {
    for (int done = 0; done < WORK; done += in.size) {
      in.kernel.run(in.x, 0, in.y, 0, in.size);
    }
  }

  /** A loop over an array with the functions of {@link Math}. */
  @Benchmark
  public void loop(Every in) {
    for (int done = 0; done < WORK; done += in.size) {
      if (in.dtype == DType.FLOAT32) {
        loop32(in.scalar32, in.x32, in.y32);
      } else {
        loop64(in.scalar64, in.x64, in.y64);
      }
    }
  }

  /** The operator of the Vector API. */
  @Benchmark
  public void lanewise(OfVectorApi in) {
    for (int done = 0; done < WORK; done += in.size) {
      if (in.dtype == DType.FLOAT32) {
        lanes32(in.lanes, in.x, in.y, in.size);
      } else {
        lanes64(in.lanes, in.x, in.y, in.size);
      }
    }
  }

  private static void loop32(JdkFunctions.FloatFunction f, float[] x, float[] y) {
    for (int i = 0; i < x.length; i++) {
      y[i] = f.of(x[i]);
    }
  }

  private static void loop64(DoubleUnaryOperator f, double[] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      y[i] = f.applyAsDouble(x[i]);
    }
  }

  /** Sizes are multiples of any vector's. */
  private static void lanes32(
      JdkFunctions.LaneFunction f, MemorySegment x, MemorySegment y, int n) {
    for (int i = 0; i < n; i += FLOATS.length()) {
      long at = 4L * i;
      f.of(FloatVector.fromMemorySegment(FLOATS, x, at, NATIVE)).intoMemorySegment(y, at, NATIVE);
    }
  }

  private static void lanes64(
      JdkFunctions.LaneFunction f, MemorySegment x, MemorySegment y, int n) {
    for (int i = 0; i < n; i += DOUBLES.length()) {
      long at = 8L * i;
      f.of(DoubleVector.fromMemorySegment(DOUBLES, x, at, NATIVE)).intoMemorySegment(y, at, NATIVE);
    }
  }
}
