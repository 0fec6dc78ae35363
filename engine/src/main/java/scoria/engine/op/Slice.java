package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Tensor;

/**
 * Evenly spaced indices of one axis.
 *
 * @param axis from 0
 * @param start the first index
 * @param step distance to the next, not 0; negative to go backwards
 * @param count how many
 */
public record Slice(int axis, long start, long step, long count) implements ViewOp {
  /** The test points. */
  static List<Case> cases() {
    return List.of(
        Case.of(new Slice(0, 1, 1, 2), Case.spread(4, 3)),
        Case.of(new Slice(1, 3, -2, 2), Case.spread(2, 5)),
        Case.of(new Slice(1, 0, 3, 2), Case.spread(2, 4, 3)));
  }

  @Override
  public String label() {
    return "slice";
  }

  @Override
  public String shapes() {
    return "[..., n, ...] -> [..., count, ...]";
  }

  @Override
  public Layout view(Layout input) {
    return input.slice(axis, start, step, count);
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor gradient) {
    return new @Nullable Tensor[] {
      gradient.apply(new Embed(axis, start, step, call.source(0).size(axis)))
    };
  }
}
