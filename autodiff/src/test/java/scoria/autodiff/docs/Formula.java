package scoria.autodiff.docs;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import scoria.engine.device.Schedule.Task;
import scoria.engine.exec.Recording;
import scoria.engine.memory.Memory;
import scoria.engine.op.Fill;
import scoria.engine.op.Op;
import scoria.engine.op.ScalarOp;
import scoria.engine.tensor.Origin;
import scoria.engine.tensor.Tensor;

/**
 * How tensors were made of others, as text: {@code mul(g, cos(x))}. Read off the origins of tracked
 * tensors, and off a recording where a result has none, as truth values have not.
 */
final class Formula {
  /** Names of what is used more than once. */
  private static final String[] SHARED = {"p", "q", "r", "s", "u", "v", "w", "h", "k", "m"};

  /** Longer ones help nobody. */
  private static final int LONGEST = 500;

  /** What depends on no operand: masks and indices. */
  private static final Node CONSTANT = new Node("constant", List.of());

  /** Something computed, or given under a name. */
  private record Node(String name, List<Node> of) {
    boolean isGiven() {
      return of.isEmpty();
    }

    boolean isNumber() {
      return equals(CONSTANT) || (isGiven() && name.matches("-?[\\d.]+"));
    }
  }

  private final Map<Tensor, Node> given = new IdentityHashMap<>();
  private final Map<Memory, Node> byMemory = new IdentityHashMap<>();
  private final Map<Memory, Task> tasks = new IdentityHashMap<>();
  private final Map<Object, Node> made = new IdentityHashMap<>();

  /** Names a tensor that is given. */
  Formula with(String name, Tensor tensor) {
    Node node = new Node(name, List.of());
    given.put(tensor, node);
    byMemory.putIfAbsent(tensor.memory(), node);
    return this;
  }

  /** Runs what makes the results, without computing values unless they are asked for. */
  @Nullable Tensor[] record(Supplier<@Nullable Tensor[]> rule) {
    List<@Nullable Tensor[]> results = new ArrayList<>();
    try {
      for (Task task : Recording.trace(() -> results.add(rule.get()))) {
        task.outputs().forEach(output -> tasks.put(output.memory(), task));
      }
      return results.getFirst();
    } catch (IllegalStateException e) {
      // It reads values, or moves them to another device: then origins are all there is.
      return rule.get();
    }
  }

  /** The text of results, each after its name where that is wanted. */
  String of(Map<String, Tensor> results, boolean named) {
    Map<String, Node> roots = new LinkedHashMap<>();
    results.forEach((name, tensor) -> roots.put(name, node(tensor)));
    Map<Node, Integer> uses = new IdentityHashMap<>();
    roots.values().forEach(root -> count(root, uses));
    Map<Node, String> names = new IdentityHashMap<>();
    List<Node> shared = new ArrayList<>();
    roots.values().forEach(root -> share(root, uses, names, shared));
    for (int i = 0; i < shared.size(); i++) {
      names.put(
          shared.get(i), SHARED[i % SHARED.length] + (i < SHARED.length ? "" : i / SHARED.length));
    }
    String text =
        roots.entrySet().stream()
            .map(e -> (named ? e.getKey() + ": " : "") + text(e.getValue(), names))
            .collect(Collectors.joining("; "));
    if (!shared.isEmpty()) {
      text +=
          shared.stream()
              .map(node -> names.get(node) + " = " + call(node, names))
              .collect(Collectors.joining(", ", " where ", ""));
    }
    return text.length() <= LONGEST ? text : uses.size() + " operations";
  }

  private Node node(Tensor tensor) {
    Node known = given.get(tensor);
    if (known != null) {
      return known;
    }
    Origin origin = tensor.origin();
    if (origin != null) {
      Node before = made.get(origin.call());
      if (before != null) {
        return before;
      }
      List<Node> of = new ArrayList<>();
      for (int i = 0; i < origin.call().inputs(); i++) {
        of.add(node(origin.call().source(i)));
      }
      Node node = applied(origin.call().op(), of);
      made.put(origin.call(), node);
      return node;
    }
    Node named = byMemory.get(tensor.memory());
    if (named != null) {
      return named;
    }
    Task task = tasks.get(tensor.memory());
    if (task == null) {
      return CONSTANT;
    }
    Node before = made.get(task);
    if (before != null) {
      return before;
    }
    List<Node> of = task.inputs().stream().map(this::node).toList();
    Node node = applied(task.op(), of);
    made.put(task, node);
    return node;
  }

  /** What is made of constants alone is one. */
  private static Node applied(Op op, List<Node> of) {
    boolean constant = of.contains(CONSTANT) && of.stream().allMatch(Node::isNumber);
    return constant ? CONSTANT : new Node(name(op), of);
  }

  /** The operation's name, followed by numbers and switches that matter. */
  private static String name(Op op) {
    if (op instanceof Fill fill) {
      return number(fill.value());
    }
    if (op instanceof ScalarOp scalar) {
      return scalar.label().replace("Scalar", "") + "|" + number(scalar.value());
    }
    if (!(op instanceof Record)) {
      return op.label();
    }
    StringBuilder out = new StringBuilder(op.label());
    for (RecordComponent component : op.getClass().getRecordComponents()) {
      try {
        Object value = component.getAccessor().invoke(op);
        if (value instanceof Boolean && value.equals(true)) {
          out.append('|').append(component.getName());
        } else if (value instanceof Double number) {
          out.append('|').append(component.getName()).append(' ').append(number(number));
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    return out.toString();
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.6g", value).replaceAll("0+$", "");
  }

  private static void count(Node node, Map<Node, Integer> uses) {
    if (uses.merge(node, 1, Integer::sum) == 1) {
      node.of().forEach(of -> count(of, uses));
    }
  }

  private static void share(
      Node node, Map<Node, Integer> uses, Map<Node, String> names, List<Node> shared) {
    if (names.containsKey(node)) {
      return;
    }
    if (!node.isGiven() && uses.getOrDefault(node, 0) > 1) {
      names.put(node, "");
      shared.add(node);
    }
    node.of().forEach(of -> share(of, uses, names, shared));
  }

  private static String text(Node node, Map<Node, String> names) {
    String name = names.get(node);
    return name != null ? name : call(node, names);
  }

  private static String call(Node node, Map<Node, String> names) {
    String[] parts = node.name().split("\\|", -1);
    if (node.isGiven()) {
      return parts[0];
    }
    List<String> arguments = new ArrayList<>();
    node.of().forEach(of -> arguments.add(text(of, names)));
    arguments.addAll(Arrays.asList(parts).subList(1, parts.length));
    return parts[0] + "(" + String.join(", ", arguments) + ")";
  }
}
