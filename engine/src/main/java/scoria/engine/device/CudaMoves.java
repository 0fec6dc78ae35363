package scoria.engine.device;

import java.util.Arrays;
import scoria.engine.op.Concat;
import scoria.engine.op.Embed;
import scoria.engine.op.OverlapAdd;
import scoria.engine.op.Places;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.ElementType;
import scoria.kernels.cuda.CudaGather;
import scoria.kernels.cuda.CudaMove;
import scoria.kernels.cuda.CudaOverlap;
import scoria.kernels.cuda.CudaStream;

/** Operations that move elements. */
final class CudaMoves {
  /** A kernel of {@link CudaGather} that picks. */
  private interface Gather {
    void run(
        CudaStream stream,
        int bytes,
        long x,
        long xAt,
        long outer,
        long n,
        long inner,
        long index,
        long indexAt,
        long m,
        long y,
        long yAt);
  }

  /** A kernel of {@link CudaGather} that adds. */
  private interface Scatter {
    void run(
        CudaStream stream,
        ElementType type,
        long y,
        long yAt,
        long outer,
        long n,
        long inner,
        long index,
        long indexAt,
        long m,
        long x,
        long xAt);
  }

  private CudaMoves() {}

  /** Copies {@code x} to the places of {@code into}, a layout over the memory of {@code y}. */
  static void copy(CudaStream stream, Tensor x, Layout into, Tensor y) {
    CudaMove.copy(
        stream,
        x.dtype().bytes(),
        Cuda.address(x),
        x.layout().offset(),
        x.shape().toArray(),
        x.layout().strides(),
        Cuda.address(y),
        into.offset(),
        into.strides());
  }

  static void concat(CudaStream stream, Concat op, Tensor[] inputs, Tensor y) {
    long start = 0;
    for (Tensor input : inputs) {
      long size = input.size(op.axis());
      copy(stream, input, y.layout().slice(op.axis(), start, 1, size), y);
      start += size;
    }
  }

  static void embed(CudaStream stream, Embed op, Tensor x, Tensor y) {
    zero(stream, y);
    copy(stream, x, op.place(y.layout(), x.size(op.axis())), y);
  }

  static void overlapAdd(CudaStream stream, OverlapAdd op, Tensor x, Tensor y) {
    int axis = op.axis();
    long[] sizes = x.shape().toArray();
    long[] strides = x.layout().strides();
    CudaOverlap.add(
        stream,
        y.dtype().element(),
        Cuda.address(x),
        x.layout().offset(),
        Arrays.copyOf(sizes, axis),
        Arrays.copyOf(strides, axis),
        sizes[axis],
        strides[axis],
        sizes[axis + 1],
        strides[axis + 1],
        op.stride(),
        op.dilation(),
        Cuda.address(y),
        y.layout().offset(),
        op.n(),
        x.shape().elements(axis + 2, x.rank()));
  }

  static void places(CudaStream stream, Places op, Tensor x, Tensor y) {
    CudaGather.places(
        stream,
        Cuda.address(x),
        x.layout().offset(),
        x.elements(),
        op.least(),
        op.size(),
        Cuda.address(y),
        y.layout().offset());
  }

  static void take(CudaStream stream, int axis, Tensor[] inputs, Tensor y) {
    gather(CudaGather::take, stream, axis, inputs, inputs[1].elements(), y);
  }

  static void takeAlong(CudaStream stream, int axis, Tensor[] inputs, Tensor y) {
    gather(CudaGather::takeAlong, stream, axis, inputs, inputs[1].size(axis), y);
  }

  private static void gather(
      Gather kernel, CudaStream stream, int axis, Tensor[] inputs, long m, Tensor y) {
    Shape shape = inputs[0].shape();
    kernel.run(
        stream,
        y.dtype().bytes(),
        Cuda.address(inputs[0]),
        inputs[0].layout().offset(),
        shape.elements(0, axis),
        shape.size(axis),
        shape.elements(axis + 1, shape.rank()),
        Cuda.address(inputs[1]),
        inputs[1].layout().offset(),
        m,
        Cuda.address(y),
        y.layout().offset());
  }

  static void put(CudaStream stream, int axis, Tensor[] inputs, Tensor y) {
    copy(stream, inputs[0], y.layout(), y);
    Shape shape = y.shape();
    CudaGather.putAlong(
        stream,
        y.dtype().bytes(),
        Cuda.address(y),
        y.layout().offset(),
        shape.elements(0, axis),
        shape.size(axis),
        shape.elements(axis + 1, shape.rank()),
        Cuda.address(inputs[1]),
        inputs[1].layout().offset(),
        inputs[1].size(axis),
        Cuda.address(inputs[2]),
        inputs[2].layout().offset());
  }

  static void takeAdjoint(CudaStream stream, int axis, Tensor[] inputs, Tensor y) {
    scatter(CudaGather::add, stream, axis, inputs, inputs[1].elements(), y);
  }

  static void takeAlongAdjoint(CudaStream stream, int axis, Tensor[] inputs, Tensor y) {
    scatter(CudaGather::addAlong, stream, axis, inputs, inputs[1].size(axis), y);
  }

  private static void scatter(
      Scatter kernel, CudaStream stream, int axis, Tensor[] inputs, long m, Tensor y) {
    zero(stream, y);
    Shape shape = y.shape();
    kernel.run(
        stream,
        y.dtype().element(),
        Cuda.address(y),
        y.layout().offset(),
        shape.elements(0, axis),
        shape.size(axis),
        shape.elements(axis + 1, shape.rank()),
        Cuda.address(inputs[1]),
        inputs[1].layout().offset(),
        m,
        Cuda.address(inputs[0]),
        inputs[0].layout().offset());
  }

  private static void zero(CudaStream stream, Tensor y) {
    long bytes = y.dtype().bytes();
    stream.fill(Cuda.address(y) + y.layout().offset() * bytes, (byte) 0, y.elements() * bytes);
  }
}
