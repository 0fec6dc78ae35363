package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * The slices along an axis that a list of indices names: {@code y[.., j, ..] = x[.., index[j],
 * ..]}. Inputs: the values, and the indices as int64[m], where -1 is the last.
 *
 * @param axis from 0
 */
public record Take(int axis) implements SingleOp {
  /** The test points. */
  static List<Case> cases() {
    Reference index = new Reference(Shape.of(4), 2, 0, -1, 1);
    return List.of(
        Case.of(new Take(0), List.of(0), Case.spread(3, 2), index),
        Case.of(new Take(1), List.of(0), Case.spread(2, 3, 2), index));
  }

  @Override
  public String label() {
    return "take";
  }

  @Override
  public String shapes() {
    return "[..., n, ...], int64 [m] -> [..., m, ...]";
  }

  @Override
  public Signature result(Signature... inputs) {
    Rules.type(inputs[1], DType.INT64, "the index");
    if (inputs[1].shape().rank() != 1) {
      throw new IllegalArgumentException(
          "the index has shape " + inputs[1].shape() + ", not one axis");
    }
    return new Signature(
        inputs[0].shape().with(axis, inputs[1].shape().elements()), inputs[0].dtype());
  }

  @Override
  public Reference value(Reference... inputs) {
    Reference x = inputs[0];
    Reference y = Reference.zeros(x.shape().with(axis, inputs[1].shape().elements()));
    long[] index = new long[y.shape().rank()];
    for (int at = 0; at < y.values().length; at++) {
      long[] place = index.clone();
      place[axis] = Rules.fromStart(inputs[1].values()[(int) index[axis]], x.shape().size(axis));
      y.values()[at] = x.at(place);
      Reference.next(index, y.shape());
    }
    return y;
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor gradient) {
    return new @Nullable Tensor[] {
      gradient.apply(new TakeAdjoint(axis, call.source(0).size(axis)), call.input(1)), null
    };
  }

  @Override
  public @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    Tensor tangent = tangents[0];
    return tangent == null ? null : tangent.apply(this, call.input(1));
  }
}
