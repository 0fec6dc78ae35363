package scoria.kernels.cuda;

import java.util.Random;
import scoria.kernels.cpu.ElementType;

/** Numbers that tests are made of. */
final class Numbers {
  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    1,
    -1,
    0.5,
    -0.5,
    0.55,
    0.9,
    1.5,
    -2.5,
    0.49999997,
    8388607.5,
    -8388609,
    4503599627370495.5,
    88.7,
    -103.9,
    709.7,
    -745,
    1e30,
    -1e30,
    1e-42,
    -1e-42,
    4.9e-324,
    1e-310,
    1.1754944e-38,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN,
    3.4e38,
    1.7e308,
    -0.99999994,
    100000,
    131072
  };

  private Numbers() {}

  /** Special numbers first, then small, middling and large ones of both signs. */
  static double[] any(long seed, int n) {
    Random random = new Random(seed);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = i < SPECIAL.length ? SPECIAL[i] : spread(random, i);
    }
    return values;
  }

  /** The same, with the special numbers at chance places. */
  static double[] shuffled(long seed, int n) {
    Random random = new Random(seed);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] =
          random.nextInt(4) == 0
              ? SPECIAL[random.nextInt(SPECIAL.length)]
              : spread(random, random.nextInt(8));
    }
    return values;
  }

  private static double spread(Random random, int i) {
    double z = random.nextGaussian();
    return switch (i % 8) {
      case 0, 1, 2 -> z;
      case 3 -> 20 * z;
      case 4 -> 300 * z;
      case 5 -> 1e-3 * z;
      case 6 -> 1e-9 * z;
      default -> Math.scalb(z, random.nextInt(60) - 40);
    };
  }

  /** Numbers around 0, of size 1. */
  static double[] normal(long seed, int n) {
    Random random = new Random(seed);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  static long[] longs(long seed, int n) {
    Random random = new Random(seed);
    long[] edges = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MIN_VALUE, 1L << 32, 255};
    long[] values = new long[n];
    for (int i = 0; i < n; i++) {
      values[i] =
          random.nextInt(3) == 0
              ? edges[random.nextInt(edges.length)]
              : random.nextLong() >> random.nextInt(63);
    }
    return values;
  }

  static int[] ints(long seed, int n) {
    long[] wide = longs(seed, n);
    int[] values = new int[n];
    for (int i = 0; i < n; i++) {
      values[i] = (int) wide[i];
    }
    return values;
  }

  static byte[] bytes(long seed, int n) {
    byte[] values = new byte[n];
    new Random(seed).nextBytes(values);
    return values;
  }

  static byte[] truths(long seed, int n) {
    byte[] values = bytes(seed, n);
    for (int i = 0; i < n; i++) {
      values[i] &= 1;
    }
    return values;
  }

  /** Elements of any type, special ones among them. */
  static Gpu.Block block(Gpu gpu, ElementType type, long seed, int n) {
    return switch (type) {
      case F32, F64 -> gpu.of(type, shuffled(seed, n));
      case I64 -> gpu.of(longs(seed, n));
      case I32 -> gpu.of(ints(seed, n));
      case U8 -> gpu.of(bytes(seed, n));
      case BOOL -> gpu.of(truths(seed, n));
    };
  }
}
