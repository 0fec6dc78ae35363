// Windows added up where they overlap: a thread owns an element and goes through all places within
// a window in order, so that its sum is the CPU's.
#include "common.cuh"

__device__ __forceinline__ void outward(int64& rest, int64 size, int64 stride, int64& at) {
  if (rest == 0) return;
  int64 above = quotient(rest, size);
  at += (rest - above * size) * stride;
  rest = above;
}

// Sizes and strides of up to eight axes before the windows, the last of them first.
#define OVERLAP_ADD(name, T)                                                                   \
  extern "C" __global__ void name(                                                             \
      const T* x, T* y, int64 total, int64 windows, int64 windowStride, int64 size,            \
      int64 elementStride, int64 stride, int64 dilation, int64 n, int64 inner, int64 n0,       \
      int64 n1, int64 n2, int64 n3, int64 n4, int64 n5, int64 n6, int64 n7, int64 s0,          \
      int64 s1, int64 s2, int64 s3, int64 s4, int64 s5, int64 s6, int64 s7) {                  \
    FOR_EACH(t, total) {                                                                       \
      int64 row = quotient(t, inner);                                                          \
      int64 rest = quotient(row, n);                                                           \
      int64 j = row - rest * n;                                                                \
      int64 at = t - row * inner;                                                              \
      outward(rest, n0, s0, at);                                                               \
      outward(rest, n1, s1, at);                                                               \
      outward(rest, n2, s2, at);                                                               \
      outward(rest, n3, s3, at);                                                               \
      outward(rest, n4, s4, at);                                                               \
      outward(rest, n5, s5, at);                                                               \
      outward(rest, n6, s6, at);                                                               \
      outward(rest, n7, s7, at);                                                               \
      T sum = 0;                                                                               \
      for (int64 k = 0; k < size; k++) {                                                       \
        int64 start = j - k * dilation;                                                        \
        if (start < 0) break;                                                                  \
        int64 i = quotient(start, stride);                                                     \
        if (i < windows && i * stride == start) {                                              \
          sum += x[at + i * windowStride + k * elementStride];                                 \
        }                                                                                      \
      }                                                                                        \
      y[t] = sum;                                                                              \
    }                                                                                          \
  }
OVERLAP_ADD(overlapAdd_f32, float)
OVERLAP_ADD(overlapAdd_f64, double)
