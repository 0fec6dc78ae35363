// Functions of one element: y[i] = f(x[i]).
#include "math.cuh"

#define POINTWISE_OF(name, suffix, T, value)                                          \
  extern "C" __global__ void name##suffix(const T* x, T* y, int64 n) {                \
    FOR_EACH(i, n) {                                                                  \
      T v = x[i];                                                                     \
      y[i] = value;                                                                   \
    }                                                                                 \
  }
#define POINTWISE(name, value)              \
  POINTWISE_OF(name, _f32, float, value)    \
  POINTWISE_OF(name, _f64, double, value)

// The literals are small whole numbers, which C++ converts to the type they meet.
POINTWISE(neg, -v)
POINTWISE(abs, magnitude(v))
POINTWISE(sign, signOf(v))
POINTWISE(square, v * v)
POINTWISE(sqrt, rootOf(v))
POINTWISE(rsqrt, 1 / rootOf(v))
POINTWISE(reciprocal, 1 / v)
POINTWISE(softsign, v / (1 + magnitude(v)))
POINTWISE(relu, reluOf(v))
POINTWISE(rint, rintOf(v))
POINTWISE(floor, floorOf(v))
POINTWISE(ceil, ceilOf(v))
POINTWISE(trunc, truncOf(v))
POINTWISE(exp, expOf(v))
POINTWISE(expm1, expm1Of(v))
POINTWISE(log, logOf(v))
POINTWISE(log1p, log1pOf(v))
POINTWISE(tanh, tanhOf(v))
POINTWISE(sigmoid, sigmoidOf(v))
POINTWISE(silu, siluOf(v))
POINTWISE(softplus, softplusOf(v))
POINTWISE(gelu, geluOf(v))
POINTWISE(erf, erfOf(v))
POINTWISE(sin, sinOf(v))
POINTWISE(cos, cosOf(v))

// In float64, rounded once at the end.
#define POINTWISE_SCALAR(name, function)                      \
  POINTWISE_OF(name, _f32, float, (float)function((double)v)) \
  POINTWISE_OF(name, _f64, double, function(v))

POINTWISE_SCALAR(tan, Trigonometry::tan)
POINTWISE_SCALAR(asin, InverseTrigonometry::asin)
POINTWISE_SCALAR(acos, InverseTrigonometry::acos)
POINTWISE_SCALAR(atan, InverseTrigonometry::atan)
POINTWISE_SCALAR(sinh, Exponentials::sinh)
POINTWISE_SCALAR(cosh, Exponentials::cosh)
POINTWISE_SCALAR(asinh, Logarithms::asinh)
POINTWISE_SCALAR(acosh, Logarithms::acosh)
POINTWISE_SCALAR(atanh, Logarithms::atanh)
POINTWISE_SCALAR(exp2, Exponentials::exp2)
POINTWISE_SCALAR(log2, Logarithms::log2)
POINTWISE_SCALAR(log10, Logarithms::log10)
POINTWISE_SCALAR(cbrt, Powers::cbrt)
POINTWISE_SCALAR(erfc, Exponentials::erfc)
POINTWISE_SCALAR(lgamma, GammaFunctions::lgamma)
POINTWISE_SCALAR(digamma, GammaFunctions::digamma)

// The least integer, which has no opposite, stays itself.
POINTWISE_OF(neg, _i32, int, (int)(0u - (unsigned)v))
POINTWISE_OF(neg, _i64, int64, (int64)(0ull - (uint64)v))
POINTWISE_OF(abs, _i32, int, v < 0 ? (int)(0u - (unsigned)v) : v)
POINTWISE_OF(abs, _i64, int64, v < 0 ? (int64)(0ull - (uint64)v) : v)
POINTWISE_OF(sign, _i32, int, v < 0 ? -1 : v > 0)
POINTWISE_OF(sign, _i64, int64, v < 0 ? -1 : v > 0)
POINTWISE_OF(square, _i32, int, (int)((unsigned)v * (unsigned)v))
POINTWISE_OF(square, _i64, int64, (int64)((uint64)v * (uint64)v))
POINTWISE_OF(relu, _i32, int, v > 0 ? v : 0)
POINTWISE_OF(relu, _i64, int64, v > 0 ? v : 0)

#define SCALAR_OF(name, suffix, T, value)                                                 \
  extern "C" __global__ void name##suffix(const T* x, double scalar, T* y, int64 n) {     \
    T c = (T)scalar;                                                                      \
    FOR_EACH(i, n) {                                                                      \
      T v = x[i];                                                                         \
      y[i] = value;                                                                       \
    }                                                                                     \
  }
#define SCALAR(name, value)              \
  SCALAR_OF(name, _f32, float, value)    \
  SCALAR_OF(name, _f64, double, value)

SCALAR(addScalar, v + c)
SCALAR(mulScalar, v * c)
SCALAR(minScalar, smaller(v, c))
SCALAR(maxScalar, larger(v, c))
SCALAR(polygammaScalar, (decltype(v))GammaFunctions::polygamma((double)v, (double)c))
SCALAR(powScalar, (decltype(v))Powers::pow((double)v, (double)c))

#define SCALAR_INTEGER(name, value32, value64) \
  SCALAR_OF(name, _i32, int, value32)          \
  SCALAR_OF(name, _i64, int64, value64)

SCALAR_INTEGER(addScalar, (int)((unsigned)v + (unsigned)c), (int64)((uint64)v + (uint64)c))
SCALAR_INTEGER(mulScalar, (int)((unsigned)v * (unsigned)c), (int64)((uint64)v * (uint64)c))
SCALAR_INTEGER(minScalar, smaller(v, c), smaller(v, c))
SCALAR_INTEGER(maxScalar, larger(v, c), larger(v, c))

#define FILL(name, T)                                                \
  extern "C" __global__ void name(T* y, uint64 value, int64 n) {     \
    FOR_EACH(i, n) { y[i] = (T)value; }                              \
  }
FILL(fill1, unsigned char)
FILL(fill4, unsigned)
FILL(fill8, uint64)
