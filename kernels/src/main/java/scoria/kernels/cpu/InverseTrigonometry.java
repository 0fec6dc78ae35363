package scoria.kernels.cpu;

/**
 * Inverse trigonometric functions of float64 numbers, one at a time, by way of {@link
 * DoubleDouble}: within 0.6 ulp.
 */
// cuda: generated
final class InverseTrigonometry {
  /** atan(k/8) for k = 0 to 8, and what rounding left out. */
  static final double[] ATAN_HI = {
    0x0.0p0, 0x1.fd5ba9aac2f6ep-4, 0x1.f5b75f92c80ddp-3, 0x1.6f61941e4def1p-2,
    0x1.dac670561bb4fp-2, 0x1.1e00babdefeb4p-1, 0x1.4978fa3269ee1p-1, 0x1.700a7c5784634p-1,
    0x1.921fb54442d18p-1,
  };

  static final double[] ATAN_LO = {
    0x0.0p0, -0x1.cd37686760c17p-59, 0x1.8ab6e3cf7afbdp-57, -0x1.c63aae6f6e918p-56,
    0x1.a2b7f222f65e2p-56, -0x1.928df287a668fp-58, 0x1.2419a87f2a458p-56, -0x1.8c34d25aadef6p-56,
    0x1.1a62633145c07p-55,
  };

  static final double PIO2_HI = 0x1.921fb54442d18p0;
  static final double PIO2_LO = 0x1.1a62633145c07p-54;

  private InverseTrigonometry() {}

  /** The angle of the point (x, y), whose coordinates are finite, at least 0 and not both 0. */
  private static DoubleDouble angle(DoubleDouble y, DoubleDouble x) {
    boolean steep = y.hi() > x.hi();
    DoubleDouble a = steep ? x : y;
    DoubleDouble b = steep ? y : x;
    double up = b.hi() < 0x1p-600 ? 0x1p700 : b.hi() > 0x1p900 ? 0x1p-200 : 1;
    DoubleDouble r =
        angleBelow45(
            new DoubleDouble(a.hi() * up, a.lo() * up), new DoubleDouble(b.hi() * up, b.lo() * up));
    return steep
        ? DoubleDouble.add(new DoubleDouble(PIO2_HI, PIO2_LO), DoubleDouble.negative(r))
        : r;
  }

  /** atan(a / b) = atan(c) + atan((a - c b) / (b + c a)) with c = k/8 nearest to a / b. */
  private static DoubleDouble angleBelow45(DoubleDouble a, DoubleDouble b) {
    double k = Math.rint(8 * (a.hi() / b.hi()));
    double c = k * 0.125;
    DoubleDouble above = DoubleDouble.add(a, DoubleDouble.timesOne(b, -c));
    DoubleDouble below = DoubleDouble.add(b, DoubleDouble.timesOne(a, c));
    DoubleDouble t = DoubleDouble.divide(above, below);
    double z = t.hi() * t.hi();
    double p = Math.fma(0x1.e1e1e1e1e1e1ep-5, z, -0x1.1111111111111p-4);
    p = Math.fma(p, z, 0x1.3b13b13b13b14p-4);
    p = Math.fma(p, z, -0x1.745d1745d1746p-4);
    p = Math.fma(p, z, 0x1.c71c71c71c71cp-4);
    p = Math.fma(p, z, -0x1.2492492492492p-3);
    p = Math.fma(p, z, 0x1.999999999999ap-3);
    p = Math.fma(p, z, -0x1.5555555555555p-2);
    DoubleDouble small = DoubleDouble.addOne(t, t.hi() * (z * p));
    return DoubleDouble.add(new DoubleDouble(ATAN_HI[(int) k], ATAN_LO[(int) k]), small);
  }

  /** pi - r where the point lies to the left, with the sign of {@code y}. */
  private static double turned(DoubleDouble r, boolean left, double y) {
    DoubleDouble pi = new DoubleDouble(2 * PIO2_HI, 2 * PIO2_LO);
    double a = left ? DoubleDouble.add(pi, DoubleDouble.negative(r)).hi() : r.hi();
    return Math.copySign(a, y);
  }

  /** Arc tangent. */
  static double atan(double x) {
    double a = Math.abs(x);
    if (Double.isNaN(x)) {
      return x;
    }
    double far = a > 0x1p500 ? 0x1p500 : a;
    return turned(angle(new DoubleDouble(far, 0), new DoubleDouble(1, 0)), false, x);
  }

  /** The angle of the point (x, y), from -pi to pi; IEEE 754's values for zeros and infinities. */
  static double atan2(double y, double x) {
    if (Double.isNaN(x) || Double.isNaN(y)) {
      return Double.NaN;
    }
    double a = Math.abs(y);
    double b = Math.abs(x);
    boolean left = Math.copySign(1.0, x) < 0;
    if (a == Double.POSITIVE_INFINITY || b == Double.POSITIVE_INFINITY) {
      a = a == Double.POSITIVE_INFINITY ? 1 : 0;
      b = b == Double.POSITIVE_INFINITY ? 1 : 0;
    }
    if (a == 0) {
      b = 1;
    }
    return turned(angle(new DoubleDouble(a, 0), new DoubleDouble(b, 0)), left, y);
  }

  /** sqrt(1 - a^2) for a in 0 to 1. */
  private static DoubleDouble side(double a) {
    return DoubleDouble.root(DoubleDouble.times(DoubleDouble.sum(1, -a), DoubleDouble.sum(1, a)));
  }

  /** Arc sine, from -1 to 1. */
  static double asin(double x) {
    double a = Math.abs(x);
    if (!(a <= 1)) {
      return Double.NaN;
    }
    return turned(angle(new DoubleDouble(a, 0), side(a)), false, x);
  }

  /** Arc cosine, from -1 to 1. */
  static double acos(double x) {
    double a = Math.abs(x);
    if (!(a <= 1)) {
      return Double.NaN;
    }
    return turned(angle(side(a), new DoubleDouble(a, 0)), x < 0, 1.0);
  }
}
