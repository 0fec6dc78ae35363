package scoria.autodiff.nn;

import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * y = x W + b along the last axis.
 *
 * @param weight W, [in, out]; tracked from here on if it was not
 * @param bias b, [out], or null for none
 */
public record Linear(Tensor weight, @Nullable Tensor bias) implements Layer {
  /** Checks that shapes and types fit. */
  public Linear {
    if (weight.rank() != 2) {
      throw new IllegalArgumentException(
          "the weight of a linear layer is "
              + weight.signature()
              + "; it must have shape [in, out]");
    }
    if (bias != null
        && (bias.rank() != 1 || bias.size(0) != weight.size(1) || bias.dtype() != weight.dtype())) {
      throw new IllegalArgumentException(
          "the bias of a linear layer is "
              + bias.signature()
              + "; with a weight "
              + weight.signature()
              + " it must be "
              + weight.dtype()
              + "["
              + weight.size(1)
              + "]");
    }
    weight = weight.isTracked() ? weight : weight.tracked();
    bias = bias == null || bias.isTracked() ? bias : bias.tracked();
  }

  /**
   * A float32 layer with a bias of zeros and weights uniform with variance 1 / in, which keeps the
   * size of signals.
   */
  public static Linear of(Rng rng, long in, long out) {
    return of(rng, in, out, Init.kaimingUniform(1), DType.FLOAT32);
  }

  /** A layer with a bias of zeros. */
  public static Linear of(Rng rng, long in, long out, Init init, DType dtype) {
    return new Linear(weight(rng, in, out, init, dtype), Tensor.full(0, dtype, out));
  }

  /** A layer without a bias. */
  public static Linear withoutBias(Rng rng, long in, long out, Init init, DType dtype) {
    return new Linear(weight(rng, in, out, init, dtype), null);
  }

  private static Tensor weight(Rng rng, long in, long out, Init init, DType dtype) {
    if (in < 1 || out < 1) {
      throw new IllegalArgumentException(
          "a linear layer from " + in + " to " + out + " features; both are at least 1");
    }
    return init.draw(rng, dtype, in, out, in, out);
  }

  /** Number of input features. */
  public long in() {
    return weight.size(0);
  }

  /** Number of output features. */
  public long out() {
    return weight.size(1);
  }

  /**
   * x W + b.
   *
   * @param x [..., in]
   * @return [..., out]
   */
  @Override
  public Tensor forward(Tensor x) {
    if (x.rank() < 1 || x.size(-1) != in() || x.dtype() != weight.dtype()) {
      throw new IllegalArgumentException(
          "a linear layer from "
              + in()
              + " to "
              + out()
              + " features was given "
              + x.signature()
              + "; it takes "
              + weight.dtype()
              + "[..., "
              + in()
              + "]");
    }
    Tensor y = x.matmul(weight);
    return bias == null ? y : y.add(bias);
  }

  @Override
  public Parameters parameters() {
    return bias == null
        ? Parameters.of("weight", weight)
        : Parameters.of("weight", weight, "bias", bias);
  }
}
