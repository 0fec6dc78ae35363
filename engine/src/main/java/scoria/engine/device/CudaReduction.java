package scoria.engine.device;

import scoria.engine.op.ArgReduction;
import scoria.engine.op.ArgScan;
import scoria.engine.op.ArgSort;
import scoria.engine.op.Recurrence;
import scoria.engine.op.Reduction;
import scoria.engine.op.RowOp;
import scoria.engine.op.Scan;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.ElementType;
import scoria.kernels.cuda.CudaReduce;
import scoria.kernels.cuda.CudaRows;
import scoria.kernels.cuda.CudaScan;
import scoria.kernels.cuda.CudaSort;
import scoria.kernels.cuda.CudaStream;

/** Operations that bring many elements together. */
final class CudaReduction {
  /** A kernel of {@link CudaReduce}. */
  private interface Kernel {
    void run(
        CudaStream stream,
        ElementType type,
        long x,
        long xAt,
        long outer,
        long n,
        long inner,
        long out,
        long outAt);
  }

  /** A kernel of {@link CudaRows}. */
  private interface RowKernel {
    void run(
        CudaStream stream, ElementType type, long x, long xAt, long y, long yAt, long rows, long n);
  }

  /** A running kernel of {@link CudaScan}. */
  private interface ScanKernel {
    void run(
        CudaStream stream,
        ElementType type,
        long x,
        long xAt,
        long outer,
        long n,
        long inner,
        boolean exclusive,
        boolean reverse,
        long y,
        long yAt);
  }

  private CudaReduction() {}

  static void reduce(CudaStream stream, Reduction op, Tensor x, Tensor y) {
    Kernel kernel =
        switch (op.kind()) {
          case SUM -> CudaReduce::sum;
          case PROD -> CudaReduce::prod;
          case MAX -> CudaReduce::max;
          case MIN -> CudaReduce::min;
        };
    run(stream, kernel, op.from(), op.to(), x, y);
  }

  static void arg(CudaStream stream, ArgReduction op, Tensor x, Tensor y) {
    Kernel kernel =
        switch (op.kind()) {
          case MAX -> CudaReduce::argMax;
          case MIN -> CudaReduce::argMin;
        };
    run(stream, kernel, op.axis(), op.axis() + 1, x, y);
  }

  private static void run(CudaStream stream, Kernel kernel, int from, int to, Tensor x, Tensor y) {
    if (y.elements() == 0) {
      return;
    }
    Shape shape = x.shape();
    kernel.run(
        stream,
        x.dtype().element(),
        Cuda.address(x),
        x.layout().offset(),
        shape.elements(0, from),
        shape.elements(from, to),
        shape.elements(to, shape.rank()),
        Cuda.address(y),
        y.layout().offset());
  }

  static void argSort(CudaStream stream, ArgSort op, Tensor x, Tensor order) {
    CudaSort.argSort(
        stream,
        x.dtype().element(),
        Cuda.address(x),
        x.layout().offset(),
        x.shape().elements(0, x.rank() - 1),
        x.shape().size(-1),
        op == ArgSort.DESCENDING,
        Cuda.address(order),
        order.layout().offset());
  }

  static void scan(CudaStream stream, Scan op, Tensor x, Tensor y) {
    ScanKernel kernel =
        switch (op.kind()) {
          case SUM -> CudaScan::sum;
          case PROD -> CudaScan::prod;
        };
    Shape shape = x.shape();
    kernel.run(
        stream,
        x.dtype().element(),
        Cuda.address(x),
        x.layout().offset(),
        shape.elements(0, op.axis()),
        shape.size(op.axis()),
        shape.elements(op.axis() + 1, shape.rank()),
        op.exclusive(),
        op.reverse(),
        Cuda.address(y),
        y.layout().offset());
  }

  static void argScan(CudaStream stream, ArgScan op, Tensor x, Tensor y) {
    Shape shape = x.shape();
    CudaScan.extremes(
        stream,
        x.dtype().element(),
        Cuda.address(x),
        x.layout().offset(),
        shape.elements(0, op.axis()),
        shape.size(op.axis()),
        shape.elements(op.axis() + 1, shape.rank()),
        op.kind() == ArgScan.Kind.MIN,
        Cuda.address(y),
        y.layout().offset());
  }

  static void recurrence(CudaStream stream, Recurrence op, Tensor[] inputs, Tensor y) {
    Shape shape = y.shape();
    CudaScan.recurrence(
        stream,
        y.dtype().element(),
        Cuda.address(inputs[0]),
        inputs[0].layout().offset(),
        Cuda.address(inputs[1]),
        inputs[1].layout().offset(),
        shape.elements(0, op.axis()),
        shape.size(op.axis()),
        shape.elements(op.axis() + 1, shape.rank()),
        op.reverse(),
        Cuda.address(y),
        y.layout().offset());
  }

  static void rows(CudaStream stream, RowOp op, Tensor x, Tensor y) {
    RowKernel kernel =
        switch (op) {
          case SOFTMAX -> CudaRows::softmax;
          case LOG_SOFTMAX -> CudaRows::logSoftmax;
          case LOG_SUM_EXP -> CudaRows::logSumExp;
        };
    kernel.run(
        stream,
        x.dtype().element(),
        Cuda.address(x),
        x.layout().offset(),
        Cuda.address(y),
        y.layout().offset(),
        x.shape().elements(0, x.rank() - 1),
        x.shape().size(-1));
  }
}
