package scoria.autodiff.grad;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import scoria.engine.exec.Feed;
import scoria.engine.memory.Scope;
import scoria.engine.op.Call;
import scoria.engine.tensor.Origin;
import scoria.engine.tensor.Tensor;
import scoria.engine.tensor.Tracking;

/**
 * A function that keeps nothing but its inputs for derivatives, which compute it again: a third
 * more work for a gradient, and as much less memory as the function's steps take.
 *
 * <p>The value has the bits that the function gives, and so has a gradient; only where the function
 * uses a tensor that is used outside of it too, or in several places, the order of a sum may
 * differ. Derivatives of all orders and in both directions can be taken, in the inputs and in
 * whatever tracked tensors the function uses besides, such as weights; a derivative that is to be
 * differentiated again keeps what it computes. What the function draws from an {@link
 * scoria.engine.tensor.Rng} it is given once more when it is computed again; from all else that
 * changes it must not depend, and it must not keep tensors for later.
 *
 * <p>In a {@link scoria.engine.exec.Program} what is computed twice is computed once, so it saves
 * nothing there.
 */
public final class Checkpoint {
  private Checkpoint() {}

  /** The value of a function at {@code x}. */
  public static Tensor of(UnaryOperator<Tensor> f, Tensor x) {
    return of(xs -> f.apply(xs.get(0)), List.of(x));
  }

  /** The value of a function of several tensors. */
  public static Tensor of(Function<List<Tensor>, Tensor> f, List<Tensor> xs) {
    if (!Tracking.isOn()) {
      return f.apply(xs);
    }
    long before = Call.count();
    // Leaves of their own, so that what is found behind them is what the function uses besides.
    List<Tensor> given = xs.stream().map(x -> x.isTracked() ? x.tracked() : x).toList();
    Feed.Tape tape = Feed.Tape.blank();
    List<Tensor> inputs = new ArrayList<>(xs);
    Tensor value;
    try (Scope scope = Scope.open("checkpoint")) {
      Tensor y = tape.note(() -> Structure.inside(() -> f.apply(given)));
      tape.fed().forEach(scope::keep);
      value = scope.keep(y.detach());
      if (!y.isTracked()) {
        return value;
      }
      for (Tensor used : Graph.outside(y, before)) {
        if (given.stream().noneMatch(g -> g == used)) {
          inputs.add(used);
        }
      }
    }
    if (value.memory().version() != 0) {
      // A view of what was changed in place before; a call's outputs are of version 0.
      value = value.copy();
    }
    List<Tensor> besides = List.copyOf(inputs.subList(xs.size(), inputs.size()));
    Recomputed op = new Recomputed(f, xs.size(), besides, tape, value.signature());
    Tensor[] outputs = new Tensor[1];
    Call call = Call.of(op, inputs.toArray(Tensor[]::new), outputs, null);
    outputs[0] = Tensor.of(value.memory(), value.layout(), value.dtype(), new Origin(call, 0));
    return outputs[0];
  }
}
