package scoria.engine.exec;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import scoria.engine.device.Device;
import scoria.engine.op.Op;
import scoria.engine.op.Transfer;
import scoria.engine.tensor.Tensor;

/** Where an operation runs: where its tensors are. */
final class Placement {
  private Placement() {}

  /**
   * The device of an operation.
   *
   * @param tensors all that it reads and changes; the current device runs it where there are none
   * @throws IllegalArgumentException if they are not on one device
   * @throws UnsupportedOperationException if the operation does not run there
   */
  static Device of(Op op, Tensor... tensors) {
    if (op instanceof Transfer transfer) {
      return transfer.to();
    }
    Device device = tensors.length == 0 ? Device.current() : tensors[0].device();
    for (Tensor tensor : tensors) {
      if (tensor.device() != device) {
        throw new IllegalArgumentException(
            "'"
                + op.label()
                + "' of "
                + Arrays.stream(tensors)
                    .map(t -> t.signature() + " on " + t.device().name())
                    .collect(Collectors.joining(", "))
                + ": all must be on one device; to(device) brings a tensor there");
      }
    }
    if (!op.runsOn(device)) {
      throw new UnsupportedOperationException(
          "'"
              + op.label()
              + "' does not run on "
              + device.name()
              + ", where its inputs are; to(device) brings them to one where it does, such as cpu");
    }
    return device;
  }

  /** The device of a change in place. */
  static Device of(Op op, Tensor[] inputs, Tensor[] outputs) {
    return of(op, Stream.of(outputs, inputs).flatMap(Arrays::stream).toArray(Tensor[]::new));
  }
}
