package scoria.autodiff.grad;

import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/** How random vectors are distributed: with mean 0 and covariance I. */
public enum Probe {
  /** Elements are -1 or 1, each with probability 1/2: the least variance. */
  RADEMACHER {
    @Override
    Tensor draw(Rng rng, Tensor like, long count) {
      return rng.rademacher(like.dtype(), like.size(0), count, like.size(1));
    }
  },
  /** Elements are standard normal: a distribution without preferred axes. */
  GAUSSIAN {
    @Override
    Tensor draw(Rng rng, Tensor like, long count) {
      return rng.normal(like.dtype(), like.size(0), count, like.size(1));
    }
  };

  abstract Tensor draw(Rng rng, Tensor like, long count);

  /**
   * Vectors for points.
   *
   * @param like [n, d]
   * @return [n, count, d]
   */
  Tensor vectors(Rng rng, Tensor like, long count) {
    if (like.rank() != 2 || !like.dtype().isFloat()) {
      throw new IllegalArgumentException(
          "probes for "
              + like.signature()
              + "; they are drawn for points [n, d] of float32 or float64");
    }
    return draw(rng, like, count);
  }
}
