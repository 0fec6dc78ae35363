package scoria.engine.device;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import scoria.engine.op.Fill;
import scoria.engine.op.RandomOp;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.Philox;
import scoria.kernels.cpu.PointwiseF32;
import scoria.kernels.cpu.PointwiseF64;
import scoria.kernels.cpu.WorkerPool;

/** Operations without inputs. */
final class CpuSource {
  /** A distribution of {@link Philox}. */
  private interface Stream {
    void draw(long seed, long stream, long start, MemorySegment out, long outAt, long n);
  }

  private CpuSource() {}

  static void fill(Fill op, Tensor y) {
    MemorySegment into = Cpu.segment(y);
    long at = y.layout().offset();
    long n = y.elements();
    double value = op.value();
    switch (y.dtype()) {
      case FLOAT32 -> PointwiseF32.fill(into, at, value, n);
      case FLOAT64 -> PointwiseF64.fill(into, at, value, n);
      case INT64 -> {
        for (long i = 0; i < n; i++) {
          into.setAtIndex(ValueLayout.JAVA_LONG, at + i, (long) value);
        }
      }
      case INT32 -> {
        for (long i = 0; i < n; i++) {
          into.setAtIndex(ValueLayout.JAVA_INT, at + i, (int) value);
        }
      }
      case UINT8 -> into.asSlice(at, n).fill((byte) Math.clamp((long) value, 0, 255));
      case BOOL -> into.asSlice(at, n).fill((byte) (value != 0 ? 1 : 0));
    }
  }

  static void random(WorkerPool pool, RandomOp op, Tensor state, Tensor y) {
    MemorySegment numbers = Cpu.segment(state);
    long first = state.layout().offset();
    long seed = numbers.getAtIndex(ValueLayout.JAVA_LONG, first);
    long number = numbers.getAtIndex(ValueLayout.JAVA_LONG, first + 1);
    long start = numbers.getAtIndex(ValueLayout.JAVA_LONG, first + 2);
    MemorySegment into = Cpu.segment(y);
    long at = y.layout().offset();
    boolean wide = y.dtype() == DType.FLOAT64;
    Stream stream =
        switch (op.kind()) {
          case UNIFORM -> wide ? Philox::uniformF64 : Philox::uniformF32;
          case NORMAL -> wide ? Philox::normalF64 : Philox::normalF32;
          case RADEMACHER -> wide ? Philox::rademacherF64 : Philox::rademacherF32;
          case INTEGERS ->
              (key, which, place, out, outAt, n) ->
                  Philox.integers(key, which, place, op.bound(), out, outAt, n);
        };
    pool.forRanges(
        y.elements(),
        CpuElementwise.GRAIN,
        (from, to) -> stream.draw(seed, number, start + from, into, at + from, to - from));
  }
}
