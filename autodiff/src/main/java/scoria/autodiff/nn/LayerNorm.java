package scoria.autodiff.nn;

import org.jspecify.annotations.Nullable;
import scoria.engine.function.Normalization;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/**
 * Mean 0 and variance 1 over the last axes, then scaled and shifted: {@link
 * Normalization#layerNorm}.
 *
 * @param weight of the last axes' shape; tracked from here on if it was not
 * @param bias of the same shape, or null for none
 * @param eps added to the variance, above 0
 */
public record LayerNorm(Tensor weight, @Nullable Tensor bias, double eps) implements Layer {
  /** Checks that shapes and types fit. */
  public LayerNorm {
    Leaves.eps("a layer norm", eps);
    Leaves.fits("layer norm", "bias", bias, weight, weight.shape().toArray());
    weight = Leaves.tracked(weight);
    bias = Leaves.trackedIfAny(bias);
  }

  /** A layer that scales by 1 and shifts by 0, with 1e-5 added to the variance. */
  public static LayerNorm of(DType dtype, long... sizes) {
    return new LayerNorm(Tensor.full(1, dtype, sizes), Tensor.full(0, dtype, sizes), 1e-5);
  }

  @Override
  public Tensor forward(Tensor x) {
    return Normalization.layerNorm(x, weight.rank(), weight, bias, eps);
  }

  @Override
  public Parameters parameters() {
    return Leaves.of(weight, bias);
  }
}
