// Converts elements by the rules of the CPU's Cast: floating to integer is cut off, the nearest end
// of the range where it does not fit, 0 for NaN; wide integers lose their high bits.
#include "common.cuh"

typedef unsigned char u8;
// A type of its own, so that conversions to it and from it can be told from those of u8.
struct Bool {
  unsigned char value;
};

template <class F>
__device__ __forceinline__ int64 clamped(F x, F low, F past, int64 least, int64 most) {
  if (isNan(x)) return 0;
  if (x < low) return least;
  if (x >= past) return most;
  return (int64)x;
}

template <class To>
struct Convert {
  template <class From>
  static __device__ To of(From x) {
    return (To)x;
  }
  static __device__ To of(Bool x) { return (To)(x.value != 0 ? 1 : 0); }
};
template <>
struct Convert<Bool> {
  template <class From>
  static __device__ Bool of(From x) {
    Bool result = {(unsigned char)(x != 0 ? 1 : 0)};
    return result;
  }
};
template <>
struct Convert<int64> {
  template <class F>
  static __device__ int64 floating(F x) {
    return clamped(
        x, (F)-0x1p63, (F)0x1p63, (int64)0x8000000000000000ull, 0x7fffffffffffffffll);
  }
  static __device__ int64 of(float x) { return floating(x); }
  static __device__ int64 of(double x) { return floating(x); }
  static __device__ int64 of(int x) { return x; }
  static __device__ int64 of(u8 x) { return x; }
  static __device__ int64 of(Bool x) { return x.value != 0 ? 1 : 0; }
};
template <>
struct Convert<int> {
  template <class F>
  static __device__ int floating(F x) {
    return (int)clamped(x, (F)-0x1p31, (F)0x1p31, -0x80000000ll, 0x7fffffffll);
  }
  static __device__ int of(float x) { return floating(x); }
  static __device__ int of(double x) { return floating(x); }
  static __device__ int of(int64 x) { return (int)(unsigned)(uint64)x; }
  static __device__ int of(u8 x) { return x; }
  static __device__ int of(Bool x) { return x.value != 0 ? 1 : 0; }
};
template <>
struct Convert<u8> {
  static __device__ u8 of(float x) { return (u8)clamped(x, 0.0f, 256.0f, 0, 255); }
  static __device__ u8 of(double x) { return (u8)clamped(x, 0.0, 256.0, 0, 255); }
  static __device__ u8 of(int64 x) { return (u8)(uint64)x; }
  static __device__ u8 of(int x) { return (u8)(unsigned)x; }
  static __device__ u8 of(Bool x) { return x.value != 0 ? 1 : 0; }
};

#define CAST(from, From, to, To)                                                     \
  extern "C" __global__ void cast##from##to(const From* x, To* y, int64 n) {         \
    FOR_EACH(i, n) { y[i] = Convert<To>::of(x[i]); }                                 \
  }
CAST(_f32, float, _f64, double)
CAST(_f32, float, _i64, int64)
CAST(_f32, float, _i32, int)
CAST(_f32, float, _u8, u8)
CAST(_f32, float, _bool, Bool)
CAST(_f64, double, _f32, float)
CAST(_f64, double, _i64, int64)
CAST(_f64, double, _i32, int)
CAST(_f64, double, _u8, u8)
CAST(_f64, double, _bool, Bool)
CAST(_i64, int64, _f32, float)
CAST(_i64, int64, _f64, double)
CAST(_i64, int64, _i32, int)
CAST(_i64, int64, _u8, u8)
CAST(_i64, int64, _bool, Bool)
CAST(_i32, int, _f32, float)
CAST(_i32, int, _f64, double)
CAST(_i32, int, _i64, int64)
CAST(_i32, int, _u8, u8)
CAST(_i32, int, _bool, Bool)
CAST(_u8, u8, _f32, float)
CAST(_u8, u8, _f64, double)
CAST(_u8, u8, _i64, int64)
CAST(_u8, u8, _i32, int)
CAST(_u8, u8, _bool, Bool)
CAST(_bool, Bool, _f32, float)
CAST(_bool, Bool, _f64, double)
CAST(_bool, Bool, _i64, int64)
CAST(_bool, Bool, _i32, int)
CAST(_bool, Bool, _u8, u8)
