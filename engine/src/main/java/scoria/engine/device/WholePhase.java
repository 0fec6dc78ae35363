package scoria.engine.device;

import java.util.List;
import scoria.kernels.cpu.WorkerPool;

/** Tasks on whole tensors that do not depend on each other, shared out chunk by chunk. */
final class WholePhase implements CpuReplay.Phase {
  /** Elements that are worth waking a thread for. */
  static final long WORTH = 16_384;

  private final Work[] works;
  private final int chunks;
  private final boolean here;
  private CpuReplay.Crew crew;
  private final WorkerPool.Batch batch = new WorkerPool.Batch(this::run);

  /**
   * A phase.
   *
   * @param works at least one; only one if it runs alone
   * @param crew who runs it first
   */
  WholePhase(List<Work> works, CpuReplay.Crew crew) {
    this.works = works.toArray(Work[]::new);
    this.crew = crew;
    chunks = works.stream().mapToInt(Work::chunks).sum();
    here = works.get(0).isAlone() || works.stream().mapToLong(Work::cost).sum() < WORTH;
  }

  @Override
  public void run(CpuReplay.Crew now) {
    crew = now;
    if (!here) {
      now.pool.run(batch, chunks);
      return;
    }
    Frame frame = now.frames[0];
    frame.pool = works[0].isAlone() ? now.pool : Cpu.ALONE;
    for (Work work : works) {
      int count = work.chunks();
      for (int i = 0; i < count; i++) {
        work.run(i, frame);
      }
    }
    frame.pool = Cpu.ALONE;
  }

  private void run(int chunk, int worker) {
    int rest = chunk;
    for (Work work : works) {
      int count = work.chunks();
      if (rest < count) {
        work.run(rest, crew.frames[worker]);
        return;
      }
      rest -= count;
    }
  }
}
