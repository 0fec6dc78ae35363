package scoria.autodiff.nn;

import scoria.engine.function.Normalization;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/**
 * Mean square 1 over the last axes, then scaled: {@link Normalization#rmsNorm}.
 *
 * @param weight of the last axes' shape; tracked from here on if it was not
 * @param eps added to the mean square, above 0
 */
public record RmsNorm(Tensor weight, double eps) implements Layer {
  /** Checks that something is added. */
  public RmsNorm {
    Leaves.eps("an RMS norm", eps);
    weight = Leaves.tracked(weight);
  }

  /** A layer that scales by 1, with 1e-6 added to the mean square. */
  public static RmsNorm of(DType dtype, long... sizes) {
    return new RmsNorm(Tensor.full(1, dtype, sizes), 1e-6);
  }

  @Override
  public Tensor forward(Tensor x) {
    return Normalization.rmsNorm(x, weight.rank(), weight, eps);
  }

  @Override
  public Parameters parameters() {
    return Parameters.of("weight", weight);
  }
}
