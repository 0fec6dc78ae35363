package scoria.engine.device;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import scoria.engine.device.Schedule.Task;
import scoria.engine.op.AdamUpdate;
import scoria.engine.op.MomentumUpdate;
import scoria.engine.op.Reduction;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.OptimizerF32;
import scoria.kernels.cpu.OptimizerF64;
import scoria.kernels.cpu.PairwiseF32;
import scoria.kernels.cpu.PairwiseF64;
import scoria.kernels.cpu.PairwiseKernel;

/** The kinds of {@link Work}. */
final class Works {
  /** Elements of a chunk. */
  private static final long GRAIN = 8192;

  private Works() {}

  /** A task that goes by rows, on all of them. */
  record Rows(RowStep step, long rows, long grain, long cost) implements Work {
    static Rows of(RowStep step, Tensor output) {
      long rows = output.size(0);
      long width = Math.max(1, output.elements() / Math.max(1, rows));
      return new Rows(step, rows, Math.max(1, GRAIN / width), output.elements());
    }

    @Override
    public int chunks() {
      return Math.toIntExact((rows + grain - 1) / grain);
    }

    @Override
    public void run(int chunk, Frame frame) {
      frame.row = chunk * grain;
      frame.rows = Math.min(grain, rows - frame.row);
      step.run(frame);
    }
  }

  /** A task as the device runs it at other times. */
  record Plain(Cpu cpu, Task task, Tensor[] inputs, Tensor[] outputs) implements Work {
    @Override
    public int chunks() {
      return 1;
    }

    @Override
    public long cost() {
      return outputs[0].elements();
    }

    @Override
    public boolean isAlone() {
      return true;
    }

    @Override
    public void run(int chunk, Frame frame) {
      cpu.run(task.op(), inputs, outputs);
    }
  }

  /** A reduction of the first axes. */
  record Columns(CpuReduce.Loop loop, Place from, Place into, long n, long inner, boolean isAlone)
      implements Work {
    static Columns of(Reduction op, Tensor x, Place from, Place into) {
      Shape shape = x.shape();
      return new Columns(
          CpuReduce.loop(op, x.dtype()),
          from,
          into,
          shape.elements(0, op.to()),
          shape.elements(op.to(), shape.rank()),
          isAlone(x));
    }

    /** Whether a reduction shares itself out among threads: one that is long. */
    static boolean isAlone(Tensor x) {
      return x.elements() > 16 * GRAIN;
    }

    @Override
    public int chunks() {
      return 1;
    }

    @Override
    public long cost() {
      return n * inner;
    }

    @Override
    public void run(int chunk, Frame frame) {
      frame.row = 0;
      loop.run(
          frame.pool,
          from.segment(frame),
          from.at(frame),
          1,
          n,
          inner,
          into.segment(frame),
          into.at(frame));
    }
  }

  /** The blocks of a product's sum over k, one after the other added to the first. */
  record AddBlocks(
      PairwiseKernel add, MemorySegment parts, long partsAt, long count, long size, Place into)
      implements Work {
    static AddBlocks of(
        DType dtype, MemorySegment parts, long partsAt, long count, long size, Place into) {
      PairwiseKernel add = dtype == DType.FLOAT64 ? PairwiseF64::add : PairwiseF32::add;
      return new AddBlocks(add, parts, partsAt, count, size, into);
    }

    @Override
    public int chunks() {
      return Math.toIntExact((size + GRAIN - 1) / GRAIN);
    }

    @Override
    public long cost() {
      return size * count;
    }

    @Override
    public void run(int chunk, Frame frame) {
      frame.row = 0;
      long start = chunk * GRAIN;
      long n = Math.min(GRAIN, size - start);
      MemorySegment out = into.segment(frame);
      long at = into.at(frame) + start;
      long from = partsAt + start;
      add.run(parts, from + size, 0, 1, parts, from, 0, 1, out, at, 0, 1, n);
      for (long i = 2; i < count; i++) {
        add.run(parts, from + i * size, 0, 1, out, at, 0, 1, out, at, 0, 1, n);
      }
    }
  }

  /** The blocks of a sum, added in float64 and rounded once. */
  record SumBlocks(
      boolean wide, MemorySegment parts, long partsAt, long count, long size, Place into)
      implements Work {
    @Override
    public int chunks() {
      return 1;
    }

    @Override
    public long cost() {
      return size * count;
    }

    @Override
    public void run(int chunk, Frame frame) {
      frame.row = 0;
      MemorySegment out = into.segment(frame);
      long at = into.at(frame);
      for (long i = 0; i < size; i++) {
        double sum = 0;
        for (long k = 0; k < count; k++) {
          long place = partsAt + k * size + i;
          sum +=
              wide
                  ? parts.getAtIndex(ValueLayout.JAVA_DOUBLE, place)
                  : parts.getAtIndex(ValueLayout.JAVA_FLOAT, place);
        }
        if (wide) {
          out.setAtIndex(ValueLayout.JAVA_DOUBLE, at + i, sum);
        } else {
          out.setAtIndex(ValueLayout.JAVA_FLOAT, at + i, (float) sum);
        }
      }
    }
  }

  /** Several tensors of equal treatment, cut into chunks one after the other. */
  private abstract static class Each implements Work {
    final Place[] in;
    final Place[] out;
    private final int[] tensor;
    private final long[] start;
    private final long[] sizes;

    /**
     * For the first {@code sizes.length} outputs.
     *
     * @param in inputs, the numbers of the step last
     */
    Each(List<Tensor> changed, int count, Place[] in, Place[] out) {
      this.in = in;
      this.out = out;
      sizes = new long[count];
      int chunks = 0;
      for (int i = 0; i < count; i++) {
        sizes[i] = changed.get(i).elements();
        chunks += Math.toIntExact((sizes[i] + GRAIN - 1) / GRAIN);
      }
      tensor = new int[chunks];
      start = new long[chunks];
      int at = 0;
      for (int i = 0; i < count; i++) {
        for (long from = 0; from < sizes[i]; from += GRAIN) {
          tensor[at] = i;
          start[at++] = from;
        }
      }
    }

    @Override
    public int chunks() {
      return tensor.length;
    }

    @Override
    public long cost() {
      return tensor.length * GRAIN;
    }

    double number(int i, Frame frame) {
      Place numbers = in[in.length - 1];
      return numbers.segment(frame).getAtIndex(ValueLayout.JAVA_DOUBLE, numbers.at(frame) + i);
    }

    @Override
    public void run(int chunk, Frame frame) {
      frame.row = 0;
      int i = tensor[chunk];
      run(i, start[chunk], Math.min(GRAIN, sizes[i] - start[chunk]), frame);
    }

    abstract void run(int i, long from, long n, Frame f);
  }

  static Work adam(AdamUpdate op, DType dtype, List<Tensor> changed, Place[] in, Place[] out) {
    int count = in.length - 1;
    CpuUpdate.AdamLoop loop = dtype == DType.FLOAT64 ? OptimizerF64::adam : OptimizerF32::adam;
    return new Each(changed, count, in, out) {
      @Override
      void run(int i, long from, long n, Frame f) {
        loop.run(
            out[i].segment(f),
            out[i].at(f) + from,
            in[i].segment(f),
            in[i].at(f) + from,
            out[count + i].segment(f),
            out[count + i].at(f) + from,
            out[2 * count + i].segment(f),
            out[2 * count + i].at(f) + from,
            n,
            number(0, f),
            op.beta1(),
            op.beta2(),
            op.epsilon(),
            number(1, f),
            number(2, f),
            number(3, f));
      }
    };
  }

  static Work momentum(
      MomentumUpdate op, DType dtype, List<Tensor> changed, Place[] in, Place[] out) {
    int count = in.length - 1;
    CpuUpdate.MomentumLoop loop =
        dtype == DType.FLOAT64 ? OptimizerF64::sgdMomentum : OptimizerF32::sgdMomentum;
    return new Each(changed, count, in, out) {
      @Override
      void run(int i, long from, long n, Frame f) {
        loop.run(
            out[i].segment(f),
            out[i].at(f) + from,
            in[i].segment(f),
            in[i].at(f) + from,
            out[count + i].segment(f),
            out[count + i].at(f) + from,
            n,
            number(0, f),
            op.momentum());
      }
    };
  }

  static Work lerp(DType dtype, List<Tensor> changed, Place[] in, Place[] out) {
    CpuUpdate.LerpLoop loop = dtype == DType.FLOAT64 ? OptimizerF64::lerp : OptimizerF32::lerp;
    return new Each(changed, in.length - 1, in, out) {
      @Override
      void run(int i, long from, long n, Frame f) {
        loop.run(
            out[i].segment(f),
            out[i].at(f) + from,
            in[i].segment(f),
            in[i].at(f) + from,
            n,
            number(0, f));
      }
    };
  }
}
