package scoria.autodiff.grad;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import scoria.engine.device.Device;
import scoria.engine.exec.Execute;
import scoria.engine.exec.Feed;
import scoria.engine.memory.Scope;
import scoria.engine.op.AssignUpdate;
import scoria.engine.op.Call;
import scoria.engine.op.CustomOp;
import scoria.engine.op.Reference;
import scoria.engine.op.Signature;
import scoria.engine.tensor.Tensor;
import scoria.engine.tensor.Tracking;

/**
 * A function as one operation, whose derivatives compute the function again.
 *
 * @param f the function
 * @param given how many inputs it is given; the call's other inputs are what it uses besides
 * @param besides the tensors that it uses besides, the very ones
 * @param tape what it was fed
 * @param result what it gives
 */
record Recomputed(
    Function<List<Tensor>, Tensor> f,
    int given,
    List<Tensor> besides,
    Feed.Tape tape,
    Signature result)
    implements CustomOp {
  @Override
  public String label() {
    return "checkpoint";
  }

  @Override
  public Signature[] infer(Signature... inputs) {
    return new Signature[] {result};
  }

  @Override
  public boolean runsOn(Device device) {
    return true;
  }

  @Override
  public Reference[] meaning(Reference... inputs) {
    throw new UnsupportedOperationException(
        "a checkpoint means what its function does, and that is known on tensors only");
  }

  @Override
  public void run(Tensor[] inputs, Tensor[] outputs) {
    Tensor y = tape.again(() -> f.apply(List.of(inputs).subList(0, given)));
    Execute.update(AssignUpdate.ASSIGN, List.of(y.detach()), List.of(outputs));
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, @Nullable Tensor[] gradients) {
    @Nullable Tensor[] out = new @Nullable Tensor[call.inputs()];
    Tensor gradient = gradients[0];
    if (gradient != null) {
      List<Tensor> needed =
          derivative(
              call,
              gradients,
              (graph, y, xs, again) -> Reverse.walk(graph, y, xs, gradient, again));
      int next = 0;
      for (int i = 0; i < out.length; i++) {
        out[i] = call.needs(i) ? needed.get(next++) : null;
      }
    }
    return out;
  }

  @Override
  public @Nullable Tensor[] pushforward(Call call, @Nullable Tensor[] tangents) {
    List<@Nullable Tensor> vs = new ArrayList<>();
    for (int i = 0; i < tangents.length; i++) {
      if (call.needs(i)) {
        vs.add(tangents[i]);
      }
    }
    return derivative(
            call, tangents, (graph, y, xs, again) -> Forward.walk(graph, List.of(y), xs, vs, again))
        .toArray(Tensor[]::new);
  }

  /** What is taken of the function computed again, in the inputs that are needed. */
  private interface Derivative {
    List<Tensor> of(Graph graph, Tensor y, List<Tensor> xs, boolean again);
  }

  private List<Tensor> derivative(Call call, @Nullable Tensor[] along, Derivative derivative) {
    boolean again = false;
    for (Tensor t : along) {
      again |= t != null && t.isTracked();
    }
    for (int i = 0; i < call.inputs(); i++) {
      again |= call.input(i).isTracked();
    }
    if (again && Tracking.isOn()) {
      return computed(call, derivative, true);
    }
    try (Scope scope = Scope.open("checkpoint");
        Tracking.Resumption on = Tracking.resume()) {
      List<Tensor> out = computed(call, derivative, false);
      out.forEach(scope::keep);
      return out;
    }
  }

  private List<Tensor> computed(Call call, Derivative derivative, boolean again) {
    List<Tensor> inputs = new ArrayList<>();
    List<Tensor> xs = new ArrayList<>();
    for (int i = 0; i < call.inputs(); i++) {
      Tensor input = call.input(i);
      if (i >= given) {
        input = besides.get(i - given);
      } else {
        if (call.needs(i)) {
          input = again ? Structure.alias(input) : input.tracked();
        }
        inputs.add(input);
      }
      if (call.needs(i)) {
        xs.add(input);
      }
    }
    Tensor y = tape.again(() -> Structure.inside(() -> f.apply(inputs)));
    return derivative.of(Graph.upTo(xs, List.of(y)), y, xs, again);
  }
}
