package scoria.engine.op;

import org.jspecify.annotations.Nullable;
import scoria.engine.device.Device;
import scoria.engine.tensor.Tensor;

/**
 * A factorisation of matrices, in the last two axes of its one input, into several outputs; on the
 * CPU alone. float32 is computed in float64 and rounded once.
 */
public sealed interface MultiOp extends Op permits Slogdet, Eigh, Qr, Svd {
  /** Forward mode for the input's tangent; see {@link Op#pushforward}. */
  @Nullable Tensor[] tangents(Call call, Tensor tangent);

  @Override
  default @Nullable Tensor[] pushforward(Call call, @Nullable Tensor[] tangents) {
    Tensor tangent = tangents[0];
    return tangent == null ? new @Nullable Tensor[call.outputs()] : tangents(call, tangent);
  }

  @Override
  default boolean runsOn(Device device) {
    return device == Device.cpu();
  }
}
