package scoria.kernels.cpu;

/**
 * The logarithm of the gamma function and its derivatives, of float64 numbers, one at a time.
 *
 * <p>Large arguments go by Stirling's series, small ones are first moved up by the recurrence, and
 * negative ones reflected (Abramowitz and Stegun 6.1, 6.3, 6.4 and 23.2).
 */
// cuda: generated
final class GammaFunctions {
  private GammaFunctions() {}

  /** B(2k)/(2k)! for k = 1, 2, ... */
  static final double[] EULER_MACLAURIN = {
    0x1.5555555555555p-4, -0x1.6c16c16c16c17p-10, 0x1.1566abc011567p-15,
    -0x1.bbd779334ef0bp-21, 0x1.66a8f2bf70ebep-26, -0x1.22805d644267fp-31,
    0x1.d6db2c4e09162p-37, -0x1.7da4e1f79955cp-42
  };

  /** ln |Gamma(x)|; infinite at 0 and the negative whole numbers. */
  static double lgamma(double x) {
    double a = Math.abs(x);
    if (!(a < 0x1p1000)) {
      return Double.isNaN(x) ? x : lgammaFar(a);
    }
    if (x <= 0 && Math.rint(x) == x) {
      return Double.POSITIVE_INFINITY;
    }
    if (a < 0x1p-60) {
      return -Logarithms.logOf(a).hi();
    }
    if (x > 0) {
      return lgammaOf(x).hi();
    }
    // Gamma(x) Gamma(-x) = -pi / (x sin(pi x)).
    DoubleDouble below = DoubleDouble.timesOne(sinPi(a), a);
    DoubleDouble both = DoubleDouble.add(Logarithms.log(below), lgammaOf(a));
    DoubleDouble lnPi = new DoubleDouble(0x1.250d048e7a1bdp0, 0x1.7abf2ad8d5088p-57);
    return DoubleDouble.add(lnPi, DoubleDouble.negative(both)).hi();
  }

  /** x (ln x - 1), near to which it is by far; infinite beyond the largest number. */
  private static double lgammaFar(double x) {
    if (x > 0x1.754d9278b51a7p1014) {
      return Double.POSITIVE_INFINITY;
    }
    return x * DoubleDouble.addOne(Logarithms.logOf(x), -1).hi();
  }

  /** ln Gamma(x) for x from 2^-60. */
  private static DoubleDouble lgammaOf(double x) {
    if (x >= 8) {
      return stirling(x);
    }
    if (x < 1.5) {
      boolean tiny = x < 0.5;
      // Down from x + 1 or x + 2.
      DoubleDouble next = DoubleDouble.sum(x, 1);
      DoubleDouble factor = tiny ? DoubleDouble.timesOne(next, x) : new DoubleDouble(x, 0);
      DoubleDouble top = near2(tiny ? x : x - 1);
      return DoubleDouble.add(top, DoubleDouble.negative(Logarithms.log(factor)));
    }
    double r = x;
    DoubleDouble factor = new DoubleDouble(1, 0);
    while (r >= 2.5) {
      r = r - 1;
      factor = DoubleDouble.timesOne(factor, r);
    }
    return DoubleDouble.add(near2(r - 2), Logarithms.log(factor));
  }

  /** ln Gamma(2 + t) for |t| at most 1/2, by its Taylor series. */
  private static DoubleDouble near2(double t) {
    DoubleDouble first =
        DoubleDouble.timesOne(new DoubleDouble(0x1.b0ee6072093cep-2, 0x1.6cb90701fbfabp-58), t);
    return DoubleDouble.addOne(first, t * t * near2Tail(t));
  }

  private static double near2Tail(double t) {
    double p = Math.fma(0x1.24932a337434cp-33, t, -0x1.2f69a9fabe3e0p-32);
    p = Math.fma(p, t, 0x1.3b15d2b2fc10cp-31);
    p = Math.fma(p, t, -0x1.47b1679258d0ep-30);
    p = Math.fma(p, t, 0x1.555a877ffd2c3p-29);
    p = Math.fma(p, t, -0x1.6434a8447aeadp-28);
    p = Math.fma(p, t, 0x1.7469daccfadcdp-27);
    p = Math.fma(p, t, -0x1.862c734df3eacp-26);
    p = Math.fma(p, t, 0x1.99b93c2070b0fp-25);
    p = Math.fma(p, t, -0x1.af5a6cbbf8a97p-24);
    p = Math.fma(p, t, 0x1.c76bbb3f07a4dp-23);
    p = Math.fma(p, t, -0x1.e2600d93cfd2fp-22);
    p = Math.fma(p, t, 0x1.0064cdeb22f0fp-20);
    p = Math.fma(p, t, -0x1.11b2eb7679541p-19);
    p = Math.fma(p, t, 0x1.2597a39f34aacp-18);
    p = Math.fma(p, t, -0x1.3cbc963ce2243p-17);
    p = Math.fma(p, t, 0x1.580dcee66eb02p-16);
    p = Math.fma(p, t, -0x1.78de5bd7c81efp-15);
    p = Math.fma(p, t, 0x1.a127b0f17d65ap-14);
    p = Math.fma(p, t, -0x1.d3fd4c76d2fc8p-13);
    p = Math.fma(p, t, 0x1.0b36af86396e9p-11);
    p = Math.fma(p, t, -0x1.38ac5c2bf8e08p-10);
    p = Math.fma(p, t, 0x1.7add6eadb6c30p-9);
    p = Math.fma(p, t, -0x1.e404fc218f5f2p-8);
    p = Math.fma(p, t, 0x1.51322ac7d8483p-6);
    p = Math.fma(p, t, -0x1.13e001a557607p-4);
    return Math.fma(p, t, 0x1.4a34cc4a60fa6p-2);
  }

  private static DoubleDouble stirling(double x) {
    DoubleDouble main =
        DoubleDouble.timesOne(DoubleDouble.addOne(Logarithms.logOf(x), -1), x - 0.5);
    DoubleDouble constant = new DoubleDouble(0x1.acfe390c97d69p-2, 0x1.3494bc9001442p-56);
    double y = 1 / x;
    return DoubleDouble.add(main, DoubleDouble.addOne(constant, y * stirlingTail(y * y)));
  }

  private static double stirlingTail(double z) {
    double p = Math.fma(0x1.6fe96381e0680p-3, z, -0x1.e4286cb0f5398p-6);
    p = Math.fma(p, z, 0x1.a41a41a41a41ap-8);
    p = Math.fma(p, z, -0x1.f6ab0d9993c7dp-10);
    p = Math.fma(p, z, 0x1.b951e2b18ff23p-11);
    p = Math.fma(p, z, -0x1.3813813813814p-11);
    p = Math.fma(p, z, 0x1.a01a01a01a01ap-11);
    p = Math.fma(p, z, -0x1.6c16c16c16c17p-9);
    return Math.fma(p, z, 0x1.5555555555555p-4);
  }

  /** |sin(pi a)|. */
  private static DoubleDouble sinPi(double a) {
    double f = Math.abs(a - Math.rint(a));
    return f <= 0.25 ? sinOf(f) : cosOf(0.5 - f);
  }

  private static DoubleDouble sinOf(double f) {
    DoubleDouble r = DoubleDouble.timesOne(pi(), f);
    return Trigonometry.sinReduced(r.hi(), r.lo());
  }

  private static DoubleDouble cosOf(double f) {
    DoubleDouble r = DoubleDouble.timesOne(pi(), f);
    return Trigonometry.cosReduced(r.hi(), r.lo());
  }

  private static DoubleDouble pi() {
    return new DoubleDouble(0x1.921fb54442d18p1, 0x1.1a62633145c07p-53);
  }

  /** pi cot(pi a), for a that is not whole. */
  private static DoubleDouble piCot(double a) {
    double f = a - Math.rint(a);
    double g = Math.abs(f);
    DoubleDouble ratio =
        g <= 0.25
            ? DoubleDouble.divide(cosOf(g), sinOf(g))
            : DoubleDouble.divide(sinOf(0.5 - g), cosOf(0.5 - g));
    DoubleDouble y = DoubleDouble.times(ratio, pi());
    return f < 0 ? DoubleDouble.negative(y) : y;
  }

  /** Derivative of ln Gamma; at 0 infinite with the other sign, NaN at negative whole numbers. */
  static double digamma(double x) {
    if (x == 0) {
      return Math.copySign(Double.POSITIVE_INFINITY, -x);
    }
    double a = Math.abs(x);
    if (!(a < Double.POSITIVE_INFINITY)) {
      return x > 0 ? x : Double.NaN;
    }
    if (a < 0x1p-60) {
      return -1 / x;
    }
    if (x > 0) {
      return digammaOf(x).hi();
    }
    if (Math.rint(x) == x) {
      return Double.NaN;
    }
    DoubleDouble y = DoubleDouble.add(digammaOf(a), piCot(a));
    return DoubleDouble.add(y, DoubleDouble.divide(new DoubleDouble(1, 0), new DoubleDouble(a, 0)))
        .hi();
  }

  private static DoubleDouble digammaOf(double x) {
    DoubleDouble at = new DoubleDouble(x, 0);
    DoubleDouble less = new DoubleDouble(0, 0);
    DoubleDouble one = new DoubleDouble(1, 0);
    while (at.hi() < 12) {
      less = DoubleDouble.add(less, DoubleDouble.divide(one, at));
      at = DoubleDouble.addOne(at, 1);
    }
    DoubleDouble half = DoubleDouble.divide(one, new DoubleDouble(2 * at.hi(), 2 * at.lo()));
    double y = 1 / at.hi();
    double z = y * y;
    DoubleDouble down = DoubleDouble.addOne(DoubleDouble.add(half, less), z * digammaTail(z));
    return DoubleDouble.add(Logarithms.log(at), DoubleDouble.negative(down));
  }

  private static double digammaTail(double z) {
    double p = Math.fma(-0x1.c5e5e5e5e5e5ep-2, z, 0x1.5555555555555p-4);
    p = Math.fma(p, z, -0x1.5995995995996p-6);
    p = Math.fma(p, z, 0x1.f07c1f07c1f08p-8);
    p = Math.fma(p, z, -0x1.1111111111111p-8);
    p = Math.fma(p, z, 0x1.0410410410410p-8);
    p = Math.fma(p, z, -0x1.1111111111111p-7);
    return Math.fma(p, z, 0x1.5555555555555p-4);
  }

  /**
   * The derivative of order n of {@link #digamma}, for n from 1: (-1)^(n+1) n! zeta(n + 1, x). At 0
   * and the negative whole numbers infinite for odd n and NaN for even.
   */
  static double polygamma(double x, double n) {
    if (Double.isNaN(x)) {
      return x;
    }
    boolean odd = ((long) n & 1) != 0;
    double factorial = 1;
    for (double k = 2; k <= n; k = k + 1) {
      factorial = factorial * k;
    }
    double sign = odd ? 1 : -1;
    if (x > 0) {
      return sign * (factorial * zeta(n + 1, x));
    }
    double f = x - Math.floor(x);
    double g = -x - Math.floor(-x);
    if (!(g > 0)) {
      return odd && x > Double.NEGATIVE_INFINITY ? Double.POSITIVE_INFINITY : Double.NaN;
    }
    // The sum over all whole numbers, without those above x.
    double above = zeta(n + 1, g) - zeta(n + 1, 1 - x);
    return sign * (factorial * (zeta(n + 1, f) + sign * above));
  }

  /** The sum of (q + k)^-s over k = 0, 1, ..., by Euler and Maclaurin's formula. */
  private static double zeta(double s, double q) {
    double sum = 0;
    double at = q;
    while (at < 12 + 2 * s) {
      sum = sum + Powers.pow(at, -s);
      at = at + 1;
    }
    double tail = at / (s - 1) + 0.5;
    double rising = s;
    double power = 1 / at;
    for (int j = 0; j < 8; j++) {
      tail = tail + EULER_MACLAURIN[j] * (rising * power);
      double next = s + (2 * j + 1);
      rising = rising * next * (next + 1);
      power = power / at / at;
    }
    double last = Powers.pow(at, -s);
    return last == 0 ? sum : sum + last * tail;
  }
}
