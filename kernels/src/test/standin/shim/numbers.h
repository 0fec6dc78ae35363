// Bits, conversions and the rounding intrinsics. Results are those of the device where C++ would
// leave them open: conversions to integers saturate, NaN becomes 0.
#pragma once

template <class To, class From>
static inline __attribute__((always_inline)) To __scoria_bits(From from) {
  static_assert(sizeof(To) == sizeof(From), "bits of another size");
  To to;
  __builtin_memcpy(&to, &from, sizeof to);
  return to;
}
static inline int __float_as_int(float x) { return __scoria_bits<int>(x); }
static inline unsigned int __float_as_uint(float x) { return __scoria_bits<unsigned int>(x); }
static inline float __int_as_float(int x) { return __scoria_bits<float>(x); }
static inline float __uint_as_float(unsigned int x) { return __scoria_bits<float>(x); }
static inline long long __double_as_longlong(double x) { return __scoria_bits<long long>(x); }
static inline double __longlong_as_double(long long x) { return __scoria_bits<double>(x); }
static inline int __double2hiint(double x) { return (int)(__double_as_longlong(x) >> 32); }
static inline int __double2loint(double x) { return (int)__double_as_longlong(x); }
static inline double __hiloint2double(int high, int low) {
  return __longlong_as_double((long long)high << 32 | (unsigned int)low);
}

static inline float __fmaf_rn(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
static inline double __fma_rn(double a, double b, double c) { return __builtin_fma(a, b, c); }
static inline float __fadd_rn(float a, float b) { return a + b; }
static inline float __fsub_rn(float a, float b) { return a - b; }
static inline float __fmul_rn(float a, float b) { return a * b; }
static inline float __fdiv_rn(float a, float b) { return a / b; }
static inline float __frcp_rn(float a) { return 1.0f / a; }
static inline float __fsqrt_rn(float a) { return __builtin_sqrtf(a); }
static inline double __dadd_rn(double a, double b) { return a + b; }
static inline double __dsub_rn(double a, double b) { return a - b; }
static inline double __dmul_rn(double a, double b) { return a * b; }
static inline double __ddiv_rn(double a, double b) { return a / b; }
static inline double __drcp_rn(double a) { return 1.0 / a; }
static inline double __dsqrt_rn(double a) { return __builtin_sqrt(a); }
static inline float __saturatef(float x) { return x > 0 ? (x < 1 ? x : 1.0f) : 0.0f; }

// The largest value of an integer type is one less than a power of two, and that power is exact.
template <class To, class From>
static inline To __scoria_saturate(From x) {
  constexpr bool is_signed = (To)-1 < (To)0;
  constexpr To low = is_signed ? (To)((To)1 << (sizeof(To) * 8 - 1)) : (To)0;
  constexpr To high = (To)~low;
  const From above = (From)((To)1 << (sizeof(To) * 8 - 2)) * (is_signed ? (From)2 : (From)4);
  if (x != x) return 0;
  if (x >= above) return high;
  if (x <= (From)low) return low;
  return (To)x;
}
#define SCORIA_CONVERT(FROM, F, SUFFIX)                                                     \
  static inline int __##FROM##2int_rn(F x) {                                                \
    return __scoria_saturate<int>(__builtin_rint##SUFFIX(x));                               \
  }                                                                                         \
  static inline int __##FROM##2int_rz(F x) { return __scoria_saturate<int>(x); }            \
  static inline int __##FROM##2int_rd(F x) {                                                \
    return __scoria_saturate<int>(__builtin_floor##SUFFIX(x));                              \
  }                                                                                         \
  static inline int __##FROM##2int_ru(F x) {                                                \
    return __scoria_saturate<int>(__builtin_ceil##SUFFIX(x));                               \
  }                                                                                         \
  static inline unsigned int __##FROM##2uint_rn(F x) {                                      \
    return __scoria_saturate<unsigned int>(__builtin_rint##SUFFIX(x));                      \
  }                                                                                         \
  static inline unsigned int __##FROM##2uint_rz(F x) {                                      \
    return __scoria_saturate<unsigned int>(x);                                              \
  }                                                                                         \
  static inline unsigned int __##FROM##2uint_rd(F x) {                                      \
    return __scoria_saturate<unsigned int>(__builtin_floor##SUFFIX(x));                     \
  }                                                                                         \
  static inline unsigned int __##FROM##2uint_ru(F x) {                                      \
    return __scoria_saturate<unsigned int>(__builtin_ceil##SUFFIX(x));                      \
  }                                                                                         \
  static inline long long __##FROM##2ll_rn(F x) {                                           \
    return __scoria_saturate<long long>(__builtin_rint##SUFFIX(x));                         \
  }                                                                                         \
  static inline long long __##FROM##2ll_rz(F x) { return __scoria_saturate<long long>(x); } \
  static inline long long __##FROM##2ll_rd(F x) {                                           \
    return __scoria_saturate<long long>(__builtin_floor##SUFFIX(x));                        \
  }                                                                                         \
  static inline long long __##FROM##2ll_ru(F x) {                                           \
    return __scoria_saturate<long long>(__builtin_ceil##SUFFIX(x));                         \
  }                                                                                         \
  static inline unsigned long long __##FROM##2ull_rn(F x) {                                 \
    return __scoria_saturate<unsigned long long>(__builtin_rint##SUFFIX(x));                \
  }                                                                                         \
  static inline unsigned long long __##FROM##2ull_rz(F x) {                                 \
    return __scoria_saturate<unsigned long long>(x);                                        \
  }
SCORIA_CONVERT(float, float, f)
SCORIA_CONVERT(double, double, )
#undef SCORIA_CONVERT
static inline float __double2float_rn(double x) { return (float)x; }
static inline float __int2float_rn(int x) { return (float)x; }
static inline float __uint2float_rn(unsigned int x) { return (float)x; }
static inline float __ll2float_rn(long long x) { return (float)x; }
static inline float __ull2float_rn(unsigned long long x) { return (float)x; }
static inline double __int2double_rn(int x) { return x; }
static inline double __uint2double_rn(unsigned int x) { return x; }
static inline double __ll2double_rn(long long x) { return (double)x; }
static inline double __ull2double_rn(unsigned long long x) { return (double)x; }

static inline int __mulhi(int a, int b) { return (int)((long long)a * b >> 32); }
static inline unsigned int __umulhi(unsigned int a, unsigned int b) {
  return (unsigned int)((unsigned long long)a * b >> 32);
}
static inline long long __mul64hi(long long a, long long b) {
  return (long long)((__int128)a * b >> 64);
}
static inline unsigned long long __umul64hi(unsigned long long a, unsigned long long b) {
  return (unsigned long long)((unsigned __int128)a * b >> 64);
}
static inline int __clz(int x) { return x == 0 ? 32 : __builtin_clz((unsigned int)x); }
static inline int __clzll(long long x) {
  return x == 0 ? 64 : __builtin_clzll((unsigned long long)x);
}
static inline int __ffs(int x) { return __builtin_ffs(x); }
static inline int __ffsll(long long x) { return __builtin_ffsll(x); }
static inline int __popc(unsigned int x) { return __builtin_popcount(x); }
static inline int __popcll(unsigned long long x) { return __builtin_popcountll(x); }
static inline unsigned int __brev(unsigned int x) {
  unsigned int y = 0;
  for (int i = 0; i < 32; i++) y |= (x >> i & 1u) << (31 - i);
  return y;
}
static inline unsigned long long __brevll(unsigned long long x) {
  return (unsigned long long)__brev((unsigned int)x) << 32 | __brev((unsigned int)(x >> 32));
}
static inline unsigned int __funnelshift_l(unsigned int low, unsigned int high, unsigned int n) {
  return (unsigned int)(((unsigned long long)high << 32 | low) << (n & 31) >> 32);
}
static inline unsigned int __funnelshift_r(unsigned int low, unsigned int high, unsigned int n) {
  return (unsigned int)(((unsigned long long)high << 32 | low) >> (n & 31));
}
static inline unsigned int __byte_perm(unsigned int a, unsigned int b, unsigned int select) {
  const unsigned long long both = (unsigned long long)b << 32 | a;
  unsigned int result = 0;
  for (int i = 0; i < 4; i++) {
    result |= (unsigned int)(both >> ((select >> (4 * i) & 7) * 8) & 0xff) << (8 * i);
  }
  return result;
}
template <class T>
static inline __attribute__((always_inline)) T __ldg(const T* p) {
  return *p;
}
