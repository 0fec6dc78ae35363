package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * Zeros with elements added along an axis where indices say, in their order: the adjoint of {@link
 * TakeAlong}. Inputs: the elements, and int64 indices of the same shape.
 *
 * @param axis from 0
 * @param size size of the output's axis
 */
public record TakeAlongAdjoint(int axis, long size) implements SingleOp {
  /** The test points. */
  static List<Case> cases() {
    return List.of(
        Case.of(
            new TakeAlongAdjoint(1, 4),
            List.of(0),
            Case.spread(2, 3),
            new Reference(Shape.of(2, 3), 2, 0, -2, 1, 1, 3)));
  }

  @Override
  public String label() {
    return "takeAlongAdjoint";
  }

  @Override
  public String shapes() {
    return "[..., m, ...], int64 [..., m, ...] -> [..., size, ...]";
  }

  @Override
  public Signature result(Signature... inputs) {
    if (!inputs[0].dtype().isFloat() && inputs[0].dtype() != DType.INT64) {
      throw new IllegalArgumentException(
          "it works on float32, float64 and int64, not on "
              + inputs[0].dtype()
              + "; convert with to(dtype)");
    }
    Rules.type(inputs[1], DType.INT64, "the index");
    if (!inputs[0].shape().equals(inputs[1].shape())) {
      throw new IllegalArgumentException(
          "the index has shape " + inputs[1].shape() + " and the elements " + inputs[0].shape());
    }
    return new Signature(inputs[0].shape().with(axis, size), inputs[0].dtype());
  }

  @Override
  public Reference value(Reference... inputs) {
    Reference x = inputs[0];
    Reference y = Reference.zeros(x.shape().with(axis, size));
    long[] index = new long[x.shape().rank()];
    for (int at = 0; at < x.values().length; at++) {
      long[] place = index.clone();
      place[axis] = Rules.fromStart(inputs[1].values()[at], size);
      y.values()[(int) Layout.dense(y.shape()).place(place)] += x.values()[at];
      Reference.next(index, x.shape());
    }
    return y;
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor gradient) {
    return new @Nullable Tensor[] {gradient.apply(new TakeAlong(axis), call.input(1)), null};
  }

  @Override
  public @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    Tensor tangent = tangents[0];
    return tangent == null ? null : tangent.apply(this, call.input(1));
  }
}
