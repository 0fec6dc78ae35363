package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * Zeros with the input at evenly spaced indices of one axis: the adjoint of {@link Slice}.
 *
 * @param axis from 0
 * @param start the input's first index
 * @param step distance to the next, not 0
 * @param size size of the output's axis
 */
public record Embed(int axis, long start, long step, long size) implements SingleOp {
  /** The test points. */
  static List<Case> cases() {
    return List.of(
        Case.of(new Embed(0, 1, 1, 4), Case.spread(2, 3)),
        Case.of(new Embed(1, 4, -2, 6), Case.spread(2, 2)));
  }

  @Override
  public String label() {
    return "embed";
  }

  @Override
  public String shapes() {
    return "[..., n, ...] -> [..., size, ...]";
  }

  @Override
  public Signature result(Signature... inputs) {
    Shape out = inputs[0].shape().with(axis, size);
    Layout part = place(Layout.dense(out), inputs[0].shape().size(axis));
    return new Signature(part.shape().with(axis, size), inputs[0].dtype());
  }

  /** The part of the output that holds the input. */
  public Layout place(Layout output, long count) {
    return output.slice(axis, start, step, count);
  }

  @Override
  public Reference value(Reference... inputs) {
    Reference x = inputs[0];
    Reference y = Reference.zeros(x.shape().with(axis, size));
    Layout part = place(Layout.dense(y.shape()), x.shape().size(axis));
    long[] index = new long[x.shape().rank()];
    for (double v : x.values()) {
      y.values()[(int) part.place(index)] = v;
      Reference.next(index, x.shape());
    }
    return y;
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor gradient) {
    return new @Nullable Tensor[] {
      gradient.apply(new Slice(axis, start, step, call.source(0).size(axis)))
    };
  }

  @Override
  public @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    Tensor tangent = tangents[0];
    return tangent == null ? null : tangent.apply(this);
  }

  @Override
  public boolean accepts(int input, Layout layout) {
    return true;
  }
}
