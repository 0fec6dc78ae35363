package scoria.autodiff.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import scoria.engine.device.Device;
import scoria.engine.exec.Execute;
import scoria.engine.op.AssignUpdate;
import scoria.engine.tensor.Tensor;

/**
 * Named tensors in a fixed order. Names of nested parts are joined by dots: {@code
 * layers.0.weight}.
 *
 * <p>The names and their order never change; the tensors' values do, by {@link #assign} and by
 * optimisers.
 */
public final class Parameters {
  private static final Parameters NONE = new Parameters(new LinkedHashMap<>());

  private final Map<String, Tensor> byName;

  private Parameters(LinkedHashMap<String, Tensor> byName) {
    this.byName = Collections.unmodifiableMap(byName);
  }

  /** No tensors. */
  public static Parameters none() {
    return NONE;
  }

  /** One tensor. */
  public static Parameters of(String name, Tensor tensor) {
    return of(Map.of(name, tensor));
  }

  /** Two tensors. */
  public static Parameters of(String name, Tensor tensor, String name2, Tensor tensor2) {
    return of(name, tensor).and(of(name2, tensor2));
  }

  /** Tensors by name, in the order of the map, as a file gives them. */
  public static Parameters of(Map<String, Tensor> byName) {
    return new Parameters(new LinkedHashMap<>(byName));
  }

  /**
   * The parameters of parts that are numbered: {@code nested("layers", parts)} names the weight of
   * the first {@code layers.0.weight}.
   */
  public static Parameters nested(String name, List<? extends Parametrized> parts) {
    return nested(name, parts, Parametrized::parameters);
  }

  /** As {@link #nested(String, List)}, for what else parts have, such as {@code buffers}. */
  public static <T> Parameters nested(
      String name, List<? extends T> parts, Function<T, Parameters> of) {
    Parameters out = NONE;
    for (int i = 0; i < parts.size(); i++) {
      out = out.and(of.apply(parts.get(i)).prefixed(name + "." + i));
    }
    return out;
  }

  /** The same tensors, each under {@code prefix.name}. */
  public Parameters prefixed(String prefix) {
    LinkedHashMap<String, Tensor> out = new LinkedHashMap<>();
    byName.forEach((name, tensor) -> out.put(prefix + "." + name, tensor));
    return new Parameters(out);
  }

  /**
   * Those of the tensors that are named {@code prefix.name}, under {@code name} alone: what {@link
   * #prefixed} made of them, undone.
   */
  public Parameters under(String prefix) {
    String start = prefix + ".";
    LinkedHashMap<String, Tensor> out = new LinkedHashMap<>();
    byName.forEach(
        (name, tensor) -> {
          if (name.startsWith(start)) {
            out.put(name.substring(start.length()), tensor);
          }
        });
    return new Parameters(out);
  }

  /**
   * These tensors, then others.
   *
   * @throws IllegalArgumentException if a name is in both
   */
  public Parameters and(Parameters others) {
    LinkedHashMap<String, Tensor> out = new LinkedHashMap<>(byName);
    others.byName.forEach(
        (name, tensor) -> {
          if (out.put(name, tensor) != null) {
            throw new IllegalArgumentException(
                "two parameters are named '" + name + "'; put one under a prefix");
          }
        });
    return new Parameters(out);
  }

  /** How many tensors there are. */
  public int size() {
    return byName.size();
  }

  /** The names, in order. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** The tensors, in order. */
  public List<Tensor> tensors() {
    return List.copyOf(byName.values());
  }

  /** Names and tensors, in order; unmodifiable. */
  public Map<String, Tensor> toMap() {
    return byName;
  }

  /**
   * One tensor.
   *
   * @throws IllegalArgumentException if none has that name
   */
  public Tensor get(String name) {
    Tensor tensor = byName.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "there is no parameter '" + name + "'; there are " + String.join(", ", byName.keySet()));
    }
    return tensor;
  }

  /** Number of elements of all tensors together. */
  public long count() {
    return byName.values().stream().mapToLong(Tensor::elements).sum();
  }

  /** Where the first tensor is; the current device if there is none. */
  public Device device() {
    return byName.isEmpty() ? Device.current() : byName.values().iterator().next().device();
  }

  /** New tensors of the same values, under the same names; not tracked. */
  public Parameters copy() {
    return map(tensor -> tensor.detach().copy());
  }

  /** {@code f} of every tensor, under the same names. */
  public Parameters map(UnaryOperator<Tensor> f) {
    LinkedHashMap<String, Tensor> out = new LinkedHashMap<>();
    byName.forEach((name, tensor) -> out.put(name, f.apply(tensor)));
    return new Parameters(out);
  }

  /**
   * Gives these tensors the values of others, in place. The order of names may differ, and so may
   * the device.
   *
   * @throws IllegalArgumentException if a name is missing or too many, or a shape or type differs;
   *     nothing is changed then
   */
  public void assign(Parameters values) {
    List<Tensor> from = new ArrayList<>();
    byName.forEach(
        (name, tensor) -> {
          Tensor value = values.byName.get(name);
          if (value == null) {
            throw new IllegalArgumentException(
                "cannot assign parameters: '" + name + "', " + tensor.signature() + ", is missing");
          }
          if (!value.signature().equals(tensor.signature())) {
            throw new IllegalArgumentException(
                "cannot assign parameters: '"
                    + name
                    + "' is "
                    + value.signature()
                    + " and should be "
                    + tensor.signature());
          }
          from.add(value.detach().to(tensor.device()));
        });
    for (String name : values.byName.keySet()) {
      if (!byName.containsKey(name)) {
        throw new IllegalArgumentException(
            "cannot assign parameters: there is none named '" + name + "' here");
      }
    }
    if (!from.isEmpty()) {
      Execute.update(AssignUpdate.ASSIGN, from, tensors());
    }
  }

  /** Names and shapes. */
  @Override
  public String toString() {
    LinkedHashMap<String, Object> signatures = new LinkedHashMap<>();
    byName.forEach((name, tensor) -> signatures.put(name, tensor.signature()));
    return signatures.toString();
  }
}
