// Constants and polynomials of float32: those of the CPU's MathF32, in the same order of operations.
#pragma once
#include "common.cuh"

template <>
struct Real<float> {
  typedef unsigned int Bits;

  static constexpr float ROUNDER = 0x1.8p23f;
  static constexpr float LOG2_E = 0x1.715476p0f;
  static constexpr float LN2_HI = 0x1.62e43p-1f;
  static constexpr float LN2_LO = -0x1.05c61p-29f;
  static constexpr float TWO_OVER_PI = 0x1.45f306p-1f;
  static constexpr float PIO2_1 = 0x1.921fb6p0f;
  static constexpr float PIO2_2 = -0x1.777a5cp-25f;
  static constexpr float PIO2_3 = -0x1.ee59dap-50f;
  static constexpr float TRIG_LIMIT = 0x1p17f;
  static constexpr float SQRT_HALF = 0x1.6a09e6p-1f;

  static constexpr Bits SIGN = 0x80000000u;
  static constexpr int EXPONENT_BITS = 23;
  static constexpr int BIAS = 127;
  static constexpr Bits ONE_BITS = 0x3f800000u;
  static constexpr Bits SQRT_HALF_BITS = 0x3f3504f3u;
  static constexpr float LEAST_NORMAL = 0x1p-126f;
  static constexpr float TO_NORMAL = 0x1p23f;
  static constexpr int TO_NORMAL_BITS = 23;
  static constexpr float WHOLE = 0x1p23f;
  static constexpr Bits WHOLE_BITS = 0x4b000000u;
  static constexpr Bits INF_BITS = 0x7f800000u;
  static constexpr Bits NAN_BITS = 0x7fc00000u;

  // Beyond these the functions are constant, or overflow, or underflow.
  static constexpr float EXP_MOST = 89.0f;
  static constexpr float EXP_LEAST = -104.0f;
  static constexpr float EXPM1_LEAST = -18.0f;
  static constexpr float SILU_MOST = 120.0f;
  static constexpr float TANH_MOST = 10.0f;
  static constexpr float ERF_MOST = 4.0f;
  static constexpr float ERFCX_K = 3.0f;
  static constexpr float GELU_MOST = 15.0f;
  static constexpr float TANH_SMALL = 0.55f;
  static constexpr float ERF_SMALL = 0.9f;
  static constexpr float SOFTPLUS_BIG = 1.4142135f;
  static constexpr float DENSITY_0 = -0x1.988454p-2f;

  // e^r, |r| at most ln(2)/2.
  static __device__ float expPolynomial(float r) {
    float p = multiplyAdd(0x1.6ac974p-10f, r, 0x1.123e04p-7f);
    p = multiplyAdd(p, r, 0x1.555858p-5f);
    p = multiplyAdd(p, r, 0x1.55548cp-3f);
    p = multiplyAdd(p, r, 0x1.fffffcp-2f);
    p = multiplyAdd(p, r, 1.0f);
    return multiplyAdd(p, r, 1.0f);
  }

  // (e^r - 1 - r) / r^2.
  static __device__ float expm1Polynomial(float r) {
    float p = multiplyAdd(0x1.a032c6p-13f, r, 0x1.6d7226p-10f);
    p = multiplyAdd(p, r, 0x1.11118ap-7f);
    p = multiplyAdd(p, r, 0x1.5554b2p-5f);
    p = multiplyAdd(p, r, 0x1.555554p-3f);
    return multiplyAdd(p, r, 0x1.0p-1f);
  }

  // (tanh a - a) / a^3 in z = a^2.
  static __device__ float tanhPolynomial(float z) {
    float p = multiplyAdd(-0x1.99bf9ep-8f, z, 0x1.58f7acp-6f);
    p = multiplyAdd(p, z, -0x1.b91f8ep-5f);
    p = multiplyAdd(p, z, 0x1.110ceep-3f);
    return multiplyAdd(p, z, -0x1.55554ap-2f);
  }

  // (ln(1 + f) - f + f^2/2) / f^3.
  static __device__ float logPolynomial(float f) {
    float p = multiplyAdd(-0x1.391176p-4f, f, 0x1.057a48p-3f);
    p = multiplyAdd(p, f, -0x1.0d8316p-3f);
    p = multiplyAdd(p, f, 0x1.22d5e2p-3f);
    p = multiplyAdd(p, f, -0x1.547212p-3f);
    p = multiplyAdd(p, f, 0x1.99a034p-3f);
    p = multiplyAdd(p, f, -0x1.000228p-2f);
    return multiplyAdd(p, f, 0x1.555554p-2f);
  }

  // (sin r - r) / r^3 in z = r^2.
  static __device__ float sinPolynomial(float z) {
    float p = multiplyAdd(-0x1.991c28p-13f, z, 0x1.1106c6p-7f);
    return multiplyAdd(p, z, -0x1.555544p-3f);
  }

  // (cos r - 1 + z/2) / z^2 in z = r^2.
  static __device__ float cosPolynomial(float z) {
    float p = multiplyAdd(0x1.99ddd8p-16f, z, -0x1.6c0c12p-10f);
    return multiplyAdd(p, z, 0x1.55554ap-5f);
  }

  // (erf a - a) / a in z = a^2.
  static __device__ float erfPolynomial(float z) {
    float p = multiplyAdd(0x1.6510b8p-14f, z, -0x1.aca39p-11f);
    p = multiplyAdd(p, z, 0x1.550a44p-8f);
    p = multiplyAdd(p, z, -0x1.b81524p-6f);
    p = multiplyAdd(p, z, 0x1.ce2e54p-4f);
    p = multiplyAdd(p, z, -0x1.812744p-2f);
    return multiplyAdd(p, z, 0x1.06eba8p-3f);
  }

  // (a + K) e^(a^2) erfc(a) in t = (a - K)/(a + K).
  static __device__ float erfcxPolynomial(float t) {
    float p = multiplyAdd(-0x1.3957cap-12f, t, -0x1.cb0d3p-12f);
    p = multiplyAdd(p, t, 0x1.9390b2p-9f);
    p = multiplyAdd(p, t, -0x1.49c9cap-10f);
    p = multiplyAdd(p, t, -0x1.b7d7p-6f);
    p = multiplyAdd(p, t, 0x1.e99eeep-4f);
    p = multiplyAdd(p, t, -0x1.3dea76p-2f);
    p = multiplyAdd(p, t, 0x1.2e3254p-1f);
    p = multiplyAdd(p, t, -0x1.c44c4ap-1f);
    return multiplyAdd(p, t, 0x1.12f21ep+0f);
  }

  // ln(1 + f) + k ln 2 for 1 + f in [sqrt(1/2), sqrt(2)).
  static __device__ float logReduced(float f, float k) {
    float p = logPolynomial(f);
    float z = f * f;
    float y = multiplyAdd(z * f, p, k * LN2_LO);
    y = multiplyAdd(z, -0.5f, y);
    return multiplyAdd(k, LN2_HI, f + y);
  }
};
