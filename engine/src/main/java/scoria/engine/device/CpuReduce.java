package scoria.engine.device;

import java.lang.foreign.MemorySegment;
import scoria.engine.op.ArgReduction;
import scoria.engine.op.Reduction;
import scoria.engine.op.RowOp;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.ReduceF32;
import scoria.kernels.cpu.ReduceF64;
import scoria.kernels.cpu.ReduceI64;
import scoria.kernels.cpu.RowsF32;
import scoria.kernels.cpu.RowsF64;
import scoria.kernels.cpu.WorkerPool;

/** Operations that bring many elements together. */
final class CpuReduce {
  private CpuReduce() {}

  static void reduce(WorkerPool pool, Reduction op, Tensor x, Tensor y) {
    if (y.elements() == 0) {
      return;
    }
    Shape shape = x.shape();
    long outer = product(shape, 0, op.from());
    long n = product(shape, op.from(), op.to());
    long inner = product(shape, op.to(), shape.rank());
    MemorySegment from = Cpu.segment(x);
    MemorySegment into = Cpu.segment(y);
    long xAt = x.layout().offset();
    long yAt = y.layout().offset();
    switch (x.dtype()) {
      case FLOAT32 -> {
        switch (op.kind()) {
          case SUM -> ReduceF32.sum(pool, from, xAt, outer, n, inner, into, yAt);
          case MAX -> ReduceF32.max(pool, from, xAt, outer, n, inner, into, yAt);
          case MIN -> ReduceF32.min(pool, from, xAt, outer, n, inner, into, yAt);
        }
      }
      case FLOAT64 -> {
        switch (op.kind()) {
          case SUM -> ReduceF64.sum(pool, from, xAt, outer, n, inner, into, yAt);
          case MAX -> ReduceF64.max(pool, from, xAt, outer, n, inner, into, yAt);
          case MIN -> ReduceF64.min(pool, from, xAt, outer, n, inner, into, yAt);
        }
      }
      default -> {
        switch (op.kind()) {
          case SUM -> ReduceI64.sum(pool, from, xAt, outer, n, inner, into, yAt);
          case MAX -> ReduceI64.max(pool, from, xAt, outer, n, inner, into, yAt);
          case MIN -> ReduceI64.min(pool, from, xAt, outer, n, inner, into, yAt);
        }
      }
    }
  }

  static void arg(WorkerPool pool, ArgReduction op, Tensor x, Tensor y) {
    if (y.elements() == 0) {
      return;
    }
    Shape shape = x.shape();
    long outer = product(shape, 0, op.axis());
    long n = shape.size(op.axis());
    long inner = product(shape, op.axis() + 1, shape.rank());
    MemorySegment from = Cpu.segment(x);
    MemorySegment into = Cpu.segment(y);
    long xAt = x.layout().offset();
    long yAt = y.layout().offset();
    boolean wide = x.dtype() == DType.FLOAT64;
    switch (op.kind()) {
      case MAX -> {
        if (wide) {
          ReduceF64.argMax(pool, from, xAt, outer, n, inner, into, yAt);
        } else {
          ReduceF32.argMax(pool, from, xAt, outer, n, inner, into, yAt);
        }
      }
      case MIN -> {
        if (wide) {
          ReduceF64.argMin(pool, from, xAt, outer, n, inner, into, yAt);
        } else {
          ReduceF32.argMin(pool, from, xAt, outer, n, inner, into, yAt);
        }
      }
    }
  }

  static void rows(WorkerPool pool, RowOp op, Tensor x, Tensor y) {
    long n = x.shape().size(-1);
    long rows = product(x.shape(), 0, x.rank() - 1);
    MemorySegment from = Cpu.segment(x);
    MemorySegment into = Cpu.segment(y);
    long xAt = x.layout().offset();
    long yAt = y.layout().offset();
    boolean wide = x.dtype() == DType.FLOAT64;
    switch (op) {
      case SOFTMAX -> {
        if (wide) {
          RowsF64.softmax(pool, from, xAt, into, yAt, rows, n);
        } else {
          RowsF32.softmax(pool, from, xAt, into, yAt, rows, n);
        }
      }
      case LOG_SOFTMAX -> {
        if (wide) {
          RowsF64.logSoftmax(pool, from, xAt, into, yAt, rows, n);
        } else {
          RowsF32.logSoftmax(pool, from, xAt, into, yAt, rows, n);
        }
      }
      case LOG_SUM_EXP -> {
        if (wide) {
          RowsF64.logSumExp(pool, from, xAt, into, yAt, rows, n);
        } else {
          RowsF32.logSumExp(pool, from, xAt, into, yAt, rows, n);
        }
      }
    }
  }

  static long product(Shape shape, int from, int to) {
    long product = 1;
    for (int i = from; i < to; i++) {
      product *= shape.size(i);
    }
    return product;
  }
}
