package scoria.engine.device;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import scoria.engine.op.Binary;
import scoria.engine.op.Bitwise;
import scoria.engine.op.Comparison;
import scoria.engine.op.ScalarOp;
import scoria.engine.op.Unary;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.Cast;
import scoria.kernels.cpu.PairwiseKernel;
import scoria.kernels.cpu.PointwiseF32;
import scoria.kernels.cpu.PointwiseF64;
import scoria.kernels.cpu.PointwiseI32;
import scoria.kernels.cpu.PointwiseI64;
import scoria.kernels.cpu.PointwiseKernel;
import scoria.kernels.cpu.Where;
import scoria.kernels.cpu.WorkerPool;

/** Operations whose elements are computed one by one. */
final class CpuElementwise {
  /** Elements that are worth waking a thread for: about ten microseconds of work. */
  static final long GRAIN = 1 << 15;

  /** A loop over one input with a number besides. */
  interface ScalarLoop {
    void run(MemorySegment x, long xAt, double c, MemorySegment y, long yAt, long n);
  }

  private CpuElementwise() {}

  static void unary(WorkerPool pool, Unary op, Tensor x, Tensor y) {
    PointwiseKernel kernel = op.kernel(x.dtype());
    MemorySegment from = Cpu.segment(x);
    MemorySegment into = Cpu.segment(y);
    long fromAt = x.layout().offset();
    long intoAt = y.layout().offset();
    pool.forRanges(
        x.elements(),
        GRAIN,
        (start, end) -> kernel.run(from, fromAt + start, into, intoAt + start, end - start));
  }

  static void scalar(WorkerPool pool, ScalarOp op, Tensor x, Tensor y) {
    MemorySegment from = Cpu.segment(x);
    MemorySegment into = Cpu.segment(y);
    long fromAt = x.layout().offset();
    long intoAt = y.layout().offset();
    double c = op.value();
    ScalarLoop loop = scalarLoop(op, x.dtype());
    pool.forRanges(
        x.elements(),
        GRAIN,
        (start, end) -> loop.run(from, fromAt + start, c, into, intoAt + start, end - start));
  }

  static ScalarLoop scalarLoop(ScalarOp op, DType dtype) {
    return switch (op.kind()) {
      case ADD ->
          loop(
              dtype,
              PointwiseF32::addScalar,
              PointwiseF64::addScalar,
              PointwiseI32::addScalar,
              PointwiseI64::addScalar);
      case MUL ->
          loop(
              dtype,
              PointwiseF32::mulScalar,
              PointwiseF64::mulScalar,
              PointwiseI32::mulScalar,
              PointwiseI64::mulScalar);
      case MAX ->
          loop(
              dtype,
              PointwiseF32::maxScalar,
              PointwiseF64::maxScalar,
              PointwiseI32::maxScalar,
              PointwiseI64::maxScalar);
      case MIN ->
          loop(
              dtype,
              PointwiseF32::minScalar,
              PointwiseF64::minScalar,
              PointwiseI32::minScalar,
              PointwiseI64::minScalar);
      case POLYGAMMA ->
          dtype == DType.FLOAT64 ? PointwiseF64::polygammaScalar : PointwiseF32::polygammaScalar;
      case POW -> dtype == DType.FLOAT64 ? PointwiseF64::powScalar : PointwiseF32::powScalar;
    };
  }

  private static ScalarLoop loop(
      DType dtype, ScalarLoop float32, ScalarLoop float64, ScalarLoop int32, ScalarLoop int64) {
    return switch (dtype) {
      case FLOAT32 -> float32;
      case FLOAT64 -> float64;
      case INT32 -> int32;
      case INT64 -> int64;
      case UINT8, BOOL -> throw new IllegalArgumentException("no loop for " + dtype);
    };
  }

  static void binary(WorkerPool pool, Binary op, Tensor[] inputs, Tensor y) {
    pairwise(pool, op.kernel(inputs[0].dtype()), inputs, y);
  }

  static void bitwise(WorkerPool pool, Bitwise op, Tensor[] inputs, Tensor y) {
    pairwise(pool, op.kernel(inputs[0].dtype()), inputs, y);
  }

  static void comparison(WorkerPool pool, Comparison op, Tensor[] inputs, Tensor y) {
    pairwise(pool, op.kernel(inputs[0].dtype()), inputs, y);
  }

  private static void pairwise(
      WorkerPool pool, @Nullable PairwiseKernel kernel, Tensor[] inputs, Tensor y) {
    if (kernel == null) {
      throw new IllegalArgumentException("no loop for " + inputs[0].dtype());
    }
    MemorySegment a = Cpu.segment(inputs[0]);
    MemorySegment b = Cpu.segment(inputs[1]);
    MemorySegment out = Cpu.segment(y);
    Walk walk = Walk.of(y.shape(), inputs[0].layout(), inputs[1].layout(), y.layout());
    long rows = walk.rows();
    long columns = walk.columns();
    int aStep = walk.column(0);
    int bStep = walk.column(1);
    walk.blocks(
        starts -> {
          long aAt = starts[0];
          long bAt = starts[1];
          long outAt = starts[2];
          if (rows == 1) {
            pool.forRanges(
                columns,
                GRAIN,
                (from, to) ->
                    kernel.run(
                        a,
                        aAt + from * aStep,
                        0,
                        aStep,
                        b,
                        bAt + from * bStep,
                        0,
                        bStep,
                        out,
                        outAt + from,
                        0,
                        1,
                        to - from));
          } else {
            pool.forRanges(
                rows,
                rowGrain(columns),
                (from, to) ->
                    kernel.run(
                        a,
                        aAt + from * walk.row(0),
                        walk.row(0),
                        aStep,
                        b,
                        bAt + from * walk.row(1),
                        walk.row(1),
                        bStep,
                        out,
                        outAt + from * walk.row(2),
                        walk.row(2),
                        to - from,
                        columns));
          }
        });
  }

  /** The loop of {@link Where} for one element size. */
  @FunctionalInterface
  interface Choice {
    void run(
        MemorySegment condition,
        long conditionAt,
        long conditionRow,
        int conditionColumn,
        MemorySegment a,
        long aAt,
        long aRow,
        int aColumn,
        MemorySegment b,
        long bAt,
        long bRow,
        int bColumn,
        MemorySegment out,
        long outAt,
        long outRow,
        long rows,
        long columns);
  }

  static Choice choice(DType dtype) {
    return switch (dtype.bytes()) {
      case 8 -> Where::where8;
      case 4 -> Where::where4;
      default -> Where::where1;
    };
  }

  static void where(WorkerPool pool, Tensor[] inputs, Tensor y) {
    MemorySegment condition = Cpu.segment(inputs[0]);
    MemorySegment a = Cpu.segment(inputs[1]);
    MemorySegment b = Cpu.segment(inputs[2]);
    MemorySegment out = Cpu.segment(y);
    Walk walk =
        Walk.of(y.shape(), inputs[0].layout(), inputs[1].layout(), inputs[2].layout(), y.layout());
    long columns = walk.columns();
    Choice choice = choice(y.dtype());
    walk.blocks(
        starts -> {
          long conditionAt = starts[0];
          long aAt = starts[1];
          long bAt = starts[2];
          long outAt = starts[3];
          pool.forRanges(
              walk.rows(),
              rowGrain(columns),
              (from, to) ->
                  choice.run(
                      condition,
                      conditionAt + from * walk.row(0),
                      walk.row(0),
                      walk.column(0),
                      a,
                      aAt + from * walk.row(1),
                      walk.row(1),
                      walk.column(1),
                      b,
                      bAt + from * walk.row(2),
                      walk.row(2),
                      walk.column(2),
                      out,
                      outAt + from * walk.row(3),
                      walk.row(3),
                      to - from,
                      columns));
        });
  }

  static void cast(WorkerPool pool, Tensor x, Tensor y) {
    MemorySegment from = Cpu.segment(x);
    MemorySegment into = Cpu.segment(y);
    long fromAt = x.layout().offset();
    long intoAt = y.layout().offset();
    pool.forRanges(
        x.elements(),
        GRAIN,
        (start, end) ->
            Cast.run(
                x.dtype().element(),
                from,
                fromAt + start,
                y.dtype().element(),
                into,
                intoAt + start,
                end - start));
  }

  private static long rowGrain(long columns) {
    return Math.max(1, GRAIN / Math.max(1, columns));
  }
}
