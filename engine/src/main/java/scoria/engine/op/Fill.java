package scoria.engine.op;

import java.util.Arrays;
import java.util.List;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;

/**
 * One number everywhere; no inputs.
 *
 * @param value the number, converted to the type as {@link Cast} does
 * @param shape the output's shape
 * @param dtype the output's type
 */
public record Fill(double value, Shape shape, DType dtype) implements ConstantOp {
  /** The test points. */
  static List<Case> cases() {
    return List.of(Case.of(new Fill(1.5, Shape.of(3, 5), DType.FLOAT64)));
  }

  @Override
  public String label() {
    return "fill";
  }

  @Override
  public String shapes() {
    return "-> [shape]";
  }

  @Override
  public Signature result(Signature... inputs) {
    return new Signature(shape, dtype);
  }

  @Override
  public Reference value(Reference... inputs) {
    Reference y = Reference.zeros(shape);
    Arrays.fill(y.values(), value);
    return y;
  }
}
