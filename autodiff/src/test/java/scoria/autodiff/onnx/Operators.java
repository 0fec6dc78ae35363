package scoria.autodiff.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Tensor;

/** ONNX's operators by name, each said in Scoria's own. */
final class Operators {
  /** What an operator does. */
  interface Adapter {
    List<Tensor> apply(NodeCall call);
  }

  private final Map<String, Adapter> adapters = new HashMap<>();

  /** All that there are. */
  static Operators all() {
    Operators table = new Operators();
    MakingOperators.addTo(table);
    ElementwiseOperators.addTo(table);
    PairwiseOperators.addTo(table);
    LogicOperators.addTo(table);
    OrderOperators.addTo(table);
    ReductionOperators.addTo(table);
    ActivationOperators.addTo(table);
    ShapeOperators.addTo(table);
    IndexingOperators.addTo(table);
    LinearOperators.addTo(table);
    RecurrentOperators.addTo(table);
    SlidingOperators.addTo(table);
    SignalOperators.addTo(table);
    ImageOperators.addTo(table);
    ResizeOperators.addTo(table);
    ControlOperators.addTo(table);
    NormOperators.addTo(table);
    LossOperators.addTo(table);
    QuantizedOperators.addTo(table);
    OptimizerOperators.addTo(table);
    return table;
  }

  /** Adds an operator that gives one tensor. */
  void one(String name, Function<NodeCall, Tensor> adapter) {
    many(name, call -> List.of(adapter.apply(call)));
  }

  /** Adds an operator that gives several. */
  void many(String name, Adapter adapter) {
    if (adapters.put(name, adapter) != null) {
      throw new IllegalArgumentException("two adapters for " + name);
    }
  }

  @Nullable Adapter find(String name) {
    return adapters.get(name);
  }
}
