package scoria.autodiff.grad;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import scoria.engine.exec.Checks;
import scoria.engine.op.Call;
import scoria.engine.tensor.Origin;
import scoria.engine.tensor.Tensor;

/**
 * The calls between given inputs and outputs, in the order in which they were made. A walk over
 * origins with a list of what is left to visit, so that depth is bounded by memory and not by the
 * stack.
 */
final class Graph {
  private final List<Call> calls;
  private final Map<Tensor, Integer> inputs = new IdentityHashMap<>();

  /** What depends on the inputs: the calls on the way. */
  private final Set<Call> active = new HashSet<>();

  private Graph(List<Call> calls, List<Tensor> inputs) {
    this.calls = calls;
    for (int i = 0; i < inputs.size(); i++) {
      this.inputs.putIfAbsent(inputs.get(i), i);
    }
  }

  /** Refuses inputs whose use is not remembered. */
  static void tracked(List<Tensor> inputs) {
    for (Tensor x : inputs) {
      if (!x.isTracked()) {
        throw new IllegalArgumentException(
            "cannot differentiate in "
                + x.signature()
                + ": it is not tracked; make y from x.tracked()");
      }
    }
  }

  /** The part of the outputs' past that depends on {@code inputs}. */
  static Graph between(List<Tensor> inputs, List<Tensor> outputs) {
    return between(inputs, outputs, Set.of());
  }

  /** The part of the outputs' past up to the inputs: what they were made from does not count. */
  static Graph upTo(List<Tensor> inputs, List<Tensor> outputs) {
    Set<Tensor> ends = Collections.newSetFromMap(new IdentityHashMap<>());
    ends.addAll(inputs);
    return between(inputs, outputs, ends);
  }

  private static Graph between(List<Tensor> inputs, List<Tensor> outputs, Set<Tensor> ends) {
    List<Call> calls = past(outputs, ends);
    Graph graph = new Graph(calls, inputs);
    for (Call call : calls) {
      for (int i = 0; i < call.inputs(); i++) {
        if (graph.isActive(call.source(i))) {
          graph.active.add(call);
          break;
        }
      }
    }
    calls.removeIf(call -> !graph.active.contains(call));
    return graph;
  }

  private static List<Call> past(List<Tensor> outputs, Set<Tensor> ends) {
    Set<Call> seen = new HashSet<>();
    ArrayDeque<Call> open = new ArrayDeque<>();
    List<Call> calls = new ArrayList<>();
    outputs.forEach(output -> visit(output, ends, seen, open));
    while (!open.isEmpty()) {
      Call call = open.pop();
      calls.add(call);
      for (int i = 0; i < call.inputs(); i++) {
        visit(call.source(i), ends, seen, open);
      }
    }
    // Inputs are made before what is made from them, so their numbers are smaller.
    calls.sort(Comparator.comparingLong(Call::number));
    return calls;
  }

  private static void visit(
      Tensor tensor, Set<Tensor> ends, Set<Call> seen, ArrayDeque<Call> open) {
    Origin origin = tensor.origin();
    if (origin != null && !ends.contains(tensor) && seen.add(origin.call())) {
      open.push(origin.call());
    }
  }

  /**
   * The tracked tensors that a stretch of work used and did not make.
   *
   * @param y what the work gave
   * @param before number of the last call before it
   */
  static List<Tensor> outside(Tensor y, long before) {
    Set<Tensor> found = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Tensor> inOrder = new ArrayList<>();
    Set<Call> seen = new HashSet<>();
    ArrayDeque<Tensor> open = new ArrayDeque<>(List.of(y));
    while (!open.isEmpty()) {
      Tensor tensor = open.pop();
      Origin origin = tensor.origin();
      if (origin == null || origin.call().number() <= before) {
        if (tensor.isTracked() && found.add(tensor)) {
          inOrder.add(tensor);
        }
      } else if (seen.add(origin.call())) {
        for (int i = 0; i < origin.call().inputs(); i++) {
          open.push(origin.call().source(i));
        }
      }
    }
    return inOrder;
  }

  /** The calls, each after those whose outputs it uses. */
  List<Call> calls() {
    return calls;
  }

  /** Number of the input that this tensor is, or null. */
  @Nullable Integer input(Tensor tensor) {
    return inputs.get(tensor);
  }

  /** Refuses a derivative that an operation of a user's own gave in another shape or type. */
  static void fits(Call call, String what, Tensor derivative, Tensor of) {
    if (!derivative.shape().equals(of.shape()) || derivative.dtype() != of.dtype()) {
      throw new IllegalStateException(
          "'"
              + call.op().label()
              + "' gave a "
              + what
              + " that is "
              + derivative.signature()
              + "; it must be "
              + of.signature());
    }
  }

  /** Refuses too many or too few derivatives. */
  static void count(Call call, String what, int given, int wanted) {
    if (given != wanted) {
      throw new IllegalStateException(
          "'" + call.op().label() + "' gave " + given + " " + what + "; it must give " + wanted);
    }
  }

  /** Runs a rule of a call's operation; where checks are on they name it. */
  static void step(String what, Call call, Runnable step) {
    if (!Checks.isOn()) {
      step.run();
      return;
    }
    String line = call.line();
    Checks.within(
        "the "
            + what
            + " of '"
            + call.op().label()
            + "'"
            + (line == null ? "" : " called at " + line),
        step);
  }

  /** For each input of a call whether it is active. */
  boolean[] activeInputs(Call call) {
    boolean[] active = new boolean[call.inputs()];
    for (int i = 0; i < active.length; i++) {
      active[i] = isActive(call.source(i));
    }
    return active;
  }

  /** Whether the tensor is an input or depends on one. */
  boolean isActive(Tensor tensor) {
    Origin origin = tensor.origin();
    return inputs.containsKey(tensor) || (origin != null && active.contains(origin.call()));
  }
}
