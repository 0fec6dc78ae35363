package scoria.autodiff.onnx;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operator with the names of what it takes and gives.
 *
 * @param operator the operator's name
 * @param inputs values by name; the empty name stands for one left out
 * @param outputs values by name; the empty name stands for one that nobody needs
 * @param attributes what else is said of it, by name
 */
record Node(
    String operator, List<String> inputs, List<String> outputs, Map<String, Attribute> attributes) {
  /** An attribute's value, in the field of its type. */
  @SuppressWarnings("ArrayRecordComponent") // Read only.
  record Attribute(
      String name,
      float real,
      long integer,
      String text,
      List<Float> reals,
      long[] integers,
      List<String> texts,
      @Nullable TensorFile tensor,
      @Nullable Graph graph) {}
}
