package scoria.bench.peers.parity;

import static scoria.bench.peers.parity.ReductionPairs.along;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.StringViewOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import scoria.engine.tensor.Picked;
import scoria.engine.tensor.Tensor;

/** Elements by size. */
final class OrderPairs {
  private OrderPairs() {}

  static List<Pair> all() {
    return List.of(
        along("sort", (x, a) -> x.sort(a), (x, a) -> torch.sort(x, a, false).get0()),
        along(
            "sort, descending", (x, a) -> x.sort(a, true), (x, a) -> torch.sort(x, a, true).get0()),
        along(
            "argsort",
            (x, a) -> x.argSort(a, false),
            (x, a) -> torch.argsort(x, true, a, false),
            OrderPairs::ties),
        along(
            "argsort, descending",
            (x, a) -> x.argSort(a, true),
            (x, a) -> torch.argsort(x, true, a, true),
            OrderPairs::ties),
        Pair.of("topK", OrderPairs::topK),
        along("median", (x, a) -> x.median(a), (x, a) -> quantile(x, 0.5, a, false)),
        along(
            "quantile, a tenth",
            (x, a) -> x.quantile(0.1, a, true),
            (x, a) -> quantile(x, 0.1, a, true)),
        along(
            "quantile, the largest",
            (x, a) -> x.quantile(1, a, true),
            (x, a) -> quantile(x, 1, a, true)),
        Pair.of("searchSorted", chance -> searchSorted(chance, false)),
        Pair.of("searchSorted, right", chance -> searchSorted(chance, true)));
  }

  /** Whole numbers, of which some are equal. */
  private static Input ties(Chance chance) {
    return chance.real(chance.sizes(1, 4)).map(v -> Math.rint(2 * v));
  }

  private static org.bytedeco.pytorch.Tensor quantile(
      org.bytedeco.pytorch.Tensor x, double q, int axis, boolean keep) {
    return torch.quantile(x, q, new LongOptional(axis), keep, "linear");
  }

  private static Trial topK(Chance chance) {
    long[] sizes = chance.sizes(1, 3);
    int axis = chance.axis(sizes);
    int k = chance.between(1, (int) sizes[axis]);
    boolean largest = chance.coin();
    return Trial.several(
            xs -> {
              Picked picked = xs[0].topK(axis, k, largest);
              return new Tensor[] {picked.values(), picked.indices()};
            },
            xs -> {
              T_TensorTensor_T picked = torch.topk(xs[0], k, axis, largest, true);
              return new org.bytedeco.pytorch.Tensor[] {picked.get0(), picked.get1()};
            },
            chance.apart(sizes))
        .with((largest ? "the largest " : "the smallest ") + k + " along axis " + axis);
  }

  /** Whole numbers, so that some are found. */
  private static Trial searchSorted(Chance chance, boolean right) {
    UnaryOperator<Input> whole = x -> x.map(v -> Math.rint(3 * v));
    Input sorted = whole.apply(chance.real(chance.between(1, 12)));
    Arrays.sort(sorted.values());
    return Trial.of(
        xs -> xs[0].searchSorted(xs[1], right),
        xs ->
            torch.searchsorted(
                xs[0], xs[1], false, right, new StringViewOptional(), new TensorOptional()),
        sorted,
        whole.apply(chance.real(chance.sizes(0, 3))));
  }
}
