package scoria.kernels.cpu;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementary functions of float64 vectors.
 *
 * <p>Each is a range reduction, a minimax polynomial (coefficients by {@code src/build/minimax.py})
 * and a reconstruction, made of fma, add, mul, div, compare-and-blend and integer bit operations
 * only, so that every machine gives the same bits and a GPU can too.
 *
 * <p>Methods stay below the size up to which the JIT compiler inlines hot methods (325 bytes of
 * bytecode): a vector that crosses a real call is boxed.
 */
final class MathF64 {
  static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  /** Adding it rounds to an integer, which then stands in the low bits of the sum. */
  static final double ROUNDER = 0x1.8p52;

  static final double LOG2_E = 0x1.71547652b82fep0;
  static final double LN2_HI = 0x1.62e42fefa39efp-1;
  static final double LN2_LO = 0x1.abc9e3b39803fp-56;

  /** pi/2 = PIO2_1 + PIO2_2 + PIO2_3 + ..., each part rounded to nearest. */
  static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;

  static final double PIO2_1 = 0x1.921fb54442d18p0;
  static final double PIO2_2 = 0x1.1a62633145c07p-54;
  static final double PIO2_3 = -0x1.f1976b7ed8fbcp-110;

  /** Up to here {@link #sin} and {@link #cos} are right; beyond, use {@link #sinLarge}. */
  static final double TRIG_LIMIT = 0x1p30;

  static final double SQRT_HALF = 0x1.6a09e667f3bcdp-1;

  static final long SIGN = 0x8000000000000000L;
  static final long EXPONENT_BITS = 52;
  static final long BIAS = 1023;
  static final long ONE_BITS = 0x3ff0000000000000L;
  static final long SQRT_HALF_BITS = 0x3fe6a09e667f3bcdL;

  private MathF64() {}

  private static DoubleVector c(double value) {
    return DoubleVector.broadcast(S, value);
  }

  // Where a comparison with NaN is false, so that the NaN passes.
  private static DoubleVector atMost(DoubleVector x, double limit) {
    return x.blend(c(limit), x.compare(GT, c(limit)));
  }

  private static DoubleVector atLeast(DoubleVector x, double limit) {
    return x.blend(c(limit), x.compare(LT, c(limit)));
  }

  static DoubleVector withSignOf(DoubleVector x, DoubleVector magnitude) {
    LongVector sign = x.reinterpretAsLongs().and(SIGN);
    return magnitude.reinterpretAsLongs().or(sign).reinterpretAsDoubles();
  }

  // ---- exponentials -----------------------------------------------------------------------

  /** x / ln 2 + ROUNDER: the exponent n of e^x = 2^n e^r, in the low bits. */
  private static DoubleVector exponent(DoubleVector x) {
    return x.fma(c(LOG2_E), c(ROUNDER));
  }

  /** r = x - n ln 2, |r| at most ln(2)/2. */
  private static DoubleVector remainder(DoubleVector x, DoubleVector exponent) {
    DoubleVector n = exponent.sub(c(ROUNDER));
    return n.fma(c(-LN2_LO), n.fma(c(-LN2_HI), x));
  }

  /** e^r for |r| at most ln(2)/2. */
  private static DoubleVector expReduced(DoubleVector r) {
    DoubleVector p = c(0x1.add2b1b0f3ea5p-26).fma(r, c(0x1.28aee4cc9aadap-22));
    p = p.fma(r, c(0x1.71def75c03083p-19));
    p = p.fma(r, c(0x1.a01998841e072p-16));
    p = p.fma(r, c(0x1.a01a013be3147p-13));
    p = p.fma(r, c(0x1.6c16c184b7d17p-10));
    p = p.fma(r, c(0x1.111111112513ap-7));
    p = p.fma(r, c(0x1.55555555505ffp-5));
    p = p.fma(r, c(0x1.5555555555502p-3));
    p = p.fma(r, c(0x1.000000000000ap-1));
    p = p.fma(r, c(1.0));
    return p.fma(r, c(1.0));
  }

  /** 2^n p, rounded once: in two factors, since 2^n alone may overflow or be subnormal. */
  private static DoubleVector scale(DoubleVector p, DoubleVector exponent) {
    LongVector n = exponent.reinterpretAsLongs();
    LongVector half = n.lanewise(LSHR, 1);
    DoubleVector first = half.add(BIAS).lanewise(LSHL, EXPONENT_BITS).reinterpretAsDoubles();
    DoubleVector second =
        n.sub(half).add(BIAS).lanewise(LSHL, EXPONENT_BITS).reinterpretAsDoubles();
    return p.mul(first).mul(second);
  }

  /** 2^n p where 2^n is a normal number. */
  private static DoubleVector scaleNormal(DoubleVector p, DoubleVector exponent, long bias) {
    LongVector n = exponent.reinterpretAsLongs();
    return p.mul(n.add(bias).lanewise(LSHL, EXPONENT_BITS).reinterpretAsDoubles());
  }

  /** e^x where x is known not to go far beyond overflow or underflow. */
  private static DoubleVector expClamped(DoubleVector x) {
    DoubleVector n = exponent(x);
    return scale(expReduced(remainder(x, n)), n);
  }

  /** e^-|x|. */
  private static DoubleVector decay(DoubleVector x) {
    return expClamped(atMost(x.abs(), 746.0).neg());
  }

  /** e^x. Error at most 0.75 ulp. */
  static DoubleVector exp(DoubleVector x) {
    return expClamped(atLeast(atMost(x, 710.0), -746.0));
  }

  /** e^x - 1. Error at most 1.75 ulp. */
  static DoubleVector expm1(DoubleVector x) {
    DoubleVector a = atLeast(atMost(x, 710.0), -38.0);
    DoubleVector n = exponent(a);
    DoubleVector p = expm1Reduced(remainder(a, n));
    // 2 (2^(n-1) p + (2^(n-1) - 1/2)): 2^n itself may overflow.
    DoubleVector half = scaleNormal(c(1.0), n, BIAS - 1);
    DoubleVector y = half.fma(p, half.sub(c(0.5)));
    y = y.add(y).blend(p, n.compare(EQ, c(ROUNDER)));
    return withSignOf(x, y);
  }

  private static DoubleVector expm1Reduced(DoubleVector r) {
    DoubleVector p = c(0x1.1f2358f005803p-29).fma(r, c(0x1.af5d1a0174e54p-26));
    p = p.fma(r, c(0x1.27e5062363bddp-22));
    p = p.fma(r, c(0x1.71ddf93911b63p-19));
    p = p.fma(r, c(0x1.a01a019898d76p-16));
    p = p.fma(r, c(0x1.a01a01af97627p-13));
    p = p.fma(r, c(0x1.6c16c16c176aep-10));
    p = p.fma(r, c(0x1.111111110f71fp-7));
    p = p.fma(r, c(0x1.5555555555558p-5));
    p = p.fma(r, c(0x1.5555555555559p-3));
    p = p.fma(r, c(0x1.0p-1));
    return r.mul(r).fma(p, r);
  }

  /** 1 / (1 + e^-x). Error at most 1.75 ulp. */
  static DoubleVector sigmoid(DoubleVector x) {
    DoubleVector t = decay(x);
    DoubleVector one = c(1.0);
    return one.blend(t, x.compare(LT, c(0.0))).div(t.add(one));
  }

  /**
   * e^-|x| as {@link #silu} computes it. Where silu and its derivatives are wanted at one x, the
   * compiler finds the parts that they share.
   */
  private static DoubleVector siluDecay(DoubleVector x) {
    return expClamped(atMost(x.abs(), 760.0).neg());
  }

  /** x / (1 + e^-x); -0 at minus infinity. Error at most 2.5 ulp. */
  static DoubleVector silu(DoubleVector x) {
    DoubleVector a = atMost(x.abs(), 760.0).neg();
    DoubleVector n = exponent(a);
    DoubleVector p = expReduced(remainder(a, n));
    VectorMask<Double> negative = x.compare(LT, c(0.0));
    // Scaled last, so that a subnormal result is rounded once.
    DoubleVector y = x.blend(a.mul(p), negative).div(scale(p, n).add(c(1.0)));
    return y.blend(scale(y, n), negative);
  }

  /** The derivative of {@link #silu}: s (1 + x (1 - s)) with s = sigmoid(x). */
  static DoubleVector siluSlope(DoubleVector x) {
    DoubleVector a = atLeast(atMost(x, 760.0), -760.0);
    DoubleVector t = siluDecay(x);
    DoubleVector d = c(1.0).div(t.add(c(1.0)));
    DoubleVector e = t.mul(d);
    VectorMask<Double> negative = a.compare(LT, c(0.0));
    DoubleVector s = d.blend(e, negative);
    DoubleVector rest = e.blend(d, negative);
    return s.mul(a).fma(rest, s);
  }

  /**
   * The second derivative of {@link #silu}: s (1 - s) (2 + x (1 - 2 s)) with s = sigmoid(x). Where
   * it changes its sign, at 2.4 and -2.4, the error is a few ulps of the parts that cancel.
   */
  static DoubleVector siluCurve(DoubleVector x) {
    DoubleVector a = atLeast(atMost(x, 760.0), -760.0);
    DoubleVector t = siluDecay(x);
    DoubleVector d = c(1.0).div(t.add(c(1.0)));
    DoubleVector e = t.mul(d);
    // |x| (e - d) is x (1 - 2 s), whatever the sign.
    return d.mul(e).mul(a.abs().fma(e.sub(d), c(2.0)));
  }

  /** Hyperbolic tangent. Error at most 1.4 ulp. */
  static DoubleVector tanh(DoubleVector x) {
    DoubleVector a = atMost(x.abs(), 22.0);
    DoubleVector twice = a.add(a);
    DoubleVector n = exponent(twice);
    DoubleVector t = scaleNormal(expReduced(remainder(twice, n)), n, BIAS);
    DoubleVector large = c(1.0).sub(c(2.0).div(t.add(c(1.0))));
    return withSignOf(x, large.blend(tanhSmall(a), a.compare(LT, c(0.55))));
  }

  private static DoubleVector tanhSmall(DoubleVector a) {
    DoubleVector z = a.mul(a);
    DoubleVector p = c(0x1.ac0215d98ce5dp-15).fma(z, c(-0x1.b90a2e0533342p-13));
    p = p.fma(z, c(0x1.2fa29e442433cp-11));
    p = p.fma(z, c(-0x1.7cf3c1ea020e4p-10));
    p = p.fma(z, c(0x1.d6c61e3c239bep-9));
    p = p.fma(z, c(-0x1.226ddd4d4e60ep-7));
    p = p.fma(z, c(0x1.664f45c31b3a5p-6));
    p = p.fma(z, c(-0x1.ba1ba1ad7350bp-5));
    p = p.fma(z, c(0x1.11111111029afp-3));
    p = p.fma(z, c(-0x1.555555555549ep-2));
    return a.mul(z).fma(p, a);
  }

  // ---- logarithms -------------------------------------------------------------------------

  /** Natural logarithm. Error at most 0.75 ulp. */
  static DoubleVector log(DoubleVector x) {
    VectorMask<Double> subnormal = x.compare(LT, c(Double.MIN_NORMAL));
    DoubleVector normal = x.blend(x.mul(c(0x1p54)), subnormal);
    LongVector e = biasedExponent(normal);
    DoubleVector f = significand(normal, e).sub(c(1.0));
    DoubleVector k = toFloat(e).sub(c(BIAS).blend(c(BIAS + 54), subnormal));
    DoubleVector y = logReduced(f, k);
    y = y.blend(c(Double.NEGATIVE_INFINITY), x.compare(EQ, c(0.0)));
    return logEnds(x, y, 0.0);
  }

  /** ln(1 + x). Error at most 1.25 ulp. */
  static DoubleVector log1p(DoubleVector x) {
    DoubleVector one = c(1.0);
    DoubleVector u = x.add(one);
    // u + lost = 1 + x exactly.
    DoubleVector d = u.sub(one);
    DoubleVector lost = one.sub(u.sub(d)).add(x.sub(d));
    LongVector e = biasedExponent(u);
    LongVector inverse = e.neg().add(2 * BIAS).max(0L).lanewise(LSHL, EXPONENT_BITS);
    DoubleVector f = lost.fma(inverse.reinterpretAsDoubles(), significand(u, e).sub(one));
    DoubleVector y = withSignOf(x, logReduced(f, toFloat(e).sub(c(BIAS))));
    y = y.blend(c(Double.NEGATIVE_INFINITY), x.compare(EQ, c(-1.0)));
    return logEnds(x, y, -1.0);
  }

  /** NaN below {@code least}; infinity and NaN stay themselves. */
  private static DoubleVector logEnds(DoubleVector x, DoubleVector y, double least) {
    DoubleVector z = y.blend(c(Double.NaN), x.compare(LT, c(least)));
    return z.blend(x, x.compare(LT, c(Double.POSITIVE_INFINITY)).not());
  }

  /** BIAS + k, where x = 2^k m and m lies in [sqrt(1/2), sqrt(2)). */
  private static LongVector biasedExponent(DoubleVector x) {
    return x.reinterpretAsLongs().add(ONE_BITS - SQRT_HALF_BITS).lanewise(LSHR, EXPONENT_BITS);
  }

  private static DoubleVector significand(DoubleVector x, LongVector biasedExponent) {
    LongVector power = biasedExponent.lanewise(LSHL, EXPONENT_BITS);
    return x.reinterpretAsLongs().sub(power).add(ONE_BITS).reinterpretAsDoubles();
  }

  /** The value of a small integer, at least 0. */
  private static DoubleVector toFloat(LongVector i) {
    return i.or(0x4330000000000000L).reinterpretAsDoubles().sub(c(0x1p52));
  }

  /** ln(1 + f) + k ln 2 for 1 + f in [sqrt(1/2), sqrt(2)). */
  private static DoubleVector logReduced(DoubleVector f, DoubleVector k) {

    DoubleVector s = f.div(f.add(c(2.0)));
    DoubleVector z = s.mul(s);
    DoubleVector p = c(0x1.2f117f5deeacp-3).fma(z, c(0x1.39a09572aead4p-3));
    p = p.fma(z, c(0x1.746649b0e0ef5p-3));
    p = p.fma(z, c(0x1.c71c51d7c9606p-3));
    p = p.fma(z, c(0x1.249249422a499p-2));
    p = p.fma(z, c(0x1.999999997f9f8p-2));
    p = p.fma(z, c(0x1.5555555555593p-1));
    DoubleVector h = f.mul(f).mul(c(0.5));
    DoubleVector y = h.sub(s.fma(z.fma(p, h), k.mul(c(LN2_LO))));
    return k.fma(c(LN2_HI), f.sub(y));
  }

  /** ln(1 + e^x). Error at most 1.5 ulp. */
  static DoubleVector softplus(DoubleVector x) {
    DoubleVector t = decay(x);
    DoubleVector one = c(1.0);
    DoubleVector u = t.add(one);
    VectorMask<Double> big = u.compare(GE, c(1.4142135));
    DoubleVector lost = t.sub(u.sub(one));
    DoubleVector half = c(0.5);
    DoubleVector f = t.blend(lost.fma(half, u.fma(half, c(-1.0))), big);
    DoubleVector y = logReduced(f, c(0.0).blend(one, big));
    return y.add(x.blend(c(0.0), x.compare(LT, c(0.0))));
  }

  // ---- trigonometric ----------------------------------------------------------------------

  /** Sine of |x| up to TRIG_LIMIT. Error at most 1.2 ulp. */
  static DoubleVector sin(DoubleVector x) {
    DoubleVector a = x.abs();
    DoubleVector n = a.fma(c(TWO_OVER_PI), c(ROUNDER));
    LongVector quadrant = n.reinterpretAsLongs();
    LongVector sign =
        quadrant.lanewise(LSHL, EXPONENT_BITS + 10).lanewise(XOR, x.reinterpretAsLongs());
    return quadrantValue(trigRemainder(a, n), quadrant, sign);
  }

  /** Cosine of |x| up to TRIG_LIMIT. Error at most 1.1 ulp. */
  static DoubleVector cos(DoubleVector x) {
    DoubleVector a = x.abs();
    DoubleVector n = a.fma(c(TWO_OVER_PI), c(ROUNDER));
    LongVector quadrant = n.reinterpretAsLongs().add(1);
    return quadrantValue(
        trigRemainder(a, n), quadrant, quadrant.lanewise(LSHL, EXPONENT_BITS + 10));
  }

  /** x - n pi/2. The first difference is exact. */
  private static DoubleVector trigRemainder(DoubleVector x, DoubleVector rounded) {
    DoubleVector n = rounded.sub(c(ROUNDER));
    DoubleVector first = n.fma(c(-PIO2_1), x);
    return n.fma(c(-PIO2_3), n.fma(c(-PIO2_2), first));
  }

  /** sin r in even quadrants, cos r in odd ones, with the top bit of {@code sign} for its sign. */
  private static DoubleVector quadrantValue(DoubleVector r, LongVector quadrant, LongVector sign) {
    DoubleVector z = r.mul(r);
    VectorMask<Double> odd = quadrant.and(1).compare(EQ, 1).cast(S);
    DoubleVector y = sinReduced(r, z).blend(cosReduced(z), odd);
    return y.reinterpretAsLongs().lanewise(XOR, sign.and(SIGN)).reinterpretAsDoubles();
  }

  static DoubleVector sinReduced(DoubleVector r, DoubleVector z) {
    DoubleVector p = c(0x1.5d7d589c5a783p-33).fma(z, c(-0x1.ae5e1cc874a7dp-26));
    p = p.fma(z, c(0x1.71de351be2ce1p-19));
    p = p.fma(z, c(-0x1.a01a019baaa81p-13));
    p = p.fma(z, c(0x1.111111110f564p-7));
    p = p.fma(z, c(-0x1.5555555555547p-3));
    return r.mul(z).fma(p, r);
  }

  static DoubleVector cosReduced(DoubleVector z) {
    DoubleVector p = c(-0x1.8f8b72f603f5cp-37).fma(z, c(0x1.1ee9a7a6c5fa9p-29));
    p = p.fma(z, c(-0x1.27e4f7a4ebb78p-22));
    p = p.fma(z, c(0x1.a01a019c24ec7p-16));
    p = p.fma(z, c(-0x1.6c16c16c14bcfp-10));
    p = p.fma(z, c(0x1.5555555555549p-5));
    return z.fma(z.fma(p, c(-0.5)), c(1.0));
  }

  /** Lanes that {@link #sin} and {@link #cos} leave to the scalar path. */
  static VectorMask<Double> trigLarge(DoubleVector x) {
    return x.abs().compare(GT, c(TRIG_LIMIT));
  }

  /** The sine beyond TRIG_LIMIT. */
  static double sinLarge(double x) {
    return Trigonometry.sin(x);
  }

  /** The cosine beyond TRIG_LIMIT. */
  static double cosLarge(double x) {
    return Trigonometry.cos(x);
  }

  // ---- error function ---------------------------------------------------------------------

  /** Error function. Error at most 0.9 ulp. */
  static DoubleVector erf(DoubleVector x) {
    DoubleVector a = atMost(x.abs(), 6.0);
    DoubleVector e = expClamped(a.mul(a).neg());
    DoubleVector large = c(1.0).sub(e.mul(erfcx(a)));
    return withSignOf(x, large.blend(erfSmall(a), a.compare(LT, c(0.9))));
  }

  private static DoubleVector erfSmall(DoubleVector a) {
    DoubleVector z = a.mul(a);
    DoubleVector p = c(-0x1.298f720b86f2fp-30).fma(z, c(0x1.03634fc93966ap-26));
    p = p.fma(z, c(-0x1.61e62f10882f2p-23));
    p = p.fma(z, c(0x1.ba5174c3fb5bap-20));
    p = p.fma(z, c(-0x1.f4dc7e7a5e263p-17));
    p = p.fma(z, c(0x1.f9a3bed66e7e7p-14));
    p = p.fma(z, c(-0x1.c02db99916f27p-11));
    p = p.fma(z, c(0x1.565bcd2f00666p-8));
    p = p.fma(z, c(-0x1.b82ce31364ec6p-6));
    p = p.fma(z, c(0x1.ce2f21a045b7dp-4));
    p = p.fma(z, c(-0x1.812746b037a27p-2));
    p = p.fma(z, c(0x1.06eba8214db69p-3));
    return a.fma(p, a);
  }

  /** e^(a^2) erfc(a) for a in 0 to 28: a polynomial in (a - K)/(a + K), over a + K. */
  private static DoubleVector erfcx(DoubleVector a) {
    DoubleVector k = c(3.5);
    DoubleVector q = c(1.0).div(a.add(k));
    DoubleVector t = a.sub(k).mul(q);
    return q.mul(erfcxReduced(t));
  }

  private static DoubleVector erfcxReduced(DoubleVector t) {
    DoubleVector p = c(0x1.b5370f1e00378p-30).fma(t, c(0x1.84694c77bf063p-28));
    p = p.fma(t, c(-0x1.34b285bcca9e5p-26));
    p = p.fma(t, c(-0x1.3957e2aec0632p-24));
    p = p.fma(t, c(0x1.e7d47825395d6p-24));
    p = p.fma(t, c(0x1.1fff60e79434cp-21));
    p = p.fma(t, c(-0x1.abbec9bf0f773p-21));
    p = p.fma(t, c(-0x1.c5db5a5037b8dp-19));
    p = p.fma(t, c(0x1.e63debc5ef4dap-18));
    p = p.fma(t, c(0x1.38c462271bf09p-16));
    p = p.fma(t, c(-0x1.39a42d9304cc5p-14));
    p = p.fma(t, c(-0x1.60d4d69d6ac9ep-15));
    p = p.fma(t, c(0x1.769ed9f4c2225p-11));
    p = p.fma(t, c(-0x1.5630e31202a6dp-10));
    p = p.fma(t, c(-0x1.a06c1ef42880ap-9));
    p = p.fma(t, c(0x1.b27b274f1fbfap-6));
    p = p.fma(t, c(-0x1.7a232e1cf1959p-4));
    p = p.fma(t, c(0x1.ce500ceb4faedp-3));
    p = p.fma(t, c(-0x1.bdb3c1808ba05p-2));
    p = p.fma(t, c(0x1.6362dd2801a61p-1));
    p = p.fma(t, c(-0x1.e02749166d567p-1));
    p = p.fma(t, c(0x1.1649466cd0bf1p+0));
    return p;
  }

  /** -a^2/2 - n ln 2, with the rounding error of the square put back. */
  private static DoubleVector gaussRemainder(DoubleVector a, DoubleVector square, DoubleVector n) {
    DoubleVector lost = a.fma(a, square.neg());
    return lost.fma(c(-0.5), remainder(square.mul(c(-0.5)), n));
  }

  /** x Phi(x) = x (1 + erf(x / sqrt 2)) / 2. Error at most 5 ulp. */
  static DoubleVector gelu(DoubleVector x) {
    DoubleVector a = atMost(x.abs(), 39.0);
    DoubleVector square = a.mul(a);
    DoubleVector n = exponent(square.mul(c(-0.5)));
    DoubleVector tail = erfcx(a.mul(c(SQRT_HALF))).mul(c(0.5));
    DoubleVector p = expReduced(gaussRemainder(a, square, n));
    DoubleVector w = scale(tail.mul(p).mul(a), n);
    return x.blend(c(-0.0), x.compare(LT, c(0.0))).sub(w);
  }

  /** The derivative of {@link #gelu}: Phi(x) + x phi(x). */
  static DoubleVector geluSlope(DoubleVector x) {
    DoubleVector a = atMost(x.abs(), 39.0);
    DoubleVector square = a.mul(a);
    DoubleVector n = exponent(square.mul(c(-0.5)));
    DoubleVector p = scale(expReduced(gaussRemainder(a, square, n)), n);
    // For x < 0: Phi(-a) - a phi(a); else one minus that.
    DoubleVector tail = erfcx(a.mul(c(SQRT_HALF))).mul(c(0.5));
    DoubleVector w = a.fma(c(-0x1.9884533d43651p-2), tail).mul(p);
    return w.blend(c(1.0).sub(w), x.compare(LT, c(0.0)).not());
  }
}
