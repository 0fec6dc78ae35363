package scoria.samplers.score;

import java.util.Arrays;
import scoria.engine.tensor.Tensor;

/** Numbers per sample, brought to the shape of the samples. */
final class Levels {
  private Levels() {}

  /** [n] to [n, 1, ..., 1], as many axes as x has. */
  static Tensor column(Tensor perSample, Tensor x) {
    if (perSample.rank() != 1 || x.rank() < 1 || perSample.size(0) != x.size(0)) {
      throw new IllegalArgumentException(
          "noise levels "
              + perSample.signature()
              + " for samples "
              + x.signature()
              + "; there must be one level a sample, [n] for [n, d]");
    }
    long[] sizes = new long[x.rank()];
    Arrays.fill(sizes, 1);
    sizes[0] = x.size(0);
    return perSample.reshape(sizes);
  }

  /** One level for all samples, [n]. */
  static Tensor all(Tensor x, double level) {
    return x.filled(level, x.size(0));
  }
}
