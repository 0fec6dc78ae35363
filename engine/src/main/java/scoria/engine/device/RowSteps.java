package scoria.engine.device;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import scoria.engine.device.Schedule.Task;
import scoria.engine.op.Binary;
import scoria.engine.op.Bitwise;
import scoria.engine.op.Cast;
import scoria.engine.op.Comparison;
import scoria.engine.op.Concat;
import scoria.engine.op.Copy;
import scoria.engine.op.Embed;
import scoria.engine.op.RandomOp;
import scoria.engine.op.Reduction;
import scoria.engine.op.RowOp;
import scoria.engine.op.ScalarOp;
import scoria.engine.op.Take;
import scoria.engine.op.Unary;
import scoria.engine.op.Where;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.ElementType;
import scoria.kernels.cpu.Gather;
import scoria.kernels.cpu.PointwiseKernel;

/**
 * Tasks as steps over rows. A step calls the kernel that {@link Cpu#run} calls, so the bits are the
 * same; what is known beforehand is worked out here.
 */
final class RowSteps {
  private RowSteps() {}

  /**
   * Prepares a task that has a {@link RowForm} and does not sum over rows; matrix products are
   * {@link ProductSteps}.
   *
   * @param in where the inputs' rows lie
   * @param out where the output's rows lie
   * @param n rows of the output
   */
  static RowStep of(Task task, Place[] in, Place out, long n) {
    Tensor x = task.inputs().get(0);
    Tensor y = task.outputs().get(0);
    if (y.elements() == 0) {
      return f -> {};
    }
    long width = y.elements() / n;
    return switch (task.op()) {
      case Unary unary -> pointwise(unary.kernel(x.dtype()), in[0], out, width);
      case ScalarOp scalar -> scalar(scalar, x.dtype(), in[0], out, width);
      case Cast _ -> cast(x.dtype(), y.dtype(), in[0], out, width);
      case Binary binary -> PairSteps.of(binary.kernel(x.dtype()), task, in, out);
      case Bitwise bits -> PairSteps.of(bits.kernel(x.dtype()), task, in, out);
      case Comparison comparison -> PairSteps.of(comparison.kernel(x.dtype()), task, in, out);
      case Where _ -> PairSteps.where(task, in, out);
      case Copy _ -> MoveSteps.copy(x, in[0], y, out);
      case Concat concat -> MoveSteps.concat(concat, task, in, out);
      case Embed embed -> MoveSteps.embed(embed, x, in[0], y, out);
      case Take take -> take(take, x, y, in, out);
      case Reduction reduction -> reduction(reduction, x, in[0], out);
      case RowOp rows -> rowOp(rows, x, in[0], out);
      case RandomOp random -> random(random, in[0], out, width);
      default -> throw new IllegalStateException("'" + task.op().label() + "' has no row form");
    };
  }

  private static RowStep pointwise(PointwiseKernel kernel, Place x, Place y, long width) {
    return f -> kernel.run(x.segment(f), x.at(f), y.segment(f), y.at(f), f.rows * width);
  }

  private static RowStep scalar(ScalarOp op, DType dtype, Place x, Place y, long width) {
    CpuElementwise.ScalarLoop loop = CpuElementwise.scalarLoop(op, dtype);
    double c = op.value();
    return f -> loop.run(x.segment(f), x.at(f), c, y.segment(f), y.at(f), f.rows * width);
  }

  private static RowStep cast(DType from, DType to, Place x, Place y, long width) {
    ElementType given = from.element();
    ElementType wanted = to.element();
    return f ->
        scoria.kernels.cpu.Cast.run(
            given, x.segment(f), x.at(f), wanted, y.segment(f), y.at(f), f.rows * width);
  }

  private static RowStep reduction(Reduction op, Tensor x, Place from, Place into) {
    Shape shape = x.shape();
    long outer = shape.elements(1, op.from());
    long n = shape.elements(op.from(), op.to());
    long inner = shape.elements(op.to(), shape.rank());
    CpuReduce.Loop loop = CpuReduce.loop(op, x.dtype());
    return f ->
        loop.run(
            f.pool,
            from.segment(f),
            from.at(f),
            f.rows * outer,
            n,
            inner,
            into.segment(f),
            into.at(f));
  }

  private static RowStep rowOp(RowOp op, Tensor x, Place from, Place into) {
    Shape shape = x.shape();
    long n = shape.size(-1);
    long rows = shape.elements(1, shape.rank() - 1);
    CpuReduce.RowLoop loop = CpuReduce.rowLoop(op, x.dtype());
    return f ->
        loop.run(
            f.pool, from.segment(f), from.at(f), into.segment(f), into.at(f), f.rows * rows, n);
  }

  private static RowStep random(RandomOp op, Place state, Place y, long width) {
    CpuSource.Stream stream = CpuSource.stream(op);
    return f -> {
      MemorySegment numbers = state.segment(f);
      long first = state.at(f);
      stream.draw(
          numbers.getAtIndex(ValueLayout.JAVA_LONG, first),
          numbers.getAtIndex(ValueLayout.JAVA_LONG, first + 1),
          numbers.getAtIndex(ValueLayout.JAVA_LONG, first + 2) + f.row * width,
          y.segment(f),
          y.at(f),
          f.rows * width);
    };
  }

  private static RowStep take(Take op, Tensor x, Tensor y, Place[] in, Place out) {
    Shape shape = x.shape();
    int bytes = y.dtype().bytes();
    int axis = op.axis();
    long n = shape.size(axis);
    long inner = shape.elements(axis + 1, shape.rank());
    Place from = in[0];
    Place index = in[1];
    if (axis == 0) {
      return f ->
          Gather.take(
              f.pool,
              bytes,
              from.segment(f),
              from.at(f),
              1,
              n,
              inner,
              index.segment(f),
              index.at(f),
              f.rows,
              out.segment(f),
              out.at(f));
    }
    long outer = shape.elements(1, axis);
    long picked = y.size(axis);
    return f ->
        Gather.take(
            f.pool,
            bytes,
            from.segment(f),
            from.at(f),
            f.rows * outer,
            n,
            inner,
            index.segment(f),
            index.at(f),
            picked,
            out.segment(f),
            out.at(f));
  }
}
