package scoria.engine.device;

import java.util.List;
import scoria.kernels.cpu.WorkerPool;

/**
 * Tasks that go by rows, shard by shard, and in a shard tile by tile, so that what passes from one
 * task to the next is still in the cache; then the sums over the shard's rows.
 */
final class ShardPhase implements CpuReplay.Phase {
  private final RowStep[] steps;
  private final RowStep[] sums;
  private final long rows;
  private final long shardRows;
  private final long tileRows;
  private CpuReplay.Crew crew;
  private final WorkerPool.Batch batch = new WorkerPool.Batch(this::run);

  ShardPhase(
      List<RowStep> steps,
      List<RowStep> sums,
      long rows,
      long shardRows,
      long tileRows,
      CpuReplay.Crew crew) {
    this.steps = steps.toArray(RowStep[]::new);
    this.sums = sums.toArray(RowStep[]::new);
    this.rows = rows;
    this.shardRows = shardRows;
    this.tileRows = tileRows;
    this.crew = crew;
  }

  @Override
  public void run(CpuReplay.Crew now) {
    crew = now;
    now.pool.run(batch, (int) ((rows + shardRows - 1) / shardRows));
  }

  private void run(int shard, int worker) {
    Frame frame = crew.frames[worker];
    frame.shard = shard;
    frame.shardRow = shard * shardRows;
    long end = Math.min(rows, frame.shardRow + shardRows);
    for (long row = frame.shardRow; row < end; row += tileRows) {
      frame.row = row;
      frame.rows = Math.min(tileRows, end - row);
      for (RowStep step : steps) {
        step.run(frame);
      }
    }
    frame.row = frame.shardRow;
    frame.rows = end - frame.shardRow;
    for (RowStep sum : sums) {
      sum.run(frame);
    }
  }
}
