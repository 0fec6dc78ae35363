package scoria.kernels.cpu;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The words of Philox4x32-10 in groups of {@value #GROUP}: sixteen counters, first the four-word
 * outputs' words 0, then their words 1, 2 and 3.
 *
 * <p>Source: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3",
 * SC 2011.
 */
final class PhiloxWords {
  /** Words of a group. */
  static final int GROUP = 64;

  /** Counters of a group. */
  static final int COUNTERS = 16;

  private static final VectorSpecies<Long> S = LongVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();

  /** As many 32-bit lanes as a vector has 64-bit ones. */
  static final VectorSpecies<Integer> NARROW =
      VectorSpecies.of(int.class, VectorShape.forBitSize(S.vectorBitSize() / 2));

  private static final long LOW = 0xFFFFFFFFL;
  private static final long MULTIPLIER0 = 0xD2511F53L;
  private static final long MULTIPLIER1 = 0xCD9E8D57L;
  private static final int WEYL0 = 0x9E3779B9;
  private static final int WEYL1 = 0xBB67AE85;
  private static final int ROUNDS = 10;

  private static final LongVector IOTA = LongVector.zero(S).addIndex(1);

  private PhiloxWords() {}

  /**
   * Computes whole groups.
   *
   * @param seed the key
   * @param stream the upper half of the counter
   * @param group number of the first group; its counters start at 16 times that
   * @param groups how many
   * @param words where they go, from element 0
   */
  static void fill(long seed, long stream, long group, int groups, int[] words) {
    LongVector low = LongVector.broadcast(S, LOW);
    for (int g = 0; g < groups; g++) {
      long first = (group + g) * COUNTERS;
      for (int lane = 0; lane < COUNTERS; lane += LANES) {
        LongVector counter = IOTA.add(first + lane);
        // Upper halves of lanes may hold anything; they are cleared before each product, in a form
        // from which the compiler sees that 32-bit products are enough.
        LongVector x0 = counter;
        LongVector x1 = counter.lanewise(VectorOperators.LSHR, 32);
        LongVector x2 = LongVector.broadcast(S, stream);
        LongVector x3 = LongVector.broadcast(S, stream >>> 32);
        int k0 = (int) seed;
        int k1 = (int) (seed >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
          LongVector p0 = x0.and(low).mul(LongVector.broadcast(S, MULTIPLIER0).and(low));
          LongVector p1 = x2.and(low).mul(LongVector.broadcast(S, MULTIPLIER1).and(low));
          x0 =
              p1.lanewise(VectorOperators.LSHR, 32)
                  .lanewise(VectorOperators.XOR, x1)
                  .lanewise(VectorOperators.XOR, k0);
          x2 =
              p0.lanewise(VectorOperators.LSHR, 32)
                  .lanewise(VectorOperators.XOR, x3)
                  .lanewise(VectorOperators.XOR, k1);
          x1 = p1;
          x3 = p0;
          k0 += WEYL0;
          k1 += WEYL1;
        }
        int at = g * GROUP + lane;
        narrow(x0).intoArray(words, at);
        narrow(x1).intoArray(words, at + COUNTERS);
        narrow(x2).intoArray(words, at + 2 * COUNTERS);
        narrow(x3).intoArray(words, at + 3 * COUNTERS);
      }
    }
  }

  private static IntVector narrow(LongVector x) {
    return (IntVector) x.convertShape(VectorOperators.L2I, NARROW, 0);
  }
}
