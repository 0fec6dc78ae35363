package scoria.bench.peers.parity;

import static scoria.bench.peers.parity.ReductionPairs.along;
import static scoria.bench.peers.parity.ReductionPairs.over;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.global.torch;
import scoria.engine.tensor.Picked;
import scoria.engine.tensor.Tensor;

/** Spreads, norms, counts, and extremes with their places. */
final class StatisticsPairs {
  private static final ScalarTypeOptional SAME = new ScalarTypeOptional();

  private StatisticsPairs() {}

  static List<Pair> all() {
    List<Pair> pairs = new ArrayList<>();
    for (int correction : new int[] {0, 1}) {
      String name = correction == 0 ? "" : ", unbiased";
      Function<Chance, Input> values = chance -> chance.apart(twoOrMore(chance));
      pairs.add(
          over(
              "var" + name,
              (x, axes) -> x.var(axes, correction, false),
              (x, axes) -> torch.var(x, axes, number(correction), false),
              values));
      pairs.add(
          over(
              "std" + name,
              (x, axes) -> x.std(axes, correction, true),
              (x, axes) -> torch.std(x, axes, number(correction), true),
              values));
    }
    double infinity = Double.POSITIVE_INFINITY;
    for (double p : new double[] {1, 2, 3, 0.5, infinity, -infinity}) {
      pairs.add(
          over(
                  "norm, order " + p,
                  (x, axes) -> x.norm(p, axes, false),
                  (x, axes) -> torch.linalg_vector_norm(x, new Scalar(p), axes, false, SAME),
                  chance -> chance.nonzero(chance.sizes(1, 4)))
              .ofSums());
    }
    pairs.add(
        over(
            "logSumExp, axes kept",
            (x, axes) -> x.logSumExp(axes, true),
            (x, axes) -> x.logsumexp(axes, true)));
    pairs.add(
        over(
            "countNonzero", (x, axes) -> x.countNonzero(axes), torch::count_nonzero, c -> some(c)));
    pairs.add(over("any", (x, axes) -> x.any(axes), torch::any, StatisticsPairs::some));
    pairs.add(over("all", (x, axes) -> x.all(axes), torch::all, StatisticsPairs::some));
    pairs.add(
        along("argmax, kept", (x, a) -> x.argMax(a, true), (x, a) -> torch.max(x, a, true).get1()));
    pairs.add(Pair.of("maxWithIndex", chance -> picked(chance, true)));
    pairs.add(Pair.of("minWithIndex", chance -> picked(chance, false)));
    return pairs;
  }

  /** Sizes of which all are at least 2, so that there is a spread. */
  private static long[] twoOrMore(Chance chance) {
    long[] sizes = chance.sizes(1, 3);
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.max(2, sizes[i]);
    }
    return sizes;
  }

  private static ScalarOptional number(double value) {
    return new ScalarOptional(new Scalar(value));
  }

  /** Truth values, or numbers that may be 0. */
  private static Input some(Chance chance) {
    long[] sizes = chance.sizes(1, 3);
    return chance.coin() ? chance.truths(sizes) : chance.real(sizes).map(v -> v > 0 ? v : 0);
  }

  private static Trial picked(Chance chance, boolean max) {
    long[] sizes = chance.sizes(1, 4);
    int axis = chance.axis(sizes);
    return Trial.several(
            xs -> {
              Picked picked = max ? xs[0].maxWithIndex(axis) : xs[0].minWithIndex(axis);
              return new Tensor[] {picked.values(), picked.indices()};
            },
            xs -> {
              T_TensorTensor_T picked = max ? torch.max(xs[0], axis) : torch.min(xs[0], axis);
              return new org.bytedeco.pytorch.Tensor[] {picked.get0(), picked.get1()};
            },
            chance.apart(sizes))
        .with("axis " + axis);
  }
}
