package scoria.bench.peers.parity;

import static scoria.bench.peers.parity.ReductionPairs.along;
import static scoria.bench.peers.parity.ReductionPairs.over;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import scoria.engine.op.Recurrence;
import scoria.engine.tensor.Tensor;

/** Products, and what runs along an axis. */
final class RunningPairs {
  private RunningPairs() {}

  static List<Pair> all() {
    List<Pair> pairs = new ArrayList<>();
    pairs.add(over("prod", (x, axes) -> x.prod(axes), RunningPairs::prod, RunningPairs::factors));
    pairs.add(
        over("prod, with zeros", (x, axes) -> x.prod(axes), RunningPairs::prod, c -> zeros(c)));
    for (boolean exclusive : new boolean[] {false, true}) {
      for (boolean reverse : new boolean[] {false, true}) {
        String how = (exclusive ? ", exclusive" : "") + (reverse ? ", reverse" : "");
        pairs.add(
            along(
                    "cumsum" + how,
                    (x, axis) -> x.cumSum(axis, exclusive, reverse),
                    running((x, axis) -> x.cumsum(axis), 0, exclusive, reverse))
                .ofSums());
        pairs.add(
            along(
                "cumprod" + how,
                (x, axis) -> x.cumProd(axis, exclusive, reverse),
                running((x, axis) -> x.cumprod(axis), 1, exclusive, reverse),
                RunningPairs::factors));
      }
    }
    pairs.add(
        along(
            "cumprod, with zeros",
            (x, axis) -> x.cumProd(axis),
            (x, axis) -> x.cumprod(axis),
            RunningPairs::zeros));
    pairs.add(
        along("argcummax", (x, a) -> x.cumMax(a).indices(), (x, a) -> torch.cummax(x, a).get1()));
    pairs.add(
        along("argcummin", (x, a) -> x.cumMin(a).indices(), (x, a) -> torch.cummin(x, a).get1()));
    pairs.add(along("cumMax", (x, a) -> x.cumMax(a).values(), (x, a) -> torch.cummax(x, a).get0()));
    pairs.add(along("cumMin", (x, a) -> x.cumMin(a).values(), (x, a) -> torch.cummin(x, a).get0()));
    pairs.add(along("logCumSumExp", Tensor::logCumSumExp, (x, a) -> x.logcumsumexp(a)));
    pairs.add(Pair.of("recurrence", RunningPairs::recurrence).ofSums());
    pairs.add(along("diff", Tensor::diff, (x, axis) -> diff(x, axis)));
    return pairs;
  }

  /** Numbers whose products stay near 1. */
  private static Input factors(Chance chance) {
    Input x = chance.within(0.6, 1.5, chance.sizes(1, 3));
    return x.map(v -> chance.coin() ? v : -v);
  }

  private static Input zeros(Chance chance) {
    Input x = factors(chance);
    return x.map(v -> chance.between(0, 4) == 0 ? 0 : v);
  }

  /** libtorch multiplies along one axis at a time. */
  private static org.bytedeco.pytorch.Tensor prod(org.bytedeco.pytorch.Tensor x, long[] axes) {
    org.bytedeco.pytorch.Tensor out = x;
    for (long axis : LongStream.of(axes).map(a -> -a).sorted().map(a -> -a).toArray()) {
      out = out.prod(axis);
    }
    return out;
  }

  /** libtorch runs forwards, and takes an element's own number in. */
  private static BiFunction<org.bytedeco.pytorch.Tensor, Integer, org.bytedeco.pytorch.Tensor>
      running(
          BiFunction<org.bytedeco.pytorch.Tensor, Integer, org.bytedeco.pytorch.Tensor> plain,
          int first,
          boolean exclusive,
          boolean reverse) {
    return (x, axis) -> {
      org.bytedeco.pytorch.Tensor out = reverse ? x.flip(axis) : x;
      if (exclusive) {
        org.bytedeco.pytorch.Tensor head = torch.ones_like(x.narrow(axis, 0, 1));
        out =
            torch.cat(
                new TensorVector(
                    first == 0 ? torch.zeros_like(head) : head,
                    out.narrow(axis, 0, x.size(axis) - 1)),
                axis);
      }
      out = plain.apply(out, axis);
      return reverse ? out.flip(axis) : out;
    };
  }

  private static Trial recurrence(Chance chance) {
    long[] sizes = chance.sizes(1, 3);
    int axis = chance.axis(sizes);
    boolean reverse = chance.coin();
    return Trial.of(
            xs -> xs[0].apply(new Recurrence(axis, reverse), xs[1]),
            xs -> recurrence(xs[0], xs[1], axis, reverse),
            chance.within(-1.2, 1.2, sizes),
            chance.real(sizes))
        .with("axis " + axis + (reverse ? ", reverse" : ""));
  }

  /** Step by step. */
  private static org.bytedeco.pytorch.Tensor recurrence(
      org.bytedeco.pytorch.Tensor w, org.bytedeco.pytorch.Tensor x, int axis, boolean reverse) {
    int n = (int) x.size(axis);
    org.bytedeco.pytorch.Tensor[] out = new org.bytedeco.pytorch.Tensor[n];
    for (int step = 0; step < n; step++) {
      int i = reverse ? n - 1 - step : step;
      org.bytedeco.pytorch.Tensor own = x.select(axis, i);
      out[i] = step == 0 ? own : w.select(axis, i).mul(out[reverse ? i + 1 : i - 1]).add(own);
    }
    return torch.stack(new TensorVector(out), axis);
  }

  private static org.bytedeco.pytorch.Tensor diff(org.bytedeco.pytorch.Tensor x, int axis) {
    long n = x.size(axis);
    return x.narrow(axis, 1, n - 1).sub(x.narrow(axis, 0, n - 1));
  }
}
