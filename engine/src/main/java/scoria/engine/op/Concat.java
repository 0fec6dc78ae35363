package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * Tensors one after the other along an axis.
 *
 * @param axis from 0
 */
public record Concat(int axis) implements SingleOp {
  /** The test points. */
  static List<Case> cases() {
    return List.of(
        Case.of(new Concat(0), Case.spread(2, 3), Case.positive(1, 3)),
        Case.of(new Concat(1), Case.spread(2, 1, 2), Case.positive(2, 3, 2), Case.spread(2, 2, 2)));
  }

  @Override
  public String label() {
    return "concat";
  }

  @Override
  public String shapes() {
    return "[..., n, ...], [..., m, ...], ... -> [..., n + m + ..., ...]";
  }

  @Override
  public Signature result(Signature... inputs) {
    if (inputs.length == 0) {
      throw new IllegalArgumentException("there is nothing to concatenate");
    }
    Shape first = inputs[0].shape();
    long size = 0;
    for (Signature input : inputs) {
      Rules.sameType(inputs[0], input);
      if (input.shape().rank() != first.rank()
          || !input.shape().with(axis, 0).equals(first.with(axis, 0))) {
        throw new IllegalArgumentException(
            "shapes " + first + " and " + input.shape() + " differ outside of axis " + axis);
      }
      size += input.shape().size(axis);
    }
    return new Signature(first.with(axis, size), inputs[0].dtype());
  }

  @Override
  public Reference value(Reference... inputs) {
    Shape shape = inputs[0].shape();
    long size = 0;
    for (Reference input : inputs) {
      size += input.shape().size(axis);
    }
    Reference y = Reference.zeros(shape.with(axis, size));
    long start = 0;
    for (Reference input : inputs) {
      long[] index = new long[shape.rank()];
      for (double v : input.values()) {
        long[] place = index.clone();
        place[axis] += start;
        y.values()[(int) Layout.dense(y.shape()).place(place)] = v;
        Reference.next(index, input.shape());
      }
      start += input.shape().size(axis);
    }
    return y;
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor gradient) {
    @Nullable Tensor[] out = new @Nullable Tensor[call.inputs()];
    long start = 0;
    for (int i = 0; i < out.length; i++) {
      long size = call.source(i).size(axis);
      out[i] = call.needs(i) ? gradient.narrow(axis, start, size) : null;
      start += size;
    }
    return out;
  }

  @Override
  public @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    Tensor[] parts = new Tensor[call.inputs()];
    for (int i = 0; i < parts.length; i++) {
      Tensor tangent = tangents[i];
      parts[i] = tangent == null ? call.source(i).zerosLike() : tangent;
    }
    return Tensor.concat(axis, parts);
  }

  @Override
  public boolean accepts(int input, Layout layout) {
    return true;
  }
}
