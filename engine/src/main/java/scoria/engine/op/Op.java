package scoria.engine.op;

import org.jspecify.annotations.Nullable;
import scoria.engine.device.Device;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Tensor;

/**
 * An operation on tensors: a row of an enum or a record, equal to another that does the same.
 *
 * <p>Here is all that is to be known of it: its name, its shape rule, its meaning in float64, its
 * derivatives in both directions, and the points it is tested on (a static method {@code cases()}
 * of each record or enum). The derivatives are written in calls on tensors, so that they can be
 * differentiated again. How it is computed is the device's business.
 *
 * <p>Sealed but for {@link CustomOp}.
 */
public sealed interface Op permits SingleOp, MultiOp, Update, CustomOp {
  /** Name in messages, kernels and tables, such as {@code silu}. */
  String label();

  /** Name in messages about what it was given: that of the function it runs for, where it knows. */
  default String caller() {
    return label();
  }

  /**
   * The shape rule in words, for documents: such as {@code [..., m, k], [..., k, n] -> [..., m,
   * n]}. A type is named where it is not that of the other inputs.
   */
  String shapes();

  /**
   * The shape rule.
   *
   * @param inputs shapes and types of the inputs
   * @return shapes and types of the outputs
   * @throws IllegalArgumentException naming what is wrong and what would be right; the caller adds
   *     the operation's name and all inputs
   */
  Signature[] infer(Signature... inputs);

  /**
   * What the operation means, element by element in float64.
   *
   * @param inputs one array an input
   * @return one array an output
   */
  Reference[] meaning(Reference... inputs);

  /**
   * Reverse mode: the transposed Jacobian times {@code gradients}.
   *
   * @param call inputs and outputs of the call
   * @param gradients one an output, null for zero; not all null
   * @return one an input; null for zero or where {@code call.needs(i)} says no
   */
  @Nullable Tensor[] pullback(Call call, @Nullable Tensor[] gradients);

  /**
   * Forward mode: the Jacobian times {@code tangents}.
   *
   * @param call inputs and outputs of the call
   * @param tangents one an input, null for zero; not all null
   * @return one an output, null for zero
   */
  @Nullable Tensor[] pushforward(Call call, @Nullable Tensor[] tangents);

  /**
   * Whether a device can read the input as it lies in memory; it is given a dense copy otherwise.
   *
   * @param input number of the input
   * @param layout where its elements lie
   */
  default boolean accepts(int input, Layout layout) {
    return layout.isDense();
  }

  /**
   * Whether it runs on a device; where it does not, it is refused. On all of them, unless an
   * operation says otherwise.
   */
  default boolean runsOn(Device device) {
    return true;
  }
}
