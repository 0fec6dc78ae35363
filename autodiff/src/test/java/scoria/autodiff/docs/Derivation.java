package scoria.autodiff.docs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import scoria.engine.exec.Execute;
import scoria.engine.op.Call;
import scoria.engine.op.Case;
import scoria.engine.op.Op;
import scoria.engine.op.Reference;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/** The derivatives of an operation as text: its rules run on named tensors. */
final class Derivation {
  private final Op op;
  private final List<Integer> wrt;
  private final Tensor[] inputs;
  private final Tensor[] outputs;

  private Derivation(Case c) {
    op = c.op();
    wrt = c.wrt();
    inputs = c.tensors(DType.FLOAT64);
    for (int i : wrt) {
      inputs[i] = inputs[i].tracked();
    }
    outputs = Execute.outputs(op, inputs);
    for (int k = 0; k < outputs.length; k++) {
      outputs[k] = isFloat(k) ? outputs[k].detach().tracked() : outputs[k];
    }
  }

  /** Reverse mode; empty where there is no derivative. */
  static String pullback(List<Case> cases) {
    return shortest(cases, Derivation::pullback);
  }

  /** Forward mode; empty where there is no derivative. */
  static String pushforward(List<Case> cases) {
    return shortest(cases, Derivation::pushforward);
  }

  /** Of all test points that which shows the rule without the adjoint of broadcasting. */
  private static String shortest(List<Case> cases, Function<Derivation, String> rule) {
    return Stream.concat(cases.stream(), cases.stream().flatMap(c -> scalar(c).stream()))
        .filter(c -> !c.wrt().isEmpty())
        .map(Derivation::new)
        .filter(Derivation::hasDerivative)
        .map(rule)
        .min(Comparator.comparingInt(String::length))
        .orElse("");
  }

  /** The case with scalars in all places, where the shape rule takes them. */
  private static Optional<Case> scalar(Case c) {
    if (c.inputs().stream().anyMatch(r -> r.values().length == 0)) {
      return Optional.empty();
    }
    try {
      Reference[] inputs =
          c.inputs().stream().map(r -> Reference.scalar(r.values()[0])).toArray(Reference[]::new);
      Case scalar = Case.of(c.op(), c.wrt(), inputs);
      scalar.types(DType.FLOAT64);
      return Optional.of(scalar);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private boolean isFloat(int output) {
    return outputs[output].dtype().isFloat();
  }

  private boolean hasDerivative() {
    for (int k = 0; k < outputs.length; k++) {
      if (isFloat(k)) {
        return true;
      }
    }
    return false;
  }

  private static String name(int i, int n) {
    return n == 1 ? "x" : n <= 4 ? "abcd".substring(i, i + 1) : "x" + i;
  }

  private static String name(String base, int i, int n) {
    return n == 1 ? base : base + i;
  }

  private Formula formula() {
    Formula formula = new Formula();
    for (int i = 0; i < inputs.length; i++) {
      formula.with(name(i, inputs.length), inputs[i]);
    }
    for (int k = 0; k < outputs.length; k++) {
      formula.with(name("y", k, outputs.length), outputs[k]);
    }
    return formula;
  }

  private String pullback() {
    Formula formula = formula();
    @Nullable Tensor[] gradients = new @Nullable Tensor[outputs.length];
    for (int k = 0; k < outputs.length; k++) {
      if (isFloat(k)) {
        Tensor g = outputs[k].detach().copy().tracked();
        gradients[k] = g;
        formula.with(name("g", k, outputs.length), g);
      }
    }
    Call call = Call.of(op, inputs, outputs, null);
    @Nullable Tensor[] results = formula.record(() -> op.pullback(call, gradients));
    Map<String, @Nullable Tensor> named = new LinkedHashMap<>();
    for (int i : wrt) {
      named.put(name(i, inputs.length), results[i]);
    }
    return text(formula, named);
  }

  private String pushforward() {
    Formula formula = formula();
    @Nullable Tensor[] tangents = new @Nullable Tensor[inputs.length];
    for (int i : wrt) {
      Tensor t = inputs[i].detach().copy().tracked();
      tangents[i] = t;
      formula.with("d" + name(i, inputs.length), t);
    }
    Call call = Call.of(op, inputs, outputs, null);
    @Nullable Tensor[] results = formula.record(() -> op.pushforward(call, tangents));
    Map<String, @Nullable Tensor> named = new LinkedHashMap<>();
    for (int k = 0; k < outputs.length; k++) {
      if (isFloat(k)) {
        named.put(name("y", k, outputs.length), results[k]);
      }
    }
    return text(formula, named);
  }

  /** What is missing is zero. */
  private static String text(Formula formula, Map<String, @Nullable Tensor> named) {
    Map<String, Tensor> made = new LinkedHashMap<>();
    List<String> zeros = new ArrayList<>();
    named.forEach(
        (name, tensor) -> {
          if (tensor == null) {
            zeros.add(named.size() == 1 ? "0" : name + ": 0");
          } else {
            made.put(name, tensor);
          }
        });
    String text = made.isEmpty() ? "" : formula.of(made, named.size() > 1);
    String zero = String.join("; ", zeros);
    return text.isEmpty() ? zero : zero.isEmpty() ? text : zero + "; " + text;
  }
}
