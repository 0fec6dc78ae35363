package scoria.engine.device;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.memory.HostMemory;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.WorkerPool;

/** A schedule on the processor: phases, each of which all threads work on together. */
final class CpuReplay implements Replay {
  /** A part of a run. */
  interface Phase {
    /** Runs it. */
    void run(Crew crew);
  }

  /** The threads of a pool with a frame for each. */
  static final class Crew {
    final WorkerPool pool;
    final Frame[] frames;

    /** Kept, since the frames hold raw segments only. */
    private final HostMemory[] slabs;

    Crew(WorkerPool pool, long slabBytes) {
      this.pool = pool;
      frames = new Frame[pool.threads()];
      slabs = new HostMemory[frames.length];
      for (int i = 0; i < frames.length; i++) {
        slabs[i] = HostMemory.allocateUnscoped(slabBytes, "program");
        frames[i] = new Frame();
        frames[i].slab = slabs[i].segment();
      }
    }
  }

  private final Cpu cpu;
  private final CpuPlan plan;
  private @Nullable Crew crew;

  private CpuReplay(Cpu cpu, CpuPlan plan) {
    this.cpu = cpu;
    this.plan = plan;
  }

  static CpuReplay of(Cpu cpu, Schedule schedule) {
    return new CpuReplay(cpu, CpuPlan.of(cpu, schedule));
  }

  @Override
  public void set(int input, Tensor value) {
    Tensor slot = plan.inputs.get(input);
    if (value.layout().isDense()) {
      long bytes = value.dtype().bytes();
      MemorySegment.copy(
          Cpu.segment(value),
          value.layout().offset() * bytes,
          Cpu.segment(slot),
          slot.layout().offset() * bytes,
          value.elements() * bytes);
    } else {
      CpuMove.copy(cpu.pool(), value, slot.layout(), slot);
    }
  }

  @Override
  public List<Tensor> outputs() {
    return plan.outputs;
  }

  @Override
  public void run() {
    Crew now = crew;
    if (now == null || now.pool != cpu.pool()) {
      now = new Crew(cpu.pool(), plan.frameBytes);
      crew = now;
    }
    for (int i = 0; i < plan.phases.size(); i++) {
      plan.phases.get(i).run(now);
    }
  }
}
