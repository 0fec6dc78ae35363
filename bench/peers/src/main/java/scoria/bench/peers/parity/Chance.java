package scoria.bench.peers.parity;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws shapes and values; the same seed draws the same. */
final class Chance {
  private static final int LONGEST = 7;
  private static final long MOST_ELEMENTS = 300;

  private final SplittableRandom random;

  Chance(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A whole number, both bounds included. */
  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  boolean coin() {
    return random.nextBoolean();
  }

  /** Sizes from 1 to 7 of a few axes, not too many elements together. */
  long[] sizes(int leastRank, int mostRank) {
    while (true) {
      long[] sizes = new long[between(leastRank, mostRank)];
      Arrays.setAll(sizes, _ -> between(1, LONGEST));
      if (count(sizes) <= MOST_ELEMENTS) {
        return sizes;
      }
    }
  }

  /** Sizes that broadcast to the given ones: some axes of size 1, some in front left out. */
  long[] narrower(long[] sizes) {
    long[] out = Arrays.copyOfRange(sizes, between(0, sizes.length), sizes.length);
    Arrays.setAll(out, i -> between(0, 2) == 0 ? 1 : out[i]);
    return out;
  }

  /** An axis of sizes, from 0. */
  int axis(long[] sizes) {
    return between(0, sizes.length - 1);
  }

  /** The axes 0 to {@code rank - 1} in some order. */
  int[] order(int rank) {
    int[] order = new int[rank];
    for (int i = 0; i < rank; i++) {
      int j = between(0, i);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** Evenly distributed numbers. */
  Input within(double low, double high, long... sizes) {
    double[] values = new double[count(sizes)];
    Arrays.setAll(values, _ -> random.nextDouble(low, high));
    return new Input(Input.Kind.REAL, sizes, values);
  }

  /** Numbers from -2 to 2. */
  Input real(long... sizes) {
    return within(-2, 2, sizes);
  }

  /** Numbers from 0.3 to 3. */
  Input positive(long... sizes) {
    return within(0.3, 3, sizes);
  }

  /** Numbers of either sign, at least 0.3 away from 0 and at most 3. */
  Input nonzero(long... sizes) {
    return positive(sizes).map(v -> coin() ? v : -v);
  }

  /** Numbers from -2 to 2 that are apart from each other in float32 too: what is sorted. */
  Input apart(long... sizes) {
    int n = count(sizes);
    int[] order = order(n);
    double[] values = new double[n];
    Arrays.setAll(values, i -> -2 + 4 * (order[i] + random.nextDouble(0.1, 0.9)) / n);
    return new Input(Input.Kind.REAL, sizes, values);
  }

  /** Whole numbers from 0 to {@code bound - 1}. */
  Input integers(long bound, long... sizes) {
    double[] values = new double[count(sizes)];
    Arrays.setAll(values, _ -> random.nextLong(bound));
    return new Input(Input.Kind.INTEGER, sizes, values);
  }

  /** Truth values. */
  Input truths(long... sizes) {
    double[] values = new double[count(sizes)];
    Arrays.setAll(values, _ -> coin() ? 1 : 0);
    return new Input(Input.Kind.TRUTH, sizes, values);
  }

  static int count(long... sizes) {
    return Math.toIntExact(Arrays.stream(sizes).reduce(1, (a, b) -> a * b));
  }
}
