// Functions of two elements with broadcasting: out[r, c] = f(a[r, c], b[r, c]).
#include "math.cuh"

#define PAIRWISE_OF(name, suffix, T, R, value)                                            \
  extern "C" __global__ void name##suffix(                                                \
      const T* as, int64 aRow, int64 aCol, const T* bs, int64 bRow, int64 bCol, R* out,   \
      int64 outRow, int64 rows, int64 columns) {                                          \
    FOR_EACH(i, rows * columns) {                                                         \
      int64 r = quotient(i, columns);                                                       \
      int64 c = i - r * columns;                                                          \
      T a = as[r * aRow + c * aCol];                                                      \
      T b = bs[r * bRow + c * bCol];                                                      \
      out[r * outRow + c] = (R)(value);                                                   \
    }                                                                                     \
  }
#define PAIRWISE(name, value)                      \
  PAIRWISE_OF(name, _f32, float, float, value)     \
  PAIRWISE_OF(name, _f64, double, double, value)
#define COMPARISON(name, value)                              \
  PAIRWISE_OF(name, _f32, float, unsigned char, value)       \
  PAIRWISE_OF(name, _f64, double, unsigned char, value)      \
  PAIRWISE_OF(name, _i32, int, unsigned char, value)         \
  PAIRWISE_OF(name, _i64, int64, unsigned char, value)
// Unsigned arithmetic wraps around; signed arithmetic that overflows is undefined.
#define INTEGER(name, value32, value64)            \
  PAIRWISE_OF(name, _i32, int, int, value32)       \
  PAIRWISE_OF(name, _i64, int64, int64, value64)

PAIRWISE(add, a + b)
PAIRWISE(sub, a - b)
PAIRWISE(mul, a * b)
PAIRWISE(div, a / b)
PAIRWISE(max, larger(a, b))
PAIRWISE(min, smaller(a, b))

// For a = x, b = g.
PAIRWISE(siluGrad, b * siluSlope(a))
PAIRWISE(siluCurve, b * siluCurveOf(a))
PAIRWISE(geluGrad, b * geluSlope(a))
PAIRWISE(softplusGrad, b * sigmoidOf(a))
PAIRWISE(reluGrad, a > 0 ? b : 0)
PAIRWISE(absGrad, b * signOf(a))

// For a = y = f(x), b = g.
PAIRWISE(tanhGrad, b * multiplyAdd(a, -a, 1))
PAIRWISE(sigmoidGrad, b * (a * (1 - a)))

COMPARISON(equal, a == b)
COMPARISON(notEqual, a != b)
COMPARISON(less, a < b)
COMPARISON(lessEqual, a <= b)
COMPARISON(greater, a > b)
COMPARISON(greaterEqual, a >= b)

INTEGER(add, (unsigned)a + (unsigned)b, (uint64)a + (uint64)b)
INTEGER(sub, (unsigned)a - (unsigned)b, (uint64)a - (uint64)b)
INTEGER(mul, (unsigned)a * (unsigned)b, (uint64)a * (uint64)b)
INTEGER(max, larger(a, b), larger(a, b))
INTEGER(min, smaller(a, b), smaller(a, b))
