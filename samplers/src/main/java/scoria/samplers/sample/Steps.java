package scoria.samplers.sample;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import scoria.engine.exec.Execute;
import scoria.engine.exec.Program;
import scoria.engine.memory.Scope;
import scoria.engine.op.AssignUpdate;
import scoria.engine.tensor.Tensor;

/** The loop that all samplers share; they supply the step. */
final class Steps {
  private Steps() {}

  /** One step, from the state before it to the state after it. */
  @FunctionalInterface
  interface Step {
    Tensor next(Tensor x, Now now);
  }

  /** Steps of the same form do the same with other numbers, so they share a recording. */
  @FunctionalInterface
  interface Form {
    int of(int step);
  }

  /**
   * Takes {@code count} steps from a state. All that a step makes ends with it, for which reason
   * the state is changed in place: new states would pile up in the caller's scope.
   *
   * <p>Tracking is left as it is, since a score may be a derivative. The past of a step ends with
   * its scope.
   *
   * @param recorded whether steps are recorded and replayed
   * @param form tells apart steps that do different things
   * @return a new tensor without a past
   */
  static Tensor take(
      String name, Tensor initial, int count, boolean recorded, Form form, Step step) {
    if (!initial.dtype().isFloat() || initial.rank() < 2) {
      throw new IllegalArgumentException(
          "a sampler's state is float32 or float64 of shape [n, d], and this is "
              + initial.signature());
    }
    Tensor x = initial.detach().copy();
    Now now = new Now();
    Map<Integer, Program> programs = new HashMap<>();
    for (int i = 0; i < count; i++) {
      now.step = i;
      try (Scope _ = Scope.open(name)) {
        Tensor next;
        if (recorded) {
          Program program =
              programs.computeIfAbsent(
                  form.of(i), _ -> Program.record(in -> List.of(checked(step, in.get(0), now))));
          next = program.run(x).get(0);
        } else {
          next = checked(step, x, now);
        }
        Execute.update(AssignUpdate.ASSIGN, List.of(next), List.of(x));
      }
    }
    return x;
  }

  private static Tensor checked(Step step, Tensor x, Now now) {
    Tensor next = step.next(x, now);
    if (!next.signature().equals(x.signature())) {
      throw new IllegalArgumentException(
          "the model turned a state "
              + x.signature()
              + " into "
              + next.signature()
              + "; it must keep shape and type");
    }
    return next;
  }

  static void atLeastOne(int steps, String what) {
    if (steps < 1) {
      throw new IllegalArgumentException(steps + " " + what + "; it takes at least 1");
    }
  }
}
