package scoria.autodiff.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** The same values, lying in memory in other ways. */
final class Layouts {
  private Layouts() {}

  /** Views of the values of {@code x}, by what they are called. */
  static Map<String, Tensor> of(Tensor x) {
    Map<String, Tensor> out = new LinkedHashMap<>();
    if (x.rank() > 0) {
      out.put("strided", strided(x));
      out.put("backwards", backwards(x));
      out.put("transposed", transposed(x));
    }
    return out;
  }

  /** Every second element of a bigger tensor, from 1. */
  static Tensor strided(Tensor x) {
    if (x.rank() == 0) {
      return x;
    }
    Tensor spread = x.unsqueeze(-1);
    Tensor junk = Tensor.full(1, DType.FLOAT64, spread.shape().toArray()).to(x.dtype());
    Shape wide = x.shape().with(-1, 2 * x.size(-1));
    return Tensor.concat(-1, junk, spread).reshape(wide).slice(-1, 1, 2, x.size(-1));
  }

  /** Stored with the axes in reverse order. */
  static Tensor transposed(Tensor x) {
    int[] reverse = IntStream.range(0, x.rank()).map(i -> x.rank() - 1 - i).toArray();
    return x.permute(reverse).copy().permute(reverse);
  }

  private static Tensor backwards(Tensor x) {
    return flip(flip(x).copy());
  }

  private static Tensor flip(Tensor x) {
    long n = x.size(-1);
    return n == 0 ? x : x.slice(-1, n - 1, -1, n);
  }

  /** One index of an axis repeated without copying: other values than those of {@code x}. */
  static Tensor repeated(Tensor x, int axis) {
    return x.narrow(axis, 0, 1).expand(x.shape());
  }
}
