package scoria.autodiff.nn;

import scoria.engine.tensor.Tensor;

/** What embeddings have in common. */
final class Waves {
  private Waves() {}

  /** cos(x w), then sin(x w), for every angular frequency w. */
  static Tensor of(Tensor x, Tensor frequencies) {
    if (x.rank() != 1 || x.dtype() != frequencies.dtype()) {
      throw new IllegalArgumentException(
          "an embedding was given "
              + x.signature()
              + "; it takes one number a sample, "
              + frequencies.dtype()
              + "[n]");
    }
    Tensor angles = x.unsqueeze(1).mul(frequencies);
    return Tensor.concat(1, angles.cos(), angles.sin());
  }

  static Tensor checkFrequencies(Tensor frequencies) {
    if (frequencies.rank() != 1 || !frequencies.dtype().isFloat()) {
      throw new IllegalArgumentException(
          "the frequencies of an embedding are "
              + frequencies.signature()
              + "; they are a float32 or float64 vector");
    }
    return frequencies.detach();
  }

  /** Checks a number of features, which is split between cosines and sines. */
  static void checkSize(long size) {
    if (size < 2 || size % 2 != 0) {
      throw new IllegalArgumentException(
          "an embedding of " + size + " features; the number must be even and at least 2");
    }
  }
}
