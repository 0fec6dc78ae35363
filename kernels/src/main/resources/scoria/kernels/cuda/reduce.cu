// Reductions over the middle axis of [outer, n, inner], block by block; parts of several blocks are
// joined by a second kernel. Places of extremes are found in one.
#include "blocks.cuh"

// One block of a sum by 16 threads: part (o, b) of [outer, blocks], from the rows of [outer, n].
template <class K, class T>
__device__ __forceinline__ void rows(const T* x, int64 outer, int64 n, T* parts) {
  int64 blocks = (n + BLOCK - 1) / BLOCK;
  int64 all = outer * blocks;
  int64 lane = threadIdx.x % LANES;
  int64 groups = blockDim.x / LANES;
  // Threads beyond the end go along, for the tree needs whole warps.
  for (int64 base = blockIdx.x * groups; base < all; base += gridDim.x * groups) {
    int64 part = base + threadIdx.x / LANES;
    T sum = K::start();
    if (part < all) {
      int64 o = quotient(part, blocks);
      int64 from = (part - o * blocks) * BLOCK;
      int64 end = from + BLOCK < n ? from + BLOCK : n;
      for (int64 i = from + lane; i < end; i += LANES) {
        sum = K::join(sum, x[o * n + i]);
      }
    }
    sum = tree<K>(sum);
    if (part < all && lane == 0) {
      parts[part] = blocks == 1 ? rounded<T>(K::total((typename K::Total)K::start(), sum)) : sum;
    }
  }
}

// One block of a sum by one thread, which holds all lanes: part (o, b, i) of [outer, blocks, inner].
template <class K, class T>
__device__ __forceinline__ void columns(
    const T* x, int64 outer, int64 n, int64 inner, T* parts) {
  int64 blocks = (n + BLOCK - 1) / BLOCK;
  FOR_EACH(t, outer * blocks * inner) {
    int64 row = quotient(t, inner);
    int64 i = t - row * inner;
    int64 o = quotient(row, blocks);
    int64 from = (row - o * blocks) * BLOCK;
    int64 end = from + BLOCK < n ? from + BLOCK : n;
    const T* column = x + o * n * inner + i;
    T lanes[LANES];
#pragma unroll
    for (int l = 0; l < LANES; l++) lanes[l] = K::start();
    for (int64 j = from; j < end; j += LANES) {
#pragma unroll
      for (int l = 0; l < LANES; l++) {
        if (j + l < end) lanes[l] = K::join(lanes[l], column[(j + l) * inner]);
      }
    }
#pragma unroll
    for (int half = LANES / 2; half >= 1; half /= 2) {
#pragma unroll
      for (int l = 0; l < half; l++) lanes[l] = K::join(lanes[l], lanes[l + half]);
    }
    parts[t] =
        blocks == 1 ? rounded<T>(K::total((typename K::Total)K::start(), lanes[0])) : lanes[0];
  }
}

// The blocks of each sum, in order: [outer, blocks, inner] to [outer, inner].
template <class K, class T>
__device__ __forceinline__ void parts(
    const T* parts, int64 outer, int64 blocks, int64 inner, T* out) {
  FOR_EACH(t, outer * inner) {
    int64 o = quotient(t, inner);
    const T* first = parts + o * blocks * inner + (t - o * inner);
    typename K::Total total = (typename K::Total)K::start();
    for (int64 b = 0; b < blocks; b++) total = K::total(total, first[b * inner]);
    out[t] = rounded<T>(total);
  }
}

#define REDUCE_OF(name, Kind, suffix, T)                                                      \
  extern "C" __global__ void name##Rows##suffix(const T* x, int64 outer, int64 n, T* out) {   \
    rows<Kind<T> >(x, outer, n, out);                                                         \
  }                                                                                           \
  extern "C" __global__ void name##Columns##suffix(                                           \
      const T* x, int64 outer, int64 n, int64 inner, T* out) {                                \
    columns<Kind<T> >(x, outer, n, inner, out);                                               \
  }                                                                                           \
  extern "C" __global__ void name##Parts##suffix(                                             \
      const T* x, int64 outer, int64 blocks, int64 inner, T* out) {                           \
    parts<Kind<T> >(x, outer, blocks, inner, out);                                            \
  }
#define REDUCE(name, Kind)               \
  REDUCE_OF(name, Kind, _f32, float)     \
  REDUCE_OF(name, Kind, _f64, double)    \
  REDUCE_OF(name, Kind, _i64, int64)
REDUCE(sum, Sum)
REDUCE(prod, Prod)
REDUCE(max, Max)
REDUCE(min, Min)

// The first NaN if there is one, else the first of the elements that beat all others.
struct Larger {
  template <class T>
  static __device__ bool beats(T a, T b) {
    return a > b;
  }
};
struct Smaller {
  template <class T>
  static __device__ bool beats(T a, T b) {
    return a < b;
  }
};
template <class Order, class T>
__device__ __forceinline__ bool goesBefore(T a, int64 aAt, T b, int64 bAt) {
  if (isNan(a) || isNan(b)) return isNan(a) && (!isNan(b) || aAt < bAt);
  return Order::beats(a, b) || (a == b && aAt < bAt);
}

template <class Order, class T>
__device__ __forceinline__ void placesOfColumns(
    const T* x, int64 outer, int64 n, int64 inner, int64* out) {
  FOR_EACH(t, outer * inner) {
    int64 o = quotient(t, inner);
    const T* column = x + o * n * inner + (t - o * inner);
    T best = column[0];
    int64 place = 0;
    for (int64 j = 1; j < n; j++) {
      T value = column[j * inner];
      if (goesBefore<Order>(value, j, best, place)) {
        best = value;
        place = j;
      }
    }
    out[t] = place;
  }
}

// A block of threads a row: each finds the best of every 256th element, then halves meet.
template <class Order, class T>
__device__ __forceinline__ void placesOfRows(
    const T* x, int64 outer, int64 n, int64* out, T* values, int64* places) {
  int me = threadIdx.x;
  for (int64 o = blockIdx.x; o < outer; o += gridDim.x) {
    const T* row = x + o * n;
    int64 place = me < n ? me : n - 1;
    T best = row[place];
    for (int64 j = place + BLOCK; j < n; j += BLOCK) {
      T value = row[j];
      if (goesBefore<Order>(value, j, best, place)) {
        best = value;
        place = j;
      }
    }
    values[me] = best;
    places[me] = place;
    __syncthreads();
    for (int half = BLOCK / 2; half >= 1; half /= 2) {
      if (me < half
          && goesBefore<Order>(values[me + half], places[me + half], values[me], places[me])) {
        values[me] = values[me + half];
        places[me] = places[me + half];
      }
      __syncthreads();
    }
    if (me == 0) out[o] = places[0];
    __syncthreads();
  }
}

#define PLACES_OF(name, Order, suffix, T)                                                       \
  extern "C" __global__ void name##Rows##suffix(const T* x, int64 outer, int64 n, int64* out) { \
    __shared__ T values[BLOCK];                                                                 \
    __shared__ int64 places[BLOCK];                                                             \
    placesOfRows<Order>(x, outer, n, out, values, places);                                      \
  }                                                                                             \
  extern "C" __global__ void name##Columns##suffix(                                             \
      const T* x, int64 outer, int64 n, int64 inner, int64* out) {                              \
    placesOfColumns<Order>(x, outer, n, inner, out);                                            \
  }
#define PLACES(name, Order)               \
  PLACES_OF(name, Order, _f32, float)     \
  PLACES_OF(name, Order, _f64, double)    \
  PLACES_OF(name, Order, _i64, int64)
PLACES(argMax, Larger)
PLACES(argMin, Smaller)
