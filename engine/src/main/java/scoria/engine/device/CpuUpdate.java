package scoria.engine.device;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import scoria.engine.op.AdamUpdate;
import scoria.engine.op.AssignUpdate;
import scoria.engine.op.LerpUpdate;
import scoria.engine.op.MomentumUpdate;
import scoria.engine.op.Update;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.OptimizerF32;
import scoria.kernels.cpu.OptimizerF64;
import scoria.kernels.cpu.WorkerPool;

/** Changes in place. */
final class CpuUpdate {
  /** The loop of Adam. */
  private interface AdamLoop {
    void run(
        MemorySegment param,
        long pAt,
        MemorySegment grad,
        long gAt,
        MemorySegment m,
        long mAt,
        MemorySegment v,
        long vAt,
        long n,
        double rate,
        double beta1,
        double beta2,
        double epsilon,
        double shrink,
        double correction1,
        double correction2);
  }

  /** The loop of descent with momentum. */
  private interface MomentumLoop {
    void run(
        MemorySegment param,
        long pAt,
        MemorySegment grad,
        long gAt,
        MemorySegment velocity,
        long uAt,
        long n,
        double rate,
        double momentum);
  }

  /** The loop of a step towards something. */
  private interface LerpLoop {
    void run(MemorySegment target, long tAt, MemorySegment source, long sAt, long n, double weight);
  }

  private CpuUpdate() {}

  static void run(WorkerPool pool, Update op, Tensor[] inputs, Tensor[] outputs) {
    int numbered = inputs.length - 1;
    switch (op) {
      case AdamUpdate adam -> {
        for (int i = 0; i < numbered; i++) {
          adam(pool, adam, i, inputs, outputs);
        }
      }
      case MomentumUpdate momentum -> {
        for (int i = 0; i < numbered; i++) {
          momentum(pool, momentum, i, inputs, outputs);
        }
      }
      case LerpUpdate lerp -> {
        double weight = number(inputs[numbered], 0);
        for (int i = 0; i < numbered; i++) {
          lerp(pool, weight, inputs[i], outputs[i]);
        }
      }
      case AssignUpdate assign -> {
        for (int i = 0; i < inputs.length; i++) {
          CpuMove.copy(pool, inputs[i], outputs[i].layout(), outputs[i]);
        }
      }
    }
  }

  /** An element of a float64 vector. */
  private static double number(Tensor numbers, int i) {
    return Cpu.segment(numbers).getAtIndex(ValueLayout.JAVA_DOUBLE, numbers.layout().offset() + i);
  }

  private static void adam(
      WorkerPool pool, AdamUpdate op, int i, Tensor[] inputs, Tensor[] outputs) {
    int n = inputs.length - 1;
    Tensor p = outputs[i];
    MemorySegment param = Cpu.segment(p);
    MemorySegment grad = Cpu.segment(inputs[i]);
    MemorySegment first = Cpu.segment(outputs[n + i]);
    MemorySegment second = Cpu.segment(outputs[2 * n + i]);
    long pAt = p.layout().offset();
    long gAt = inputs[i].layout().offset();
    long mAt = outputs[n + i].layout().offset();
    long vAt = outputs[2 * n + i].layout().offset();
    double rate = number(inputs[n], 0);
    double shrink = number(inputs[n], 1);
    double c1 = number(inputs[n], 2);
    double c2 = number(inputs[n], 3);
    AdamLoop loop = p.dtype() == DType.FLOAT64 ? OptimizerF64::adam : OptimizerF32::adam;
    pool.forRanges(
        p.elements(),
        CpuElementwise.GRAIN,
        (from, to) -> {
          loop.run(
              param,
              pAt + from,
              grad,
              gAt + from,
              first,
              mAt + from,
              second,
              vAt + from,
              to - from,
              rate,
              op.beta1(),
              op.beta2(),
              op.epsilon(),
              shrink,
              c1,
              c2);
        });
  }

  private static void momentum(
      WorkerPool pool, MomentumUpdate op, int i, Tensor[] inputs, Tensor[] outputs) {
    Tensor p = outputs[i];
    int n = inputs.length - 1;
    Tensor u = outputs[n + i];
    double rate = number(inputs[n], 0);
    MemorySegment param = Cpu.segment(p);
    MemorySegment grad = Cpu.segment(inputs[i]);
    MemorySegment velocity = Cpu.segment(u);
    long pAt = p.layout().offset();
    long gAt = inputs[i].layout().offset();
    long uAt = u.layout().offset();
    MomentumLoop loop =
        p.dtype() == DType.FLOAT64 ? OptimizerF64::sgdMomentum : OptimizerF32::sgdMomentum;
    pool.forRanges(
        p.elements(),
        CpuElementwise.GRAIN,
        (from, to) -> {
          loop.run(
              param,
              pAt + from,
              grad,
              gAt + from,
              velocity,
              uAt + from,
              to - from,
              rate,
              op.momentum());
        });
  }

  private static void lerp(WorkerPool pool, double weight, Tensor x, Tensor y) {
    MemorySegment target = Cpu.segment(y);
    MemorySegment source = Cpu.segment(x);
    long yAt = y.layout().offset();
    long xAt = x.layout().offset();
    LerpLoop loop = y.dtype() == DType.FLOAT64 ? OptimizerF64::lerp : OptimizerF32::lerp;
    pool.forRanges(
        y.elements(),
        CpuElementwise.GRAIN,
        (from, to) -> {
          loop.run(target, yAt + from, source, xAt + from, to - from, weight);
        });
  }
}
