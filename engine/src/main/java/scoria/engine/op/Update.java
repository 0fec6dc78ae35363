package scoria.engine.op;

import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Tensor;

/**
 * A change of tensors in place: the step of an optimiser. Run with {@link
 * scoria.engine.exec.Execute#update}; what is changed are the outputs, dense and untracked.
 */
public sealed interface Update extends Op
    permits AdamUpdate, MomentumUpdate, LerpUpdate, AssignUpdate {
  /**
   * Checks inputs and outputs together.
   *
   * @throws IllegalArgumentException if there are too many or too few, or shapes differ
   */
  void check(Signature[] inputs, Signature[] outputs);

  @Override
  default Signature[] infer(Signature... inputs) {
    throw new UnsupportedOperationException("an update has no outputs of its own");
  }

  @Override
  default Reference[] meaning(Reference... inputs) {
    throw new UnsupportedOperationException("an update's meaning is over inputs and outputs");
  }

  /**
   * The outputs after the update, in float64.
   *
   * @param inputs what is read
   * @param outputs what is changed, as it was before
   */
  Reference[] after(Reference[] inputs, Reference[] outputs);

  @Override
  default @Nullable Tensor[] pullback(Call call, @Nullable Tensor[] gradients) {
    throw new UnsupportedOperationException(
        "'" + label() + "' changes in place and has no derivative");
  }

  @Override
  default @Nullable Tensor[] pushforward(Call call, @Nullable Tensor[] tangents) {
    throw new UnsupportedOperationException(
        "'" + label() + "' changes in place and has no derivative");
  }

  /**
   * For checks: {@code groups} outputs for every input but the last, all of one shape and float
   * type; the last input holds {@code numbers}.
   */
  static void checkGroups(Signature[] inputs, Signature numbers, Signature[] outputs, int groups) {
    int n = inputs.length - 1;
    if (n < 0 || !inputs[n].equals(numbers)) {
      throw new IllegalArgumentException(
          "the last input is "
              + (n < 0 ? "missing" : inputs[n].toString())
              + "; it holds the numbers of the step, "
              + numbers);
    }
    if (outputs.length != groups * n) {
      throw new IllegalArgumentException(
          outputs.length + " outputs for " + n + " inputs; " + groups + " for each are needed");
    }
    for (int i = 0; i < outputs.length; i++) {
      Signature input = inputs[i % n];
      Rules.floats(outputs[i]);
      if (!outputs[i].equals(input)) {
        throw new IllegalArgumentException(
            "output " + i + " is " + outputs[i] + " and its input is " + input);
      }
    }
  }
}
