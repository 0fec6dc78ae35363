package scoria.engine.device;

import java.util.List;
import scoria.kernels.cpu.WorkerPool;

/** Packs the matrices of a stage that have changed since they were packed. */
final class PackPhase implements CpuReplay.Phase {
  private final PackedMatrix[] matrices;
  private final PackedMatrix[] stale;
  private final WorkerPool.Batch batch = new WorkerPool.Batch((i, worker) -> pack(i));

  PackPhase(List<PackedMatrix> matrices) {
    this.matrices = matrices.toArray(PackedMatrix[]::new);
    stale = this.matrices.clone();
  }

  private void pack(int i) {
    stale[i].pack();
  }

  @Override
  public void run(CpuReplay.Crew crew) {
    int count = 0;
    long elements = 0;
    for (PackedMatrix matrix : matrices) {
      if (matrix.isStale()) {
        stale[count++] = matrix;
        elements += matrix.elements();
      }
    }
    if (elements > WholePhase.WORTH) {
      crew.pool.run(batch, count);
    } else {
      for (int i = 0; i < count; i++) {
        stale[i].pack();
      }
    }
  }
}
