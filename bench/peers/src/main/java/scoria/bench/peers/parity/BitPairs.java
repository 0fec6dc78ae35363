package scoria.bench.peers.parity;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import scoria.engine.tensor.Tensor;

/** Bits of whole numbers, and truth values. */
final class BitPairs {
  private BitPairs() {}

  static List<Pair> all() {
    return List.of(
        bits("bitAnd", (a, b) -> a.bitwiseAnd(b), (a, b) -> a.bitwise_and(b)),
        bits("bitOr", (a, b) -> a.bitwiseOr(b), (a, b) -> a.bitwise_or(b)),
        bits("bitXor", (a, b) -> a.bitwiseXor(b), (a, b) -> a.bitwise_xor(b)),
        truths("bitAnd, of truth values", (a, b) -> a.bitwiseAnd(b), (a, b) -> a.bitwise_and(b)),
        truths("bitOr, of truth values", (a, b) -> a.bitwiseOr(b), (a, b) -> a.bitwise_or(b)),
        truths("bitXor, of truth values", (a, b) -> a.bitwiseXor(b), (a, b) -> a.bitwise_xor(b)),
        shift("shiftLeft", (a, b) -> a.shiftLeft(b), (a, b) -> a.bitwise_left_shift(b)),
        shift("shiftRight", (a, b) -> a.shiftRight(b), (a, b) -> a.bitwise_right_shift(b)),
        numbers("logicalAnd", (a, b) -> a.logicalAnd(b), (a, b) -> a.logical_and(b)),
        numbers("logicalOr", (a, b) -> a.logicalOr(b), (a, b) -> a.logical_or(b)),
        numbers("logicalXor", (a, b) -> a.logicalXor(b), (a, b) -> a.logical_xor(b)));
  }

  private static Pair bits(
      String name,
      BinaryOperator<Tensor> ours,
      BinaryOperator<org.bytedeco.pytorch.Tensor> theirs) {
    return PairwisePairs.two(name, ours, theirs, c -> sizes -> signed(c, sizes));
  }

  private static Pair truths(
      String name,
      BinaryOperator<Tensor> ours,
      BinaryOperator<org.bytedeco.pytorch.Tensor> theirs) {
    return PairwisePairs.two(name, ours, theirs, c -> c::truths);
  }

  /** Of any number by at most its bits. */
  private static Pair shift(
      String name,
      BinaryOperator<Tensor> ours,
      BinaryOperator<org.bytedeco.pytorch.Tensor> theirs) {
    Function<Chance, Trial> draw =
        chance -> {
          long[] sizes = chance.sizes(0, 3);
          return Trial.of(
              xs -> ours.apply(xs[0], xs[1]),
              xs -> theirs.apply(xs[0], xs[1]),
              signed(chance, sizes),
              chance.integers(60, chance.narrower(sizes)));
        };
    return Pair.of(name, draw);
  }

  /** Of numbers, a third of which are 0. */
  private static Pair numbers(
      String name,
      BinaryOperator<Tensor> ours,
      BinaryOperator<org.bytedeco.pytorch.Tensor> theirs) {
    return PairwisePairs.two(
        name, ours, theirs, c -> sizes -> c.real(sizes).map(v -> v < -0.7 ? 0 : v));
  }

  private static Input signed(Chance chance, long... sizes) {
    return chance.integers(1 << 20, sizes).map(v -> v - (1 << 19));
  }
}
