package scoria.engine.op;

import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;

/** What is known of a tensor before it is computed: its shape and type. */
public record Signature(Shape shape, DType dtype) {
  /** Such as {@code float32[512, 2]}. */
  @Override
  public String toString() {
    return dtype.toString() + shape;
  }
}
