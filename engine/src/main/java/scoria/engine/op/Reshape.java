package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * The same elements in the same order under another shape.
 *
 * @param shape the new shape, of as many elements
 */
public record Reshape(Shape shape) implements ViewOp {
  /** The test points. */
  static List<Case> cases() {
    return List.of(
        Case.of(new Reshape(Shape.of(3, 4)), Case.spread(2, 6)),
        Case.of(new Reshape(Shape.of(6)), Case.spread(2, 1, 3)));
  }

  @Override
  public String label() {
    return "reshape";
  }

  @Override
  public String shapes() {
    return "[...] -> [shape], of as many elements";
  }

  @Override
  public Signature result(Signature... inputs) {
    if (inputs[0].shape().elements() != shape.elements()) {
      throw new IllegalArgumentException(
          "shape "
              + shape
              + " holds "
              + shape.elements()
              + " elements and "
              + inputs[0].shape()
              + " has "
              + inputs[0].shape().elements());
    }
    return new Signature(shape, inputs[0].dtype());
  }

  @Override
  public @Nullable Layout view(Layout input) {
    return input.reshape(shape);
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor gradient) {
    return new @Nullable Tensor[] {gradient.reshape(call.source(0).shape())};
  }
}
