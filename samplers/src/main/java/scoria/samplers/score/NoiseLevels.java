package scoria.samplers.score;

import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/** The distribution that a loss draws noise levels from. */
@FunctionalInterface
public interface NoiseLevels {
  /**
   * Draws levels.
   *
   * @param rng where from
   * @param dtype float32 or float64
   * @param n how many
   * @return positive, [n]
   */
  Tensor draw(Rng rng, DType dtype, long n);

  /**
   * ln sigma normal with the given mean and standard deviation; Karras et al., 2022, take -1.2 and
   * 1.2.
   */
  static NoiseLevels logNormal(double mean, double std) {
    if (!(Double.isFinite(mean) && std >= 0 && Double.isFinite(std))) {
      throw new IllegalArgumentException(
          "ln sigma with mean "
              + mean
              + " and standard deviation "
              + std
              + "; both must be finite, the second not negative");
    }
    return (rng, dtype, n) -> rng.normal(dtype, n).mul(std).add(mean).exp();
  }

  /** ln sigma even between ln {@code sigmaMin} and ln {@code sigmaMax}, both positive. */
  static NoiseLevels logUniform(double sigmaMin, double sigmaMax) {
    if (!(sigmaMin > 0 && sigmaMax > sigmaMin && Double.isFinite(sigmaMax))) {
      throw new IllegalArgumentException(
          "noise levels from "
              + sigmaMin
              + " to "
              + sigmaMax
              + "; they must be positive and finite, the second above the first");
    }
    double low = StrictMath.log(sigmaMin);
    double width = StrictMath.log(sigmaMax) - low;
    return (rng, dtype, n) -> rng.uniform(dtype, n).mul(width).add(low).exp();
  }

  /** Always one level, positive. */
  static NoiseLevels fixed(double sigma) {
    if (!(sigma > 0 && Double.isFinite(sigma))) {
      throw new IllegalArgumentException(
          "noise level " + sigma + "; it must be positive and finite");
    }
    return (rng, dtype, n) -> Tensor.full(sigma, dtype, n);
  }
}
