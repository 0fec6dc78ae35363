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
  PAIRWISE_OF(name, _i64, int64, unsigned char, value)       \
  PAIRWISE_OF(name, _u8, unsigned char, unsigned char, value)
// Unsigned arithmetic wraps around; signed arithmetic that overflows is undefined.
#define INTEGER(name, value32, value64)            \
  PAIRWISE_OF(name, _i32, int, int, value32)       \
  PAIRWISE_OF(name, _i64, int64, int64, value64)   \
  PAIRWISE_OF(name, _u8, unsigned char, unsigned char, value32)

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

// In float64, rounded once at the end.
#define PAIRWISE_SCALAR(name, function)                                           \
  PAIRWISE_OF(name, _f32, float, float, (float)function((double)a, (double)b))    \
  PAIRWISE_OF(name, _f64, double, double, function(a, b))

PAIRWISE_SCALAR(pow, Powers::pow)
PAIRWISE_SCALAR(atan2, InverseTrigonometry::atan2)
PAIRWISE_SCALAR(hypot, Powers::hypot)
PAIRWISE_SCALAR(fmod, Quotients::fmod)
PAIRWISE_SCALAR(remainder, Quotients::remainder)
PAIRWISE_SCALAR(floorDivide, Quotients::floorDivide)
PAIRWISE_SCALAR(truncDivide, Quotients::truncDivide)
PAIRWISE_SCALAR(copysign, Quotients::copysign)

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
INTEGER(bitAnd, a & b, a & b)
INTEGER(bitOr, a | b, a | b)
INTEGER(bitXor, a ^ b, a ^ b)

// In int64, cut off at the end.
#define INTEGER_SCALAR(name) \
  INTEGER(name, WholeNumbers::name((int64)a, (int64)b), WholeNumbers::name(a, b))

INTEGER_SCALAR(truncDivide)
INTEGER_SCALAR(fmod)
INTEGER_SCALAR(floorDivide)
INTEGER_SCALAR(remainder)
INTEGER_SCALAR(pow)
INTEGER_SCALAR(shiftLeft)
INTEGER_SCALAR(shiftRight)
