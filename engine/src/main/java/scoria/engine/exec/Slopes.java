package scoria.engine.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
 * many probes are at one point: the exponential in it costs four times what a product does. Where
 * the processor computes a slope of SiLU in this way and the second derivative is wanted too, that
 * comes with it, from the same exponential.
 *
 * <p>Bits stay, since {@code siluGrad(x, g)} and its kin are defined as g times the rounded slope.
 * For only two, a value and one tangent, nothing is gained by also sharing the exponential with the
 * activation itself; that was measured.
 */
final class Slopes {
  private static final Set<Binary> TIMES_SLOPE =
      Set.of(Binary.SILU_GRAD, Binary.GELU_GRAD, Binary.SOFTPLUS_GRAD, Binary.SILU_CURVE);

  private final Map<At, Integer> uses = new HashMap<>();
  private final Map<At, Tensor> slopes = new HashMap<>();
  private final List<Task> out = new ArrayList<>();

  private Slopes() {}

  /** Where a slope is taken. */
  private record At(Binary op, Memory memory, Shape shape, List<Long> strides, long offset) {
    static At of(Task task) {
      Tensor x = task.inputs().get(0);
      return new At(
          (Binary) task.op(),
          x.memory(),
          x.shape(),
          Arrays.stream(x.layout().strides()).boxed().toList(),
          x.layout().offset());
    }

    At with(Binary other) {
      return new At(other, memory, shape, strides, offset);
    }
  }

  /** The same results, with one slope where several tasks take it at one place. */
  static List<Task> share(List<Task> tasks) {
    return new Slopes().shared(tasks);
  }

  private List<Task> shared(List<Task> tasks) {
    for (Task task : tasks) {
      if (isTimesSlope(task)) {
        uses.merge(At.of(task), 1, Integer::sum);
      }
    }
    for (Task task : tasks) {
      Tensor slope = isTimesSlope(task) ? slope(At.of(task), task.inputs().get(0)) : null;
      out.add(
          slope == null
              ? task
              : new Task(Binary.MUL, List.of(slope, task.inputs().get(1)), task.outputs()));
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

  /** The kept slope, or null where keeping it does not pay. */
  private @Nullable Tensor slope(At at, Tensor x) {
    Tensor known = slopes.get(at);
    if (known != null || uses.getOrDefault(at, 0) < 2) {
      return known;
    }
    Tensor one = one(x);
    Tensor slope = keep(at, x, one);
    At curve = at.with(Binary.SILU_CURVE);
    boolean wanted = uses.containsKey(curve) && !slopes.containsKey(curve);
    if (at.op == Binary.SILU_GRAD && wanted && x.device().equals(Device.cpu())) {
      keep(curve, x, one);
    }
    return slope;
  }

  private Tensor keep(At at, Tensor x, Tensor one) {
    Tensor slope =
        Tensor.of(
            new RecordedMemory(x.device(), x.shape().bytes(x.dtype()), at.op.label()),
            Layout.dense(x.shape()),
            x.dtype(),
            null);
    out.add(new Task(at.op, List.of(x, one), List.of(slope)));
    slopes.put(at, slope);
    return slope;
  }

  private static Tensor one(Tensor x) {
    Device device = x.device();
    Tensor one =
        Tensor.of(
            device.allocateUnscoped(x.dtype().bytes(), "fill"),
            Layout.dense(Shape.scalar()),
            x.dtype(),
            null);
    Fill fill = new Fill(1, Shape.scalar(), x.dtype());
    Execute.compute(device, fill, new Tensor[0], new Tensor[] {one});
    return one;
  }
}
