package scoria.bench.peers.parity;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The vectors that Jacobians are multiplied by, the same for both sides.
 *
 * @param seed of the trial
 * @param sizes whether the absolute values are wanted
 */
record Weights(long seed, boolean sizes) {
  /** One for each result, to multiply from the left. */
  double[] left(int number, int count) {
    return draw(2L * number, count);
  }

  /** One for each input, to multiply from the right. */
  double[] right(int number, int count) {
    return draw(2L * number + 1, count);
  }

  private double[] draw(long stream, int count) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + stream);
    double[] out = new double[count];
    // Values that float32 holds.
    Arrays.setAll(out, _ -> (float) random.nextDouble(-1.5, 1.5));
    return sizes ? Arrays.stream(out).map(Math::abs).toArray() : out;
  }
}
