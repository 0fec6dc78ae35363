// Constants and polynomials of float64: those of the CPU's MathF64, in the same order of operations.
#pragma once
#include "common.cuh"

template <>
struct Real<double> {
  typedef unsigned long long Bits;

  static constexpr double ROUNDER = 0x1.8p52;
  static constexpr double LOG2_E = 0x1.71547652b82fep0;
  static constexpr double LN2_HI = 0x1.62e42fefa39efp-1;
  static constexpr double LN2_LO = 0x1.abc9e3b39803fp-56;
  static constexpr double TWO_OVER_PI = 0x1.45f306dc9c883p-1;
  static constexpr double PIO2_1 = 0x1.921fb54442d18p0;
  static constexpr double PIO2_2 = 0x1.1a62633145c07p-54;
  static constexpr double PIO2_3 = -0x1.f1976b7ed8fbcp-110;
  static constexpr double TRIG_LIMIT = 0x1p30;
  static constexpr double SQRT_HALF = 0x1.6a09e667f3bcdp-1;

  static constexpr Bits SIGN = 0x8000000000000000ull;
  static constexpr int EXPONENT_BITS = 52;
  static constexpr int BIAS = 1023;
  static constexpr Bits ONE_BITS = 0x3ff0000000000000ull;
  static constexpr Bits SQRT_HALF_BITS = 0x3fe6a09e667f3bcdull;
  static constexpr double LEAST_NORMAL = 0x1p-1022;
  static constexpr double TO_NORMAL = 0x1p54;
  static constexpr int TO_NORMAL_BITS = 54;
  static constexpr double WHOLE = 0x1p52;
  static constexpr Bits WHOLE_BITS = 0x4330000000000000ull;
  static constexpr Bits INF_BITS = 0x7ff0000000000000ull;
  static constexpr Bits NAN_BITS = 0x7ff8000000000000ull;

  // Beyond these the functions are constant, or overflow, or underflow.
  static constexpr double EXP_MOST = 710.0;
  static constexpr double EXP_LEAST = -746.0;
  static constexpr double EXPM1_LEAST = -38.0;
  static constexpr double SILU_MOST = 760.0;
  static constexpr double TANH_MOST = 22.0;
  static constexpr double ERF_MOST = 6.0;
  static constexpr double ERFCX_K = 3.5;
  static constexpr double GELU_MOST = 39.0;
  static constexpr double TANH_SMALL = 0.55;
  static constexpr double ERF_SMALL = 0.9;
  static constexpr double SOFTPLUS_BIG = 1.4142135;
  static constexpr double DENSITY_0 = -0x1.9884533d43651p-2;

  // e^r, |r| at most ln(2)/2.
  static __device__ double expPolynomial(double r) {
    double p = multiplyAdd(0x1.add2b1b0f3ea5p-26, r, 0x1.28aee4cc9aadap-22);
    p = multiplyAdd(p, r, 0x1.71def75c03083p-19);
    p = multiplyAdd(p, r, 0x1.a01998841e072p-16);
    p = multiplyAdd(p, r, 0x1.a01a013be3147p-13);
    p = multiplyAdd(p, r, 0x1.6c16c184b7d17p-10);
    p = multiplyAdd(p, r, 0x1.111111112513ap-7);
    p = multiplyAdd(p, r, 0x1.55555555505ffp-5);
    p = multiplyAdd(p, r, 0x1.5555555555502p-3);
    p = multiplyAdd(p, r, 0x1.000000000000ap-1);
    p = multiplyAdd(p, r, 1.0);
    return multiplyAdd(p, r, 1.0);
  }

  // (e^r - 1 - r) / r^2.
  static __device__ double expm1Polynomial(double r) {
    double p = multiplyAdd(0x1.1f2358f005803p-29, r, 0x1.af5d1a0174e54p-26);
    p = multiplyAdd(p, r, 0x1.27e5062363bddp-22);
    p = multiplyAdd(p, r, 0x1.71ddf93911b63p-19);
    p = multiplyAdd(p, r, 0x1.a01a019898d76p-16);
    p = multiplyAdd(p, r, 0x1.a01a01af97627p-13);
    p = multiplyAdd(p, r, 0x1.6c16c16c176aep-10);
    p = multiplyAdd(p, r, 0x1.111111110f71fp-7);
    p = multiplyAdd(p, r, 0x1.5555555555558p-5);
    p = multiplyAdd(p, r, 0x1.5555555555559p-3);
    return multiplyAdd(p, r, 0x1.0p-1);
  }

  // (tanh a - a) / a^3 in z = a^2.
  static __device__ double tanhPolynomial(double z) {
    double p = multiplyAdd(0x1.ac0215d98ce5dp-15, z, -0x1.b90a2e0533342p-13);
    p = multiplyAdd(p, z, 0x1.2fa29e442433cp-11);
    p = multiplyAdd(p, z, -0x1.7cf3c1ea020e4p-10);
    p = multiplyAdd(p, z, 0x1.d6c61e3c239bep-9);
    p = multiplyAdd(p, z, -0x1.226ddd4d4e60ep-7);
    p = multiplyAdd(p, z, 0x1.664f45c31b3a5p-6);
    p = multiplyAdd(p, z, -0x1.ba1ba1ad7350bp-5);
    p = multiplyAdd(p, z, 0x1.11111111029afp-3);
    return multiplyAdd(p, z, -0x1.555555555549ep-2);
  }

  // (2 artanh(s) / s - 2) / z in z = s^2, s = f/(2 + f).
  static __device__ double logPolynomial(double z) {
    double p = multiplyAdd(0x1.2f117f5deeacp-3, z, 0x1.39a09572aead4p-3);
    p = multiplyAdd(p, z, 0x1.746649b0e0ef5p-3);
    p = multiplyAdd(p, z, 0x1.c71c51d7c9606p-3);
    p = multiplyAdd(p, z, 0x1.249249422a499p-2);
    p = multiplyAdd(p, z, 0x1.999999997f9f8p-2);
    return multiplyAdd(p, z, 0x1.5555555555593p-1);
  }

  // (sin r - r) / r^3 in z = r^2.
  static __device__ double sinPolynomial(double z) {
    double p = multiplyAdd(0x1.5d7d589c5a783p-33, z, -0x1.ae5e1cc874a7dp-26);
    p = multiplyAdd(p, z, 0x1.71de351be2ce1p-19);
    p = multiplyAdd(p, z, -0x1.a01a019baaa81p-13);
    p = multiplyAdd(p, z, 0x1.111111110f564p-7);
    return multiplyAdd(p, z, -0x1.5555555555547p-3);
  }

  // (cos r - 1 + z/2) / z^2 in z = r^2.
  static __device__ double cosPolynomial(double z) {
    double p = multiplyAdd(-0x1.8f8b72f603f5cp-37, z, 0x1.1ee9a7a6c5fa9p-29);
    p = multiplyAdd(p, z, -0x1.27e4f7a4ebb78p-22);
    p = multiplyAdd(p, z, 0x1.a01a019c24ec7p-16);
    p = multiplyAdd(p, z, -0x1.6c16c16c14bcfp-10);
    return multiplyAdd(p, z, 0x1.5555555555549p-5);
  }

  // (erf a - a) / a in z = a^2.
  static __device__ double erfPolynomial(double z) {
    double p = multiplyAdd(-0x1.298f720b86f2fp-30, z, 0x1.03634fc93966ap-26);
    p = multiplyAdd(p, z, -0x1.61e62f10882f2p-23);
    p = multiplyAdd(p, z, 0x1.ba5174c3fb5bap-20);
    p = multiplyAdd(p, z, -0x1.f4dc7e7a5e263p-17);
    p = multiplyAdd(p, z, 0x1.f9a3bed66e7e7p-14);
    p = multiplyAdd(p, z, -0x1.c02db99916f27p-11);
    p = multiplyAdd(p, z, 0x1.565bcd2f00666p-8);
    p = multiplyAdd(p, z, -0x1.b82ce31364ec6p-6);
    p = multiplyAdd(p, z, 0x1.ce2f21a045b7dp-4);
    p = multiplyAdd(p, z, -0x1.812746b037a27p-2);
    return multiplyAdd(p, z, 0x1.06eba8214db69p-3);
  }

  // (a + K) e^(a^2) erfc(a) in t = (a - K)/(a + K).
  static __device__ double erfcxPolynomial(double t) {
    double p = multiplyAdd(0x1.b5370f1e00378p-30, t, 0x1.84694c77bf063p-28);
    p = multiplyAdd(p, t, -0x1.34b285bcca9e5p-26);
    p = multiplyAdd(p, t, -0x1.3957e2aec0632p-24);
    p = multiplyAdd(p, t, 0x1.e7d47825395d6p-24);
    p = multiplyAdd(p, t, 0x1.1fff60e79434cp-21);
    p = multiplyAdd(p, t, -0x1.abbec9bf0f773p-21);
    p = multiplyAdd(p, t, -0x1.c5db5a5037b8dp-19);
    p = multiplyAdd(p, t, 0x1.e63debc5ef4dap-18);
    p = multiplyAdd(p, t, 0x1.38c462271bf09p-16);
    p = multiplyAdd(p, t, -0x1.39a42d9304cc5p-14);
    p = multiplyAdd(p, t, -0x1.60d4d69d6ac9ep-15);
    p = multiplyAdd(p, t, 0x1.769ed9f4c2225p-11);
    p = multiplyAdd(p, t, -0x1.5630e31202a6dp-10);
    p = multiplyAdd(p, t, -0x1.a06c1ef42880ap-9);
    p = multiplyAdd(p, t, 0x1.b27b274f1fbfap-6);
    p = multiplyAdd(p, t, -0x1.7a232e1cf1959p-4);
    p = multiplyAdd(p, t, 0x1.ce500ceb4faedp-3);
    p = multiplyAdd(p, t, -0x1.bdb3c1808ba05p-2);
    p = multiplyAdd(p, t, 0x1.6362dd2801a61p-1);
    p = multiplyAdd(p, t, -0x1.e02749166d567p-1);
    return multiplyAdd(p, t, 0x1.1649466cd0bf1p+0);
  }

  // ln(1 + f) + k ln 2 for 1 + f in [sqrt(1/2), sqrt(2)).
  static __device__ double logReduced(double f, double k) {
    double s = f / (f + 2.0);
    double z = s * s;
    double p = logPolynomial(z);
    double h = f * f * 0.5;
    double y = h - multiplyAdd(s, multiplyAdd(z, p, h), k * LN2_LO);
    return multiplyAdd(k, LN2_HI, f - y);
  }
};
