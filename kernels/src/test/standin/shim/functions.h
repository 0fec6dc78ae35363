// Mathematical functions, min and max. sqrt, fma and the roundings are IEEE's, as on the device;
// the transcendental ones are the host library's and may differ from a device's in the last bits.
#pragma once
extern "C++" {
#define SCORIA_ONE(NAME)                                                  \
  static inline float NAME##f(float x) { return __builtin_##NAME##f(x); } \
  static inline double NAME(double x) { return __builtin_##NAME(x); }     \
  static inline float NAME(float x) { return __builtin_##NAME##f(x); }
#define SCORIA_TWO(NAME)                                                              \
  static inline float NAME##f(float x, float y) { return __builtin_##NAME##f(x, y); } \
  static inline double NAME(double x, double y) { return __builtin_##NAME(x, y); }    \
  static inline float NAME(float x, float y) { return __builtin_##NAME##f(x, y); }
SCORIA_ONE(sqrt)
SCORIA_ONE(fabs)
SCORIA_ONE(floor)
SCORIA_ONE(ceil)
SCORIA_ONE(trunc)
SCORIA_ONE(round)
SCORIA_ONE(rint)
SCORIA_ONE(nearbyint)
SCORIA_ONE(exp)
SCORIA_ONE(exp2)
SCORIA_ONE(expm1)
SCORIA_ONE(log)
SCORIA_ONE(log2)
SCORIA_ONE(log10)
SCORIA_ONE(log1p)
SCORIA_ONE(sin)
SCORIA_ONE(cos)
SCORIA_ONE(tan)
SCORIA_ONE(asin)
SCORIA_ONE(acos)
SCORIA_ONE(atan)
SCORIA_ONE(sinh)
SCORIA_ONE(cosh)
SCORIA_ONE(tanh)
SCORIA_ONE(erf)
SCORIA_ONE(erfc)
SCORIA_ONE(cbrt)
SCORIA_TWO(fmin)
SCORIA_TWO(fmax)
SCORIA_TWO(fmod)
SCORIA_TWO(pow)
SCORIA_TWO(atan2)
SCORIA_TWO(hypot)
SCORIA_TWO(copysign)
#undef SCORIA_ONE
#undef SCORIA_TWO
static inline float fmaf(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
static inline double fma(double a, double b, double c) { return __builtin_fma(a, b, c); }
static inline float fma(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
static inline float rsqrtf(float x) { return 1.0f / __builtin_sqrtf(x); }
static inline double rsqrt(double x) { return 1.0 / __builtin_sqrt(x); }
static inline float ldexpf(float x, int n) { return __builtin_ldexpf(x, n); }
static inline double ldexp(double x, int n) { return __builtin_ldexp(x, n); }
static inline float scalbnf(float x, int n) { return __builtin_ldexpf(x, n); }
static inline double scalbn(double x, int n) { return __builtin_ldexp(x, n); }
static inline long long llrintf(float x) { return __builtin_llrintf(x); }
static inline long long llrint(double x) { return __builtin_llrint(x); }
static inline bool isnan(float x) { return __builtin_isnan(x); }
static inline bool isnan(double x) { return __builtin_isnan(x); }
static inline bool isinf(float x) { return __builtin_isinf(x); }
static inline bool isinf(double x) { return __builtin_isinf(x); }
static inline bool isfinite(float x) { return __builtin_isfinite(x); }
static inline bool isfinite(double x) { return __builtin_isfinite(x); }
static inline bool signbit(float x) { return __builtin_signbit(x); }
static inline bool signbit(double x) { return __builtin_signbit(x); }
static inline int abs(int x) { return x < 0 ? -x : x; }
static inline long abs(long x) { return x < 0 ? -x : x; }
static inline long long abs(long long x) { return x < 0 ? -x : x; }
static inline long long llabs(long long x) { return x < 0 ? -x : x; }
static inline float abs(float x) { return __builtin_fabsf(x); }
static inline double abs(double x) { return __builtin_fabs(x); }

// CUDA has an overload for every pair, so that min(threadIdx.x, 5) is no ambiguity.
#define SCORIA_MIN_MAX(A, B, R)                                       \
  static inline R min(A a, B b) { return (R)a < (R)b ? (R)a : (R)b; } \
  static inline R max(A a, B b) { return (R)a > (R)b ? (R)a : (R)b; }
SCORIA_MIN_MAX(int, int, int)
SCORIA_MIN_MAX(unsigned int, unsigned int, unsigned int)
SCORIA_MIN_MAX(int, unsigned int, unsigned int)
SCORIA_MIN_MAX(unsigned int, int, unsigned int)
SCORIA_MIN_MAX(long, long, long)
SCORIA_MIN_MAX(unsigned long, unsigned long, unsigned long)
SCORIA_MIN_MAX(long, unsigned long, unsigned long)
SCORIA_MIN_MAX(unsigned long, long, unsigned long)
SCORIA_MIN_MAX(long long, long long, long long)
SCORIA_MIN_MAX(unsigned long long, unsigned long long, unsigned long long)
SCORIA_MIN_MAX(long long, unsigned long long, unsigned long long)
SCORIA_MIN_MAX(unsigned long long, long long, unsigned long long)
#undef SCORIA_MIN_MAX
// The device's min and max of floating point give the number when the other is NaN.
static inline float min(float a, float b) { return __builtin_fminf(a, b); }
static inline float max(float a, float b) { return __builtin_fmaxf(a, b); }
static inline double min(double a, double b) { return __builtin_fmin(a, b); }
static inline double max(double a, double b) { return __builtin_fmax(a, b); }
static inline double min(float a, double b) { return __builtin_fmin(a, b); }
static inline double max(float a, double b) { return __builtin_fmax(a, b); }
static inline double min(double a, float b) { return __builtin_fmin(a, b); }
static inline double max(double a, float b) { return __builtin_fmax(a, b); }
}
