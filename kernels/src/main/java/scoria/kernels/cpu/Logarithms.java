package scoria.kernels.cpu;

/**
 * Logarithms and the functions whose inverses are exponentials, one float64 number at a time, by
 * way of {@link DoubleDouble}: float64 results are within 0.6 ulp.
 */
// cuda: generated
final class Logarithms {
  static final long ONE_BITS = 0x3ff0000000000000L;
  static final long SQRT_HALF_BITS = 0x3fe6a09e667f3bcdL;
  static final double INV_LN2_HI = 0x1.71547652b82fep0;
  static final double INV_LN2_LO = 0x1.777d0ffda0d24p-56;
  static final double INV_LN10_HI = 0x1.bcb7b1526e50ep-2;
  static final double INV_LN10_LO = 0x1.95355baaafad3p-57;

  private Logarithms() {}

  /** ln x to about 64 bits, for a normal positive number. */
  static DoubleDouble log(DoubleDouble x) {
    long high = Double.doubleToRawLongBits(x.hi());
    // x = 2^k m with m in [sqrt(1/2), sqrt(2)).
    long k = ((high - SQRT_HALF_BITS + ONE_BITS) >> 52) - 1023;
    double m = Double.longBitsToDouble(high - (k << 52));
    double low = x.lo() == 0 ? 0 : Exponentials.scale(x.lo(), -k);
    DoubleDouble above = DoubleDouble.sum(m - 1, low);
    DoubleDouble below = DoubleDouble.addOne(DoubleDouble.sum(m, 1), low);
    DoubleDouble s = DoubleDouble.divide(above, below);
    DoubleDouble z = DoubleDouble.times(s, s);
    // 2 artanh s = 2 s + s z (2/3 + 2/5 z + 2/7 z^2 + ...).
    DoubleDouble third =
        DoubleDouble.times(z, new DoubleDouble(0x1.5555555555555p-1, 0x1.5555555555555p-55));
    DoubleDouble tail = DoubleDouble.addOne(third, z.hi() * (z.hi() * artanhTail(z.hi())));
    DoubleDouble y =
        DoubleDouble.add(new DoubleDouble(2 * s.hi(), 2 * s.lo()), DoubleDouble.times(s, tail));
    DoubleDouble scaled =
        DoubleDouble.timesOne(
            new DoubleDouble(Exponentials.LN2_HI, Exponentials.LN2_LO), (double) k);
    return DoubleDouble.add(scaled, y);
  }

  /** 2/5 + 2/7 z + 2/9 z^2 + ... */
  private static double artanhTail(double z) {
    double p = Math.fma(0x1.2f684bda12f68p-4, z, 0x1.47ae147ae147bp-4);
    p = Math.fma(p, z, 0x1.642c8590b2164p-4);
    p = Math.fma(p, z, 0x1.8618618618618p-4);
    p = Math.fma(p, z, 0x1.af286bca1af28p-4);
    p = Math.fma(p, z, 0x1.e1e1e1e1e1e1ep-4);
    p = Math.fma(p, z, 0x1.1111111111111p-3);
    p = Math.fma(p, z, 0x1.3b13b13b13b14p-3);
    p = Math.fma(p, z, 0x1.745d1745d1746p-3);
    p = Math.fma(p, z, 0x1.c71c71c71c71cp-3);
    p = Math.fma(p, z, 0x1.2492492492492p-2);
    return Math.fma(p, z, 0x1.999999999999ap-2);
  }

  /** ln x for any finite positive number. */
  static DoubleDouble logOf(double x) {
    boolean small = x < 0x1p-1000;
    DoubleDouble y = log(new DoubleDouble(small ? x * 0x1p256 : x, 0));
    DoubleDouble less = new DoubleDouble(-256 * Exponentials.LN2_HI, -256 * Exponentials.LN2_LO);
    return small ? DoubleDouble.add(y, less) : y;
  }

  /** ln(x) / ln(base), given the base's 1 / ln(base). */
  private static double logTo(double x, double inverseHi, double inverseLo) {
    if (!(x > 0 && x < Double.POSITIVE_INFINITY)) {
      return x == 0 ? Double.NEGATIVE_INFINITY : x < 0 ? Double.NaN : x;
    }
    return DoubleDouble.times(logOf(x), new DoubleDouble(inverseHi, inverseLo)).hi();
  }

  /** Logarithm to base 2, exact for powers of 2. */
  static double log2(double x) {
    return logTo(x, INV_LN2_HI, INV_LN2_LO);
  }

  /** Logarithm to base 10, exact for powers of 10. */
  static double log10(double x) {
    return logTo(x, INV_LN10_HI, INV_LN10_LO);
  }

  /** ln(2 x) for a large or infinite x. */
  private static double logOfTwice(double x) {
    if (x == Double.POSITIVE_INFINITY) {
      return x;
    }
    DoubleDouble ln2 = new DoubleDouble(Exponentials.LN2_HI, Exponentials.LN2_LO);
    return DoubleDouble.add(log(new DoubleDouble(x, 0)), ln2).hi();
  }

  /** Inverse hyperbolic sine. */
  static double asinh(double x) {
    double a = Math.abs(x);
    if (!(a > 0x1p-28)) {
      return x;
    }
    if (a > 0x1p54) {
      return Math.copySign(logOfTwice(a), x);
    }
    DoubleDouble root = DoubleDouble.root(DoubleDouble.addOne(DoubleDouble.product(a, a), 1));
    return Math.copySign(log(DoubleDouble.addOne(root, a)).hi(), x);
  }

  /** Inverse hyperbolic cosine, of 1 and above. */
  static double acosh(double x) {
    if (!(x >= 1)) {
      return Double.NaN;
    }
    if (x > 0x1p54) {
      return logOfTwice(x);
    }
    DoubleDouble square = DoubleDouble.times(DoubleDouble.sum(x, -1), DoubleDouble.sum(x, 1));
    return log(DoubleDouble.addOne(DoubleDouble.root(square), x)).hi();
  }

  /** Inverse hyperbolic tangent, from -1 to 1, where it is infinite. */
  static double atanh(double x) {
    double a = Math.abs(x);
    if (!(a > 0x1p-28)) {
      return x;
    }
    if (!(a < 1)) {
      return a == 1 ? Math.copySign(Double.POSITIVE_INFINITY, x) : Double.NaN;
    }
    DoubleDouble ratio = DoubleDouble.divide(DoubleDouble.sum(1, a), DoubleDouble.sum(1, -a));
    return Math.copySign(0.5 * log(ratio).hi(), x);
  }
}
