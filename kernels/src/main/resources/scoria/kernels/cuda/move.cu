// Elements that only move: choice by a condition, and copies between arrays of any strides.
#include "common.cuh"

#define WHERE(name, T)                                                                        \
  extern "C" __global__ void name(                                                            \
      const unsigned char* condition, int64 conditionRow, int64 conditionCol, const T* a,     \
      int64 aRow, int64 aCol, const T* b, int64 bRow, int64 bCol, T* out, int64 outRow,       \
      int64 rows, int64 columns) {                                                            \
    FOR_EACH(i, rows * columns) {                                                             \
      int64 r = quotient(i, columns);                                                                  \
      int64 c = i - r * columns;                                                              \
      bool first = condition[r * conditionRow + c * conditionCol] != 0;                       \
      out[r * outRow + c] = first ? a[r * aRow + c * aCol] : b[r * bRow + c * bCol];          \
    }                                                                                         \
  }
WHERE(where1, unsigned char)
WHERE(where4, unsigned)
WHERE(where8, uint64)

// Moves both places by the index along one axis, and leaves what is to be divided by the next ones.
__device__ __forceinline__ void step(
    int64& rest, int64 size, int64 fromStride, int64 toStride, int64& from, int64& to) {
  int64 above = quotient(rest, size);
  int64 index = rest - above * size;
  from += index * fromStride;
  to += index * toStride;
  rest = above;
}

// Sizes and strides of up to eight axes, the last axis of the array first.
#define COPY(name, T)                                                                          \
  extern "C" __global__ void name(                                                             \
      const T* src, T* dst, int64 n, int64 axes, int64 n0, int64 n1, int64 n2, int64 n3,       \
      int64 n4, int64 n5, int64 n6, int64 n7, int64 f0, int64 f1, int64 f2, int64 f3,          \
      int64 f4, int64 f5, int64 f6, int64 f7, int64 t0, int64 t1, int64 t2, int64 t3,          \
      int64 t4, int64 t5, int64 t6, int64 t7) {                                                \
    FOR_EACH(i, n) {                                                                           \
      int64 rest = i, from = 0, to = 0;                                                        \
      step(rest, n0, f0, t0, from, to);                                                        \
      if (axes > 1) step(rest, n1, f1, t1, from, to);                                          \
      if (axes > 2) step(rest, n2, f2, t2, from, to);                                          \
      if (axes > 3) step(rest, n3, f3, t3, from, to);                                          \
      if (axes > 4) step(rest, n4, f4, t4, from, to);                                          \
      if (axes > 5) step(rest, n5, f5, t5, from, to);                                          \
      if (axes > 6) step(rest, n6, f6, t6, from, to);                                          \
      if (axes > 7) step(rest, n7, f7, t7, from, to);                                          \
      dst[to] = src[from];                                                                     \
    }                                                                                          \
  }
COPY(copy1, unsigned char)
COPY(copy4, unsigned)
COPY(copy8, uint64)
