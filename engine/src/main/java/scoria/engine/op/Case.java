package scoria.engine.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * An operation with inputs on which it is tested: within its domain, away from kinks and poles.
 *
 * @param op the operation
 * @param inputs what it is given, as float64 values
 * @param wrt the inputs that have a derivative, by number; the others are given as {@code int64},
 *     or {@code bool} where the operation asks for it
 */
public record Case(Op op, List<Reference> inputs, List<Integer> wrt) {
  /** A case all of whose inputs have a derivative. */
  public static Case of(Op op, Reference... inputs) {
    return new Case(op, List.of(inputs), IntStream.range(0, inputs.length).boxed().toList());
  }

  /** A case only some of whose inputs have a derivative. */
  public static Case of(Op op, List<Integer> wrt, Reference... inputs) {
    return new Case(op, List.of(inputs), wrt);
  }

  /**
   * The inputs as tensors on the current device.
   *
   * @param dtype type of those that have a derivative
   */
  public Tensor[] tensors(DType dtype) {
    DType[] types = types(dtype);
    Tensor[] out = new Tensor[types.length];
    for (int i = 0; i < out.length; i++) {
      Reference r = inputs.get(i);
      out[i] = Tensor.of(r.values()).reshape(r.shape()).to(types[i]);
    }
    return out;
  }

  /**
   * Types of the inputs: the first that the operation takes of int64, bool and {@code dtype} where
   * an input has no derivative.
   *
   * @param dtype type of those that have a derivative
   * @throws IllegalArgumentException if the operation takes none of them
   */
  public DType[] types(DType dtype) {
    DType[] types = new DType[inputs.size()];
    Arrays.fill(types, dtype);
    List<Integer> constants = new ArrayList<>();
    for (int i = 0; i < types.length; i++) {
      if (!wrt.contains(i)) {
        constants.add(i);
      }
    }
    DType[] tried = {DType.INT64, DType.BOOL, dtype};
    IllegalArgumentException refusal = null;
    for (int choice = 0; choice < StrictMath.pow(tried.length, constants.size()); choice++) {
      int rest = choice;
      for (int constant : constants) {
        types[constant] = tried[rest % tried.length];
        rest /= tried.length;
      }
      try {
        op.infer(signatures(types));
        return types;
      } catch (IllegalArgumentException e) {
        refusal = refusal == null ? e : refusal;
      }
    }
    throw new IllegalArgumentException(
        "'" + op.label() + "' does not take the inputs of its own case " + this, refusal);
  }

  private Signature[] signatures(DType... types) {
    Signature[] out = new Signature[types.length];
    Arrays.setAll(out, i -> new Signature(inputs.get(i).shape(), types[i]));
    return out;
  }

  /**
   * Values without a pattern, all different, in [-2, 2] and at least 0.01 away from 0: an input for
   * operations that are smooth there.
   */
  public static Reference spread(long... sizes) {
    Reference out = Reference.zeros(Shape.of(sizes));
    for (int i = 0; i < out.values().length; i++) {
      // Multiples of the golden ratio fill the unit interval evenly.
      double u = (0.13 + 0.6180339887498949 * (i + 1)) % 1;
      double value = 4 * u - 2;
      out.values()[i] = Math.abs(value) < 0.01 ? value + 0.05 : value;
    }
    return out;
  }

  /** Values like {@link #spread}, in [0.3, 3]. */
  public static Reference positive(long... sizes) {
    return spread(sizes).map(v -> 1.65 + 0.675 * v);
  }
}
