package scoria.autodiff.grad;

import scoria.engine.tensor.Tensor;

/**
 * What is known of a field's divergence.
 *
 * @param field the field's value, [n, d]
 * @param divergence for each row, [n]
 * @param samples the estimates whose mean the divergence is, [n, count], a constant to derivatives;
 *     none if it is exact
 */
public record DivergenceEstimate(Tensor field, Tensor divergence, Tensor samples) {
  /**
   * The divergence's standard error for each row, [n]: the samples' standard deviation, with count
   * - 1 degrees of freedom, over the root of their number; 0 if the divergence is exact. That of
   * Hutch++ is for the space that was found.
   *
   * @throws IllegalStateException if there is one sample, which says nothing of its error
   */
  public Tensor standardError() {
    long count = samples.size(1);
    if (count == 0) {
      return divergence.stopGradient().zerosLike();
    }
    if (count == 1) {
      throw new IllegalStateException(
          "one sample a row says nothing of its error; take at least 2");
    }
    Tensor mean = samples.mean(new int[] {1}, true);
    return samples.sub(mean).square().sum(1).div((count - 1.0) * count).sqrt();
  }
}
