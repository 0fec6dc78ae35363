package scoria.autodiff.onnx;

import java.util.List;

/**
 * Nodes in the order in which they can be computed.
 *
 * @param nodes what is computed
 * @param initializers values that are known
 * @param inputs values that are given
 * @param outputs values that are asked for
 */
record Graph(
    List<Node> nodes, List<TensorFile> initializers, List<Value> inputs, List<Value> outputs) {
  /**
   * A value's name and type.
   *
   * @param type the type of its elements, or {@code sequence} or the like for what is no tensor
   */
  record Value(String name, String type) {}
}
