package scoria.bench.peers.parity;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.global.torch;
import scoria.engine.tensor.Tensor;

/** One number from many, and functions of rows. */
final class ReductionPairs {
  private static final ScalarTypeOptional SAME = new ScalarTypeOptional();

  private ReductionPairs() {}

  static List<Pair> all() {
    return List.of(
        over("sum", (x, axes) -> x.sum(axes), (x, axes) -> torch.sum(x, axes, false, SAME))
            .ofSums(),
        over(
                "sum, axes kept",
                (x, axes) -> x.sum(axes, true),
                (x, axes) -> torch.sum(x, axes, true, SAME))
            .ofSums(),
        Pair.of(
                "sum, of many",
                chance ->
                    Trial.of(
                        xs -> xs[0].sum(1),
                        xs -> torch.sum(xs[0], 1),
                        chance.real(chance.between(1, 3), chance.between(500, 1100))))
            .ofSums(),
        over("mean", (x, axes) -> x.mean(axes), (x, axes) -> torch.mean(x, axes, false, SAME))
            .ofSums(),
        over("amax", (x, axes) -> x.amax(axes), (x, axes) -> x.amax(axes, false)),
        over("amin", (x, axes) -> x.amin(axes), (x, axes) -> x.amin(axes, false)),
        along("argmax", (x, a) -> x.argMax(a), (x, a) -> x.argmax(new LongOptional(a), false)),
        along("argmin", (x, a) -> x.argMin(a), (x, a) -> x.argmin(new LongOptional(a), false)),
        along("softmax", (x, a) -> x.softmax(a), (x, a) -> x.softmax(a)),
        along("logSoftmax", (x, a) -> x.logSoftmax(a), (x, a) -> x.log_softmax(a)),
        along("logSumExp", (x, a) -> x.logSumExp(a), (x, a) -> x.logsumexp(a)));
  }

  /** Over some of the axes, at least one, or all. */
  static Pair over(
      String name,
      BiFunction<Tensor, int[], Tensor> ours,
      BiFunction<org.bytedeco.pytorch.Tensor, long[], org.bytedeco.pytorch.Tensor> theirs) {
    return over(name, ours, theirs, chance -> chance.apart(chance.sizes(1, 4)));
  }

  /** Over some of the axes of what is drawn as said. */
  static Pair over(
      String name,
      BiFunction<Tensor, int[], Tensor> ours,
      BiFunction<org.bytedeco.pytorch.Tensor, long[], org.bytedeco.pytorch.Tensor> theirs,
      Function<Chance, Input> values) {
    return Pair.of(
        name,
        chance -> {
          Input x = values.apply(chance);
          int rank = x.sizes().length;
          int[] axes = Arrays.copyOf(chance.order(rank), chance.between(1, rank));
          long[] same = Arrays.stream(axes).asLongStream().toArray();
          return Trial.of(xs -> ours.apply(xs[0], axes), xs -> theirs.apply(xs[0], same), x)
              .with("axes " + Arrays.toString(axes));
        });
  }

  /** Along one axis. */
  static Pair along(
      String name,
      BiFunction<Tensor, Integer, Tensor> ours,
      BiFunction<org.bytedeco.pytorch.Tensor, Integer, org.bytedeco.pytorch.Tensor> theirs) {
    return along(name, ours, theirs, chance -> chance.apart(chance.sizes(1, 4)));
  }

  /** Along one axis of what is drawn as said. */
  static Pair along(
      String name,
      BiFunction<Tensor, Integer, Tensor> ours,
      BiFunction<org.bytedeco.pytorch.Tensor, Integer, org.bytedeco.pytorch.Tensor> theirs,
      Function<Chance, Input> values) {
    return Pair.of(
        name,
        chance -> {
          Input x = values.apply(chance);
          int axis = chance.axis(x.sizes());
          return Trial.of(xs -> ours.apply(xs[0], axis), xs -> theirs.apply(xs[0], axis), x)
              .with("axis " + axis);
        });
  }
}
