package scoria.autodiff.nn;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.function.Convolutions;
import scoria.engine.function.Sliding;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * Transposed convolution: {@link Convolutions#convTranspose}, [n, channels, ...] to [n, outputs,
 * ...].
 *
 * @param weight [channels, outputs / groups, ...], the sizes of the kernel behind; tracked from
 *     here on if it was not
 * @param bias [outputs], or null for none
 * @param sliding stride, dilation, and as padding what is cut off
 * @param outputPadding added to the sizes at the end, one an axis or one for all; none for 0
 * @param groups into how many parts channels and outputs are divided
 */
public record ConvTranspose(
    Tensor weight, @Nullable Tensor bias, Sliding sliding, List<Long> outputPadding, long groups)
    implements Layer {
  /** Checks that shapes and types fit. */
  public ConvTranspose {
    if (weight.rank() < 3) {
      throw new IllegalArgumentException(
          "the weight of a transposed convolution is "
              + weight.signature()
              + "; it must have shape [channels, outputs / groups, ...]");
    }
    if (groups < 1 || weight.size(0) % groups != 0) {
      throw new IllegalArgumentException(
          "a transposed convolution in "
              + groups
              + " groups with a weight "
              + weight.signature()
              + "; groups are at least 1 and divide the channels");
    }
    sliding.over(weight.rank() - 2);
    if (outputPadding.stream().anyMatch(padding -> padding < 0)
        || outputPadding.size() > 1 && outputPadding.size() != weight.rank() - 2) {
      throw new IllegalArgumentException(
          "a transposed convolution with output paddings "
              + outputPadding
              + " over "
              + (weight.rank() - 2)
              + " axes; they are at least 0, and one for all or one an axis");
    }
    Leaves.fits("transposed convolution", "bias", bias, weight, weight.size(1) * groups);
    weight = Leaves.tracked(weight);
    bias = Leaves.trackedIfAny(bias);
    outputPadding = List.copyOf(outputPadding);
  }

  /**
   * A layer without groups and output padding, with a bias of zeros.
   *
   * @param kernel sizes of the kernel, one an axis of space
   */
  public static ConvTranspose of(
      Rng rng,
      long channels,
      long outputs,
      Sliding sliding,
      Init init,
      DType dtype,
      long... kernel) {
    if (channels < 1 || outputs < 1 || Arrays.stream(kernel).anyMatch(k -> k < 1)) {
      throw new IllegalArgumentException(
          "a transposed convolution from "
              + channels
              + " to "
              + outputs
              + " channels with a kernel "
              + Arrays.toString(kernel)
              + "; all are at least 1");
    }
    long[] sizes = new long[kernel.length + 2];
    sizes[0] = channels;
    sizes[1] = outputs;
    long elements = 1;
    for (int i = 0; i < kernel.length; i++) {
      sizes[i + 2] = kernel[i];
      elements *= kernel[i];
    }
    Tensor weight = init.draw(rng, dtype, channels * elements, outputs * elements, sizes);
    return new ConvTranspose(weight, Tensor.full(0, dtype, outputs), sliding, List.of(), 1);
  }

  @Override
  public Tensor forward(Tensor x) {
    return Convolutions.convTranspose(x, weight, bias, sliding, outputPadding, groups);
  }

  @Override
  public Parameters parameters() {
    return Leaves.of(weight, bias);
  }
}
