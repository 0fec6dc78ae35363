package scoria.autodiff.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads ONNX's files: messages of protocol buffers, whose fields' numbers stand in ONNX's {@code
 * onnx.proto}. Fields that no test needs are skipped.
 */
final class Reader {
  /** The type of a value whose type nobody says. */
  static final String UNTYPED = "untyped";

  private Reader() {}

  static Model model(Path file) throws IOException {
    return model(open(file));
  }

  static TensorFile tensor(Path file) throws IOException {
    return tensor(open(file));
  }

  private static Wire open(Path file) throws IOException {
    return new Wire(ByteBuffer.wrap(Files.readAllBytes(file)));
  }

  private static Model model(Wire in) {
    long opset = 1;
    Graph graph = new Graph(List.of(), List.of(), List.of(), List.of());
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 7 -> graph = graph(in.inner());
        case 8 -> opset = Math.max(opset, standardVersion(in.inner()));
        default -> in.skip();
      }
    }
    return new Model(opset, graph);
  }

  /** The version of a set of operators if it is the standard one, else 0. */
  private static long standardVersion(Wire in) {
    String domain = "";
    long version = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> domain = in.text();
        case 2 -> version = in.integer();
        default -> in.skip();
      }
    }
    return domain.isEmpty() ? version : 0;
  }

  private static Graph graph(Wire in) {
    List<Node> nodes = new ArrayList<>();
    List<TensorFile> initializers = new ArrayList<>();
    List<Graph.Value> inputs = new ArrayList<>();
    List<Graph.Value> outputs = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> nodes.add(node(in.inner()));
        case 5 -> initializers.add(tensor(in.inner()));
        case 11 -> inputs.add(value(in.inner()));
        case 12 -> outputs.add(value(in.inner()));
        default -> in.skip();
      }
    }
    return new Graph(nodes, initializers, inputs, outputs);
  }

  private static Graph.Value value(Wire in) {
    String name = "";
    String type = UNTYPED;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> name = in.text();
        case 2 -> type = type(in.inner());
        default -> in.skip();
      }
    }
    return new Graph.Value(name, type);
  }

  private static String type(Wire in) {
    int field = in.next();
    return switch (field) {
      case 0 -> UNTYPED;
      case 1 -> elementType(in.inner());
      case 4 -> "sequence";
      case 5 -> "map";
      case 8 -> "sparse tensor";
      case 9 -> "optional";
      default -> "type of kind " + field;
    };
  }

  private static String elementType(Wire in) {
    String type = UNTYPED;
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == 1) {
        type = ElementTypes.name(in.integer());
      } else {
        in.skip();
      }
    }
    return type;
  }

  private static Node node(Wire in) {
    String operator = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    Map<String, Node.Attribute> attributes = new LinkedHashMap<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> inputs.add(in.text());
        case 2 -> outputs.add(in.text());
        case 4 -> operator = in.text();
        case 5 -> {
          Node.Attribute attribute = attribute(in.inner());
          attributes.put(attribute.name(), attribute);
        }
        default -> in.skip();
      }
    }
    return new Node(operator, inputs, outputs, attributes);
  }

  private static Node.Attribute attribute(Wire in) {
    String name = "";
    float real = 0;
    long integer = 0;
    String text = "";
    TensorFile tensor = null;
    Graph graph = null;
    List<Float> reals = new ArrayList<>();
    LongStream.Builder integers = LongStream.builder();
    List<String> texts = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> name = in.text();
        case 2 -> real = Float.intBitsToFloat(in.fixed32());
        case 3 -> integer = in.integer();
        case 4 -> text = in.text();
        case 5 -> tensor = tensor(in.inner());
        case 6 -> graph = graph(in.inner());
        case 7 -> items(in, at -> reals.add(Float.intBitsToFloat(at.fixed32())));
        case 8 -> items(in, at -> integers.add(at.integer()));
        case 9 -> texts.add(in.text());
        default -> in.skip();
      }
    }
    return new Node.Attribute(
        name, real, integer, text, reals, integers.build().toArray(), texts, tensor, graph);
  }

  /** A repeated field of numbers: one item, or all of them packed. */
  private static void items(Wire in, Consumer<Wire> item) {
    if (!in.isDelimited()) {
      item.accept(in);
      return;
    }
    Wire packed = in.inner();
    while (packed.hasMore()) {
      item.accept(packed);
    }
  }

  private static TensorFile tensor(Wire in) {
    String name = "";
    long type = 0;
    LongStream.Builder sizes = LongStream.builder();
    LongStream.Builder listed = LongStream.builder();
    @Nullable ByteBuffer raw = null;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> items(in, at -> sizes.add(at.integer()));
        case 2 -> type = in.integer();
        case 4 -> items(in, at -> listed.add(at.fixed32()));
        case 5, 7, 11 -> items(in, at -> listed.add(at.integer()));
        case 8 -> name = in.text();
        case 9 -> raw = in.delimited();
        case 10 -> items(in, at -> listed.add(at.fixed64()));
        default -> in.skip();
      }
    }
    if (raw == null) {
      raw = packed(listed.build().toArray(), ElementTypes.bytes(type));
    }
    return new TensorFile(name, type, sizes.build().toArray(), raw);
  }

  /** Elements that are listed one by one, as they stand in memory. */
  private static ByteBuffer packed(long[] elements, int width) {
    // Each is written with eight bytes, of which the next one overwrites what is too much.
    ByteBuffer out = ByteBuffer.allocate(elements.length * width + 8);
    out.order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < elements.length; i++) {
      out.putLong(i * width, elements[i]);
    }
    return out.slice(0, elements.length * width).order(ByteOrder.LITTLE_ENDIAN);
  }
}
