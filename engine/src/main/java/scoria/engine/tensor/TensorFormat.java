package scoria.engine.tensor;

import java.util.Arrays;

/** Prints tensors. */
final class TensorFormat {
  private TensorFormat() {}

  static String format(Tensor tensor) {
    return tensor.signature() + " " + Arrays.toString(tensor.toDoubles());
  }
}
