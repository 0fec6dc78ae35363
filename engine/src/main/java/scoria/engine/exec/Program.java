package scoria.engine.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import scoria.engine.tensor.Tensor;

/**
 * A function on tensors that is run once to see what it does and from then on replayed: without
 * shape checks, without a graph, without allocating, in memory planned beforehand, and with
 * operations done together where that saves time. The bits are those of calling the function.
 *
 * <pre>{@code
 * Program step = Program.record(in -> {
 *   Tensor loss = loss(model, in.get(0), rng);
 *   adam.step(Gradient.of(loss, parameters));
 *   return List.of(loss);
 * });
 * double loss = step.run(batch).get(0).item();
 * }</pre>
 *
 * <p>The function sees operations only, not values: reading one in it throws. What changes between
 * runs is an input, a {@link Feed}, or a random stream; Java's own numbers and choices are those of
 * the recording. Tensors from outside are used where they are, so that a run sees weights as they
 * are then, and updates of them are made anew in every run; what an update changes is made outside.
 *
 * <p>Inputs of other shapes or types are recorded again; the last few recordings are kept. Under
 * {@link Checks} the function itself is called. A program run while another one is recorded becomes
 * a part of that one.
 *
 * <p>The results belong to the program: they are overwritten by the next run, and remember no
 * origin. Copy what is to stay. A program needs no scope.
 *
 * <p>Thread-safe in that one run at a time is made; threads that share a program have to agree on
 * when its results are read.
 */
public final class Program {
  /** What a program does. */
  @FunctionalInterface
  public interface Body {
    /**
     * Called once for inputs of each shape and type, to be recorded.
     *
     * @param inputs stand-ins without values; untracked
     * @return what a run gives
     */
    List<Tensor> run(List<Tensor> inputs);
  }

  /** Recordings that are kept. */
  private static final int KEPT = 8;

  private final Body body;
  private final ReentrantLock lock = new ReentrantLock();

  /** The latest first. */
  private final List<Recorded> recorded = new ArrayList<>();

  private Program(Body body) {
    this.body = body;
  }

  /** A program that does what a function does. It is recorded when it first runs. */
  public static Program record(Body body) {
    return new Program(body);
  }

  /**
   * Runs the program.
   *
   * @param inputs values, which are copied; on the device of the program
   * @return the same list of the same tensors after every run with such inputs
   * @throws IllegalArgumentException if an input is tracked
   * @throws IllegalStateException if a tensor from outside has ended with its scope
   */
  public List<Tensor> run(Tensor... inputs) {
    if (Recording.isOn()) {
      return body.run(List.of(inputs));
    }
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i].isTracked()) {
        throw new IllegalArgumentException(
            "input "
                + i
                + " of a program, "
                + inputs[i].signature()
                + ", is tracked, and no derivative goes through a program; give its detach()");
      }
    }
    if (Checks.isOn()) {
      return body.run(List.of(inputs));
    }
    lock.lock();
    try {
      return recorded(inputs).run(inputs);
    } finally {
      lock.unlock();
    }
  }

  private Recorded recorded(Tensor[] inputs) {
    for (int i = 0; i < recorded.size(); i++) {
      Recorded candidate = recorded.get(i);
      if (candidate.fits(inputs)) {
        if (i > 0) {
          recorded.remove(i);
          recorded.addFirst(candidate);
        }
        return candidate;
      }
    }
    Recorded made = Recorded.of(body, inputs);
    if (recorded.size() == KEPT) {
      recorded.removeLast();
    }
    recorded.addFirst(made);
    return made;
  }
}
