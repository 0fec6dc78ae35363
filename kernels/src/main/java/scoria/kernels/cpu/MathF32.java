package scoria.kernels.cpu;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementary functions of float32 vectors.
 *
 * <p>Each is a range reduction, a minimax polynomial (coefficients by {@code src/build/minimax.py})
 * and a reconstruction, made of fma, add, mul, div, compare-and-blend and integer bit operations
 * only, so that every machine gives the same bits and a GPU can too.
 *
 * <p>Methods stay below the size up to which the JIT compiler inlines hot methods (325 bytes of
 * bytecode): a vector that crosses a real call is boxed.
 */
final class MathF32 {
  static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  /** Adding it rounds to an integer, which then stands in the low bits of the sum. */
  static final float ROUNDER = 0x1.8p23f;

  static final float LOG2_E = 0x1.715476p0f;
  static final float LN2_HI = 0x1.62e43p-1f;
  static final float LN2_LO = -0x1.05c61p-29f;

  /** pi/2 = PIO2_1 + PIO2_2 + PIO2_3 + ..., each part rounded to nearest. */
  static final float TWO_OVER_PI = 0x1.45f306p-1f;

  static final float PIO2_1 = 0x1.921fb6p0f;
  static final float PIO2_2 = -0x1.777a5cp-25f;
  static final float PIO2_3 = -0x1.ee59dap-50f;

  /** Up to here {@link #sin} and {@link #cos} are right; beyond, use {@link #sinLarge}. */
  static final float TRIG_LIMIT = 0x1p17f;

  static final float SQRT_HALF = 0x1.6a09e6p-1f;

  static final int SIGN = 0x80000000;
  static final int EXPONENT_BITS = 23;
  static final int BIAS = 127;
  static final int ONE_BITS = 0x3f800000;
  static final int SQRT_HALF_BITS = 0x3f3504f3;

  private MathF32() {}

  private static FloatVector c(float value) {
    return FloatVector.broadcast(S, value);
  }

  // Where a comparison with NaN is false, so that the NaN passes.
  private static FloatVector atMost(FloatVector x, float limit) {
    return x.blend(c(limit), x.compare(GT, c(limit)));
  }

  private static FloatVector atLeast(FloatVector x, float limit) {
    return x.blend(c(limit), x.compare(LT, c(limit)));
  }

  static FloatVector withSignOf(FloatVector x, FloatVector magnitude) {
    IntVector sign = x.reinterpretAsInts().and(SIGN);
    return magnitude.reinterpretAsInts().or(sign).reinterpretAsFloats();
  }

  // ---- exponentials -----------------------------------------------------------------------

  /** x / ln 2 + ROUNDER: the exponent n of e^x = 2^n e^r, in the low bits. */
  private static FloatVector exponent(FloatVector x) {
    return x.fma(c(LOG2_E), c(ROUNDER));
  }

  /** r = x - n ln 2, |r| at most ln(2)/2. */
  private static FloatVector remainder(FloatVector x, FloatVector exponent) {
    FloatVector n = exponent.sub(c(ROUNDER));
    return n.fma(c(-LN2_LO), n.fma(c(-LN2_HI), x));
  }

  /** e^r for |r| at most ln(2)/2. */
  private static FloatVector expReduced(FloatVector r) {
    FloatVector p = c(0x1.6ac974p-10f).fma(r, c(0x1.123e04p-7f));
    p = p.fma(r, c(0x1.555858p-5f));
    p = p.fma(r, c(0x1.55548cp-3f));
    p = p.fma(r, c(0x1.fffffcp-2f));
    p = p.fma(r, c(1.0f));
    return p.fma(r, c(1.0f));
  }

  /** 2^n p, rounded once: in two factors, since 2^n alone may overflow or be subnormal. */
  private static FloatVector scale(FloatVector p, FloatVector exponent) {
    IntVector n = exponent.reinterpretAsInts();
    IntVector half = n.lanewise(LSHR, 1);
    FloatVector first = half.add(BIAS).lanewise(LSHL, EXPONENT_BITS).reinterpretAsFloats();
    FloatVector second = n.sub(half).add(BIAS).lanewise(LSHL, EXPONENT_BITS).reinterpretAsFloats();
    return p.mul(first).mul(second);
  }

  /** 2^n p where 2^n is a normal number. */
  private static FloatVector scaleNormal(FloatVector p, FloatVector exponent, int bias) {
    IntVector n = exponent.reinterpretAsInts();
    return p.mul(n.add(bias).lanewise(LSHL, EXPONENT_BITS).reinterpretAsFloats());
  }

  /** e^x where x is known not to go far beyond overflow or underflow. */
  private static FloatVector expClamped(FloatVector x) {
    FloatVector n = exponent(x);
    return scale(expReduced(remainder(x, n)), n);
  }

  /** e^-|x|. */
  private static FloatVector decay(FloatVector x) {
    return expClamped(atMost(x.abs(), 104.0f).neg());
  }

  /** e^x. Error at most 0.9 ulp. */
  static FloatVector exp(FloatVector x) {
    return expClamped(atLeast(atMost(x, 89.0f), -104.0f));
  }

  /** e^x - 1. Error at most 1.5 ulp. */
  static FloatVector expm1(FloatVector x) {
    FloatVector a = atLeast(atMost(x, 89.0f), -18.0f);
    FloatVector n = exponent(a);
    FloatVector p = expm1Reduced(remainder(a, n));
    // 2 (2^(n-1) p + (2^(n-1) - 1/2)): 2^n itself may overflow.
    FloatVector half = scaleNormal(c(1.0f), n, BIAS - 1);
    FloatVector y = half.fma(p, half.sub(c(0.5f)));
    y = y.add(y).blend(p, n.compare(EQ, c(ROUNDER)));
    return withSignOf(x, y);
  }

  private static FloatVector expm1Reduced(FloatVector r) {
    FloatVector p = c(0x1.a032c6p-13f).fma(r, c(0x1.6d7226p-10f));
    p = p.fma(r, c(0x1.11118ap-7f));
    p = p.fma(r, c(0x1.5554b2p-5f));
    p = p.fma(r, c(0x1.555554p-3f));
    p = p.fma(r, c(0x1.0p-1f));
    return r.mul(r).fma(p, r);
  }

  /** 1 / (1 + e^-x). Error at most 2.2 ulp. */
  static FloatVector sigmoid(FloatVector x) {
    FloatVector t = decay(x);
    FloatVector one = c(1.0f);
    return one.blend(t, x.compare(LT, c(0.0f))).div(t.add(one));
  }

  /**
   * e^-|x| as {@link #silu} computes it. Where silu and its derivatives are wanted at one x, the
   * compiler finds the parts that they share.
   */
  private static FloatVector siluDecay(FloatVector x) {
    return expClamped(atMost(x.abs(), 120.0f).neg());
  }

  /** x / (1 + e^-x); -0 at minus infinity. Error at most 2.9 ulp. */
  static FloatVector silu(FloatVector x) {
    FloatVector a = atMost(x.abs(), 120.0f).neg();
    FloatVector n = exponent(a);
    FloatVector p = expReduced(remainder(a, n));
    VectorMask<Float> negative = x.compare(LT, c(0.0f));
    // Scaled last, so that a subnormal result is rounded once.
    FloatVector y = x.blend(a.mul(p), negative).div(scale(p, n).add(c(1.0f)));
    return y.blend(scale(y, n), negative);
  }

  /** The derivative of {@link #silu}: s (1 + x (1 - s)) with s = sigmoid(x). */
  static FloatVector siluSlope(FloatVector x) {
    FloatVector a = atLeast(atMost(x, 120.0f), -120.0f);
    FloatVector t = siluDecay(x);
    FloatVector d = c(1.0f).div(t.add(c(1.0f)));
    FloatVector e = t.mul(d);
    VectorMask<Float> negative = a.compare(LT, c(0.0f));
    FloatVector s = d.blend(e, negative);
    FloatVector rest = e.blend(d, negative);
    return s.mul(a).fma(rest, s);
  }

  /**
   * The second derivative of {@link #silu}: s (1 - s) (2 + x (1 - 2 s)) with s = sigmoid(x). Where
   * it changes its sign, at 2.4 and -2.4, the error is a few ulps of the parts that cancel.
   */
  static FloatVector siluCurve(FloatVector x) {
    FloatVector a = atLeast(atMost(x, 120.0f), -120.0f);
    FloatVector t = siluDecay(x);
    FloatVector d = c(1.0f).div(t.add(c(1.0f)));
    FloatVector e = t.mul(d);
    // |x| (e - d) is x (1 - 2 s), whatever the sign.
    return d.mul(e).mul(a.abs().fma(e.sub(d), c(2.0f)));
  }

  /** Hyperbolic tangent. Error at most 1.5 ulp. */
  static FloatVector tanh(FloatVector x) {
    FloatVector a = atMost(x.abs(), 10.0f);
    FloatVector twice = a.add(a);
    FloatVector n = exponent(twice);
    FloatVector t = scaleNormal(expReduced(remainder(twice, n)), n, BIAS);
    FloatVector large = c(1.0f).sub(c(2.0f).div(t.add(c(1.0f))));
    return withSignOf(x, large.blend(tanhSmall(a), a.compare(LT, c(0.55f))));
  }

  private static FloatVector tanhSmall(FloatVector a) {
    FloatVector z = a.mul(a);
    FloatVector p = c(-0x1.99bf9ep-8f).fma(z, c(0x1.58f7acp-6f));
    p = p.fma(z, c(-0x1.b91f8ep-5f));
    p = p.fma(z, c(0x1.110ceep-3f));
    p = p.fma(z, c(-0x1.55554ap-2f));
    return a.mul(z).fma(p, a);
  }

  // ---- logarithms -------------------------------------------------------------------------

  /** Natural logarithm. Error at most 0.85 ulp. */
  static FloatVector log(FloatVector x) {
    VectorMask<Float> subnormal = x.compare(LT, c(Float.MIN_NORMAL));
    FloatVector normal = x.blend(x.mul(c(0x1p23f)), subnormal);
    IntVector e = biasedExponent(normal);
    FloatVector f = significand(normal, e).sub(c(1.0f));
    FloatVector k = toFloat(e).sub(c(BIAS).blend(c(BIAS + 23), subnormal));
    FloatVector y = logReduced(f, k);
    y = y.blend(c(Float.NEGATIVE_INFINITY), x.compare(EQ, c(0.0f)));
    return logEnds(x, y, 0.0f);
  }

  /** ln(1 + x). Error at most 1.45 ulp. */
  static FloatVector log1p(FloatVector x) {
    FloatVector one = c(1.0f);
    FloatVector u = x.add(one);
    // u + lost = 1 + x exactly.
    FloatVector d = u.sub(one);
    FloatVector lost = one.sub(u.sub(d)).add(x.sub(d));
    IntVector e = biasedExponent(u);
    IntVector inverse = e.neg().add(2 * BIAS).max(0).lanewise(LSHL, EXPONENT_BITS);
    FloatVector f = lost.fma(inverse.reinterpretAsFloats(), significand(u, e).sub(one));
    FloatVector y = withSignOf(x, logReduced(f, toFloat(e).sub(c(BIAS))));
    y = y.blend(c(Float.NEGATIVE_INFINITY), x.compare(EQ, c(-1.0f)));
    return logEnds(x, y, -1.0f);
  }

  /** NaN below {@code least}; infinity and NaN stay themselves. */
  private static FloatVector logEnds(FloatVector x, FloatVector y, float least) {
    FloatVector z = y.blend(c(Float.NaN), x.compare(LT, c(least)));
    return z.blend(x, x.compare(LT, c(Float.POSITIVE_INFINITY)).not());
  }

  /** BIAS + k, where x = 2^k m and m lies in [sqrt(1/2), sqrt(2)). */
  private static IntVector biasedExponent(FloatVector x) {
    return x.reinterpretAsInts().add(ONE_BITS - SQRT_HALF_BITS).lanewise(LSHR, EXPONENT_BITS);
  }

  private static FloatVector significand(FloatVector x, IntVector biasedExponent) {
    IntVector power = biasedExponent.lanewise(LSHL, EXPONENT_BITS);
    return x.reinterpretAsInts().sub(power).add(ONE_BITS).reinterpretAsFloats();
  }

  /** The value of a small integer, at least 0. */
  private static FloatVector toFloat(IntVector i) {
    return i.or(0x4b000000).reinterpretAsFloats().sub(c(0x1p23f));
  }

  /** ln(1 + f) + k ln 2 for 1 + f in [sqrt(1/2), sqrt(2)). */
  private static FloatVector logReduced(FloatVector f, FloatVector k) {

    FloatVector p = c(-0x1.391176p-4f).fma(f, c(0x1.057a48p-3f));
    p = p.fma(f, c(-0x1.0d8316p-3f));
    p = p.fma(f, c(0x1.22d5e2p-3f));
    p = p.fma(f, c(-0x1.547212p-3f));
    p = p.fma(f, c(0x1.99a034p-3f));
    p = p.fma(f, c(-0x1.000228p-2f));
    p = p.fma(f, c(0x1.555554p-2f));
    FloatVector z = f.mul(f);
    FloatVector y = z.mul(f).fma(p, k.mul(c(LN2_LO)));
    y = z.fma(c(-0.5f), y);
    return k.fma(c(LN2_HI), f.add(y));
  }

  /** ln(1 + e^x). Error at most 1.75 ulp. */
  static FloatVector softplus(FloatVector x) {
    FloatVector t = decay(x);
    FloatVector one = c(1.0f);
    FloatVector u = t.add(one);
    VectorMask<Float> big = u.compare(GE, c(1.4142135f));
    FloatVector lost = t.sub(u.sub(one));
    FloatVector half = c(0.5f);
    FloatVector f = t.blend(lost.fma(half, u.fma(half, c(-1.0f))), big);
    FloatVector y = logReduced(f, c(0.0f).blend(one, big));
    return y.add(x.blend(c(0.0f), x.compare(LT, c(0.0f))));
  }

  // ---- trigonometric ----------------------------------------------------------------------

  /** Sine of |x| up to TRIG_LIMIT. Error at most 1.55 ulp. */
  static FloatVector sin(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector n = a.fma(c(TWO_OVER_PI), c(ROUNDER));
    IntVector quadrant = n.reinterpretAsInts();
    IntVector sign =
        quadrant.lanewise(LSHL, EXPONENT_BITS + 7).lanewise(XOR, x.reinterpretAsInts());
    return quadrantValue(trigRemainder(a, n), quadrant, sign);
  }

  /** Cosine of |x| up to TRIG_LIMIT. Error at most 1.55 ulp. */
  static FloatVector cos(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector n = a.fma(c(TWO_OVER_PI), c(ROUNDER));
    IntVector quadrant = n.reinterpretAsInts().add(1);
    return quadrantValue(trigRemainder(a, n), quadrant, quadrant.lanewise(LSHL, EXPONENT_BITS + 7));
  }

  /** x - n pi/2. The first difference is exact. */
  private static FloatVector trigRemainder(FloatVector x, FloatVector rounded) {
    FloatVector n = rounded.sub(c(ROUNDER));
    FloatVector first = n.fma(c(-PIO2_1), x);
    return n.fma(c(-PIO2_3), n.fma(c(-PIO2_2), first));
  }

  /** sin r in even quadrants, cos r in odd ones, with the top bit of {@code sign} for its sign. */
  private static FloatVector quadrantValue(FloatVector r, IntVector quadrant, IntVector sign) {
    FloatVector z = r.mul(r);
    VectorMask<Float> odd = quadrant.and(1).compare(EQ, 1).cast(S);
    FloatVector y = sinReduced(r, z).blend(cosReduced(z), odd);
    return y.reinterpretAsInts().lanewise(XOR, sign.and(SIGN)).reinterpretAsFloats();
  }

  static FloatVector sinReduced(FloatVector r, FloatVector z) {
    FloatVector p = c(-0x1.991c28p-13f).fma(z, c(0x1.1106c6p-7f));
    p = p.fma(z, c(-0x1.555544p-3f));
    return r.mul(z).fma(p, r);
  }

  static FloatVector cosReduced(FloatVector z) {
    FloatVector p = c(0x1.99ddd8p-16f).fma(z, c(-0x1.6c0c12p-10f));
    p = p.fma(z, c(0x1.55554ap-5f));
    return z.fma(z.fma(p, c(-0.5f)), c(1.0f));
  }

  /** Lanes that {@link #sin} and {@link #cos} leave to the scalar path. */
  static VectorMask<Float> trigLarge(FloatVector x) {
    return x.abs().compare(GT, c(TRIG_LIMIT));
  }

  /** The sine beyond TRIG_LIMIT. */
  static float sinLarge(float x) {
    return (float) Trigonometry.sin(x);
  }

  /** The cosine beyond TRIG_LIMIT. */
  static float cosLarge(float x) {
    return (float) Trigonometry.cos(x);
  }

  // ---- error function ---------------------------------------------------------------------

  /** Error function. Error at most 1.4 ulp. */
  static FloatVector erf(FloatVector x) {
    FloatVector a = atMost(x.abs(), 4.0f);
    FloatVector e = expClamped(a.mul(a).neg());
    FloatVector large = c(1.0f).sub(e.mul(erfcx(a)));
    return withSignOf(x, large.blend(erfSmall(a), a.compare(LT, c(0.9f))));
  }

  private static FloatVector erfSmall(FloatVector a) {
    FloatVector z = a.mul(a);
    FloatVector p = c(0x1.6510b8p-14f).fma(z, c(-0x1.aca39p-11f));
    p = p.fma(z, c(0x1.550a44p-8f));
    p = p.fma(z, c(-0x1.b81524p-6f));
    p = p.fma(z, c(0x1.ce2e54p-4f));
    p = p.fma(z, c(-0x1.812744p-2f));
    p = p.fma(z, c(0x1.06eba8p-3f));
    return a.fma(p, a);
  }

  /** e^(a^2) erfc(a) for a in 0 to 11: a polynomial in (a - K)/(a + K), over a + K. */
  private static FloatVector erfcx(FloatVector a) {
    FloatVector k = c(3.0f);
    FloatVector q = c(1.0f).div(a.add(k));
    FloatVector t = a.sub(k).mul(q);
    return q.mul(erfcxReduced(t));
  }

  private static FloatVector erfcxReduced(FloatVector t) {
    FloatVector p = c(-0x1.3957cap-12f).fma(t, c(-0x1.cb0d3p-12f));
    p = p.fma(t, c(0x1.9390b2p-9f));
    p = p.fma(t, c(-0x1.49c9cap-10f));
    p = p.fma(t, c(-0x1.b7d7p-6f));
    p = p.fma(t, c(0x1.e99eeep-4f));
    p = p.fma(t, c(-0x1.3dea76p-2f));
    p = p.fma(t, c(0x1.2e3254p-1f));
    p = p.fma(t, c(-0x1.c44c4ap-1f));
    p = p.fma(t, c(0x1.12f21ep+0f));
    return p;
  }

  /** -a^2/2 - n ln 2, with the rounding error of the square put back. */
  private static FloatVector gaussRemainder(FloatVector a, FloatVector square, FloatVector n) {
    FloatVector lost = a.fma(a, square.neg());
    return lost.fma(c(-0.5f), remainder(square.mul(c(-0.5f)), n));
  }

  /** x Phi(x) = x (1 + erf(x / sqrt 2)) / 2. Error at most 6 ulp. */
  static FloatVector gelu(FloatVector x) {
    FloatVector a = atMost(x.abs(), 15.0f);
    FloatVector square = a.mul(a);
    FloatVector n = exponent(square.mul(c(-0.5f)));
    FloatVector tail = erfcx(a.mul(c(SQRT_HALF))).mul(c(0.5f));
    FloatVector p = expReduced(gaussRemainder(a, square, n));
    FloatVector w = scale(tail.mul(p).mul(a), n);
    return x.blend(c(-0.0f), x.compare(LT, c(0.0f))).sub(w);
  }

  /** The derivative of {@link #gelu}: Phi(x) + x phi(x). */
  static FloatVector geluSlope(FloatVector x) {
    FloatVector a = atMost(x.abs(), 15.0f);
    FloatVector square = a.mul(a);
    FloatVector n = exponent(square.mul(c(-0.5f)));
    FloatVector p = scale(expReduced(gaussRemainder(a, square, n)), n);
    // For x < 0: Phi(-a) - a phi(a); else one minus that.
    FloatVector tail = erfcx(a.mul(c(SQRT_HALF))).mul(c(0.5f));
    FloatVector w = a.fma(c(-0x1.988454p-2f), tail).mul(p);
    return w.blend(c(1.0f).sub(w), x.compare(LT, c(0.0f)).not());
  }
}
