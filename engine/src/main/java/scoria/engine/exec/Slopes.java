package scoria.engine.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import scoria.engine.device.Device;
import scoria.engine.device.Schedule.Task;
import scoria.engine.memory.Memory;
import scoria.engine.memory.RecordedMemory;
import scoria.engine.op.Binary;
import scoria.engine.op.Fill;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * An activation's slope computed once where several things are multiplied by it, as the tangents of
 * many probes are at one point: the exponential in it costs four times what a product does.
 *
 * <p>Bits stay, since {@code siluGrad(x, g)} and its kin are defined as g times the rounded slope.
 * For only two, a value and one tangent, nothing is gained by also sharing the exponential with the
 * activation itself; that was measured.
 */
final class Slopes {
  private static final Set<Binary> TIMES_SLOPE =
      Set.of(Binary.SILU_GRAD, Binary.GELU_GRAD, Binary.SOFTPLUS_GRAD);

  private Slopes() {}

  /** Where a slope is taken. */
  private record At(Binary op, Memory memory, Shape shape, List<Long> strides, long offset) {}

  /** The same results, with one slope where several tasks take it at one place. */
  static List<Task> share(List<Task> tasks) {
    Map<At, Integer> uses = new HashMap<>();
    for (Task task : tasks) {
      if (isTimesSlope(task)) {
        uses.merge(at(task), 1, Integer::sum);
      }
    }
    Map<At, Tensor> slopes = new HashMap<>();
    List<Task> out = new ArrayList<>(tasks.size());
    for (Task task : tasks) {
      if (!isTimesSlope(task) || uses.getOrDefault(at(task), 0) < 2) {
        out.add(task);
        continue;
      }
      Tensor slope = slopes.computeIfAbsent(at(task), _ -> slope(task, out));
      out.add(new Task(Binary.MUL, List.of(slope, task.inputs().get(1)), task.outputs()));
    }
    return out;
  }

  /** Whether a task is one that could use a kept slope: not where the slope itself is repeated. */
  private static boolean isTimesSlope(Task task) {
    return task.op() instanceof Binary op
        && TIMES_SLOPE.contains(op)
        && task.inputs().get(0).memory() instanceof RecordedMemory
        && task.inputs().get(0).shape().equals(task.outputs().get(0).shape());
  }

  private static At at(Task task) {
    Tensor x = task.inputs().get(0);
    return new At(
        (Binary) task.op(),
        x.memory(),
        x.shape(),
        Arrays.stream(x.layout().strides()).boxed().toList(),
        x.layout().offset());
  }

  private static Tensor slope(Task task, List<Task> into) {
    Tensor x = task.inputs().get(0);
    Device device = x.device();
    Tensor one =
        Tensor.of(
            device.allocateUnscoped(x.dtype().bytes(), "fill"),
            Layout.dense(Shape.scalar()),
            x.dtype(),
            null);
    Fill fill = new Fill(1, Shape.scalar(), x.dtype());
    Execute.compute(device, fill, new Tensor[0], new Tensor[] {one});
    Tensor slope =
        Tensor.of(
            new RecordedMemory(device, x.shape().bytes(x.dtype()), task.op().label()),
            Layout.dense(x.shape()),
            x.dtype(),
            null);
    into.add(new Task(task.op(), List.of(x, one), List.of(slope)));
    return slope;
  }
}
