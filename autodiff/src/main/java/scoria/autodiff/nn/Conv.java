package scoria.autodiff.nn;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import scoria.engine.function.Convolutions;
import scoria.engine.function.Sliding;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * Convolution over any number of axes of space: {@link Convolutions#conv}, [n, channels, ...] to
 * [n, outputs, ...].
 *
 * @param weight [outputs, channels / groups, ...], the sizes of the kernel behind; tracked from
 *     here on if it was not
 * @param bias [outputs], or null for none
 * @param sliding stride, padding and dilation
 * @param groups into how many parts channels and outputs are divided
 */
public record Conv(Tensor weight, @Nullable Tensor bias, Sliding sliding, long groups)
    implements Layer {
  /** Checks that shapes and types fit. */
  public Conv {
    if (weight.rank() < 3) {
      throw new IllegalArgumentException(
          "the weight of a convolution is "
              + weight.signature()
              + "; it must have shape [outputs, channels / groups, ...]");
    }
    if (groups < 1 || weight.size(0) % groups != 0) {
      throw new IllegalArgumentException(
          "a convolution in "
              + groups
              + " groups with a weight "
              + weight.signature()
              + "; groups are at least 1 and divide the outputs");
    }
    sliding.over(weight.rank() - 2);
    Leaves.fits("convolution", "bias", bias, weight, weight.size(0));
    weight = Leaves.tracked(weight);
    bias = Leaves.trackedIfAny(bias);
  }

  /**
   * A float32 layer without groups, with a bias of zeros and uniform weights that keep the size of
   * signals.
   *
   * @param kernel sizes of the kernel, one an axis of space
   */
  public static Conv of(Rng rng, long channels, long outputs, Sliding sliding, long... kernel) {
    return of(rng, channels, outputs, 1, sliding, Init.kaimingUniform(1), DType.FLOAT32, kernel);
  }

  /**
   * A layer with a bias of zeros.
   *
   * @param kernel sizes of the kernel, one an axis of space
   */
  public static Conv of(
      Rng rng,
      long channels,
      long outputs,
      long groups,
      Sliding sliding,
      Init init,
      DType dtype,
      long... kernel) {
    if (channels < 1
        || outputs < 1
        || groups < 1
        || channels % groups != 0
        || outputs % groups != 0
        || Arrays.stream(kernel).anyMatch(k -> k < 1)) {
      throw new IllegalArgumentException(
          "a convolution from "
              + channels
              + " to "
              + outputs
              + " channels in "
              + groups
              + " groups with a kernel "
              + Arrays.toString(kernel)
              + "; all are at least 1, and groups divide both numbers of channels");
    }
    long[] sizes = new long[kernel.length + 2];
    sizes[0] = outputs;
    sizes[1] = channels / groups;
    long elements = 1;
    for (int i = 0; i < kernel.length; i++) {
      sizes[i + 2] = kernel[i];
      elements *= kernel[i];
    }
    Tensor weight = init.draw(rng, dtype, sizes[1] * elements, outputs / groups * elements, sizes);
    return new Conv(weight, Tensor.full(0, dtype, outputs), sliding, groups);
  }

  @Override
  public Tensor forward(Tensor x) {
    return Convolutions.conv(x, weight, bias, sliding, groups);
  }

  @Override
  public Parameters parameters() {
    return Leaves.of(weight, bias);
  }
}
