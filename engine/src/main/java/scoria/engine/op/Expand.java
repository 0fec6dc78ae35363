package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * Axes of size 1 repeated, and axes added in front.
 *
 * @param shape the shape to broadcast to
 */
public record Expand(Shape shape) implements ViewOp {
  /** The test points. */
  static List<Case> cases() {
    return List.of(
        Case.of(new Expand(Shape.of(3, 4)), Case.spread(3, 1)),
        Case.of(new Expand(Shape.of(2, 3, 2)), Case.spread(3, 1)),
        Case.of(new Expand(Shape.of(2, 3)), Case.spread()));
  }

  @Override
  public String label() {
    return "expand";
  }

  @Override
  public String shapes() {
    return "[...] -> [shape], which the input broadcasts to";
  }

  @Override
  public Layout view(Layout input) {
    return input.expand(shape);
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor gradient) {
    return new @Nullable Tensor[] {Rules.sumTo(gradient, call.source(0).shape())};
  }
}
