package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * Element by element along an axis: {@code y[i, j, k] = x[i, index[i, j, k], k]} for axis 1.
 * Inputs: the values, and int64 indices of the output's shape, which differs from that of the
 * values in the axis only; -1 is the last.
 *
 * @param axis from 0
 */
public record TakeAlong(int axis) implements SingleOp {
  /** The test points. */
  static List<Case> cases() {
    return List.of(
        Case.of(
            new TakeAlong(1),
            List.of(0),
            Case.spread(2, 3),
            new Reference(Shape.of(2, 2), 2, 0, 1, -2)),
        Case.of(
            new TakeAlong(0), List.of(0), Case.spread(3, 2), new Reference(Shape.of(1, 2), 2, 0)));
  }

  @Override
  public String label() {
    return "takeAlong";
  }

  @Override
  public String shapes() {
    return "[..., n, ...], int64 [..., m, ...] -> [..., m, ...]";
  }

  @Override
  public Signature result(Signature... inputs) {
    Rules.type(inputs[1], DType.INT64, "the index");
    Shape x = inputs[0].shape();
    Shape index = inputs[1].shape();
    if (x.rank() != index.rank() || !x.with(axis, 0).equals(index.with(axis, 0))) {
      throw new IllegalArgumentException(
          "shapes " + x + " and " + index + " differ outside of axis " + axis);
    }
    return new Signature(index, inputs[0].dtype());
  }

  @Override
  public Reference value(Reference... inputs) {
    Reference y = Reference.zeros(inputs[1].shape());
    long[] index = new long[y.shape().rank()];
    for (int at = 0; at < y.values().length; at++) {
      long[] place = index.clone();
      place[axis] = Rules.fromStart(inputs[1].values()[at], inputs[0].shape().size(axis));
      y.values()[at] = inputs[0].at(place);
      Reference.next(index, y.shape());
    }
    return y;
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor gradient) {
    return new @Nullable Tensor[] {
      gradient.apply(new TakeAlongAdjoint(axis, call.source(0).size(axis)), call.input(1)), null
    };
  }

  @Override
  public @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    Tensor tangent = tangents[0];
    return tangent == null ? null : tangent.apply(this, call.input(1));
  }
}
