package scoria.engine.op;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.device.Device;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * The values with elements put along an axis where indices say: {@code y[i, index[i, j, k], k] =
 * z[i, j, k]} for axis 1, in the order of j, so that the last wins. Inputs: the values, of any
 * type; int64 indices, of a shape that differs from that of the values in the axis only; the
 * elements, of the shape of the indices.
 *
 * @param axis from 0
 */
public record Put(int axis) implements SingleOp {
  /** The test points: an index twice, one from the end, nothing to put. */
  static List<Case> cases() {
    return List.of(
        Case.of(
            new Put(1),
            List.of(0, 2),
            Case.spread(2, 4),
            new Reference(Shape.of(2, 3), 2, 0, 2, 1, -1, 3),
            Case.positive(2, 3)),
        Case.of(
            new Put(0),
            List.of(0, 2),
            Case.spread(3, 2),
            new Reference(Shape.of(2, 2), 2, 0, 0, 0),
            Case.positive(2, 2)),
        Case.of(
            new Put(0),
            List.of(0, 2),
            Case.spread(3, 2),
            Reference.zeros(Shape.of(0, 2)),
            Case.positive(0, 2)));
  }

  @Override
  public String label() {
    return "put";
  }

  @Override
  public String shapes() {
    return "[..., n, ...], int64[..., m, ...], [..., m, ...] -> [..., n, ...]";
  }

  @Override
  public Signature result(Signature... inputs) {
    Rules.type(inputs[1], DType.INT64, "the index");
    Rules.sameType(inputs[0], inputs[2]);
    Shape x = inputs[0].shape();
    Shape index = inputs[1].shape();
    if (!index.equals(inputs[2].shape())) {
      throw new IllegalArgumentException(
          "the index has shape " + index + " and the elements " + inputs[2].shape());
    }
    if (x.rank() != index.rank() || !x.with(axis, 0).equals(index.with(axis, 0))) {
      throw new IllegalArgumentException(
          "shapes " + x + " and " + index + " differ outside of axis " + axis);
    }
    return inputs[0];
  }

  @Override
  public Reference value(Reference... inputs) {
    Reference y = new Reference(inputs[0].shape(), inputs[0].values().clone());
    long[] index = new long[y.shape().rank()];
    for (int at = 0; at < inputs[2].values().length; at++) {
      long[] place = index.clone();
      place[axis] = Rules.fromStart(inputs[1].values()[at], y.shape().size(axis));
      y.values()[(int) Layout.dense(y.shape()).place(place)] = inputs[2].values()[at];
      Reference.next(index, inputs[2].shape());
    }
    return y;
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor g) {
    Tensor index = call.input(1);
    Tensor elements = null;
    if (call.needs(2)) {
      Tensor back = g.apply(new TakeAlong(axis), index);
      elements = Tensor.where(stays(call), back, back.zeroLike());
    }
    return new @Nullable Tensor[] {
      call.needs(0) ? g.apply(this, index, call.source(2).zerosLike()) : null, null, elements
    };
  }

  @Override
  public @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    Tensor x = tangents[0];
    Tensor z = tangents[2];
    if (x == null && z == null) {
      return null;
    }
    return (x == null ? call.source(0).zerosLike() : x)
        .apply(this, call.input(1), z == null ? call.source(2).zerosLike() : z);
  }

  /** Which of the elements no later one takes the place of. */
  private Tensor stays(Call call) {
    Tensor index = call.input(1);
    try (Device.Use use = index.device().use()) {
      long[] along = new long[index.rank()];
      Arrays.fill(along, 1);
      along[axis] = index.size(axis);
      Tensor number = Tensor.arange(index.size(axis)).reshape(along).expand(index.shape());
      Tensor board = Tensor.full(0, DType.INT64, call.source(0).shape().toArray());
      return board.apply(this, index, number).apply(new TakeAlong(axis), index).equal(number);
    }
  }
}
