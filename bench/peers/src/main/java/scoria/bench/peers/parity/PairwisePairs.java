package scoria.bench.peers.parity;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import scoria.engine.function.LogScale;
import scoria.engine.tensor.Tensor;

/** Functions of two numbers, with broadcasting. */
final class PairwisePairs {
  private PairwisePairs() {}

  static List<Pair> all() {
    return List.of(
        two("add", (a, b) -> a.add(b), (a, b) -> a.add(b)),
        two("sub", (a, b) -> a.sub(b), (a, b) -> a.sub(b)),
        two("mul", (a, b) -> a.mul(b), (a, b) -> a.mul(b)),
        two("div", (a, b) -> a.div(b), (a, b) -> a.div(b)),
        two("max", (a, b) -> a.max(b), (a, b) -> a.maximum(b)),
        two("min", (a, b) -> a.min(b), (a, b) -> a.minimum(b)),
        two("pow", (a, b) -> a.pow(b), (a, b) -> a.pow(b), chance -> chance::positive),
        two("atan2", (a, b) -> a.atan2(b), (a, b) -> a.atan2(b)),
        two("hypot", (a, b) -> a.hypot(b), (a, b) -> a.hypot(b)),
        two("fmod", (a, b) -> a.fmod(b), (a, b) -> a.fmod(b)),
        two("remainder", (a, b) -> a.remainder(b), (a, b) -> a.remainder(b)),
        two(
            "floorDivide",
            (a, b) -> a.floorDivide(b),
            (a, b) -> a.detach().floor_divide(b.detach())),
        two("truncDivide", (a, b) -> a.truncDivide(b), (a, b) -> a.div(b).trunc()),
        two("copysign", (a, b) -> a.copysign(b), (a, b) -> a.copysign(b)),
        two("logAddExp", LogScale::logAddExp, (a, b) -> a.logaddexp(b)),
        whole("equal", (a, b) -> a.equal(b), (a, b) -> a.eq(b)),
        whole("notEqual", (a, b) -> a.notEqual(b), (a, b) -> a.ne(b)),
        whole("less", (a, b) -> a.less(b), (a, b) -> a.lt(b)),
        whole("lessEqual", (a, b) -> a.lessEqual(b), (a, b) -> a.le(b)),
        whole("greater", (a, b) -> a.greater(b), (a, b) -> a.gt(b)),
        whole("greaterEqual", (a, b) -> a.greaterEqual(b), (a, b) -> a.ge(b)),
        Pair.of("where", PairwisePairs::where));
  }

  /** A function of two numbers, both at least 0.3 away from 0. */
  static Pair two(
      String name,
      BinaryOperator<Tensor> ours,
      BinaryOperator<org.bytedeco.pytorch.Tensor> theirs) {
    return two(name, ours, theirs, chance -> sizes -> chance.nonzero(sizes));
  }

  /** A function of two numbers that are drawn as said. */
  static Pair two(
      String name,
      BinaryOperator<Tensor> ours,
      BinaryOperator<org.bytedeco.pytorch.Tensor> theirs,
      Function<Chance, Function<long[], Input>> values) {
    return Pair.of(
        name,
        chance -> {
          long[] sizes = chance.sizes(0, 4);
          long[] narrow = chance.narrower(sizes);
          boolean first = chance.coin();
          return Trial.of(
              xs -> ours.apply(xs[0], xs[1]),
              xs -> theirs.apply(xs[0], xs[1]),
              values.apply(chance).apply(first ? sizes : narrow),
              values.apply(chance).apply(first ? narrow : sizes));
        });
  }

  /** A comparison, of whole numbers so that some are equal. */
  private static Pair whole(
      String name,
      BinaryOperator<Tensor> ours,
      BinaryOperator<org.bytedeco.pytorch.Tensor> theirs) {
    return two(name, ours, theirs, chance -> sizes -> chance.real(sizes).map(Math::rint));
  }

  private static Trial where(Chance chance) {
    long[] sizes = chance.sizes(0, 4);
    return Trial.of(
        xs -> Tensor.where(xs[0], xs[1], xs[2]),
        xs -> xs[1].where(xs[0], xs[2]),
        chance.truths(sizes),
        chance.real(chance.narrower(sizes)),
        chance.real(chance.narrower(sizes)));
  }
}
