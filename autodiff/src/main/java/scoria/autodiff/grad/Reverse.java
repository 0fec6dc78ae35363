package scoria.autodiff.grad;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import scoria.engine.op.Call;
import scoria.engine.tensor.Origin;
import scoria.engine.tensor.Tensor;

/** The walk back over calls that reverse mode is. */
final class Reverse {
  private Reverse() {}

  /** The derivatives of an output, weighted by {@code seed}, in inputs. */
  static List<Tensor> walk(Tensor y, List<Tensor> xs, Tensor seed, boolean again) {
    Graph.tracked(xs);
    return walk(Graph.between(xs, List.of(y)), y, xs, seed, again);
  }

  /**
   * The derivatives of an output in inputs.
   *
   * @param graph what lies between them
   * @param again whether they are to be differentiated again
   */
  static List<Tensor> walk(Graph graph, Tensor y, List<Tensor> xs, Tensor seed, boolean again) {
    return walk(graph, List.of(y), xs, List.of(seed), again);
  }

  /** As above, of several outputs: the sum of what each gives. */
  static List<Tensor> walk(
      Graph graph, List<Tensor> ys, List<Tensor> xs, List<? extends Tensor> seeds, boolean again) {
    Sums sums = new Sums(xs.size());
    for (int i = 0; i < ys.size(); i++) {
      Tensor y = ys.get(i);
      Tensor seed = seeds.get(i);
      if (!seed.shape().equals(y.shape()) || seed.dtype() != y.dtype()) {
        throw new IllegalArgumentException(
            "the vector is " + seed.signature() + " and the output " + y.signature());
      }
      if (graph.isActive(y)) {
        sums.add(graph, y, again ? seed : seed.detach());
      }
    }
    List<Call> calls = graph.calls();
    for (int i = calls.size() - 1; i >= 0; i--) {
      Call call = calls.get(i);
      @Nullable Tensor[] gradients = sums.take(call);
      if (gradients == null) {
        continue;
      }
      Graph.step(
          "gradient",
          call,
          () -> {
            @Nullable Tensor[] results =
                call.op().pullback(call.as(graph.activeInputs(call), !again), gradients);
            Graph.count(call, "gradients", results.length, call.inputs());
            for (int k = 0; k < results.length; k++) {
              Tensor result = results[k];
              if (result != null && graph.isActive(call.source(k))) {
                Graph.fits(call, "gradient of input " + k, result, call.source(k));
                sums.add(graph, call.source(k), result);
              }
            }
          });
    }
    List<Tensor> out = new ArrayList<>(xs.size());
    for (Tensor x : xs) {
      // A tensor named twice is one input.
      Integer first = graph.input(x);
      Tensor sum = first == null ? null : sums.inputs[first];
      out.add(sum == null ? x.zerosLike() : sum);
    }
    return out;
  }

  /** Gradients that have come together so far, by tensor. */
  private static final class Sums {
    private final Map<Call, @Nullable Tensor[]> byCall = new HashMap<>();
    private final @Nullable Tensor[] inputs;

    Sums(int inputs) {
      this.inputs = new @Nullable Tensor[inputs];
    }

    void add(Graph graph, Tensor tensor, Tensor gradient) {
      Integer input = graph.input(tensor);
      if (input != null) {
        inputs[input] = plus(inputs[input], gradient);
      }
      Origin origin = tensor.origin();
      if (origin != null) {
        @Nullable Tensor[] slots =
            byCall.computeIfAbsent(origin.call(), call -> new @Nullable Tensor[call.outputs()]);
        slots[origin.output()] = plus(slots[origin.output()], gradient);
      }
    }

    @Nullable Tensor @Nullable [] take(Call call) {
      return byCall.remove(call);
    }

    private static Tensor plus(@Nullable Tensor a, Tensor b) {
      return a == null ? b : a.add(b);
    }
  }
}
