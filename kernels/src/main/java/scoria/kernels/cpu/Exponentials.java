package scoria.kernels.cpu;

/**
 * Exponential functions of one float64 number at a time. Errors are stated in ulp of float64, as
 * measured against values of higher precision; rounded to float32, all are within 0.51 ulp.
 */
// cuda: generated
final class Exponentials {
  static final double LOG2_E = 0x1.71547652b82fep0;
  static final double LN2_HI = 0x1.62e42fefa39efp-1;
  static final double LN2_LO = 0x1.abc9e3b39803fp-56;

  private Exponentials() {}

  /** 2^n x, rounded once, for n in -2100 to 2100. */
  static double scale(double x, long n) {
    long third = n / 3;
    long rest = n - 2 * third;
    double power = powerOfTwo(third);
    return x * power * power * powerOfTwo(rest);
  }

  /** 2^n for n in -1022 to 1023. */
  static double powerOfTwo(long n) {
    return Double.longBitsToDouble((n + 1023) << 52);
  }

  /** e^(hi + lo) 2^shift, where |lo| is not above an ulp of hi; 0 or infinity beyond the range. */
  static double exp(double hi, double lo, long shift) {
    double x = hi > 800 ? 800 : hi < -800 ? -800 : hi;
    double n = Math.rint(x * LOG2_E);
    double rest = Math.fma(-n, LN2_LO, x == hi ? lo : 0);
    // n ln 2 lies so near to x that this difference is exact.
    DoubleDouble r = DoubleDouble.sum(Math.fma(-n, LN2_HI, x), rest);
    return scale(expReduced(r.hi(), r.lo()), (long) n + shift);
  }

  /** e^(r + lo) for |r| at most ln(2)/2. */
  static double expReduced(double r, double lo) {
    double p = expm1Polynomial(r);
    return 1 + (r + Math.fma(r * r, p, Math.fma(lo, r, lo)));
  }

  /** (e^r - 1 - r) / r^2 for |r| at most ln(2)/2; the coefficients of MathF64. */
  static double expm1Polynomial(double r) {
    double p = Math.fma(0x1.1f2358f005803p-29, r, 0x1.af5d1a0174e54p-26);
    p = Math.fma(p, r, 0x1.27e5062363bddp-22);
    p = Math.fma(p, r, 0x1.71ddf93911b63p-19);
    p = Math.fma(p, r, 0x1.a01a019898d76p-16);
    p = Math.fma(p, r, 0x1.a01a01af97627p-13);
    p = Math.fma(p, r, 0x1.6c16c16c176aep-10);
    p = Math.fma(p, r, 0x1.111111110f71fp-7);
    p = Math.fma(p, r, 0x1.5555555555558p-5);
    p = Math.fma(p, r, 0x1.5555555555559p-3);
    return Math.fma(p, r, 0.5);
  }

  /** 2^x. */
  static double exp2(double x) {
    double a = x > 1100 ? 1100 : x < -1100 ? -1100 : x;
    double n = Math.rint(a);
    double f = a - n;
    DoubleDouble r = DoubleDouble.product(f, LN2_HI);
    double y = expReduced(r.hi(), Math.fma(f, LN2_LO, r.lo()));
    return Double.isNaN(x) ? x : scale(y, (long) n);
  }

  /** Hyperbolic sine. */
  static double sinh(double x) {
    double a = Math.abs(x);
    if (a < 1) {
      return sinhSmall(x);
    }
    // A half of the exponential first: it alone would overflow too early.
    double half = exp(a, 0, -1);
    double y = Double.isNaN(x) ? x : a > 22 ? half : half - 0.25 / half;
    return Math.copySign(y, x);
  }

  /** Its Taylor series. */
  private static double sinhSmall(double x) {
    double z = x * x;
    double p = Math.fma(0x1.2f49b46814157p-57, z, 0x1.952c77030ad4ap-49);
    p = Math.fma(p, z, 0x1.ae7f3e733b81fp-41);
    p = Math.fma(p, z, 0x1.6124613a86d09p-33);
    p = Math.fma(p, z, 0x1.ae64567f544e4p-26);
    p = Math.fma(p, z, 0x1.71de3a556c734p-19);
    p = Math.fma(p, z, 0x1.a01a01a01a01ap-13);
    p = Math.fma(p, z, 0x1.1111111111111p-7);
    p = Math.fma(p, z, 0x1.5555555555555p-3);
    return Math.fma(x * z, p, x);
  }

  /** Hyperbolic cosine. */
  static double cosh(double x) {
    double a = Math.abs(x);
    double half = exp(a, 0, -1);
    return Double.isNaN(x) ? x : a > 22 ? half : half + 0.25 / half;
  }

  /** 1 - erf(x), exact where that is small. */
  static double erfc(double x) {
    double a = Math.abs(x);
    if (a < 0.5) {
      return 1 - Math.fma(x, erfPolynomial(x * x), x);
    }
    double b = a > 28 ? 28 : a;
    DoubleDouble square = DoubleDouble.product(b, b);
    double y = exp(-square.hi(), -square.lo(), 0) * erfcx(b);
    return Double.isNaN(x) ? x : x < 0 ? 2 - y : y;
  }

  /** (erf a - a) / a in z = a^2; the coefficients of MathF64. */
  private static double erfPolynomial(double z) {
    double p = Math.fma(-0x1.298f720b86f2fp-30, z, 0x1.03634fc93966ap-26);
    p = Math.fma(p, z, -0x1.61e62f10882f2p-23);
    p = Math.fma(p, z, 0x1.ba5174c3fb5bap-20);
    p = Math.fma(p, z, -0x1.f4dc7e7a5e263p-17);
    p = Math.fma(p, z, 0x1.f9a3bed66e7e7p-14);
    p = Math.fma(p, z, -0x1.c02db99916f27p-11);
    p = Math.fma(p, z, 0x1.565bcd2f00666p-8);
    p = Math.fma(p, z, -0x1.b82ce31364ec6p-6);
    p = Math.fma(p, z, 0x1.ce2f21a045b7dp-4);
    p = Math.fma(p, z, -0x1.812746b037a27p-2);
    return Math.fma(p, z, 0x1.06eba8214db69p-3);
  }

  /** e^(a^2) erfc(a) for a in 0 to 28, as MathF64 has it. */
  private static double erfcx(double a) {
    double q = 1 / (a + 3.5);
    return q * erfcxPolynomial((a - 3.5) * q);
  }

  private static double erfcxPolynomial(double t) {
    double p = Math.fma(0x1.b5370f1e00378p-30, t, 0x1.84694c77bf063p-28);
    p = Math.fma(p, t, -0x1.34b285bcca9e5p-26);
    p = Math.fma(p, t, -0x1.3957e2aec0632p-24);
    p = Math.fma(p, t, 0x1.e7d47825395d6p-24);
    p = Math.fma(p, t, 0x1.1fff60e79434cp-21);
    p = Math.fma(p, t, -0x1.abbec9bf0f773p-21);
    p = Math.fma(p, t, -0x1.c5db5a5037b8dp-19);
    p = Math.fma(p, t, 0x1.e63debc5ef4dap-18);
    p = Math.fma(p, t, 0x1.38c462271bf09p-16);
    p = Math.fma(p, t, -0x1.39a42d9304cc5p-14);
    p = Math.fma(p, t, -0x1.60d4d69d6ac9ep-15);
    p = Math.fma(p, t, 0x1.769ed9f4c2225p-11);
    p = Math.fma(p, t, -0x1.5630e31202a6dp-10);
    p = Math.fma(p, t, -0x1.a06c1ef42880ap-9);
    p = Math.fma(p, t, 0x1.b27b274f1fbfap-6);
    p = Math.fma(p, t, -0x1.7a232e1cf1959p-4);
    p = Math.fma(p, t, 0x1.ce500ceb4faedp-3);
    p = Math.fma(p, t, -0x1.bdb3c1808ba05p-2);
    p = Math.fma(p, t, 0x1.6362dd2801a61p-1);
    p = Math.fma(p, t, -0x1.e02749166d567p-1);
    return Math.fma(p, t, 0x1.1649466cd0bf1p+0);
  }
}
