// Running sums and products, and linear recurrences, along the middle axis of [outer, n, inner], as
// the CPU's ScanF32 defines them: in float64, and rounded once. Places of running extremes as ArgScan does.
#include "common.cuh"

#define BLOCK 256

template <class T>
struct Running {
  typedef double Type;
  static __device__ double add(double a, double b) { return a + b; }
  static __device__ double multiply(double a, double b) { return a * b; }
};
template <>
struct Running<int64> {
  typedef int64 Type;
  static __device__ int64 add(int64 a, int64 b) { return (int64)((uint64)a + (uint64)b); }
  static __device__ int64 multiply(int64 a, int64 b) { return (int64)((uint64)a * (uint64)b); }
};

// The place of step p of n.
__device__ __forceinline__ int64 placeOf(int64 p, int64 n, int64 reverse) {
  return reverse ? n - 1 - p : p;
}

// One block of a running sum by one thread: (o, b, i) of [outer, blocks, inner]. Where there are
// several, the totals of those before it are given.
template <class T, class Sum>
__device__ __forceinline__ void sumBlocks(
    const T* x, int64 outer, int64 n, int64 inner, int64 exclusive, int64 reverse,
    const Sum* before, T* y, Sum* totals) {
  int64 blocks = (n + BLOCK - 1) / BLOCK;
  FOR_EACH(t, outer * blocks * inner) {
    int64 row = quotient(t, inner);
    int64 i = t - row * inner;
    int64 o = quotient(row, blocks);
    int64 from = (row - o * blocks) * BLOCK;
    int64 end = from + BLOCK < n ? from + BLOCK : n;
    Sum start = totals == 0 && blocks > 1 ? before[t] : 0;
    Sum sum = 0;
    for (int64 p = from; p < end; p++) {
      int64 at = (o * n + placeOf(p, n, reverse)) * inner + i;
      Sum next = Running<T>::add(sum, (Sum)x[at]);
      if (totals == 0) y[at] = (T)Running<T>::add(start, exclusive ? sum : next);
      sum = next;
    }
    if (totals != 0) totals[t] = sum;
  }
}

#define SUM(suffix, T, Sum)                                                                     \
  extern "C" __global__ void sumTotals##suffix(                                                 \
      const T* x, int64 outer, int64 n, int64 inner, int64 reverse, Sum* totals) {              \
    sumBlocks<T, Sum>(x, outer, n, inner, 0, reverse, 0, 0, totals);                            \
  }                                                                                             \
  extern "C" __global__ void sumBefore##suffix(                                                 \
      Sum* totals, int64 outer, int64 blocks, int64 inner) {                                    \
    FOR_EACH(t, outer * inner) {                                                                \
      int64 o = quotient(t, inner);                                                             \
      Sum* first = totals + o * blocks * inner + (t - o * inner);                               \
      Sum sum = 0;                                                                              \
      for (int64 b = 0; b < blocks; b++) {                                                      \
        Sum total = first[b * inner];                                                           \
        first[b * inner] = sum;                                                                 \
        sum = Running<T>::add(sum, total);                                                      \
      }                                                                                         \
    }                                                                                           \
  }                                                                                             \
  extern "C" __global__ void sum##suffix(                                                       \
      const T* x, int64 outer, int64 n, int64 inner, int64 exclusive, int64 reverse,            \
      const Sum* before, T* y) {                                                                \
    sumBlocks<T, Sum>(x, outer, n, inner, exclusive, reverse, before, y, 0);                    \
  }                                                                                             \
  extern "C" __global__ void prod##suffix(                                                      \
      const T* x, int64 outer, int64 n, int64 inner, int64 exclusive, int64 reverse, T* y) {    \
    FOR_EACH(t, outer * inner) {                                                                \
      int64 o = quotient(t, inner);                                                             \
      int64 i = t - o * inner;                                                                  \
      Sum product = 1;                                                                          \
      for (int64 p = 0; p < n; p++) {                                                           \
        int64 at = (o * n + placeOf(p, n, reverse)) * inner + i;                                \
        Sum next = Running<T>::multiply(product, (Sum)x[at]);                                   \
        y[at] = (T)(exclusive ? product : next);                                                \
        product = next;                                                                         \
      }                                                                                         \
    }                                                                                           \
  }
SUM(_f32, float, double)
SUM(_f64, double, double)
SUM(_i64, int64, int64)

// y[i] = w[i] y[i - 1] + x[i], fused.
#define RECURRENCE(suffix, T)                                                                   \
  extern "C" __global__ void recurrence##suffix(                                                \
      const T* w, const T* x, int64 outer, int64 n, int64 inner, int64 reverse, T* y) {         \
    FOR_EACH(t, outer * inner) {                                                                \
      int64 o = quotient(t, inner);                                                             \
      int64 i = t - o * inner;                                                                  \
      double value = 0;                                                                         \
      for (int64 p = 0; p < n; p++) {                                                           \
        int64 at = (o * n + placeOf(p, n, reverse)) * inner + i;                                \
        value = p == 0 ? (double)x[at] : multiplyAdd((double)w[at], value, (double)x[at]);      \
        y[at] = (T)value;                                                                       \
      }                                                                                         \
    }                                                                                           \
  }
RECURRENCE(_f32, float)
RECURRENCE(_f64, double)

// Where the extreme element so far lies: of equal ones the last, and the last NaN from the first on.
#define ARG_SCAN(suffix, T)                                                                     \
  extern "C" __global__ void argScan##suffix(                                                   \
      const T* x, int64 outer, int64 n, int64 inner, int64 smallest, int64* places) {           \
    FOR_EACH(t, outer * inner) {                                                                \
      int64 o = quotient(t, inner);                                                             \
      int64 i = t - o * inner;                                                                  \
      T best = 0;                                                                               \
      int64 place = 0;                                                                          \
      for (int64 p = 0; p < n; p++) {                                                           \
        int64 at = (o * n + p) * inner + i;                                                     \
        T v = x[at];                                                                            \
        bool wins = smallest ? v <= best : v >= best;                                           \
        if (p == 0 || isNan(v) || (!isNan(best) && wins)) {                                     \
          best = v;                                                                             \
          place = p;                                                                            \
        }                                                                                       \
        places[at] = place;                                                                     \
      }                                                                                         \
    }                                                                                           \
  }
ARG_SCAN(_f32, float)
ARG_SCAN(_f64, double)
ARG_SCAN(_i64, int64)
