package scoria.autodiff.onnx;

/**
 * What a file {@code model.onnx} says.
 *
 * @param opset the version of the standard operators that the graph is written in
 * @param graph what it computes
 */
record Model(long opset, Graph graph) {}
