// Updates of parameters in one pass. Numbers that change from step to step come from memory.
#include "common.cuh"

// `numbers`: learning rate, factor of the parameters, 1 / (1 - beta1^t), 1 / (1 - beta2^t).
#define ADAM(name, T)                                                                          \
  extern "C" __global__ void name(                                                             \
      const double* numbers, double beta1, double beta2, double eps, T* param, const T* grad,  \
      T* m, T* v, int64 n) {                                                                   \
    T minusRate = (T)-numbers[0];                                                              \
    T keep = (T)numbers[1];                                                                    \
    T unbias1 = (T)numbers[2];                                                                 \
    T unbias2 = (T)numbers[3];                                                                 \
    T decay1 = (T)beta1;                                                                       \
    T decay2 = (T)beta2;                                                                       \
    T rest1 = (T)(1.0 - beta1);                                                                \
    T rest2 = (T)(1.0 - beta2);                                                                \
    T epsilon = (T)eps;                                                                        \
    FOR_EACH(i, n) {                                                                           \
      T g = grad[i];                                                                           \
      T mean = multiplyAdd(m[i], decay1, g * rest1);                                           \
      T square = multiplyAdd(v[i], decay2, g * g * rest2);                                     \
      T step = mean * unbias1 / (rootOf(square * unbias2) + epsilon);                          \
      m[i] = mean;                                                                             \
      v[i] = square;                                                                           \
      param[i] = multiplyAdd(step, minusRate, param[i] * keep);                                \
    }                                                                                          \
  }
ADAM(adam_f32, float)
ADAM(adam_f64, double)

// `numbers`: learning rate.
#define SGD_MOMENTUM(name, T)                                                                  \
  extern "C" __global__ void name(                                                             \
      const double* numbers, double momentum, T* param, const T* grad, T* velocity, int64 n) { \
    T minusRate = (T)-numbers[0];                                                              \
    T keep = (T)momentum;                                                                      \
    FOR_EACH(i, n) {                                                                           \
      T u = multiplyAdd(velocity[i], keep, grad[i]);                                           \
      velocity[i] = u;                                                                         \
      param[i] = multiplyAdd(u, minusRate, param[i]);                                          \
    }                                                                                          \
  }
SGD_MOMENTUM(sgdMomentum_f32, float)
SGD_MOMENTUM(sgdMomentum_f64, double)

// `numbers`: weight.
#define LERP(name, T)                                                                          \
  extern "C" __global__ void name(                                                             \
      const double* numbers, T* target, const T* source, int64 n) {                            \
    T weight = (T)numbers[0];                                                                  \
    FOR_EACH(i, n) {                                                                           \
      T t = target[i];                                                                         \
      target[i] = multiplyAdd(source[i] - t, weight, t);                                       \
    }                                                                                          \
  }
LERP(lerp_f32, float)
LERP(lerp_f64, double)
