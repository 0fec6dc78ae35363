package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * Windows added up where they came from, the adjoint of {@link Windows}: {@code y[.., j, ..]} is
 * the sum of all {@code x[.., i, k, ..]} with {@code i stride + k dilation = j}, added in the order
 * of k from +0.
 *
 * @param axis of the windows' number, from 0; that of their elements is the next
 * @param n size of the output's axis
 * @param stride from one window to the next
 * @param dilation from one element of a window to the next
 */
public record OverlapAdd(int axis, long n, long stride, long dilation) implements SingleOp {
  /** The test points: overlapping, touching, with gaps, beyond the last window, and none. */
  static List<Case> cases() {
    return List.of(
        Case.of(new OverlapAdd(0, 4, 1, 1), Case.spread(3, 2)),
        Case.of(new OverlapAdd(1, 5, 2, 1), Case.spread(2, 2, 2)),
        Case.of(new OverlapAdd(1, 6, 1, 2), Case.spread(2, 2, 3, 2)),
        Case.of(new OverlapAdd(0, 6, 3, 1), Case.spread(2, 2, 2)),
        Case.of(new OverlapAdd(2, 5, 2, 1), Case.spread(2, 3, 2, 3)),
        Case.of(new OverlapAdd(0, 2, 1, 1), Case.spread(0, 2, 2)),
        Case.of(new OverlapAdd(1, 3, 1, 1), Case.spread(0, 2, 2)));
  }

  @Override
  public String label() {
    return "overlapAdd";
  }

  @Override
  public String shapes() {
    return "[..., windows, size, ...] -> [..., n, ...]";
  }

  @Override
  public Signature result(Signature... inputs) {
    Rules.floats(inputs[0]);
    Shape x = inputs[0].shape();
    if (x.rank() < axis + 2) {
      throw new IllegalArgumentException(
          "axes " + axis + " and " + (axis + 1) + " hold the windows, and there are " + x.rank());
    }
    Shape y = output(x);
    // Says what does not fit.
    Layout.dense(y).windows(axis, x.size(axis), x.size(axis + 1), stride, dilation);
    return new Signature(y, inputs[0].dtype());
  }

  private Shape output(Shape x) {
    return x.reduce(new int[] {axis + 1}, false).with(axis, n);
  }

  @Override
  public Reference value(Reference... inputs) {
    Reference x = inputs[0];
    Reference y = Reference.zeros(output(x.shape()));
    Layout windows =
        Layout.dense(y.shape())
            .windows(axis, x.shape().size(axis), x.shape().size(axis + 1), stride, dilation);
    long[] index = new long[x.shape().rank()];
    for (double v : x.values()) {
      y.values()[(int) windows.place(index)] += v;
      Reference.next(index, x.shape());
    }
    return y;
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor gradient) {
    Shape x = call.source(0).shape();
    return new @Nullable Tensor[] {
      gradient.apply(new Windows(axis, x.size(axis), x.size(axis + 1), stride, dilation))
    };
  }

  @Override
  public @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    Tensor tangent = tangents[0];
    return tangent == null ? null : tangent.apply(this);
  }

  /** Whatever is dense behind the windows. */
  @Override
  public boolean accepts(int input, Layout layout) {
    Shape shape = layout.shape();
    long step = 1;
    for (int i = shape.rank() - 1; i >= axis + 2; i--) {
      if (shape.size(i) != 1 && layout.stride(i) != step) {
        return false;
      }
      step *= shape.size(i);
    }
    return true;
  }
}
