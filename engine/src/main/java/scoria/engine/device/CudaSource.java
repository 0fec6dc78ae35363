package scoria.engine.device;

import scoria.engine.op.Fill;
import scoria.engine.op.RandomOp;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.ElementType;
import scoria.kernels.cuda.CudaPointwise;
import scoria.kernels.cuda.CudaRandom;
import scoria.kernels.cuda.CudaStream;

/** Operations that make values from next to nothing. */
final class CudaSource {
  /** A distribution of {@link CudaRandom}. */
  private interface Draw {
    void run(
        CudaStream stream, ElementType type, long state, long stateAt, long y, long yAt, long n);
  }

  private CudaSource() {}

  static void fill(CudaStream stream, Fill op, Tensor y) {
    double value = op.value();
    long bits =
        switch (y.dtype()) {
          case FLOAT32 -> Float.floatToRawIntBits((float) value);
          case FLOAT64 -> Double.doubleToRawLongBits(value);
          case INT64 -> (long) value;
          case INT32 -> (int) value;
          case UINT8 -> Math.clamp((long) value, 0, 255);
          case BOOL -> value != 0 ? 1 : 0;
        };
    CudaPointwise.fill(
        stream, y.dtype().bytes(), Cuda.address(y), y.layout().offset(), bits, y.elements());
  }

  static void random(CudaStream stream, RandomOp op, Tensor state, Tensor y) {
    Draw draw =
        switch (op.kind()) {
          case UNIFORM -> CudaRandom::uniform;
          case NORMAL -> CudaRandom::normal;
          case RADEMACHER -> CudaRandom::rademacher;
          case INTEGERS ->
              (queue, type, from, fromAt, out, outAt, n) ->
                  CudaRandom.integers(queue, from, fromAt, op.bound(), out, outAt, n);
        };
    draw.run(
        stream,
        y.dtype().element(),
        Cuda.address(state),
        state.layout().offset(),
        Cuda.address(y),
        y.layout().offset(),
        y.elements());
  }
}
