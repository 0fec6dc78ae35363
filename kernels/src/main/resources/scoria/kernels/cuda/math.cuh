// Elementary functions by our own polynomials, with the very operations of the CPU's MathF32 and
// MathF64 in their order: the same bits. A select stands where the CPU blends.
#pragma once
#include "common.cuh"
#include "math32.cuh"
#include "math64.cuh"
#include "scalar.cuh"

// Where a comparison with NaN is false, so that the NaN passes.
template <class T>
__device__ __forceinline__ T atMost(T x, T limit) {
  return x > limit ? limit : x;
}
template <class T>
__device__ __forceinline__ T atLeast(T x, T limit) {
  return x < limit ? limit : x;
}
template <class T>
__device__ __forceinline__ T withSignOf(T x, T size) {
  typedef typename Real<T>::Bits Bits;
  return bits<T>(bits<Bits>(size) | (bits<Bits>(x) & Real<T>::SIGN));
}
template <class T>
__device__ __forceinline__ T notANumber() {
  return bits<T>(Real<T>::NAN_BITS);
}
template <class T>
__device__ __forceinline__ T infinity() {
  return bits<T>(Real<T>::INF_BITS);
}

// ---- exponentials -------------------------------------------------------------------------

// x / ln 2 + ROUNDER: the exponent n of e^x = 2^n e^r, in the low bits.
template <class T>
__device__ __forceinline__ T exponentOf(T x) {
  return multiplyAdd(x, Real<T>::LOG2_E, Real<T>::ROUNDER);
}
// r = x - n ln 2.
template <class T>
__device__ __forceinline__ T remainderOf(T x, T exponent) {
  T n = exponent - Real<T>::ROUNDER;
  return multiplyAdd(n, -Real<T>::LN2_LO, multiplyAdd(n, -Real<T>::LN2_HI, x));
}
// 2^n p, rounded once: in two factors, since 2^n alone may overflow or be subnormal.
template <class T>
__device__ __forceinline__ T scale(T p, T exponent) {
  typedef typename Real<T>::Bits Bits;
  Bits n = bits<Bits>(exponent);
  Bits half = n >> 1;
  T first = bits<T>((half + Real<T>::BIAS) << Real<T>::EXPONENT_BITS);
  T second = bits<T>((n - half + Real<T>::BIAS) << Real<T>::EXPONENT_BITS);
  return p * first * second;
}
// 2^n p where 2^n is a normal number.
template <class T>
__device__ __forceinline__ T scaleNormal(T p, T exponent, int bias) {
  typedef typename Real<T>::Bits Bits;
  return p * bits<T>((bits<Bits>(exponent) + (Bits)bias) << Real<T>::EXPONENT_BITS);
}
template <class T>
__device__ __forceinline__ T expClamped(T x) {
  T n = exponentOf(x);
  return scale(Real<T>::expPolynomial(remainderOf(x, n)), n);
}
// e^-|x|.
template <class T>
__device__ __forceinline__ T decay(T x) {
  return expClamped(-atMost(magnitude(x), -Real<T>::EXP_LEAST));
}
template <class T>
__device__ T expOf(T x) {
  return expClamped(atLeast(atMost(x, Real<T>::EXP_MOST), Real<T>::EXP_LEAST));
}
template <class T>
__device__ T expm1Of(T x) {
  T a = atLeast(atMost(x, Real<T>::EXP_MOST), Real<T>::EXPM1_LEAST);
  T n = exponentOf(a);
  T r = remainderOf(a, n);
  T p = multiplyAdd(r * r, Real<T>::expm1Polynomial(r), r);
  // 2 (2^(n-1) p + (2^(n-1) - 1/2)): 2^n itself may overflow.
  T half = scaleNormal((T)1, n, Real<T>::BIAS - 1);
  T y = multiplyAdd(half, p, half - (T)0.5);
  y = n == Real<T>::ROUNDER ? p : y + y;
  return withSignOf(x, y);
}
template <class T>
__device__ T sigmoidOf(T x) {
  T t = decay(x);
  return (x < 0 ? t : (T)1) / (t + (T)1);
}
template <class T>
__device__ T siluOf(T x) {
  T a = -atMost(magnitude(x), Real<T>::SILU_MOST);
  T n = exponentOf(a);
  T p = Real<T>::expPolynomial(remainderOf(a, n));
  bool negative = x < 0;
  // Scaled last, so that a subnormal result is rounded once.
  T y = (negative ? a * p : x) / (scale(p, n) + (T)1);
  return negative ? scale(y, n) : y;
}
// The derivative of silu: s (1 + x (1 - s)) with s = sigmoid(x).
template <class T>
__device__ T siluSlope(T x) {
  T a = atLeast(atMost(x, Real<T>::SILU_MOST), -Real<T>::SILU_MOST);
  T t = decay(a);
  T d = (T)1 / (t + (T)1);
  T e = t * d;
  bool negative = a < 0;
  T s = negative ? e : d;
  T rest = negative ? d : e;
  return multiplyAdd(s * a, rest, s);
}
// The second derivative of silu: s (1 - s) (2 + x (1 - 2 s)) with s = sigmoid(x).
template <class T>
__device__ T siluCurveOf(T x) {
  T a = atLeast(atMost(x, Real<T>::SILU_MOST), -Real<T>::SILU_MOST);
  T t = decay(a);
  T d = (T)1 / (t + (T)1);
  T e = t * d;
  return d * e * multiplyAdd(magnitude(a), e - d, (T)2);
}
template <class T>
__device__ T tanhOf(T x) {
  T a = atMost(magnitude(x), Real<T>::TANH_MOST);
  T twice = a + a;
  T n = exponentOf(twice);
  T t = scaleNormal(Real<T>::expPolynomial(remainderOf(twice, n)), n, Real<T>::BIAS);
  T large = (T)1 - (T)2 / (t + (T)1);
  T z = a * a;
  T small = multiplyAdd(a * z, Real<T>::tanhPolynomial(z), a);
  return withSignOf(x, a < Real<T>::TANH_SMALL ? small : large);
}

// ---- logarithms ---------------------------------------------------------------------------

// BIAS + k, where x = 2^k m and m lies in [sqrt(1/2), sqrt(2)).
template <class T>
__device__ __forceinline__ typename Real<T>::Bits biasedExponent(T x) {
  typedef typename Real<T>::Bits Bits;
  return (bits<Bits>(x) + (Real<T>::ONE_BITS - Real<T>::SQRT_HALF_BITS)) >> Real<T>::EXPONENT_BITS;
}
template <class T>
__device__ __forceinline__ T significand(T x, typename Real<T>::Bits biased) {
  typedef typename Real<T>::Bits Bits;
  return bits<T>(bits<Bits>(x) - (biased << Real<T>::EXPONENT_BITS) + Real<T>::ONE_BITS);
}
// The value of a small integer, at least 0.
template <class T>
__device__ __forceinline__ T wholeOf(typename Real<T>::Bits i) {
  return bits<T>(i | Real<T>::WHOLE_BITS) - Real<T>::WHOLE;
}
// NaN below `least`; infinity and NaN stay themselves.
template <class T>
__device__ __forceinline__ T logEnds(T x, T y, T least) {
  T z = x < least ? notANumber<T>() : y;
  return x < infinity<T>() ? z : x;
}
template <class T>
__device__ T logOf(T x) {
  bool subnormal = x < Real<T>::LEAST_NORMAL;
  T normal = subnormal ? x * Real<T>::TO_NORMAL : x;
  typename Real<T>::Bits e = biasedExponent(normal);
  T f = significand(normal, e) - (T)1;
  T k = wholeOf<T>(e) - (T)(subnormal ? Real<T>::BIAS + Real<T>::TO_NORMAL_BITS : Real<T>::BIAS);
  T y = Real<T>::logReduced(f, k);
  y = x == 0 ? -infinity<T>() : y;
  return logEnds(x, y, (T)0);
}
template <class T>
__device__ T log1pOf(T x) {
  typedef typename Real<T>::Bits Bits;
  T u = x + (T)1;
  // u + lost = 1 + x exactly.
  T d = u - (T)1;
  T lost = ((T)1 - (u - d)) + (x - d);
  Bits e = biasedExponent(u);
  Bits power = 2 * Real<T>::BIAS - e;
  Bits inverse = (power & Real<T>::SIGN) != 0 ? 0 : power << Real<T>::EXPONENT_BITS;
  T f = multiplyAdd(lost, bits<T>(inverse), significand(u, e) - (T)1);
  T y = withSignOf(x, Real<T>::logReduced(f, wholeOf<T>(e) - (T)Real<T>::BIAS));
  y = x == (T)-1 ? -infinity<T>() : y;
  return logEnds(x, y, (T)-1);
}
// ln(1 + e^x).
template <class T>
__device__ T softplusOf(T x) {
  T t = decay(x);
  T u = t + (T)1;
  bool big = u >= Real<T>::SOFTPLUS_BIG;
  T lost = t - (u - (T)1);
  T f = big ? multiplyAdd(lost, (T)0.5, multiplyAdd(u, (T)0.5, (T)-1)) : t;
  T y = Real<T>::logReduced(f, big ? (T)1 : (T)0);
  return y + (x < 0 ? (T)0 : x);
}

// ---- trigonometric ------------------------------------------------------------------------

// x - n pi/2. The first difference is exact.
template <class T>
__device__ __forceinline__ T trigRemainder(T x, T rounded) {
  T n = rounded - Real<T>::ROUNDER;
  T first = multiplyAdd(n, -Real<T>::PIO2_1, x);
  return multiplyAdd(n, -Real<T>::PIO2_3, multiplyAdd(n, -Real<T>::PIO2_2, first));
}
template <class T>
__device__ __forceinline__ T sinReduced(T r, T z) {
  return multiplyAdd(r * z, Real<T>::sinPolynomial(z), r);
}
template <class T>
__device__ __forceinline__ T cosReduced(T z) {
  return multiplyAdd(z, multiplyAdd(z, Real<T>::cosPolynomial(z), (T)-0.5), (T)1);
}
// sin r in even quadrants, cos r in odd ones, with the top bit of `sign` for its sign.
template <class T>
__device__ __forceinline__ T quadrantValue(
    T r, typename Real<T>::Bits quadrant, typename Real<T>::Bits sign) {
  typedef typename Real<T>::Bits Bits;
  T z = r * r;
  T y = (quadrant & 1) != 0 ? cosReduced(z) : sinReduced(r, z);
  return bits<T>(bits<Bits>(y) ^ (sign & Real<T>::SIGN));
}
// Beyond TRIG_LIMIT one by one in float64.
template <class T>
__device__ __noinline__ T sinLarge(T x) {
  return (T)Trigonometry::sin((double)x);
}
template <class T>
__device__ __noinline__ T cosLarge(T x) {
  return (T)Trigonometry::cos((double)x);
}

template <class T>
__device__ T sinOf(T x) {
  typedef typename Real<T>::Bits Bits;
  T a = magnitude(x);
  if (a > Real<T>::TRIG_LIMIT) return sinLarge(x);
  T n = multiplyAdd(a, Real<T>::TWO_OVER_PI, Real<T>::ROUNDER);
  Bits quadrant = bits<Bits>(n);
  Bits sign = (quadrant << (8 * sizeof(T) - 2)) ^ bits<Bits>(x);
  return quadrantValue(trigRemainder(a, n), quadrant, sign);
}
template <class T>
__device__ T cosOf(T x) {
  typedef typename Real<T>::Bits Bits;
  T a = magnitude(x);
  if (a > Real<T>::TRIG_LIMIT) return cosLarge(x);
  T n = multiplyAdd(a, Real<T>::TWO_OVER_PI, Real<T>::ROUNDER);
  Bits quadrant = bits<Bits>(n) + 1;
  return quadrantValue(trigRemainder(a, n), quadrant, quadrant << (8 * sizeof(T) - 2));
}

// ---- error function -----------------------------------------------------------------------

// e^(a^2) erfc(a): a polynomial in (a - K)/(a + K), over a + K.
template <class T>
__device__ __forceinline__ T erfcxOf(T a) {
  T q = (T)1 / (a + Real<T>::ERFCX_K);
  T t = (a - Real<T>::ERFCX_K) * q;
  return q * Real<T>::erfcxPolynomial(t);
}
template <class T>
__device__ T erfOf(T x) {
  T a = atMost(magnitude(x), Real<T>::ERF_MOST);
  T e = expClamped(-(a * a));
  T large = (T)1 - e * erfcxOf(a);
  T small = multiplyAdd(a, Real<T>::erfPolynomial(a * a), a);
  return withSignOf(x, a < Real<T>::ERF_SMALL ? small : large);
}
// -a^2/2 - n ln 2, with the rounding error of the square put back.
template <class T>
__device__ __forceinline__ T gaussRemainder(T a, T square, T n) {
  T lost = multiplyAdd(a, a, -square);
  return multiplyAdd(lost, (T)-0.5, remainderOf(square * (T)-0.5, n));
}
// x Phi(x).
template <class T>
__device__ T geluOf(T x) {
  T a = atMost(magnitude(x), Real<T>::GELU_MOST);
  T square = a * a;
  T n = exponentOf(square * (T)-0.5);
  T tail = erfcxOf(a * Real<T>::SQRT_HALF) * (T)0.5;
  T p = Real<T>::expPolynomial(gaussRemainder(a, square, n));
  T w = scale(tail * p * a, n);
  return (x < 0 ? (T)-0.0 : x) - w;
}
// The derivative of gelu: Phi(x) + x phi(x).
template <class T>
__device__ T geluSlope(T x) {
  T a = atMost(magnitude(x), Real<T>::GELU_MOST);
  T square = a * a;
  T n = exponentOf(square * (T)-0.5);
  T p = scale(Real<T>::expPolynomial(gaussRemainder(a, square, n)), n);
  T tail = erfcxOf(a * Real<T>::SQRT_HALF) * (T)0.5;
  T w = multiplyAdd(a, Real<T>::DENSITY_0, tail) * p;
  return x < 0 ? w : (T)1 - w;
}

// ---- what needs no polynomial -------------------------------------------------------------

template <class T>
__device__ __forceinline__ T signOf(T x) {
  return x < 0 ? (T)-1 : x > 0 ? (T)1 : x;
}
template <class T>
__device__ __forceinline__ T reluOf(T x) {
  return x <= 0 ? (T)0 : x;
}
// Adding WHOLE leaves no fraction bits; larger numbers have none to begin with.
template <class T>
__device__ __forceinline__ T rintOf(T x) {
  T a = magnitude(x);
  T whole = (a + Real<T>::WHOLE) - Real<T>::WHOLE;
  return withSignOf(x, a < Real<T>::WHOLE ? whole : a);
}
template <class T>
__device__ __forceinline__ T floorOf(T x) {
  T r = rintOf(x);
  return withSignOf(x, magnitude(r - (r > x ? (T)1 : (T)0)));
}
template <class T>
__device__ __forceinline__ T ceilOf(T x) {
  T r = rintOf(x);
  return withSignOf(x, magnitude(r + (r < x ? (T)1 : (T)0)));
}
template <class T>
__device__ __forceinline__ T truncOf(T x) {
  T a = magnitude(x);
  T r = rintOf(a);
  return withSignOf(x, r - (r > a ? (T)1 : (T)0));
}

// What a product's last step may be; the order is that of the enum Activation in Java.
// Called, not inlined: a thread has up to 16 elements to call it for.
template <class T>
__device__ __noinline__ T activate(int kind, T x) {
  switch (kind) {
    case 1: return reluOf(x);
    case 2: return siluOf(x);
    case 3: return geluOf(x);
    case 4: return tanhOf(x);
    case 5: return sigmoidOf(x);
    case 6: return softplusOf(x);
    default: return x;
  }
}
