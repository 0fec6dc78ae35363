package scoria.engine.device;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import scoria.engine.device.Schedule.Task;
import scoria.engine.device.SlabPlan.Block;
import scoria.engine.device.Staging.Kind;
import scoria.engine.device.Staging.Staged;
import scoria.engine.memory.HostMemory;
import scoria.engine.memory.Memory;
import scoria.engine.memory.RecordedMemory;
import scoria.engine.op.AdamUpdate;
import scoria.engine.op.LerpUpdate;
import scoria.engine.op.MatMul;
import scoria.engine.op.MomentumUpdate;
import scoria.engine.op.Reduction;
import scoria.engine.op.Update;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** How a schedule runs on the processor: where everything lies, and the phases. */
final class CpuPlan {
  /** Rows that pass through all tasks of a stage together: whole tiles of a matrix product. */
  private static final int TILE = 48;

  /** Rows of a shard where nothing is summed over rows: a batch has an even number of them. */
  private static final int ALONE = 64;

  final List<Tensor> inputs = new ArrayList<>();
  final List<Tensor> outputs = new ArrayList<>();
  final List<CpuReplay.Phase> phases = new ArrayList<>();

  /** Bytes of each thread's own memory. */
  final long frameBytes;

  private final Cpu cpu;
  private final Staging staging;
  private final List<Staged> tasks;
  private final Map<Memory, Block> shared = new IdentityHashMap<>();
  private final Map<Memory, Block> own = new IdentityHashMap<>();

  /** Memory in a thread's own slab that lasts for a tile only. */
  private final Set<Memory> tiles = Collections.newSetFromMap(new IdentityHashMap<>());

  /** The parts of a sum over rows, by the memory of the sum. */
  private final Map<Memory, Block> parts = new IdentityHashMap<>();

  private final HostMemory slab;

  private CpuPlan(Cpu cpu, Schedule schedule) {
    this.cpu = cpu;
    staging = Staging.of(schedule, ProductSteps.BLOCK, ALONE);
    tasks = Fusion.of(staging.tasks, schedule.outputs());
    List<Slot> slots = slots();
    SlabPlan sharedPlan = new SlabPlan();
    SlabPlan ownPlan = new SlabPlan();
    placeAll(schedule, slots, sharedPlan, ownPlan);
    slab = HostMemory.allocateUnscoped(sharedPlan.place(), "program");
    frameBytes = ownPlan.place();
    CpuReplay.Crew nobody = new CpuReplay.Crew(Cpu.ALONE, 0);
    for (Slot slot : slots) {
      addPhases(slot, nobody);
    }
    schedule.inputs().forEach(t -> inputs.add(real(t)));
    schedule.outputs().forEach(t -> outputs.add(real(t)));
  }

  static CpuPlan of(Cpu cpu, Schedule schedule) {
    return new CpuPlan(cpu, schedule);
  }

  // ---- The order of phases.

  /**
   * What runs in one phase.
   *
   * @param byRow whether shard by shard
   * @param tasks in order; in a phase of whole tasks they do not depend on each other
   * @param finished sums whose parts are brought together here
   */
  private record Slot(boolean byRow, List<Staged> tasks, List<Staged> finished) {}

  private List<Slot> slots() {
    List<Slot> slots = new ArrayList<>();
    List<Staged> finished = List.of();
    for (int stage = -1; stage <= staging.lastStage() + 1; stage++) {
      int here = stage;
      List<Staged> now = tasks.stream().filter(t -> t.stage() == here).toList();
      if (stage % 2 == 0) {
        if (!now.isEmpty()) {
          slots.add(new Slot(true, now, List.of()));
        }
        finished = now.stream().filter(t -> t.kind() == Kind.SUM && partsOf(t) > 1).toList();
      } else {
        wholeSlots(now, finished, slots);
        finished = List.of();
      }
    }
    return slots;
  }

  private void wholeSlots(List<Staged> tasks, List<Staged> finished, List<Slot> slots) {
    List<Staged> sums = finished;
    List<Staged> group = new ArrayList<>();
    Set<Memory> written = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Memory> read = Collections.newSetFromMap(new IdentityHashMap<>());
    sums.forEach(t -> written.add(t.task().outputs().get(0).memory()));
    boolean closed = false;
    for (Staged staged : tasks) {
      Task task = staged.task();
      boolean alone = isAlone(task);
      boolean waits =
          closed
              || alone
              || task.inputs().stream().anyMatch(t -> written.contains(t.memory()))
              || task.outputs().stream()
                  .anyMatch(t -> written.contains(t.memory()) || read.contains(t.memory()));
      if (waits && !(group.isEmpty() && sums.isEmpty())) {
        slots.add(new Slot(false, group, sums));
        sums = List.of();
        group = new ArrayList<>();
        written.clear();
        read.clear();
      }
      group.add(staged);
      task.outputs().forEach(t -> written.add(t.memory()));
      task.inputs().forEach(t -> read.add(t.memory()));
      closed = alone;
    }
    if (!group.isEmpty() || !sums.isEmpty()) {
      slots.add(new Slot(false, group, sums));
    }
  }

  /** Whether a whole task is run by {@link Cpu#run} or shares itself out. */
  private static boolean isAlone(Task task) {
    if (task.op() instanceof Update) {
      return false;
    }
    if (task.op() instanceof Reduction reduction && reduction.from() == 0) {
      return Works.Columns.isAlone(task.inputs().get(0));
    }
    if (task.op() instanceof MatMul) {
      return !ProductSteps.isPlain(task);
    }
    return wholeForm(task) == null;
  }

  /** The form of a task on all rows of its own output, or null. */
  private static @Nullable RowForm wholeForm(Task task) {
    Tensor output = task.outputs().get(0);
    if (output.rank() == 0 || output.size(0) == 0 || task.op() instanceof MatMul) {
      return null;
    }
    RowForm form = RowForm.of(task, output.size(0));
    return form == null || form.sums() ? null : form;
  }

  // ---- Memory.

  /** How many parts a sum over rows has. */
  private long partsOf(Staged staged) {
    Task task = staged.task();
    if (task.op() instanceof Reduction reduction) {
      long n = task.inputs().get(0).shape().elements(0, reduction.to());
      return (n + ProductSteps.BLOCK - 1) / ProductSteps.BLOCK;
    }
    return staging.shards();
  }

  private void placeAll(
      Schedule schedule, List<Slot> slots, SlabPlan sharedPlan, SlabPlan ownPlan) {
    int end = slots.size();
    Set<Memory> results = Collections.newSetFromMap(new IdentityHashMap<>());
    schedule.outputs().forEach(t -> results.add(t.memory()));
    for (Tensor input : schedule.inputs()) {
      // A result of the last run may be given, so inputs share memory with nothing.
      Block block = sharedPlan.add(input.memory().bytes(), 0);
      block.usedAt(end);
      shared.put(input.memory(), block);
    }
    Map<Memory, Integer> readBy = new IdentityHashMap<>();
    Map<Memory, Boolean> summed = new IdentityHashMap<>();
    for (int time = 0; time < end; time++) {
      for (Staged staged : slots.get(time).tasks) {
        for (Tensor input : staged.task().inputs()) {
          readBy.put(input.memory(), time);
          if (staged.kind() == Kind.SUM) {
            summed.put(input.memory(), true);
          }
        }
      }
    }
    int ownTime = 0;
    for (int time = 0; time < end; time++) {
      Slot slot = slots.get(time);
      for (Staged sum : slot.finished) {
        Memory memory = sum.task().outputs().get(0).memory();
        Block block = parts.get(memory);
        if (block != null) {
          block.usedAt(time);
        }
        place(memory, time, end, results, sharedPlan);
      }
      int position = ownTime;
      for (Staged staged : slot.tasks) {
        Task task = staged.task();
        for (Tensor input : task.inputs()) {
          use(input.memory(), time, position);
        }
        for (Tensor output : task.outputs()) {
          Memory memory = output.memory();
          if (!(memory instanceof RecordedMemory)) {
            continue;
          }
          boolean local =
              staged.kind() == Kind.ROWS
                  && !results.contains(memory)
                  && readBy.getOrDefault(memory, time) == time;
          if (local) {
            boolean tile = !summed.containsKey(memory);
            long rows = Math.min(staging.rows, tile ? TILE : staging.shardRows);
            long bytes = rows * staging.rowElements(memory) * output.dtype().bytes();
            Block block = ownPlan.add(bytes, tile ? position : ownTime);
            if (tile) {
              tiles.add(memory);
            } else {
              block.usedAt(ownTime + slot.tasks.size());
            }
            own.put(memory, block);
          } else if (staged.kind() == Kind.SUM && partsOf(staged) > 1) {
            parts.put(memory, sharedPlan.add(partsOf(staged) * memory.bytes(), time));
          } else {
            place(memory, time, end, results, sharedPlan);
          }
        }
        position++;
      }
      ownTime += slot.tasks.size() + 1;
    }
  }

  private void place(Memory memory, int time, int end, Set<Memory> results, SlabPlan sharedPlan) {
    boolean result = results.contains(memory);
    // A result stays until it is made again.
    Block block = sharedPlan.add(memory.bytes(), result ? 0 : time);
    if (result) {
      block.usedAt(end);
    }
    shared.put(memory, block);
  }

  private void use(Memory memory, int time, int position) {
    Block block = shared.get(memory);
    if (block != null) {
      block.usedAt(time);
    }
    Block mine = own.get(memory);
    if (mine != null) {
      mine.usedAt(position);
    }
  }

  /** A tensor of the program where it really is. */
  private Tensor real(Tensor tensor) {
    Block block = shared.get(tensor.memory());
    if (block == null) {
      return tensor;
    }
    Layout layout = tensor.layout();
    return Tensor.of(
        slab,
        Layout.of(
            layout.shape(),
            layout.strides(),
            layout.offset() + block.offset() / tensor.dtype().bytes()),
        tensor.dtype(),
        null);
  }

  private Place place(Tensor tensor, boolean byRow) {
    Layout layout = tensor.layout();
    Block mine = own.get(tensor.memory());
    if (mine != null) {
      return new Place(
          null,
          mine.offset() / tensor.dtype().bytes() + layout.offset(),
          staging.rowElements(tensor.memory()),
          tiles.contains(tensor.memory()) ? Place.From.TILE : Place.From.SHARD);
    }
    Tensor real = real(tensor);
    return new Place(
        Cpu.segment(real), real.layout().offset(), byRow ? layout.stride(0) : 0, Place.From.BATCH);
  }

  private Place[] places(List<Tensor> tensors, boolean[] byRow) {
    Place[] out = new Place[tensors.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = place(tensors.get(i), byRow[i]);
    }
    return out;
  }

  private Place[] wholePlaces(List<Tensor> tensors) {
    return tensors.stream().map(t -> place(t, false)).toArray(Place[]::new);
  }

  // ---- Phases.

  private void addPhases(Slot slot, CpuReplay.Crew nobody) {
    if (!slot.byRow) {
      List<Work> works = new ArrayList<>();
      slot.finished.forEach(staged -> works.add(finish(staged)));
      slot.tasks.forEach(staged -> works.add(work(staged.task())));
      phases.add(new WholePhase(works, nobody));
      return;
    }
    List<RowStep> steps = new ArrayList<>();
    List<RowStep> sums = new ArrayList<>();
    List<ProductSteps.Rows> products = new ArrayList<>();
    Map<Matrix, PackedMatrix> packed = new LinkedHashMap<>();
    for (Staged staged : slot.tasks) {
      if (staged.kind() == Kind.SUM) {
        sums.add(sum(staged));
        continue;
      }
      ProductSteps.Rows product = product(staged, packed);
      if (!products.isEmpty() && (product == null || !product.shares(products.get(0)))) {
        steps.add(ProductSteps.rows(List.copyOf(products)));
        products.clear();
      }
      if (product == null) {
        steps.add(rows(staged));
      } else {
        products.add(product);
      }
    }
    if (!products.isEmpty()) {
      steps.add(ProductSteps.rows(products));
    }
    if (!packed.isEmpty()) {
      phases.add(new PackPhase(List.copyOf(packed.values())));
    }
    phases.add(new ShardPhase(steps, sums, staging.rows, staging.shardRows, TILE, nobody));
  }

  private static RowForm form(Staged staged) {
    RowForm form = staged.form();
    if (form == null) {
      throw new IllegalStateException("'" + staged.task().op().label() + "' has no row form");
    }
    return form;
  }

  /** The second matrix of a product: equal ones are packed once. */
  private record Matrix(Memory memory, Shape shape, long offset, List<Long> strides, MatMul op) {
    static Matrix of(Tensor tensor, MatMul op) {
      Layout layout = tensor.layout();
      return new Matrix(
          tensor.memory(),
          layout.shape(),
          layout.offset(),
          Arrays.stream(layout.strides()).boxed().toList(),
          op);
    }
  }

  private ProductSteps.@Nullable Rows product(Staged staged, Map<Matrix, PackedMatrix> packed) {
    Task task = staged.task();
    if (!(task.op() instanceof MatMul op)) {
      return null;
    }
    Tensor b = task.inputs().get(1);
    PackedMatrix matrix =
        packed.computeIfAbsent(Matrix.of(b, op), key -> new PackedMatrix(op, b, real(b)));
    Place a = place(task.inputs().get(0), true);
    return new ProductSteps.Rows(matrix, a, place(task.outputs().get(0), true));
  }

  private RowStep rows(Staged staged) {
    Task task = staged.task();
    Place[] in = places(task.inputs(), form(staged).byRow());
    Place[] out = task.outputs().stream().map(t -> place(t, true)).toArray(Place[]::new);
    return staged.fused() == null
        ? RowSteps.of(task, in, out[0], staging.rows)
        : staged.fused().step(task, in, out, staging.rows);
  }

  private RowStep sum(Staged staged) {
    Task task = staged.task();
    Tensor output = task.outputs().get(0);
    Place[] in = places(task.inputs(), form(staged).byRow());
    Block block = parts.get(output.memory());
    Place direct = block == null ? place(output, false) : null;
    MemorySegment segment = direct == null ? slab.segment() : segment(direct);
    long at = direct == null ? partsAt(output) : direct.at();
    return task.op() instanceof Reduction reduction
        ? ProductSteps.sumRows(reduction, task.inputs().get(0), in[0], segment, at)
        : ProductSteps.sum(task, in, segment, at);
  }

  private static MemorySegment segment(Place shared) {
    MemorySegment segment = shared.segment();
    if (segment == null) {
      throw new IllegalStateException("a sum lies in a thread's own memory");
    }
    return segment;
  }

  private long partsAt(Tensor output) {
    Block block = parts.get(output.memory());
    return block == null ? 0 : block.offset() / output.dtype().bytes();
  }

  private Work finish(Staged staged) {
    Tensor output = staged.task().outputs().get(0);
    Place into = place(output, false);
    long count = partsOf(staged);
    MemorySegment segment = slab.segment();
    long at = partsAt(output);
    return staged.task().op() instanceof Reduction
        ? new Works.SumBlocks(
            output.dtype() == DType.FLOAT64, segment, at, count, output.elements(), into)
        : Works.AddBlocks.of(output.dtype(), segment, at, count, output.elements(), into);
  }

  private Work work(Task given) {
    Task task = withAxis(given);
    List<Tensor> in = task.inputs();
    List<Tensor> out = task.outputs();
    DType dtype = out.get(0).dtype();
    return switch (task.op()) {
      case AdamUpdate adam -> Works.adam(adam, dtype, out, wholePlaces(in), wholePlaces(out));
      case MomentumUpdate momentum ->
          Works.momentum(momentum, dtype, out, wholePlaces(in), wholePlaces(out));
      case LerpUpdate _ -> Works.lerp(dtype, out, wholePlaces(in), wholePlaces(out));
      case Reduction reduction -> reduction(task, reduction);
      case MatMul product ->
          ProductSteps.isPlain(task)
              ? ProductSteps.whole(product, task, wholePlaces(in), place(out.get(0), false))
              : plain(task);
      default -> byRows(task);
    };
  }

  private Work reduction(Task task, Reduction op) {
    if (op.from() > 0) {
      return byRows(task);
    }
    Tensor x = task.inputs().get(0);
    return Works.Columns.of(op, x, place(x, false), place(task.outputs().get(0), false));
  }

  private Work byRows(Task task) {
    RowForm form = task.op() instanceof Update ? null : wholeForm(task);
    if (form == null) {
      return plain(task);
    }
    Tensor output = task.outputs().get(0);
    Place[] in = places(task.inputs(), form.byRow());
    return Works.Rows.of(RowSteps.of(task, in, place(output, true), output.size(0)), output);
  }

  private Work plain(Task task) {
    return new Works.Plain(
        cpu,
        task,
        task.inputs().stream().map(this::real).toArray(Tensor[]::new),
        task.outputs().stream().map(this::real).toArray(Tensor[]::new));
  }

  /** The task with scalars as vectors of one element. */
  private static Task withAxis(Task task) {
    if (task.op() instanceof Update || task.outputs().get(0).rank() > 0) {
      return task;
    }
    return new Task(task.op(), vectors(task.inputs()), vectors(task.outputs()));
  }

  private static List<Tensor> vectors(List<Tensor> tensors) {
    return tensors.stream()
        .map(
            t ->
                t.rank() > 0
                    ? t
                    : Tensor.of(
                        t.memory(),
                        Layout.of(Shape.of(1), new long[] {1}, t.layout().offset()),
                        t.dtype(),
                        null))
        .toList();
  }
}
