package scoria.autodiff.grad;

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
 * Forward mode: the derivative of an output along a direction of the inputs, by a walk forward over
 * the same origins that {@link Gradient} walks back.
 */
public final class Jvp {
  private Jvp() {}

  /**
   * The Jacobian times a vector.
   *
   * @param y made from {@code x}, of any shape
   * @param x tracked
   * @param v direction, of the shape of {@code x}
   * @return the derivative of {@code y}, of its shape
   */
  public static Tensor of(Tensor y, Tensor x, Tensor v) {
    return of(y, List.of(x), List.of(v));
  }

  /**
   * The derivative along directions of several inputs at once. An input that was made from another
   * one moves along its own direction alone; one that is named twice along the sum of both.
   */
  public static Tensor of(Tensor y, List<Tensor> xs, List<Tensor> vs) {
    return walk(y, xs, vs, false);
  }

  /** {@link #of(Tensor, Tensor, Tensor)}, to be differentiated again, in {@code v} too. */
  public static Tensor differentiable(Tensor y, Tensor x, Tensor v) {
    return walk(y, List.of(x), List.of(v), true);
  }

  /** The derivative of a function at a point along a direction. */
  public static Tensor at(UnaryOperator<Tensor> f, Tensor x, Tensor v) {
    Tensor tracked = x.tracked();
    return of(f.apply(tracked), tracked, v);
  }

  private static Tensor walk(Tensor y, List<Tensor> xs, List<Tensor> vs, boolean again) {
    if (xs.size() != vs.size()) {
      throw new IllegalArgumentException(
          xs.size() + " inputs and " + vs.size() + " directions; one for each is needed");
    }
    for (int i = 0; i < xs.size(); i++) {
      if (!xs.get(i).isTracked()) {
        throw new IllegalArgumentException(
            "cannot differentiate in "
                + xs.get(i).signature()
                + ": it is not tracked; make y from x.tracked()");
      }
      if (!xs.get(i).signature().equals(vs.get(i).signature())) {
        throw new IllegalArgumentException(
            "the direction is "
                + vs.get(i).signature()
                + " and the input "
                + xs.get(i).signature());
      }
    }
    Graph graph = Graph.between(xs, y);
    @Nullable Tensor[] directions = new @Nullable Tensor[xs.size()];
    for (int i = 0; i < xs.size(); i++) {
      // An input named twice moves along the sum of its directions.
      Integer first = graph.input(xs.get(i));
      int at = first == null ? i : first;
      Tensor v = again ? vs.get(i) : vs.get(i).detach();
      Tensor before = directions[at];
      directions[at] = before == null ? v : before.add(v);
    }
    Map<Call, @Nullable Tensor[]> results = new HashMap<>();
    for (Call call : graph.calls()) {
      @Nullable Tensor[] tangents = new @Nullable Tensor[call.inputs()];
      boolean any = false;
      for (int i = 0; i < tangents.length; i++) {
        tangents[i] = tangent(graph, results, directions, call.source(i));
        any |= tangents[i] != null;
      }
      if (!any) {
        continue;
      }
      Call given = call.as(graph.activeInputs(call), !again);
      Runnable step =
          () -> {
            @Nullable Tensor[] outputs = call.op().pushforward(given, tangents);
            Graph.count(call, "tangents", outputs.length, call.outputs());
            for (int i = 0; i < outputs.length; i++) {
              Tensor output = outputs[i];
              if (output != null) {
                Graph.fits(call, "tangent of output " + i, output, call.output(i));
              }
            }
            results.put(call, outputs);
          };
      if (Checks.isOn()) {
        String line = call.line();
        Checks.within(
            "the tangent of '"
                + call.op().label()
                + "'"
                + (line == null ? "" : " called at " + line),
            step);
      } else {
        step.run();
      }
    }
    Tensor out = tangent(graph, results, directions, y);
    return out == null ? y.zerosLike() : out;
  }

  private static @Nullable Tensor tangent(
      Graph graph,
      Map<Call, @Nullable Tensor[]> results,
      @Nullable Tensor[] directions,
      Tensor tensor) {
    Integer input = graph.input(tensor);
    if (input != null) {
      // A direction given for a tensor stands for whatever its own past would give.
      return directions[input];
    }
    Origin origin = tensor.origin();
    @Nullable Tensor[] slots = origin == null ? null : results.get(origin.call());
    return slots == null || origin == null ? null : slots[origin.output()];
  }
}
