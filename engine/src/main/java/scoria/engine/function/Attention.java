package scoria.engine.function;

import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import scoria.engine.op.Case;
import scoria.engine.op.Reference;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Attention (Vaswani et al. 2017). */
public final class Attention implements Functions {
  private Attention() {}

  /** The test points: masks of both kinds, one with a row that sees nothing. */
  static List<Composed> cases() {
    boolean[] seen = {true, false, true, false, false, false, true, true, true};
    double none = Double.NEGATIVE_INFINITY;
    double[] added = {0.5, none, -1, none, none, none, 0, 2, 0.25};
    return List.of(
        Composed.of(
            "scaledDotProduct, no mask",
            in -> scaledDotProduct(in[0], in[1], in[2], null, false),
            in -> meaning(in, (i, j) -> 0),
            Case.spread(2, 3, 2),
            Case.positive(2, 4, 2),
            Case.spread(2, 4, 3)),
        Composed.of(
            "scaledDotProduct, causal",
            in -> scaledDotProduct(in[0], in[1], in[2], null, true),
            in -> meaning(in, (i, j) -> j <= i ? 0 : none),
            Case.spread(2, 2, 2),
            Case.positive(2, 3, 2),
            Case.spread(2, 3, 2)),
        Composed.of(
            "scaledDotProduct, mask",
            in ->
                scaledDotProduct(
                    in[0], in[1], in[2], Tensor.of(seen, 3, 3).to(in[0].device()), false),
            in -> meaning(in, (i, j) -> seen[3 * i + j] ? 0 : none),
            Case.spread(2, 3, 2),
            Case.positive(2, 3, 2),
            Case.spread(2, 3, 2)),
        Composed.of(
            "scaledDotProduct, added mask",
            in ->
                scaledDotProduct(
                    in[0],
                    in[1],
                    in[2],
                    Tensor.of(added, 3, 3).to(in[0].dtype()).to(in[0].device()),
                    false),
            in -> meaning(in, (i, j) -> added[3 * i + j]),
            Case.spread(2, 3, 2),
            Case.positive(2, 3, 2),
            Case.spread(2, 3, 2)));
  }

  /** What is added to the score of key j for query i. */
  private interface Added {
    double at(int i, int j);
  }

  private static Reference meaning(Reference[] in, Added added) {
    long[] sizes = in[0].shape().toArray();
    int n = (int) sizes[1];
    int d = (int) sizes[2];
    int m = (int) in[1].shape().size(1);
    int e = (int) in[2].shape().size(2);
    Reference y = Reference.zeros(Shape.of(sizes[0], n, e));
    for (int b = 0; b < sizes[0]; b++) {
      for (int i = 0; i < n; i++) {
        double[] weights = new double[m];
        double sum = 0;
        for (int j = 0; j < m; j++) {
          double score = 0;
          for (int k = 0; k < d; k++) {
            score += in[0].at(b, i, k) * in[1].at(b, j, k);
          }
          weights[j] = StrictMath.exp(score / Math.sqrt(d) + added.at(i, j));
          sum += weights[j];
        }
        for (int k = 0; k < e; k++) {
          for (int j = 0; j < m && sum > 0; j++) {
            y.values()[(b * n + i) * e + k] += weights[j] / sum * in[2].at(b, j, k);
          }
        }
      }
    }
    return y;
  }

  /** {@link #scaledDotProduct(Tensor, Tensor, Tensor, Tensor, boolean, double)} by 1 / sqrt(d). */
  public static Tensor scaledDotProduct(
      Tensor query, Tensor key, Tensor value, @Nullable Tensor mask, boolean causal) {
    double scale = query.rank() == 0 ? 1 : 1 / Math.sqrt(Math.max(1, query.size(-1)));
    return scaledDotProduct(query, key, value, mask, causal, scale);
  }

  /**
   * softmax(scale Q K<sup>T</sup> + mask) V. A query that may see no key gets 0.
   *
   * @param query [..., n, d], such as [batch, heads, n, d]
   * @param key [..., m, d]
   * @param value [..., m, e]
   * @param mask broadcasts to [..., n, m], or null for none: bool, true where a query sees a key;
   *     or of the queries' type, added to the scores, where -infinity hides a key
   * @param causal whether query i sees the keys up to i only
   * @param scale factor of the scores
   * @return [..., n, e]
   */
  public static Tensor scaledDotProduct(
      Tensor query, Tensor key, Tensor value, @Nullable Tensor mask, boolean causal, double scale) {
    Tensor added = mask != null && mask.dtype() != DType.BOOL ? mask : null;
    Inputs.floats("scaledDotProduct", query, key, value, added);
    if (query.rank() < 2
        || key.rank() < 2
        || value.rank() < 2
        || query.size(-1) != key.size(-1)
        || key.size(-2) != value.size(-2)) {
      throw new IllegalArgumentException(
          "scaledDotProduct of "
              + query.signature()
              + ", "
              + key.signature()
              + ", "
              + value.signature()
              + "; queries are [..., n, d], keys [..., m, d] and values [..., m, e]");
    }
    Tensor scores = query.mul(scale).matmul(key, false, true);
    Tensor seen = null;
    if (mask != null && mask.dtype() == DType.BOOL) {
      seen = mask;
    } else if (mask != null) {
      scores = scores.add(mask);
      double none = Double.NEGATIVE_INFINITY;
      seen = mask.detach().greater(Tensor.scalar(none, mask.dtype()).to(mask.device()));
    }
    if (causal) {
      Tensor past = past(query.size(-2), key.size(-2)).to(query.device());
      if (seen == null) {
        seen = past;
      } else {
        Tensor no = Tensor.scalar(0, DType.BOOL).to(query.device());
        seen = Tensor.where(past, seen, no);
      }
    }
    return (seen == null ? scores.softmax(-1) : maskedSoftmax(scores, seen)).matmul(value);
  }

  /**
   * The softmax over those elements of the last axis that a mask lets through; 0 for the others,
   * and for all where it lets none through.
   *
   * @param mask bool, broadcasts to the scores
   */
  public static Tensor maskedSoftmax(Tensor scores, Tensor mask) {
    Inputs.floats("maskedSoftmax", scores);
    // A finite number: a row of -infinity alone would give NaN.
    Tensor low = Tensor.scalar(-Float.MAX_VALUE, scores.dtype()).to(scores.device());
    Tensor zero = Tensor.scalar(0, scores.dtype()).to(scores.device());
    return Tensor.where(mask, Tensor.where(mask, scores, low).softmax(-1), zero);
  }

  /** Where j is at most i. */
  private static Tensor past(long n, long m) {
    Tensor i = Tensor.of(LongStream.range(0, n).toArray(), n, 1);
    return Tensor.of(LongStream.range(0, m).toArray(), 1, m).lessEqual(i);
  }
}
