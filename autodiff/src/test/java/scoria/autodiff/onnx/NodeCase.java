package scoria.autodiff.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One of ONNX's node tests: a model, and sets of inputs with the outputs that they must give.
 *
 * @param name the folder's
 * @param folder where it is
 * @param model what is computed
 */
record NodeCase(String name, Path folder, Model model) {
  /** All cases of a folder, by name. */
  static List<NodeCase> all(Path folder) throws IOException {
    List<NodeCase> cases = new ArrayList<>();
    for (Path path : list(folder)) {
      Path model = path.resolve("model.onnx");
      if (Files.exists(model)) {
        cases.add(new NodeCase(path.getFileName().toString(), path, Reader.model(model)));
      }
    }
    return cases;
  }

  /** Inputs and outputs. */
  record Data(List<TensorFile> inputs, List<TensorFile> outputs) {}

  List<Data> data() {
    try {
      List<Data> sets = new ArrayList<>();
      for (Path set : list(folder)) {
        if (Files.isDirectory(set)) {
          sets.add(new Data(tensors(set, "input_"), tensors(set, "output_")));
        }
      }
      return sets;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<TensorFile> tensors(Path set, String prefix) throws IOException {
    List<TensorFile> out = new ArrayList<>();
    for (int i = 0; Files.exists(set.resolve(prefix + i + ".pb")); i++) {
      out.add(Reader.tensor(set.resolve(prefix + i + ".pb")));
    }
    return out;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.sorted(Comparator.naturalOrder()).toList();
    }
  }

  /** The names of all operators in the model. */
  SortedSet<String> operators() {
    SortedSet<String> out = new TreeSet<>();
    visit(model.graph(), out, new TreeSet<>());
    return out;
  }

  /** The types of all values that the model names, also of those that it casts to. */
  SortedSet<String> types() {
    SortedSet<String> out = new TreeSet<>();
    visit(model.graph(), new TreeSet<>(), out);
    return out;
  }

  private static void visit(Graph graph, SortedSet<String> operators, SortedSet<String> types) {
    graph.inputs().forEach(value -> types.add(value.type()));
    graph.outputs().forEach(value -> types.add(value.type()));
    graph.initializers().forEach(file -> types.add(ElementTypes.name(file.type())));
    for (Node node : graph.nodes()) {
      operators.add(node.operator());
      node.attributes()
          .forEach(
              (name, attribute) -> {
                if (name.equals("to") || name.equals("dtype")) {
                  types.add(ElementTypes.name(attribute.integer()));
                }
                TensorFile tensor = attribute.tensor();
                if (tensor != null) {
                  types.add(ElementTypes.name(tensor.type()));
                }
                Graph inner = attribute.graph();
                if (inner != null) {
                  visit(inner, operators, types);
                }
              });
    }
  }
}
