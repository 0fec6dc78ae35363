package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Tensor;

/**
 * Windows that slide along an axis, which two take the place of: {@code y[.., i, k, ..] = x[.., i
 * stride + k dilation, ..]}. Windows may overlap in memory, so nothing may be written through this
 * view.
 *
 * @param axis from 0
 * @param count number of windows
 * @param size elements of a window
 * @param stride from one window to the next
 * @param dilation from one element of a window to the next
 */
public record Windows(int axis, long count, long size, long stride, long dilation)
    implements ViewOp {
  /** The test points: overlapping, touching, with gaps, not to the axis' end, and none. */
  static List<Case> cases() {
    return List.of(
        Case.of(new Windows(0, 3, 2, 1, 1), Case.spread(4)),
        Case.of(new Windows(1, 2, 2, 2, 1), Case.spread(2, 5)),
        Case.of(new Windows(1, 2, 3, 1, 2), Case.spread(2, 6, 2)),
        Case.of(new Windows(0, 2, 2, 3, 1), Case.spread(5, 2)),
        Case.of(new Windows(0, 0, 2, 1, 1), Case.spread(1, 2)),
        Case.of(new Windows(1, 2, 2, 1, 1), Case.spread(0, 3)));
  }

  @Override
  public String label() {
    return "windows";
  }

  @Override
  public String shapes() {
    return "[..., n, ...] -> [..., windows, size, ...]";
  }

  @Override
  public Layout view(Layout input) {
    return input.windows(axis, count, size, stride, dilation);
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor gradient) {
    return new @Nullable Tensor[] {
      gradient.apply(new OverlapAdd(axis, call.source(0).size(axis), stride, dilation))
    };
  }
}
