package scoria.autodiff.grad;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import scoria.engine.exec.Checks;
import scoria.engine.op.Call;
import scoria.engine.tensor.Origin;
import scoria.engine.tensor.Tensor;

/**
 * Reverse mode: derivatives of one output in any number of inputs, by a walk back over origins.
 *
 * <p>The inputs are tensors that the output was made from: {@link Tensor#tracked} ones, or results
 * on the way. {@code of} gives plain values; {@code differentiable} gives tensors that remember how
 * they were computed, so that they can be differentiated again.
 */
public final class Gradient {
  private Gradient() {}

  /**
   * The gradient of a scalar.
   *
   * @param y one element
   * @param x what to differentiate in
   * @return a tensor of the shape of {@code x}; zeros if {@code y} does not depend on it
   * @throws IllegalArgumentException if {@code y} has more than one element, or {@code x} is not
   *     tracked
   */
  public static Tensor of(Tensor y, Tensor x) {
    return of(y, List.of(x)).get(0);
  }

  /** The gradients of a scalar in several tensors; see {@link #of(Tensor, Tensor)}. */
  public static List<Tensor> of(Tensor y, List<Tensor> xs) {
    return walk(y, xs, seed(y), false);
  }

  /** The gradient of a scalar, to be differentiated again. */
  public static Tensor differentiable(Tensor y, Tensor x) {
    return differentiable(y, List.of(x)).get(0);
  }

  /** The gradients of a scalar in several tensors, to be differentiated again. */
  public static List<Tensor> differentiable(Tensor y, List<Tensor> xs) {
    return walk(y, xs, seed(y), true);
  }

  /**
   * The transposed Jacobian times a vector: the gradient of the sum of {@code y w}.
   *
   * @param y of any shape
   * @param xs what to differentiate in
   * @param w of the shape of {@code y}
   */
  public static List<Tensor> vjp(Tensor y, List<Tensor> xs, Tensor w) {
    return walk(y, xs, w, false);
  }

  /** {@link #vjp}, to be differentiated again, in {@code w} too. */
  public static List<Tensor> differentiableVjp(Tensor y, List<Tensor> xs, Tensor w) {
    return walk(y, xs, w, true);
  }

  /** The gradient of a function with a scalar value at a point. */
  public static Tensor at(UnaryOperator<Tensor> f, Tensor x) {
    Tensor tracked = x.tracked();
    return of(f.apply(tracked), tracked);
  }

  private static Tensor seed(Tensor y) {
    if (y.elements() != 1) {
      throw new IllegalArgumentException(
          "the gradient of "
              + y.signature()
              + " was asked for; it is defined for one element: sum it, or give a vector to vjp");
    }
    return y.onesLike();
  }

  private static List<Tensor> walk(Tensor y, List<Tensor> xs, Tensor seed, boolean again) {
    if (!seed.shape().equals(y.shape()) || seed.dtype() != y.dtype()) {
      throw new IllegalArgumentException(
          "the vector is " + seed.signature() + " and the output " + y.signature());
    }
    for (Tensor x : xs) {
      if (!x.isTracked()) {
        throw new IllegalArgumentException(
            "cannot differentiate in "
                + x.signature()
                + ": it is not tracked; make y from x.tracked()");
      }
    }
    Graph graph = Graph.between(xs, y);
    Sums sums = new Sums(xs.size());
    if (graph.isActive(y)) {
      sums.add(graph, y, again ? seed : seed.detach());
    }
    List<Call> calls = graph.calls();
    for (int i = calls.size() - 1; i >= 0; i--) {
      Call call = calls.get(i);
      @Nullable Tensor[] gradients = sums.take(call);
      if (gradients == null) {
        continue;
      }
      Runnable step =
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
          };
      if (Checks.isOn()) {
        String line = call.line();
        Checks.within(
            "the gradient of '"
                + call.op().label()
                + "'"
                + (line == null ? "" : " called at " + line),
            step);
      } else {
        step.run();
      }
    }
    List<Tensor> out = new ArrayList<>(xs.size());
    for (int i = 0; i < xs.size(); i++) {
      // A tensor named twice is one input.
      Integer first = graph.input(xs.get(i));
      Tensor sum = first == null ? null : sums.inputs[first];
      out.add(sum == null ? xs.get(i).zerosLike() : sum);
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
