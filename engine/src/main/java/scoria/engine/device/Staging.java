package scoria.engine.device;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import scoria.engine.device.Schedule.Task;
import scoria.engine.memory.Memory;
import scoria.engine.memory.RecordedMemory;
import scoria.engine.op.RandomOp;
import scoria.engine.op.Take;
import scoria.engine.op.Update;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Tensor;

/**
 * In which order the tasks of a schedule run: in even stages the batch is worked on shard by shard,
 * in the odd ones between (from -1 on) whole tensors are. Within a shard every row goes its way
 * alone, so threads meet only where a stage ends.
 *
 * <p>A sum over rows is taken in an even stage, one part a shard, and is whole in the stage after.
 */
final class Staging {
  /** More parts of a sum than this take more memory than they save time. */
  private static final long MOST_PARTS = 64;

  /** What a task is in its stage. */
  enum Kind {
    /** Goes row by row. */
    ROWS,
    /** Sums up the rows of a shard. */
    SUM,
    /** Works on whole tensors. */
    WHOLE
  }

  /**
   * A task in its place.
   *
   * @param form how it goes by rows; null for a whole one
   * @param fused the loop that it is, if it stands for several recorded tasks
   */
  record Staged(Task task, Kind kind, int stage, @Nullable RowForm form, @Nullable Fused fused) {}

  /** Where memory of the program comes from: the stage, and whether it comes row by row. */
  private record Made(int stage, boolean byRow, long rowElements) {}

  /** Rows of the batch; 0 where there is none. */
  final long rows;

  /** Rows of a shard but the last. */
  final long shardRows;

  final List<Staged> tasks = new ArrayList<>();
  private final Map<Memory, Made> made = new IdentityHashMap<>();

  /** The last stage that reads memory from outside. */
  private final Map<Memory, Integer> read = new IdentityHashMap<>();

  /** The last stage that changes memory from outside. */
  private final Map<Memory, Integer> changed = new IdentityHashMap<>();

  /** Whether sums over rows are taken in parts, one a shard. */
  private final boolean inParts;

  private Staging(long rows, long shardRows, boolean inParts) {
    this.rows = rows;
    this.shardRows = shardRows;
    this.inParts = inParts;
  }

  /**
   * Puts tasks into stages.
   *
   * @param block rows that are summed up together in a sum over rows: the kernels' blocks
   * @param alone rows of a shard where sums are not taken in parts
   */
  static Staging of(Schedule schedule, int block, int alone) {
    long rows = batch(schedule);
    if (rows >= 2 * block) {
      Staging staging = new Staging(rows, block, true);
      schedule.tasks().forEach(staging::add);
      if (staging.tasks.stream().anyMatch(staged -> staged.kind == Kind.SUM)) {
        return staging;
      }
    }
    // Shards of whole blocks would be too few for the threads, or nothing is summed: smaller ones,
    // and sums over rows are tasks on whole tensors.
    Staging small = new Staging(rows, alone, false);
    schedule.tasks().forEach(small::add);
    return small;
  }

  long shards() {
    return rows == 0 ? 0 : (rows + shardRows - 1) / shardRows;
  }

  int lastStage() {
    return tasks.stream().mapToInt(Staged::stage).max().orElse(-1);
  }

  /** Whether memory is made row by row. */
  boolean isByRow(Memory memory) {
    Made it = made.get(memory);
    return it != null && it.byRow;
  }

  /** Elements of a row of memory that is made row by row. */
  long rowElements(Memory memory) {
    Made it = made.get(memory);
    return it == null ? 0 : it.rowElements;
  }

  /**
   * The number of rows that most elements are computed in, of those that inputs, random numbers and
   * picked rows have.
   */
  private static long batch(Schedule schedule) {
    Map<Long, Long> work = new HashMap<>();
    for (Tensor input : schedule.inputs()) {
      candidate(work, input);
    }
    for (Task task : schedule.tasks()) {
      if (task.op() instanceof RandomOp || task.op() instanceof Take) {
        candidate(work, task.outputs().get(0));
      }
    }
    for (Task task : schedule.tasks()) {
      Tensor output = task.outputs().get(0);
      if (output.rank() > 0 && !(task.op() instanceof Update)) {
        work.computeIfPresent(output.size(0), (_, sum) -> sum + output.elements());
      }
    }
    return work.entrySet().stream()
        .max(Map.Entry.<Long, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse(0L);
  }

  private static void candidate(Map<Long, Long> work, Tensor tensor) {
    if (tensor.rank() > 0 && tensor.size(0) > 1) {
      work.put(tensor.size(0), 0L);
    }
  }

  private void add(Task task) {
    RowForm form = rows == 0 ? null : RowForm.of(task, rows);
    if (form != null && form.sums() && (!inParts || shards() > MOST_PARTS)) {
      form = null;
    }
    int stage = form == null ? whole(task) : byRow(task, form);
    Kind kind = form == null ? Kind.WHOLE : form.sums() ? Kind.SUM : Kind.ROWS;
    for (Tensor output : task.outputs()) {
      if (output.memory() instanceof RecordedMemory) {
        boolean rowwise = kind == Kind.ROWS;
        made.put(
            output.memory(),
            new Made(
                kind == Kind.SUM ? stage + 1 : stage,
                rowwise,
                rowwise ? output.elements() / rows : 0));
      } else {
        changed.merge(output.memory(), stage, Math::max);
      }
    }
    for (Tensor input : task.inputs()) {
      read.merge(input.memory(), stage, Math::max);
    }
    tasks.add(new Staged(task, kind, stage, form, null));
  }

  private int whole(Task task) {
    int stage = -1;
    for (Tensor input : task.inputs()) {
      stage = Math.max(stage, wholeAt(input.memory()));
    }
    for (Tensor output : task.outputs()) {
      // What is changed in place is changed after all that was to read it as it was.
      stage = Math.max(stage, wholeAt(output.memory()));
      int last = read.getOrDefault(output.memory(), -1);
      stage = Math.max(stage, last % 2 == 0 ? last + 1 : last);
    }
    return stage;
  }

  /** The first odd stage in which memory is to be had whole. */
  private int wholeAt(Memory memory) {
    Made it = made.get(memory);
    if (it != null) {
      return it.byRow ? it.stage + 1 : it.stage;
    }
    return changed.getOrDefault(memory, -1);
  }

  private int byRow(Task task, RowForm form) {
    int stage = 0;
    for (int i = 0; i < task.inputs().size(); i++) {
      Tensor input = task.inputs().get(i);
      Made it = made.get(input.memory());
      boolean follows = it != null && it.byRow && form.byRow()[i] && isAligned(input, it);
      stage = Math.max(stage, follows && it != null ? it.stage : wholeAt(input.memory()) + 1);
    }
    return stage;
  }

  /** Whether row i of the operand lies in row i of memory that is made row by row. */
  private boolean isAligned(Tensor tensor, Made from) {
    Layout layout = tensor.layout();
    if (rows > 1 && layout.stride(0) != from.rowElements) {
      return false;
    }
    long last = layout.offset();
    for (int axis = 1; axis < layout.shape().rank(); axis++) {
      if (layout.stride(axis) < 0) {
        return false;
      }
      last += (layout.shape().size(axis) - 1) * layout.stride(axis);
    }
    return layout.offset() >= 0 && last < Math.max(1, from.rowElements);
  }
}
