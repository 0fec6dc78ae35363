package scoria.engine.device;

import java.lang.foreign.MemorySegment;
import scoria.engine.op.Concat;
import scoria.engine.op.Embed;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.Gather;
import scoria.kernels.cpu.ScatterF32;
import scoria.kernels.cpu.ScatterF64;
import scoria.kernels.cpu.StridedCopy;
import scoria.kernels.cpu.WorkerPool;

/** Operations that move elements. */
final class CpuMove {
  private CpuMove() {}

  /** Copies {@code x} to the places of {@code into}, a layout over the memory of {@code y}. */
  static void copy(WorkerPool pool, Tensor x, Layout into, Tensor y) {
    StridedCopy.copy(
        pool,
        x.dtype().bytes(),
        Cpu.segment(x),
        x.layout().offset(),
        x.shape().toArray(),
        x.layout().strides(),
        Cpu.segment(y),
        into.offset(),
        into.strides());
  }

  static void concat(WorkerPool pool, Concat op, Tensor[] inputs, Tensor y) {
    long start = 0;
    for (Tensor input : inputs) {
      long size = input.size(op.axis());
      copy(pool, input, y.layout().slice(op.axis(), start, 1, size), y);
      start += size;
    }
  }

  static void embed(WorkerPool pool, Embed op, Tensor x, Tensor y) {
    zero(y);
    copy(pool, x, op.place(y.layout(), x.size(op.axis())), y);
  }

  static void take(WorkerPool pool, int axis, Tensor[] inputs, Tensor y) {
    Shape shape = inputs[0].shape();
    Gather.take(
        pool,
        y.dtype().bytes(),
        Cpu.segment(inputs[0]),
        inputs[0].layout().offset(),
        CpuReduce.product(shape, 0, axis),
        shape.size(axis),
        CpuReduce.product(shape, axis + 1, shape.rank()),
        Cpu.segment(inputs[1]),
        inputs[1].layout().offset(),
        inputs[1].elements(),
        Cpu.segment(y),
        y.layout().offset());
  }

  static void takeAlong(WorkerPool pool, int axis, Tensor[] inputs, Tensor y) {
    Shape shape = inputs[0].shape();
    Gather.takeAlong(
        pool,
        y.dtype().bytes(),
        Cpu.segment(inputs[0]),
        inputs[0].layout().offset(),
        CpuReduce.product(shape, 0, axis),
        shape.size(axis),
        CpuReduce.product(shape, axis + 1, shape.rank()),
        Cpu.segment(inputs[1]),
        inputs[1].layout().offset(),
        inputs[1].size(axis),
        Cpu.segment(y),
        y.layout().offset());
  }

  static void takeAdjoint(WorkerPool pool, int axis, Tensor[] inputs, Tensor y) {
    zero(y);
    Shape shape = y.shape();
    long outer = CpuReduce.product(shape, 0, axis);
    long n = shape.size(axis);
    long inner = CpuReduce.product(shape, axis + 1, shape.rank());
    MemorySegment into = Cpu.segment(y);
    long yAt = y.layout().offset();
    MemorySegment index = Cpu.segment(inputs[1]);
    long indexAt = inputs[1].layout().offset();
    long m = inputs[1].elements();
    MemorySegment from = Cpu.segment(inputs[0]);
    long xAt = inputs[0].layout().offset();
    if (y.dtype() == DType.FLOAT64) {
      ScatterF64.add(pool, into, yAt, outer, n, inner, index, indexAt, m, from, xAt);
    } else {
      ScatterF32.add(pool, into, yAt, outer, n, inner, index, indexAt, m, from, xAt);
    }
  }

  static void takeAlongAdjoint(WorkerPool pool, int axis, Tensor[] inputs, Tensor y) {
    zero(y);
    Shape shape = y.shape();
    long outer = CpuReduce.product(shape, 0, axis);
    long n = shape.size(axis);
    long inner = CpuReduce.product(shape, axis + 1, shape.rank());
    MemorySegment into = Cpu.segment(y);
    long yAt = y.layout().offset();
    MemorySegment index = Cpu.segment(inputs[1]);
    long indexAt = inputs[1].layout().offset();
    long m = inputs[1].size(axis);
    MemorySegment from = Cpu.segment(inputs[0]);
    long xAt = inputs[0].layout().offset();
    if (y.dtype() == DType.FLOAT64) {
      ScatterF64.addAlong(pool, into, yAt, outer, n, inner, index, indexAt, m, from, xAt);
    } else {
      ScatterF32.addAlong(pool, into, yAt, outer, n, inner, index, indexAt, m, from, xAt);
    }
  }

  private static void zero(Tensor y) {
    long bytes = y.dtype().bytes();
    Cpu.segment(y).asSlice(y.layout().offset() * bytes, y.elements() * bytes).fill((byte) 0);
  }
}
