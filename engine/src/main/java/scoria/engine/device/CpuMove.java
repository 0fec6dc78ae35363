package scoria.engine.device;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import scoria.engine.op.Concat;
import scoria.engine.op.Embed;
import scoria.engine.op.OverlapAdd;
import scoria.engine.op.Places;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.Gather;
import scoria.kernels.cpu.Indices;
import scoria.kernels.cpu.OverlapF32;
import scoria.kernels.cpu.OverlapF64;
import scoria.kernels.cpu.Scatter;
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

  static void overlapAdd(WorkerPool pool, OverlapAdd op, Tensor x, Tensor y) {
    int axis = op.axis();
    long[] sizes = x.shape().toArray();
    long[] strides = x.layout().strides();
    OverlapLoop loop = y.dtype() == DType.FLOAT64 ? OverlapF64::add : OverlapF32::add;
    loop.run(
        pool,
        Cpu.segment(x),
        x.layout().offset(),
        Arrays.copyOf(sizes, axis),
        Arrays.copyOf(strides, axis),
        sizes[axis],
        strides[axis],
        sizes[axis + 1],
        strides[axis + 1],
        op.stride(),
        op.dilation(),
        Cpu.segment(y),
        y.layout().offset(),
        op.n(),
        x.shape().elements(axis + 2, x.rank()));
  }

  static void places(Places op, Tensor x, Tensor y) {
    Indices.places(
        Cpu.segment(x),
        x.layout().offset(),
        x.elements(),
        op.least(),
        op.size(),
        Cpu.segment(y),
        y.layout().offset());
  }

  static void take(WorkerPool pool, int axis, Tensor[] inputs, Tensor y) {
    gather(Gather::take, pool, axis, inputs, inputs[1].elements(), y);
  }

  static void takeAlong(WorkerPool pool, int axis, Tensor[] inputs, Tensor y) {
    gather(Gather::takeAlong, pool, axis, inputs, inputs[1].size(axis), y);
  }

  static void takeAdjoint(WorkerPool pool, int axis, Tensor[] inputs, Tensor y) {
    boolean wide = y.dtype() == DType.FLOAT64;
    ScatterLoop loop = wide ? ScatterF64::add : ScatterF32::add;
    scatter(loop, pool, axis, inputs, inputs[1].elements(), y);
  }

  static void takeAlongAdjoint(WorkerPool pool, int axis, Tensor[] inputs, Tensor y) {
    ScatterLoop loop =
        switch (y.dtype()) {
          case FLOAT64 -> ScatterF64::addAlong;
          case FLOAT32 -> ScatterF32::addAlong;
          default -> Scatter::addAlong;
        };
    scatter(loop, pool, axis, inputs, inputs[1].size(axis), y);
  }

  static void put(WorkerPool pool, int axis, Tensor[] inputs, Tensor y) {
    copy(pool, inputs[0], y.layout(), y);
    Shape shape = y.shape();
    Scatter.putAlong(
        pool,
        y.dtype().bytes(),
        Cpu.segment(y),
        y.layout().offset(),
        shape.elements(0, axis),
        shape.size(axis),
        shape.elements(axis + 1, shape.rank()),
        Cpu.segment(inputs[1]),
        inputs[1].layout().offset(),
        inputs[1].size(axis),
        Cpu.segment(inputs[2]),
        inputs[2].layout().offset());
  }

  private static void gather(
      GatherLoop loop, WorkerPool pool, int axis, Tensor[] inputs, long m, Tensor y) {
    Shape shape = inputs[0].shape();
    loop.run(
        pool,
        y.dtype().bytes(),
        Cpu.segment(inputs[0]),
        inputs[0].layout().offset(),
        shape.elements(0, axis),
        shape.size(axis),
        shape.elements(axis + 1, shape.rank()),
        Cpu.segment(inputs[1]),
        inputs[1].layout().offset(),
        m,
        Cpu.segment(y),
        y.layout().offset());
  }

  private static void scatter(
      ScatterLoop loop, WorkerPool pool, int axis, Tensor[] inputs, long m, Tensor y) {
    zero(y);
    Shape shape = y.shape();
    loop.run(
        pool,
        Cpu.segment(y),
        y.layout().offset(),
        shape.elements(0, axis),
        shape.size(axis),
        shape.elements(axis + 1, shape.rank()),
        Cpu.segment(inputs[1]),
        inputs[1].layout().offset(),
        m,
        Cpu.segment(inputs[0]),
        inputs[0].layout().offset());
  }

  /** A loop of {@link Gather}. */
  private interface GatherLoop {
    void run(
        WorkerPool pool,
        int bytes,
        MemorySegment x,
        long xAt,
        long outer,
        long n,
        long inner,
        MemorySegment index,
        long indexAt,
        long m,
        MemorySegment y,
        long yAt);
  }

  /** {@link OverlapF32#add} or its twin. */
  private interface OverlapLoop {
    void run(
        WorkerPool pool,
        MemorySegment x,
        long xAt,
        long[] outer,
        long[] outerStrides,
        long windows,
        long windowStride,
        long size,
        long elementStride,
        long stride,
        long dilation,
        MemorySegment y,
        long yAt,
        long n,
        long inner);
  }

  /** A loop of {@link ScatterF32} and its twin. */
  private interface ScatterLoop {
    void run(
        WorkerPool pool,
        MemorySegment y,
        long yAt,
        long outer,
        long n,
        long inner,
        MemorySegment index,
        long indexAt,
        long m,
        MemorySegment x,
        long xAt);
  }

  private static void zero(Tensor y) {
    long bytes = y.dtype().bytes();
    Cpu.segment(y).asSlice(y.layout().offset() * bytes, y.elements() * bytes).fill((byte) 0);
  }
}
