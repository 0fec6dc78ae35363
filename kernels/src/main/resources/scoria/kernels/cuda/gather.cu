// Elements picked by int64 indices, put back and added back. A bad index is noted, read as 0, written nowhere.
//
// The note is five int64: the least position of a bad index, 0 if that is final, the index there, the
// least that is allowed, and the length of its axis. All its bits are set while there is nothing to tell.
#include "common.cuh"

#define UNSET 0xffffffffffffffffull

// After a kernel that follows `indices`: an error of it stays the one that is reported.
extern "C" __global__ void finishNote(uint64* note, const uint64* indices, int64 least, int64 bound) {
  if (note[1] == UNSET && note[0] != UNSET) {
    note[1] = 0;
    note[2] = indices[note[0]];
    note[3] = (uint64)least;
    note[4] = (uint64)bound;
  }
}

// A negative index counts back from the end.
__device__ __forceinline__ int64 fromStart(int64 index, int64 bound) {
  return index < 0 ? index + bound : index;
}

__device__ __forceinline__ bool isInside(int64 index, int64 bound, int64 position, uint64* note) {
  // Unsigned, what is still negative is huge.
  if ((uint64)fromStart(index, bound) < (uint64)bound) return true;
  if (note[1] == UNSET) atomicMin(note, (uint64)position);
  return false;
}

// dst[j] = indices[j], counted from the start of an axis
extern "C" __global__ void places(
    const int64* indices, int64 least, int64 bound, int64 m, int64* dst, uint64* note) {
  FOR_EACH(t, m) {
    int64 k = indices[t];
    bool allowed = k >= least || least < 0;
    // What is not allowed is as far outside as can be.
    dst[t] = isInside(allowed ? k : -bound - 1, bound, t, note) ? fromStart(k, bound) : 0;
  }
}

// dst[o, j, i] = src[o, indices[j], i]
#define TAKE(name, T)                                                                          \
  extern "C" __global__ void name(                                                             \
      const T* src, int64 outer, int64 n, int64 inner, const int64* indices, int64 m, T* dst,  \
      uint64* note) {                                                                          \
    FOR_EACH(t, outer * m * inner) {                                                           \
      int64 row = quotient(t, inner);                                                          \
      int64 i = t - row * inner;                                                               \
      int64 o = quotient(row, m);                                                              \
      int64 j = row - o * m;                                                                   \
      int64 k = indices[j];                                                                    \
      dst[t] = isInside(k, n, j, note) ? src[(o * n + fromStart(k, n)) * inner + i] : (T)0;    \
    }                                                                                          \
  }
TAKE(take1, unsigned char)
TAKE(take4, unsigned)
TAKE(take8, uint64)

// dst[o, j, i] = src[o, indices[o, j, i], i]
#define TAKE_ALONG(name, T)                                                                    \
  extern "C" __global__ void name(                                                             \
      const T* src, int64 outer, int64 n, int64 inner, const int64* indices, int64 m, T* dst,  \
      uint64* note) {                                                                          \
    FOR_EACH(t, outer * m * inner) {                                                           \
      int64 row = quotient(t, inner);                                                          \
      int64 i = t - row * inner;                                                               \
      int64 o = quotient(row, m);                                                              \
      int64 k = indices[t];                                                                    \
      dst[t] = isInside(k, n, t, note) ? src[(o * n + fromStart(k, n)) * inner + i] : (T)0;    \
    }                                                                                          \
  }
TAKE_ALONG(takeAlong1, unsigned char)
TAKE_ALONG(takeAlong4, unsigned)
TAKE_ALONG(takeAlong8, uint64)

// dst[o, indices[j], i] += src[o, j, i] in the order of j: a thread owns an element of dst.
#define SCATTER(name, T)                                                                       \
  extern "C" __global__ void name(                                                             \
      T* dst, int64 outer, int64 n, int64 inner, const int64* indices, int64 m, const T* src,  \
      uint64* note) {                                                                          \
    FOR_EACH(t, outer * n * inner) {                                                           \
      int64 row = quotient(t, inner);                                                          \
      int64 i = t - row * inner;                                                               \
      int64 o = quotient(row, n);                                                              \
      int64 k = row - o * n;                                                                   \
      T sum = dst[t];                                                                          \
      for (int64 j = 0; j < m; j++) {                                                          \
        int64 index = indices[j];                                                              \
        if (fromStart(index, n) == k) sum += src[(o * m + j) * inner + i];                     \
        if (t == 0) isInside(index, n, j, note);                                               \
      }                                                                                        \
      dst[t] = sum;                                                                            \
    }                                                                                          \
  }
SCATTER(scatter_f32, float)
SCATTER(scatter_f64, double)

// dst[o, indices[o, j, i], i] += src[o, j, i] in the order of j: a thread owns a column of dst.
#define SCATTER_ALONG(name, T)                                                                 \
  extern "C" __global__ void name(                                                             \
      T* dst, int64 outer, int64 n, int64 inner, const int64* indices, int64 m, const T* src,  \
      uint64* note) {                                                                          \
    FOR_EACH(t, outer * inner) {                                                               \
      int64 o = quotient(t, inner);                                                            \
      int64 i = t - o * inner;                                                                 \
      for (int64 j = 0; j < m; j++) {                                                          \
        int64 at = (o * m + j) * inner + i;                                                    \
        int64 k = indices[at];                                                                 \
        if (isInside(k, n, at, note)) dst[(o * n + fromStart(k, n)) * inner + i] += src[at];   \
      }                                                                                        \
    }                                                                                          \
  }
SCATTER_ALONG(scatterAlong_f32, float)
SCATTER_ALONG(scatterAlong_f64, double)
SCATTER_ALONG(scatterAlong_i64, uint64)

// dst[o, indices[o, j, i], i] = src[o, j, i]; the last wins: a thread owns a column of dst.
#define PUT_ALONG(name, T)                                                                     \
  extern "C" __global__ void name(                                                             \
      T* dst, int64 outer, int64 n, int64 inner, const int64* indices, int64 m, const T* src,  \
      uint64* note) {                                                                          \
    FOR_EACH(t, outer * inner) {                                                               \
      int64 o = quotient(t, inner);                                                            \
      int64 i = t - o * inner;                                                                 \
      for (int64 j = 0; j < m; j++) {                                                          \
        int64 at = (o * m + j) * inner + i;                                                    \
        int64 k = indices[at];                                                                 \
        if (isInside(k, n, at, note)) dst[(o * n + fromStart(k, n)) * inner + i] = src[at];    \
      }                                                                                        \
    }                                                                                          \
  }
PUT_ALONG(putAlong1, unsigned char)
PUT_ALONG(putAlong4, unsigned)
PUT_ALONG(putAlong8, uint64)
