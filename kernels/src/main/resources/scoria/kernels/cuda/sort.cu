// The order of the elements of rows, by merging sorted runs of places: stable, NaN at the end.
#include "common.cuh"

extern "C" __global__ void placesOfRows(int64 rows, int64 n, int64* places) {
  FOR_EACH(t, rows * n) { places[t] = t - quotient(t, n) * n; }
}

template <class T>
__device__ __forceinline__ bool goesBefore(T a, T b, int64 descending) {
  if (isNan(a)) return false;
  if (isNan(b)) return true;
  return descending ? b < a : a < b;
}

// Two runs of `width` become one: a thread finds how many of the other run come before its element.
// Of equal ones, those of the first run do.
template <class T>
__device__ __forceinline__ void merge(
    const T* x, int64 rows, int64 n, int64 width, int64 descending, const int64* from, int64* to) {
  FOR_EACH(t, rows * n) {
    int64 row = quotient(t, n);
    int64 p = t - row * n;
    const T* values = x + row * n;
    const int64* places = from + row * n;
    int64 start = quotient(p, 2 * width) * 2 * width;
    int64 middle = start + width < n ? start + width : n;
    int64 end = middle + width < n ? middle + width : n;
    bool first = p < middle;
    T mine = values[places[p]];
    int64 low = first ? middle : start;
    int64 high = first ? end : middle;
    int64 base = low;
    while (low < high) {
      int64 half = low + (high - low) / 2;
      T other = values[places[half]];
      bool before =
          first ? goesBefore(other, mine, descending) : !goesBefore(mine, other, descending);
      if (before) {
        low = half + 1;
      } else {
        high = half;
      }
    }
    int64 own = first ? p : p - middle + start;
    to[row * n + own + (low - base)] = places[p];
  }
}

#define MERGE(suffix, T)                                                                        \
  extern "C" __global__ void merge##suffix(                                                     \
      const T* x, int64 rows, int64 n, int64 width, int64 descending, const int64* from,        \
      int64* to) {                                                                              \
    merge<T>(x, rows, n, width, descending, from, to);                                          \
  }
MERGE(_f32, float)
MERGE(_f64, double)
MERGE(_i64, int64)
