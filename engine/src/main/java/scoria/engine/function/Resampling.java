package scoria.engine.function;

import java.util.Arrays;
import scoria.engine.tensor.Tensor;

/** Linear maps of one axis. */
final class Resampling {
  /** More taps than this cost more than a product by a matrix that is mostly zeros. */
  private static final int MOST_TAPS = 8;

  private Resampling() {}

  /**
   * Every line along an axis, times a matrix.
   *
   * @param matrix [size of the axis, new size], of any float type
   */
  static Tensor along(Tensor x, int axis, Tensor matrix) {
    int last = x.rank() - 1;
    Tensor m = matrix.to(x.dtype()).to(x.device());
    return axis == last ? x.matmul(m) : x.transpose(axis, last).matmul(m).transpose(axis, last);
  }

  /** Every line along an axis, made of its taps. */
  static Tensor along(Tensor x, int axis, Taps taps) {
    int count = taps.index().length;
    if (count > MOST_TAPS) {
      return along(x, axis, Tensor.of(taps.matrix(), taps.n(), taps.index()[0].length));
    }
    long[] spread = new long[x.rank() - axis];
    Arrays.fill(spread, 1);
    spread[0] = taps.index()[0].length;
    Tensor sum = null;
    for (int k = 0; k < count; k++) {
      Tensor part = x.take(axis, Tensor.of(taps.index()[k]).to(x.device()));
      if (count > 1) {
        Tensor weight = Tensor.of(taps.weight()[k], spread).to(x.dtype()).to(x.device());
        part = part.mul(weight);
      }
      sum = sum == null ? part : sum.add(part);
    }
    return sum == null ? x : sum;
  }
}
