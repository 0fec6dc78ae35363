package scoria.engine.device;

import java.lang.foreign.MemorySegment;
import scoria.engine.op.ArgReduction;
import scoria.engine.op.ArgScan;
import scoria.engine.op.ArgSort;
import scoria.engine.op.Recurrence;
import scoria.engine.op.Reduction;
import scoria.engine.op.RowOp;
import scoria.engine.op.Scan;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.ReduceF32;
import scoria.kernels.cpu.ReduceF64;
import scoria.kernels.cpu.ReduceI64;
import scoria.kernels.cpu.RowsF32;
import scoria.kernels.cpu.RowsF64;
import scoria.kernels.cpu.ScanF32;
import scoria.kernels.cpu.ScanF64;
import scoria.kernels.cpu.ScanI64;
import scoria.kernels.cpu.WorkerPool;

/** Operations that bring many elements together. */
final class CpuReduce {
  /** A loop of {@link ReduceF32} and its kin. */
  interface Loop {
    void run(
        WorkerPool pool,
        MemorySegment x,
        long xAt,
        long outer,
        long n,
        long inner,
        MemorySegment out,
        long outAt);
  }

  /** A loop of {@link RowsF32} and its kin. */
  interface RowLoop {
    void run(
        WorkerPool pool, MemorySegment x, long xAt, MemorySegment y, long yAt, long rows, long n);
  }

  /** A running loop of {@link ScanF32} and its kin. */
  private interface ScanLoop {
    void run(
        WorkerPool pool,
        MemorySegment x,
        long xAt,
        long outer,
        long n,
        long inner,
        boolean exclusive,
        boolean reverse,
        MemorySegment y,
        long yAt);
  }

  /** A recurrence of {@link ScanF32} and its twin. */
  private interface RecurrenceLoop {
    void run(
        WorkerPool pool,
        MemorySegment w,
        long wAt,
        MemorySegment x,
        long xAt,
        long outer,
        long n,
        long inner,
        boolean reverse,
        MemorySegment y,
        long yAt);
  }

  private CpuReduce() {}

  static void reduce(WorkerPool pool, Reduction op, Tensor x, Tensor y) {
    if (y.elements() == 0) {
      return;
    }
    Shape shape = x.shape();
    long outer = shape.elements(0, op.from());
    long n = shape.elements(op.from(), op.to());
    long inner = shape.elements(op.to(), shape.rank());
    MemorySegment from = Cpu.segment(x);
    MemorySegment into = Cpu.segment(y);
    long xAt = x.layout().offset();
    long yAt = y.layout().offset();
    Loop loop = loop(op, x.dtype());
    loop.run(pool, from, xAt, outer, n, inner, into, yAt);
  }

  static Loop loop(Reduction op, DType dtype) {
    return switch (dtype) {
      case FLOAT32 ->
          switch (op.kind()) {
            case SUM -> ReduceF32::sum;
            case PROD -> ReduceF32::prod;
            case MAX -> ReduceF32::max;
            case MIN -> ReduceF32::min;
          };
      case FLOAT64 ->
          switch (op.kind()) {
            case SUM -> ReduceF64::sum;
            case PROD -> ReduceF64::prod;
            case MAX -> ReduceF64::max;
            case MIN -> ReduceF64::min;
          };
      default ->
          switch (op.kind()) {
            case SUM -> ReduceI64::sum;
            case PROD -> ReduceI64::prod;
            case MAX -> ReduceI64::max;
            case MIN -> ReduceI64::min;
          };
    };
  }

  static void arg(WorkerPool pool, ArgReduction op, Tensor x, Tensor y) {
    if (y.elements() == 0) {
      return;
    }
    Shape shape = x.shape();
    long outer = shape.elements(0, op.axis());
    long n = shape.size(op.axis());
    long inner = shape.elements(op.axis() + 1, shape.rank());
    MemorySegment from = Cpu.segment(x);
    MemorySegment into = Cpu.segment(y);
    long xAt = x.layout().offset();
    long yAt = y.layout().offset();
    Loop loop =
        switch (x.dtype()) {
          case FLOAT32 ->
              switch (op.kind()) {
                case MAX -> ReduceF32::argMax;
                case MIN -> ReduceF32::argMin;
              };
          case FLOAT64 ->
              switch (op.kind()) {
                case MAX -> ReduceF64::argMax;
                case MIN -> ReduceF64::argMin;
              };
          default ->
              switch (op.kind()) {
                case MAX -> ReduceI64::argMax;
                case MIN -> ReduceI64::argMin;
              };
        };
    loop.run(pool, from, xAt, outer, n, inner, into, yAt);
  }

  static void argSort(WorkerPool pool, ArgSort op, Tensor x, Tensor order) {
    scoria.kernels.cpu.ArgSort.run(
        pool,
        x.dtype().element(),
        Cpu.segment(x),
        x.layout().offset(),
        x.shape().elements(0, x.rank() - 1),
        x.shape().size(-1),
        op == ArgSort.DESCENDING,
        Cpu.segment(order),
        order.layout().offset());
  }

  static void scan(WorkerPool pool, Scan op, Tensor x, Tensor y) {
    ScanLoop loop =
        switch (x.dtype()) {
          case FLOAT32 ->
              switch (op.kind()) {
                case SUM -> ScanF32::sum;
                case PROD -> ScanF32::prod;
              };
          case FLOAT64 ->
              switch (op.kind()) {
                case SUM -> ScanF64::sum;
                case PROD -> ScanF64::prod;
              };
          default ->
              switch (op.kind()) {
                case SUM -> ScanI64::sum;
                case PROD -> ScanI64::prod;
              };
        };
    Shape shape = x.shape();
    loop.run(
        pool,
        Cpu.segment(x),
        x.layout().offset(),
        shape.elements(0, op.axis()),
        shape.size(op.axis()),
        shape.elements(op.axis() + 1, shape.rank()),
        op.exclusive(),
        op.reverse(),
        Cpu.segment(y),
        y.layout().offset());
  }

  static void argScan(WorkerPool pool, ArgScan op, Tensor x, Tensor y) {
    Shape shape = x.shape();
    scoria.kernels.cpu.ArgScan.run(
        pool,
        x.dtype().element(),
        Cpu.segment(x),
        x.layout().offset(),
        shape.elements(0, op.axis()),
        shape.size(op.axis()),
        shape.elements(op.axis() + 1, shape.rank()),
        op.kind() == ArgScan.Kind.MIN,
        Cpu.segment(y),
        y.layout().offset());
  }

  static void recurrence(WorkerPool pool, Recurrence op, Tensor[] inputs, Tensor y) {
    RecurrenceLoop loop = y.dtype() == DType.FLOAT64 ? ScanF64::recurrence : ScanF32::recurrence;
    Shape shape = y.shape();
    loop.run(
        pool,
        Cpu.segment(inputs[0]),
        inputs[0].layout().offset(),
        Cpu.segment(inputs[1]),
        inputs[1].layout().offset(),
        shape.elements(0, op.axis()),
        shape.size(op.axis()),
        shape.elements(op.axis() + 1, shape.rank()),
        op.reverse(),
        Cpu.segment(y),
        y.layout().offset());
  }

  static void rows(WorkerPool pool, RowOp op, Tensor x, Tensor y) {
    long n = x.shape().size(-1);
    long rows = x.shape().elements(0, x.rank() - 1);
    MemorySegment from = Cpu.segment(x);
    MemorySegment into = Cpu.segment(y);
    long xAt = x.layout().offset();
    long yAt = y.layout().offset();
    RowLoop loop = rowLoop(op, x.dtype());
    loop.run(pool, from, xAt, into, yAt, rows, n);
  }

  static RowLoop rowLoop(RowOp op, DType dtype) {
    boolean wide = dtype == DType.FLOAT64;
    return switch (op) {
      case SOFTMAX -> wide ? RowsF64::softmax : RowsF32::softmax;
      case LOG_SOFTMAX -> wide ? RowsF64::logSoftmax : RowsF32::logSoftmax;
      case LOG_SUM_EXP -> wide ? RowsF64::logSumExp : RowsF32::logSumExp;
    };
  }
}
