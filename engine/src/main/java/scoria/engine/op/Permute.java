package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Tensor;

/**
 * The axes in another order.
 *
 * @param order axis {@code i} of the output is axis {@code order(i)} of the input
 */
public record Permute(List<Integer> order) implements ViewOp {
  /** Copies the list. */
  public Permute {
    order = List.copyOf(order);
  }

  /** The test points. */
  static List<Case> cases() {
    return List.of(
        Case.of(new Permute(List.of(1, 0)), Case.spread(2, 3)),
        Case.of(new Permute(List.of(2, 0, 1)), Case.spread(2, 3, 4)));
  }

  @Override
  public String label() {
    return "permute";
  }

  @Override
  public String shapes() {
    return "[...] -> [...], axes in another order";
  }

  @Override
  public Layout view(Layout input) {
    int[] axes = new int[order.size()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = order.get(i);
    }
    return input.permute(axes);
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor gradient) {
    int[] inverse = new int[order.size()];
    for (int i = 0; i < inverse.length; i++) {
      inverse[order.get(i)] = i;
    }
    return new @Nullable Tensor[] {gradient.permute(inverse)};
  }
}
