package scoria.autodiff.nn;

import org.jspecify.annotations.Nullable;
import scoria.engine.function.Normalization;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/**
 * Mean 0 and variance 1 over groups of channels of every sample, then scaled and shifted: {@link
 * Normalization#groupNorm}.
 *
 * @param groups a divisor of the number of channels; that number for instance norm
 * @param weight [channels]; tracked from here on if it was not
 * @param bias [channels], or null for none
 * @param eps added to the variance, above 0
 */
public record GroupNorm(long groups, Tensor weight, @Nullable Tensor bias, double eps)
    implements Layer {
  /** Checks that shapes and types fit. */
  public GroupNorm {
    if (weight.rank() != 1 || groups < 1 || weight.size(0) % groups != 0) {
      throw new IllegalArgumentException(
          "a group norm of "
              + groups
              + " groups with a weight "
              + weight.signature()
              + "; a weight is [channels], and groups divide the channels");
    }
    Leaves.eps("a group norm", eps);
    Leaves.fits("group norm", "bias", bias, weight, weight.shape().toArray());
    weight = Leaves.tracked(weight);
    bias = Leaves.trackedIfAny(bias);
  }

  /** A layer that scales by 1 and shifts by 0, with 1e-5 added to the variance. */
  public static GroupNorm of(DType dtype, long groups, long channels) {
    return new GroupNorm(
        groups, Tensor.full(1, dtype, channels), Tensor.full(0, dtype, channels), 1e-5);
  }

  @Override
  public Tensor forward(Tensor x) {
    return Normalization.groupNorm(x, groups, weight, bias, eps);
  }

  @Override
  public Parameters parameters() {
    return Leaves.of(weight, bias);
  }
}
