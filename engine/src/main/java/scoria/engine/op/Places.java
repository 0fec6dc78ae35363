package scoria.engine.op;

import java.util.List;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;

/**
 * The places that int64 indices name on an axis, counted from its start. One outside of it is
 * refused, in the name of the function that was given it.
 *
 * @param caller the function
 * @param size of the axis
 * @param back whether an index from -1 down counts back from the end
 */
public record Places(String caller, long size, boolean back) implements ConstantOp {
  /** The test points: both ways to count, no axes, nothing. */
  static List<Case> cases() {
    return List.of(
        Case.of(
            new Places("places", 3, true),
            List.of(),
            new Reference(Shape.of(2, 3), 2, 0, -1, 1, -3, -2)),
        Case.of(new Places("places", 3, false), List.of(), new Reference(Shape.of(4), 2, 0, 1, 0)),
        Case.of(new Places("places", 5, true), List.of(), new Reference(Shape.scalar(), -5)),
        Case.of(new Places("places", 0, false), List.of(), Reference.zeros(Shape.of(0))));
  }

  @Override
  public String label() {
    return "places";
  }

  @Override
  public String shapes() {
    return "int64 [...] -> int64 [...]";
  }

  @Override
  public Signature result(Signature... inputs) {
    Rules.type(inputs[0], DType.INT64, "the index");
    return inputs[0];
  }

  @Override
  public Reference value(Reference... inputs) {
    return inputs[0].map(index -> Rules.fromStart(index, size));
  }

  /** The smallest index that is allowed. */
  public long least() {
    return back ? -size : 0;
  }
}
