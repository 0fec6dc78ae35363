package scoria.bench.peers.parity;

import java.util.List;
import java.util.stream.LongStream;

/** Matrix products. */
final class ProductPairs {
  private ProductPairs() {}

  static List<Pair> all() {
    return List.of(
        Pair.of("matmul", ProductPairs::matrices).ofSums(),
        Pair.of("matmul, batches", ProductPairs::batches).ofSums(),
        Pair.of("matmul, vectors", ProductPairs::vectors).ofSums(),
        Pair.of("matmul, transposed", ProductPairs::transposed).ofSums(),
        Pair.of("matmul, long sums", ProductPairs::longSums).ofSums());
  }

  private static Trial matmul(Input a, Input b) {
    return Trial.of(xs -> xs[0].matmul(xs[1]), xs -> xs[0].matmul(xs[1]), a, b);
  }

  private static Trial matrices(Chance chance) {
    int m = chance.between(1, 19);
    int k = chance.between(1, 19);
    int n = chance.between(1, 19);
    return matmul(chance.real(m, k), chance.real(k, n));
  }

  private static Trial batches(Chance chance) {
    long[] batch = chance.sizes(1, 2);
    long[] narrow = chance.narrower(batch);
    boolean first = chance.coin();
    int m = chance.between(1, 5);
    int k = chance.between(1, 5);
    int n = chance.between(1, 5);
    return matmul(
        chance.real(with(first ? batch : narrow, m, k)),
        chance.real(with(first ? narrow : batch, k, n)));
  }

  private static Trial vectors(Chance chance) {
    int k = chance.between(1, 9);
    long[] matrices = with(chance.sizes(0, 1), chance.between(1, 5));
    return switch (chance.between(0, 2)) {
      case 0 -> matmul(chance.real(k), chance.real(k));
      case 1 -> matmul(chance.real(with(matrices, k)), chance.real(k));
      default -> matmul(chance.real(k), chance.real(k, chance.between(1, 6)));
    };
  }

  private static Trial transposed(Chance chance) {
    boolean left = chance.coin();
    boolean right = chance.coin();
    int m = chance.between(1, 9);
    int k = chance.between(1, 9);
    int n = chance.between(1, 9);
    long[] batch = chance.sizes(0, 1);
    return Trial.of(
            xs -> xs[0].matmul(xs[1], left, right),
            xs ->
                (left ? xs[0].transpose(-2, -1) : xs[0])
                    .matmul(right ? xs[1].transpose(-2, -1) : xs[1]),
            chance.real(left ? with(batch, k, m) : with(batch, m, k)),
            chance.real(right ? with(batch, n, k) : with(batch, k, n)))
        .with((left ? "left " : "") + (right ? "right" : ""));
  }

  /** Beyond one block of the sum, and beyond a tile of the packed kernels. */
  private static Trial longSums(Chance chance) {
    int k = chance.between(257, 600);
    return matmul(chance.real(chance.between(1, 40), k), chance.real(k, chance.between(1, 40)));
  }

  static long[] with(long[] sizes, long... more) {
    return LongStream.concat(LongStream.of(sizes), LongStream.of(more)).toArray();
  }
}
