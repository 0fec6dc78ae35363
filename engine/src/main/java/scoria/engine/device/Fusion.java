package scoria.engine.device;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import scoria.engine.device.Schedule.Task;
import scoria.engine.device.Staging.Kind;
import scoria.engine.device.Staging.Staged;
import scoria.engine.memory.Memory;
import scoria.engine.memory.RecordedMemory;
import scoria.engine.op.Binary;
import scoria.engine.op.MatMul;
import scoria.engine.op.Unary;
import scoria.engine.tensor.Tensor;

/**
 * Finds tasks that follow each other on the same rows and can be one loop: an intermediate result
 * that only one task reads is then never written. Products and sums are rounded as before.
 *
 * <p>What is looked for is what derivatives of networks are made of: a bias after a sum of two
 * products, the derivative of a product {@code a' b + a b'}, and both derivatives of an activation
 * at one point.
 */
final class Fusion {
  private final List<Staged> tasks;
  private final Map<Memory, Staged> makers = new IdentityHashMap<>();
  private final Map<Memory, Integer> uses = new IdentityHashMap<>();

  /** What stands for a task and those that it has taken in. */
  private final Map<Staged, Staged> fused = new IdentityHashMap<>();

  /** Tasks that have become part of another one. */
  private final Set<Staged> gone = Collections.newSetFromMap(new IdentityHashMap<>());

  private Fusion(List<Staged> tasks, List<Tensor> outputs) {
    this.tasks = tasks;
    for (Staged staged : tasks) {
      staged.task().outputs().forEach(t -> makers.put(t.memory(), staged));
      staged.task().inputs().forEach(t -> uses.merge(t.memory(), 1, Integer::sum));
    }
    outputs.forEach(t -> uses.merge(t.memory(), 1, Integer::sum));
  }

  /**
   * The same results from fewer tasks.
   *
   * @param tasks in the order in which they run
   * @param outputs what is read after a run
   */
  static List<Staged> of(List<Staged> tasks, List<Tensor> outputs) {
    return new Fusion(tasks, outputs).fuse();
  }

  private List<Staged> fuse() {
    for (Staged staged : tasks) {
      Staged whole = whole(staged);
      if (whole != null) {
        fused.put(staged, whole);
      }
    }
    joinCurves();
    List<Staged> out = new ArrayList<>();
    for (Staged staged : tasks) {
      if (!gone.contains(staged)) {
        out.add(fused.getOrDefault(staged, staged));
      }
    }
    return neighbours(out);
  }

  /** Products by rows of one matrix directly one after the other, so that they can share it. */
  private static List<Staged> neighbours(List<Staged> tasks) {
    Map<Left, List<Staged>> products = new LinkedHashMap<>();
    for (Staged staged : tasks) {
      if (isProduct(staged)) {
        products.computeIfAbsent(Left.of(staged), _ -> new ArrayList<>()).add(staged);
      }
    }
    List<Staged> out = new ArrayList<>();
    for (Staged staged : tasks) {
      if (!isProduct(staged)) {
        out.add(staged);
      } else {
        List<Staged> group = products.remove(Left.of(staged));
        if (group != null) {
          out.addAll(group);
        }
      }
    }
    return out;
  }

  private static boolean isProduct(Staged staged) {
    return staged.kind() == Kind.ROWS && staged.task().op() instanceof MatMul;
  }

  /** The first matrix of a product by rows. */
  private record Left(int stage, Memory memory, long offset, List<Long> strides) {
    static Left of(Staged staged) {
      Tensor a = staged.task().inputs().get(0);
      return new Left(
          staged.stage(),
          a.memory(),
          a.layout().offset(),
          Arrays.stream(a.layout().strides()).boxed().toList());
    }
  }

  private @Nullable Staged whole(Staged staged) {
    if (!isPair(staged, Binary.ADD)) {
      return null;
    }
    Tensor a = staged.task().inputs().get(0);
    Tensor b = staged.task().inputs().get(1);
    if (isRow(b, staged)) {
      return biased(staged, a, b);
    }
    if (isRow(a, staged)) {
      return biased(staged, b, a);
    }
    Staged left = part(a, Binary.MUL, staged);
    Staged right = part(b, Binary.MUL, staged);
    if (left == null || right == null) {
      return null;
    }
    Staged inner = factor(left, Binary.MUL);
    if (inner == null && factor(right, Binary.MUL) != null) {
      Staged other = left;
      left = right;
      right = other;
      inner = factor(left, Binary.MUL);
    }
    List<Tensor> inputs = new ArrayList<>();
    Fused loop = Fused.MUL_ADD_MUL;
    if (inner != null) {
      loop = Fused.MUL_MUL_ADD_MUL;
      gone.add(inner);
      inputs.addAll(inner.task().inputs());
      inputs.addAll(others(left, inner));
    } else {
      inputs.addAll(left.task().inputs());
    }
    gone.add(left);
    gone.add(right);
    Staged sum = inner == null ? null : factor(right, Binary.ADD);
    if (sum == null) {
      inputs.addAll(right.task().inputs());
    } else {
      loop = Fused.MUL_MUL_ADD_MUL_SUM;
      gone.add(sum);
      inputs.addAll(others(right, sum));
      inputs.addAll(sum.task().inputs());
    }
    return joined(staged, loop, inputs, false);
  }

  /** A sum with a row, which may follow a sum of two operands. */
  private @Nullable Staged biased(Staged staged, Tensor x, Tensor row) {
    if (!isWhole(x, staged)) {
      return null;
    }
    Staged sum = part(x, Binary.ADD, staged);
    if (sum == null) {
      return joined(staged, Fused.ADD_ROW, List.of(x, row), true);
    }
    gone.add(sum);
    List<Tensor> inputs = new ArrayList<>(sum.task().inputs());
    inputs.add(row);
    return joined(staged, Fused.ADD_ADD_ROW, inputs, true);
  }

  private static Staged joined(Staged last, Fused fused, List<Tensor> inputs, boolean endsWithRow) {
    boolean[] byRow = new boolean[inputs.size()];
    for (int i = 0; i < byRow.length; i++) {
      byRow[i] = !endsWithRow || i < byRow.length - 1;
    }
    Task task = new Task(last.task().op(), inputs, last.task().outputs());
    return new Staged(task, last.kind(), last.stage(), new RowForm(byRow, false), fused);
  }

  /** The task that makes a factor of a product, if it can become part of it. */
  private @Nullable Staged factor(Staged product, Binary op) {
    for (Tensor factor : product.task().inputs()) {
      Staged maker = part(factor, op, product);
      if (maker != null) {
        return maker;
      }
    }
    return null;
  }

  /** The operands of a task but for what another one makes. */
  private static List<Tensor> others(Staged staged, Staged maker) {
    Tensor made = maker.task().outputs().get(0);
    return staged.task().inputs().stream().filter(t -> t.memory() != made.memory()).toList();
  }

  /** The task that makes an operand, if it can become part of the one that reads it. */
  private @Nullable Staged part(Tensor operand, Binary op, Staged reader) {
    Staged maker = makers.get(operand.memory());
    boolean fits =
        maker != null
            && maker.stage() == reader.stage()
            && !gone.contains(maker)
            && !fused.containsKey(maker)
            && isPair(maker, op)
            && uses.getOrDefault(operand.memory(), 0) == 1
            && isWhole(operand, reader)
            && maker.task().inputs().stream().allMatch(t -> isWhole(t, reader));
    return fits ? maker : null;
  }

  /** Whether a task is by rows a function of two operands of a float type. */
  private static boolean isPair(Staged staged, Binary op) {
    return staged.kind() == Kind.ROWS
        && staged.task().op() == op
        && staged.task().outputs().get(0).dtype().isFloat()
        && staged.task().outputs().get(0).memory() instanceof RecordedMemory;
  }

  /** Whether an operand has all elements of the task's output, in their order. */
  private static boolean isWhole(Tensor operand, Staged staged) {
    return operand.layout().isDense()
        && operand.shape().equals(staged.task().outputs().get(0).shape());
  }

  /** Whether an operand is one row that is repeated, of a matrix by rows. */
  private static boolean isRow(Tensor operand, Staged staged) {
    Tensor out = staged.task().outputs().get(0);
    return out.rank() == 2
        && operand.rank() == 1
        && operand.layout().isDense()
        && operand.size(0) == out.size(1);
  }

  // ---- An activation and its derivatives.

  /** A derivative of an activation: where it is taken and the number that it is multiplied by. */
  private record At(int stage, Memory x, Memory g, long gAt) {}

  private void joinCurves() {
    Map<Memory, Staged> values = new IdentityHashMap<>();
    Map<At, Staged> slopes = new HashMap<>();
    for (Staged staged : tasks) {
      if (isSilu(staged)) {
        values.put(staged.task().inputs().get(0).memory(), staged);
      } else if (isSlope(staged, Binary.SILU_GRAD)) {
        slopes.put(at(staged), staged);
      } else if (isSlope(staged, Binary.SILU_CURVE)) {
        Staged slope = slopes.remove(at(staged));
        Staged value = values.get(staged.task().inputs().get(0).memory());
        if (slope != null && value != null && value.stage() == staged.stage()) {
          gone.add(slope);
          gone.add(staged);
          fused.put(value, curves(value, slope, staged));
        }
      }
    }
  }

  private static Staged curves(Staged value, Staged slope, Staged curve) {
    List<Tensor> outputs =
        Stream.of(value, slope, curve).map(staged -> staged.task().outputs().get(0)).toList();
    Task task = new Task(value.task().op(), slope.task().inputs(), outputs);
    return new Staged(task, value.kind(), value.stage(), slope.form(), Fused.SILU_CURVES);
  }

  private static At at(Staged staged) {
    Tensor x = staged.task().inputs().get(0);
    Tensor g = staged.task().inputs().get(1);
    return new At(staged.stage(), x.memory(), g.memory(), g.layout().offset());
  }

  private static boolean isSilu(Staged staged) {
    return staged.kind() == Kind.ROWS
        && staged.task().op() == Unary.SILU
        && staged.task().outputs().get(0).memory() instanceof RecordedMemory
        && isWhole(staged.task().inputs().get(0), staged);
  }

  /** Whether a task is a derivative at all elements of something, times one number from outside. */
  private static boolean isSlope(Staged staged, Binary op) {
    if (!isPair(staged, op)) {
      return false;
    }
    Tensor g = staged.task().inputs().get(1);
    return isWhole(staged.task().inputs().get(0), staged)
        && g.rank() == 0
        && !(g.memory() instanceof RecordedMemory);
  }
}
