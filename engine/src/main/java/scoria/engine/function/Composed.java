package scoria.engine.function;

import java.util.List;
import java.util.function.Function;
import scoria.engine.op.Reference;
import scoria.engine.tensor.Tensor;

/**
 * A composed function with inputs on which it is tested, as {@link scoria.engine.op.Case} is an
 * operation with such inputs.
 *
 * @param name of the function, and in words what is particular to this case, such as {@code conv,
 *     stride 2}; what stands before the comma is the same in all cases of a function
 * @param body the function, on float tensors; numbers and indices that it takes besides are bound
 * @param meaning the same in float64, written in plain loops and without the operations that the
 *     body uses
 * @param inputs what it is given: within its domain, away from kinks and poles
 */
public record Composed(
    String name,
    Function<Tensor[], Tensor> body,
    Function<Reference[], Reference> meaning,
    List<Reference> inputs) {
  /** A case. */
  public static Composed of(
      String name,
      Function<Tensor[], Tensor> body,
      Function<Reference[], Reference> meaning,
      Reference... inputs) {
    return new Composed(name, body, meaning, List.of(inputs));
  }

  /** The function's name without what is particular to the case. */
  public String function() {
    int comma = name.indexOf(',');
    return comma < 0 ? name : name.substring(0, comma);
  }
}
