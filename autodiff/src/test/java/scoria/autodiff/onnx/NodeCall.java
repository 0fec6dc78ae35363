package scoria.autodiff.onnx;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/** A node with the tensors that it is given: what an adapter reads. */
final class NodeCall {
  private final Node node;
  private final List<@Nullable Tensor> inputs;
  private final long opset;
  private final Interpreter.Bodies bodies;

  NodeCall(Node node, List<@Nullable Tensor> inputs, long opset, Interpreter.Bodies bodies) {
    this.node = node;
    this.inputs = inputs;
    this.opset = opset;
    this.bodies = bodies;
  }

  /** The version of the operators. */
  long opset() {
    return opset;
  }

  /** How many outputs the node names. */
  int outputs() {
    return node.outputs().size();
  }

  /** Whether somebody may want that output. */
  boolean wants(int output) {
    return output < outputs() && !node.outputs().get(output).isEmpty();
  }

  // ---- Inputs.

  /** How many inputs the node names. */
  int count() {
    return inputs.size();
  }

  boolean has(int input) {
    return optional(input) != null;
  }

  @Nullable Tensor optional(int input) {
    return input < inputs.size() ? inputs.get(input) : null;
  }

  Tensor in(int input) {
    Tensor tensor = optional(input);
    if (tensor == null) {
      throw new IllegalArgumentException(node.operator() + " has no input " + input);
    }
    return tensor;
  }

  /** All inputs from one on. */
  Tensor[] from(int first) {
    return IntStream.range(first, count()).mapToObj(this::in).toArray(Tensor[]::new);
  }

  /** An input that says sizes, axes or places. */
  long[] longs(int input) {
    return in(input).toLongs();
  }

  /** An input that is one number. */
  double number(int input, double otherwise) {
    Tensor tensor = optional(input);
    return tensor == null ? otherwise : tensor.item();
  }

  /** An input that is one whole number. */
  long whole(int input, long otherwise) {
    Tensor tensor = optional(input);
    return tensor == null ? otherwise : tensor.toLongs()[0];
  }

  // ---- Attributes.

  boolean says(String attribute) {
    return node.attributes().containsKey(attribute);
  }

  long integer(String attribute, long otherwise) {
    Node.Attribute value = node.attributes().get(attribute);
    return value == null ? otherwise : value.integer();
  }

  boolean flag(String attribute) {
    return integer(attribute, 0) != 0;
  }

  double real(String attribute, double otherwise) {
    Node.Attribute value = node.attributes().get(attribute);
    return value == null ? otherwise : value.real();
  }

  String text(String attribute, String otherwise) {
    Node.Attribute value = node.attributes().get(attribute);
    return value == null ? otherwise : value.text();
  }

  long[] integers(String attribute, long... otherwise) {
    Node.Attribute value = node.attributes().get(attribute);
    return value == null ? otherwise : value.integers();
  }

  List<Float> reals(String attribute) {
    Node.Attribute value = node.attributes().get(attribute);
    return value == null ? List.of() : value.reals();
  }

  List<String> texts(String attribute) {
    Node.Attribute value = node.attributes().get(attribute);
    return value == null ? List.of() : value.texts();
  }

  int axis(int otherwise) {
    return Math.toIntExact(integer("axis", otherwise));
  }

  DType type(String attribute, DType otherwise) {
    return says(attribute) ? ElementTypes.of(integer(attribute, 0)) : otherwise;
  }

  @Nullable Tensor tensor(String attribute) {
    Node.Attribute value = node.attributes().get(attribute);
    TensorFile file = value == null ? null : value.tensor();
    return file == null ? null : file.tensor();
  }

  /** Axes by an attribute, or in later versions by an input; none where nothing is said. */
  int[] axes(int input) {
    long[] axes = has(input) ? longs(input) : integers("axes");
    return ints(axes);
  }

  /** Runs the graph of an attribute, which also sees the values of the graph around it. */
  List<Tensor> run(String attribute, List<Tensor> arguments) {
    Node.Attribute value = node.attributes().get(attribute);
    Graph graph = value == null ? null : value.graph();
    if (graph == null) {
      throw new IllegalArgumentException(node.operator() + " has no graph " + attribute);
    }
    return bodies.run(graph, arguments);
  }

  static int[] ints(long[] values) {
    int[] out = new int[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.toIntExact(values[i]);
    }
    return out;
  }
}
