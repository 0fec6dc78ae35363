package scoria.engine.op;

import scoria.engine.device.Device;
import scoria.engine.tensor.Tensor;

/**
 * An operation of a user's own: the one open place in the family. Run it with {@link
 * scoria.engine.exec.Execute#run}.
 *
 * <p>Its derivatives are written in calls on tensors like all others; if they use other operations
 * of one's own, those have rules in turn.
 */
public non-sealed interface CustomOp extends Op {
  /** Nothing in words, unless an operation says it; {@link #infer} is what holds. */
  @Override
  default String shapes() {
    return "";
  }

  /**
   * Whether it runs on a device: on the processor only, unless an operation says otherwise.
   * Elsewhere it is refused.
   */
  @Override
  default boolean runsOn(Device device) {
    return device == Device.cpu();
  }

  /**
   * Computes the outputs.
   *
   * @param inputs dense unless {@link #accepts} says otherwise
   * @param outputs dense and uninitialised, of the inferred shapes; every element must be written
   */
  void run(Tensor[] inputs, Tensor[] outputs);
}
