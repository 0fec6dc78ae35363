package scoria.autodiff.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import scoria.engine.exec.Execute;
import scoria.engine.function.Composed;
import scoria.engine.op.Case;
import scoria.engine.op.Op;
import scoria.engine.op.Reference;
import scoria.engine.op.Signature;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * What is checked: a function of tensors at a point.
 *
 * @param name in messages
 * @param op the operation, or null for a composed function
 * @param body computes the outputs
 * @param meaning the same in float64
 * @param inputs the point
 * @param wrt the inputs that have a derivative
 * @param types of the inputs, where those that have a derivative are float64
 */
record Subject(
    String name,
    @Nullable Op op,
    Function<Tensor[], Tensor[]> body,
    Function<Reference[], Reference[]> meaning,
    List<Reference> inputs,
    List<Integer> wrt,
    List<DType> types) {

  static Subject of(Case c) {
    Op op = c.op();
    String words = op.toString();
    return new Subject(
        words.equalsIgnoreCase(op.label()) ? op.label() : op.label() + " (" + words + ")",
        op,
        xs -> Execute.outputs(op, xs),
        op::meaning,
        c.inputs(),
        c.wrt(),
        List.of(c.types(DType.FLOAT64)));
  }

  static Subject of(Composed c) {
    return new Subject(
        c.name(),
        null,
        xs -> new Tensor[] {c.body().apply(xs)},
        xs -> new Reference[] {c.meaning().apply(xs)},
        c.inputs(),
        IntStream.range(0, c.inputs().size()).boxed().toList(),
        c.inputs().stream().map(_ -> DType.FLOAT64).toList());
  }

  /** The same function at another point. */
  Subject at(List<Reference> point) {
    return new Subject(name, op, body, meaning, point, wrt, types);
  }

  /** The point as it is in a float type: inputs that have a derivative are rounded to it. */
  List<Reference> rounded(DType dtype) {
    List<Reference> out = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      boolean rounds = dtype == DType.FLOAT32 && wrt.contains(i);
      out.add(rounds ? inputs.get(i).map(v -> (float) v) : inputs.get(i));
    }
    return out;
  }

  /** The point as tensors, where those that have a derivative are of a float type. */
  Tensor[] tensors(DType dtype) {
    Tensor[] out = new Tensor[inputs.size()];
    Arrays.setAll(
        out,
        i -> {
          Reference r = inputs.get(i);
          Tensor x = Tensor.of(r.values()).reshape(r.shape());
          return x.to(wrt.contains(i) ? dtype : types.get(i));
        });
    return out;
  }

  /**
   * What the shape rule says of the point.
   *
   * @return null where there is no rule, for a composed function
   * @throws IllegalArgumentException if the inputs do not fit
   */
  Signature @Nullable [] infer(DType dtype) {
    if (op == null) {
      return null;
    }
    Signature[] given = new Signature[inputs.size()];
    Arrays.setAll(
        given, i -> new Signature(inputs.get(i).shape(), wrt.contains(i) ? dtype : types.get(i)));
    return op.infer(given);
  }

  private String where() {
    return name
        + " of "
        + inputs.stream().map(r -> r.shape().toString()).collect(Collectors.joining(", "));
  }

  /** A line that says what is wrong. */
  AssertionError wrong(String what) {
    return new AssertionError(where() + ": " + what);
  }

  /** A line that says that a number is wrong. */
  AssertionError wrong(String what, double want, double got, double allowed) {
    return wrong(what + ": want " + want + ", got " + got + ", allowed error " + allowed);
  }

  /** A line that says what a step threw instead of its result. */
  AssertionError wrong(String step, RuntimeException thrown) {
    AssertionError error = wrong(step + " threw " + thrown);
    error.initCause(thrown);
    return error;
  }

  /** Index of a row-major place, as messages give it. */
  static String element(int place, Shape shape) {
    long[] index = new long[shape.rank()];
    long rest = place;
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape.size(axis);
      rest /= shape.size(axis);
    }
    return Arrays.toString(index);
  }
}
