package scoria.autodiff.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Tensor;

/** Computes a model's graph node by node. */
final class Interpreter {
  /** Graphs inside of nodes. */
  interface Bodies {
    List<Tensor> run(Graph graph, List<Tensor> arguments);
  }

  private final Operators operators;
  private final long opset;

  Interpreter(Operators operators, long opset) {
    this.operators = operators;
    this.opset = opset;
  }

  /**
   * The values of a graph's outputs.
   *
   * @param arguments values of the graph's first inputs
   */
  List<Tensor> run(Graph graph, List<Tensor> arguments) {
    return run(graph, arguments, Map.of());
  }

  private List<Tensor> run(Graph graph, List<Tensor> arguments, Map<String, Tensor> around) {
    Map<String, Tensor> values = new HashMap<>(around);
    graph.initializers().forEach(file -> values.put(file.name(), file.tensor()));
    for (int i = 0; i < arguments.size(); i++) {
      values.put(graph.inputs().get(i).name(), arguments.get(i));
    }
    for (Node node : graph.nodes()) {
      run(node, values);
    }
    return graph.outputs().stream().map(output -> value(output.name(), values)).toList();
  }

  private void run(Node node, Map<String, Tensor> values) {
    Operators.Adapter adapter = operators.find(node.operator());
    if (adapter == null) {
      throw new IllegalArgumentException("no adapter for the operator " + node.operator());
    }
    List<@Nullable Tensor> inputs = new ArrayList<>();
    for (String name : node.inputs()) {
      inputs.add(name.isEmpty() ? null : value(name, values));
    }
    NodeCall call =
        new NodeCall(node, inputs, opset, (graph, arguments) -> run(graph, arguments, values));
    List<Tensor> outputs = adapter.apply(call);
    for (int i = 0; i < node.outputs().size(); i++) {
      if (call.wants(i)) {
        values.put(node.outputs().get(i), outputs.get(i));
      }
    }
  }

  private static Tensor value(String name, Map<String, Tensor> values) {
    Tensor value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the graph has no value named " + name);
    }
    return value;
  }
}
