package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * Zeros with slices added where a list of indices says: {@code y[.., index[j], ..] += x[.., j,
 * ..]}, in order of j. The adjoint of {@link Take}. Inputs: the slices, and the indices as
 * int64[m].
 *
 * @param axis from 0
 * @param size size of the output's axis
 */
public record TakeAdjoint(int axis, long size) implements SingleOp {
  /** The test points. */
  static List<Case> cases() {
    Reference index = new Reference(Shape.of(4), 2, 0, -1, 1);
    return List.of(
        Case.of(new TakeAdjoint(0, 3), List.of(0), Case.spread(4, 2), index),
        Case.of(new TakeAdjoint(1, 5), List.of(0), Case.spread(2, 4, 2), index));
  }

  @Override
  public String label() {
    return "takeAdjoint";
  }

  @Override
  public String shapes() {
    return "[..., m, ...], int64 [m] -> [..., size, ...]";
  }

  @Override
  public Signature result(Signature... inputs) {
    Rules.floats(inputs[0]);
    Rules.type(inputs[1], DType.INT64, "the index");
    if (!inputs[1].shape().equals(Shape.of(inputs[0].shape().size(axis)))) {
      throw new IllegalArgumentException(
          "the index has shape "
              + inputs[1].shape()
              + " for axis "
              + axis
              + " of "
              + inputs[0].shape());
    }
    return new Signature(inputs[0].shape().with(axis, size), inputs[0].dtype());
  }

  @Override
  public Reference value(Reference... inputs) {
    Reference x = inputs[0];
    Reference y = Reference.zeros(x.shape().with(axis, size));
    long[] index = new long[x.shape().rank()];
    for (double v : x.values()) {
      long[] place = index.clone();
      place[axis] = Rules.fromStart(inputs[1].values()[(int) index[axis]], size);
      y.values()[(int) Layout.dense(y.shape()).place(place)] += v;
      Reference.next(index, x.shape());
    }
    return y;
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor gradient) {
    return new @Nullable Tensor[] {gradient.apply(new Take(axis), call.input(1)), null};
  }

  @Override
  public @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    Tensor tangent = tangents[0];
    return tangent == null ? null : tangent.apply(this, call.input(1));
  }
}
