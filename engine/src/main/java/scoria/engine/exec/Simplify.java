package scoria.engine.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import scoria.engine.device.Device;
import scoria.engine.device.Schedule;
import scoria.engine.device.Schedule.Task;
import scoria.engine.memory.Memory;
import scoria.engine.op.ConstantOp;
import scoria.engine.op.CustomOp;
import scoria.engine.op.Op;
import scoria.engine.op.RandomOp;
import scoria.engine.op.Update;
import scoria.engine.tensor.Tensor;

/**
 * The same results from fewer tasks: what depends on nothing is computed once and for all, what is
 * computed twice is computed once, and what nobody needs is left out; {@link Slopes}. Bits stay as
 * they are.
 */
final class Simplify {
  /** What has taken the place of memory whose task is gone. */
  private final Map<Memory, Memory> replaced = new IdentityHashMap<>();

  /** Memory with contents that never change, made here. */
  private final Set<Memory> constants = Collections.newSetFromMap(new IdentityHashMap<>());

  /** How often memory from outside was changed so far. */
  private final Map<Memory, Integer> changes = new IdentityHashMap<>();

  private final Map<Key, Memory> known = new HashMap<>();

  private Simplify() {}

  static Schedule schedule(Schedule of) {
    return new Simplify().simplify(of);
  }

  private Schedule simplify(Schedule of) {
    List<Task> tasks = new ArrayList<>();
    for (Task recorded : of.tasks()) {
      Task task = new Task(recorded.op(), renamed(recorded.inputs()), recorded.outputs());
      if (task.op() instanceof Update) {
        task.outputs().forEach(t -> changes.merge(t.memory(), 1, Integer::sum));
        tasks.add(task);
      } else if (task.op() instanceof CustomOp || task.outputs().size() != 1) {
        tasks.add(task);
      } else if (isConstant(task)) {
        fold(task);
      } else {
        Memory output = task.outputs().get(0).memory();
        Memory same = known.putIfAbsent(key(task), output);
        if (same == null) {
          tasks.add(task);
        } else {
          replaced.put(output, same);
        }
      }
    }
    List<Tensor> outputs = renamed(of.outputs());
    return new Schedule(of.inputs(), Slopes.share(needed(tasks, outputs)), outputs);
  }

  private List<Tensor> renamed(List<Tensor> tensors) {
    return tensors.stream().map(this::renamed).toList();
  }

  private Tensor renamed(Tensor tensor) {
    Memory other = replaced.get(tensor.memory());
    return other == null ? tensor : Tensor.of(other, tensor.layout(), tensor.dtype(), null);
  }

  private boolean isConstant(Task task) {
    if (task.op() instanceof RandomOp) {
      return false;
    }
    return task.inputs().isEmpty()
        ? task.op() instanceof ConstantOp
        : task.inputs().stream().allMatch(t -> constants.contains(t.memory()));
  }

  private void fold(Task task) {
    Tensor like = task.outputs().get(0);
    Device device = like.device();
    Memory memory = device.allocateUnscoped(like.memory().bytes(), task.op().label());
    Tensor value = Tensor.of(memory, like.layout(), like.dtype(), null);
    Execute.compute(device, task.op(), task.inputs().toArray(Tensor[]::new), new Tensor[] {value});
    constants.add(memory);
    replaced.put(like.memory(), memory);
  }

  /** The tasks that outputs or updates depend on. */
  private static List<Task> needed(List<Task> tasks, List<Tensor> outputs) {
    Set<Memory> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
    outputs.forEach(t -> wanted.add(t.memory()));
    List<Task> kept = new ArrayList<>();
    for (int i = tasks.size() - 1; i >= 0; i--) {
      Task task = tasks.get(i);
      if (task.op() instanceof Update
          || task.outputs().stream().anyMatch(t -> wanted.contains(t.memory()))) {
        task.inputs().forEach(t -> wanted.add(t.memory()));
        kept.addFirst(task);
      }
    }
    return kept;
  }

  /** What a task computes; tasks with equal keys have equal results. */
  private record Key(Op op, List<Operand> inputs) {}

  private record Operand(
      Memory memory, int changes, List<Long> shape, List<Long> strides, long at) {}

  private Key key(Task task) {
    return new Key(task.op(), task.inputs().stream().map(this::operand).toList());
  }

  private Operand operand(Tensor t) {
    return new Operand(
        t.memory(),
        changes.getOrDefault(t.memory(), 0),
        Arrays.stream(t.shape().toArray()).boxed().toList(),
        Arrays.stream(t.layout().strides()).boxed().toList(),
        t.layout().offset());
  }
}
