package scoria.autodiff.grad;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import scoria.engine.op.Call;
import scoria.engine.tensor.Origin;
import scoria.engine.tensor.Tensor;

/** The walk forward over calls that forward mode is. */
final class Forward {
  private Forward() {}

  /** Refuses directions that do not belong to inputs. */
  static void check(List<Tensor> xs, List<Tensor> vs) {
    if (xs.size() != vs.size()) {
      throw new IllegalArgumentException(
          xs.size() + " inputs and " + vs.size() + " directions; one for each is needed");
    }
    Graph.tracked(xs);
    for (int i = 0; i < xs.size(); i++) {
      if (!xs.get(i).signature().equals(vs.get(i).signature())) {
        throw new IllegalArgumentException(
            "the direction is "
                + vs.get(i).signature()
                + " and the input "
                + xs.get(i).signature());
      }
    }
  }

  /** The derivatives of outputs along directions of inputs. */
  static List<Tensor> walk(List<Tensor> ys, List<Tensor> xs, List<Tensor> vs, boolean again) {
    check(xs, vs);
    return walk(Graph.between(xs, ys), ys, xs, vs, again);
  }

  /**
   * The derivatives of outputs along directions of inputs.
   *
   * @param graph what lies between them
   * @param vs one an input, null for zero
   * @param again whether they are to be differentiated again
   */
  static List<Tensor> walk(
      Graph graph,
      List<Tensor> ys,
      List<Tensor> xs,
      List<? extends @Nullable Tensor> vs,
      boolean again) {
    @Nullable Tensor[] directions = new @Nullable Tensor[xs.size()];
    for (int i = 0; i < xs.size(); i++) {
      Tensor given = vs.get(i);
      if (given == null) {
        continue;
      }
      // An input named twice moves along the sum of its directions.
      Integer first = graph.input(xs.get(i));
      int at = first == null ? i : first;
      Tensor v = again ? given : given.detach();
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
      Graph.step(
          "tangent",
          call,
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
          });
    }
    List<Tensor> out = new ArrayList<>(ys.size());
    for (Tensor y : ys) {
      Tensor tangent = tangent(graph, results, directions, y);
      out.add(tangent == null ? y.zerosLike() : tangent);
    }
    return out;
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
