package scoria.kernels.cpu;

/**
 * Sine, cosine and tangent of one float64 number at a time, for every finite angle, within 0.6 ulp.
 */
// cuda: generated
final class Trigonometry {
  static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;
  static final double PIO2_1 = 0x1.921fb54442d18p0;
  static final double PIO2_2 = 0x1.1a62633145c07p-54;
  static final double PIO2_3 = -0x1.f1976b7ed8fbcp-110;

  /** A word of zeros, and the first bits of 2/pi behind the point. */
  static final long[] TWO_OVER_PI_BITS = {
    0x0000000000000000L, 0xa2f9836e4e441529L, 0xfc2757d1f534ddc0L, 0xdb6295993c439041L,
    0xfe5163abdebbc561L, 0xb7246e3a424dd2e0L, 0x06492eea09d1921cL, 0xfe1deb1cb129a73eL,
    0xe88235f52ebb4484L, 0xe99c7026b45f7e41L, 0x3991d639835339f4L, 0x9c845f8bbdf9283bL,
    0x1ff897ffde05980fL, 0xef2f118b5a0a6d1fL, 0x6d367ecf27cb09b7L, 0x4f463f669e5fea2dL,
    0x7527bac7ebe5f17bL, 0x3d0739f78a5292eaL, 0x6bfb5fb11f8d5d08L, 0x56033046fc7b6babL,
  };

  private Trigonometry() {}

  /** r + lo = x - quadrant pi/2, |r| at most pi/4. */
  record Angle(double r, double lo, long quadrant) {}

  private static Angle reduce(double a) {
    return a < 0x1p30 ? reduceNear(a) : reduceFar(a);
  }

  private static Angle reduceNear(double a) {
    double n = Math.rint(a * TWO_OVER_PI);
    // The first difference is exact.
    double first = Math.fma(-n, PIO2_1, a);
    DoubleDouble second = DoubleDouble.product(-n, PIO2_2);
    DoubleDouble s = DoubleDouble.sum(first, second.hi());
    DoubleDouble r = DoubleDouble.ordered(s.hi(), Math.fma(-n, PIO2_3, s.lo() + second.lo()));
    return new Angle(r.hi(), r.lo(), (long) n);
  }

  /** By as many bits of 2/pi as matter (Payne and Hanek 1983). */
  private static Angle reduceFar(double a) {
    long all = Double.doubleToRawLongBits(a);
    long significand = (all & 0xfffffffffffffL) | 0x10000000000000L;
    // a = significand 2^e. Bits of 2/pi before this one give multiples of 4, whole turns.
    long e = (all >> 52) - 1075;
    long start = e - 2 + 64;
    long word = start >> 6;
    long shift = start & 63;
    long w0 = window(word, shift);
    long w1 = window(word + 1, shift);
    long w2 = window(word + 2, shift);
    // The low 192 bits of the product, 2 of them before the point.
    long p2 = Bits64.low(significand, w2);
    long p1 = Bits64.low(significand, w1);
    long p1Sum = Bits64.plus(p1, Bits64.high(significand, w2));
    long p0 = Bits64.low(significand, w0);
    long p0Sum =
        Bits64.plus(Bits64.plus(p0, Bits64.high(significand, w1)), Bits64.carry(p1Sum, p1));
    long fraction = Bits64.plus(Bits64.left(p0Sum, 2), Bits64.right(p1Sum, 62));
    long below = Bits64.plus(Bits64.left(p1Sum, 2), Bits64.right(p2, 62));
    long quadrant = Bits64.right(p0Sum, 62) + (fraction < 0 ? 1 : 0);
    // The fraction, signed, in units of 2^-64, from parts that are exact.
    double top = (double) (fraction >> 32) * 0x1p32;
    DoubleDouble high = DoubleDouble.sum(top, (double) (fraction & 0xffffffffL));
    double last = (double) Bits64.right(below, 11) * 0x1p-53;
    DoubleDouble whole = DoubleDouble.addOne(high, last);
    DoubleDouble turn = new DoubleDouble(whole.hi() * 0x1p-64, whole.lo() * 0x1p-64);
    DoubleDouble r = DoubleDouble.times(turn, new DoubleDouble(PIO2_1, PIO2_2));
    return new Angle(r.hi(), r.lo(), quadrant);
  }

  private static long window(long word, long shift) {
    long next = Bits64.right(Bits64.right(TWO_OVER_PI_BITS[(int) word + 1], 63 - shift), 1);
    return Bits64.plus(Bits64.left(TWO_OVER_PI_BITS[(int) word], shift), next);
  }

  static DoubleDouble sinReduced(double r, double lo) {
    double z = r * r;
    double p = Math.fma(0x1.5d7d589c5a783p-33, z, -0x1.ae5e1cc874a7dp-26);
    p = Math.fma(p, z, 0x1.71de351be2ce1p-19);
    p = Math.fma(p, z, -0x1.a01a019baaa81p-13);
    p = Math.fma(p, z, 0x1.111111110f564p-7);
    p = Math.fma(p, z, -0x1.5555555555547p-3);
    return DoubleDouble.ordered(r, Math.fma(r * z, p, Math.fma(-0.5 * z, lo, lo)));
  }

  static DoubleDouble cosReduced(double r, double lo) {
    DoubleDouble square = DoubleDouble.product(r, r);
    double z = square.hi();
    double p = Math.fma(-0x1.8f8b72f603f5cp-37, z, 0x1.1ee9a7a6c5fa9p-29);
    p = Math.fma(p, z, -0x1.27e4f7a4ebb78p-22);
    p = Math.fma(p, z, 0x1.a01a019c24ec7p-16);
    p = Math.fma(p, z, -0x1.6c16c16c14bcfp-10);
    p = Math.fma(p, z, 0x1.5555555555549p-5);
    DoubleDouble y = DoubleDouble.ordered(1, -0.5 * z);
    double rest = Math.fma(z * z, p, Math.fma(-0.5, square.lo(), Math.fma(-r, lo, y.lo())));
    return DoubleDouble.ordered(y.hi(), rest);
  }

  private static double quadrantValue(Angle angle, long quadrant) {
    double y =
        (quadrant & 1) == 0
            ? sinReduced(angle.r(), angle.lo()).hi()
            : cosReduced(angle.r(), angle.lo()).hi();
    return (quadrant & 2) == 0 ? y : -y;
  }

  /** Sine. */
  static double sin(double x) {
    double a = Math.abs(x);
    if (!(a < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    Angle angle = reduce(a);
    double y = quadrantValue(angle, angle.quadrant());
    return x == 0 ? x : x < 0 ? -y : y;
  }

  /** Cosine. */
  static double cos(double x) {
    double a = Math.abs(x);
    if (!(a < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    Angle angle = reduce(a);
    return quadrantValue(angle, angle.quadrant() + 1);
  }

  /** Tangent. */
  static double tan(double x) {
    double a = Math.abs(x);
    if (!(a < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    Angle angle = reduce(a);
    DoubleDouble s = sinReduced(angle.r(), angle.lo());
    DoubleDouble c = cosReduced(angle.r(), angle.lo());
    double y =
        (angle.quadrant() & 1) == 0
            ? DoubleDouble.divide(s, c).hi()
            : DoubleDouble.divide(DoubleDouble.negative(c), s).hi();
    return x == 0 ? x : x < 0 ? -y : y;
  }
}
