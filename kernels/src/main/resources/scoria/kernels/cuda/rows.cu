// Softmax and its kin over the rows of [rows, n]: 16 threads a row when it is short (one block of a
// sum), 256 when it is long. With m the row's maximum, s is the sum of exp(x - m).
#include "blocks.cuh"

// The largest element, known to all 16 threads of a short row.
template <class T>
__device__ __forceinline__ T largestShort(const T* x, int64 n, int64 lane) {
  T m = Max<T>::start();
  for (int64 i = lane; i < n; i += LANES) m = larger(m, x[i]);
  return tree<Max<T> >(m);
}
// The sum of exp(x - shift), known to all 16 threads of a short row.
template <class T>
__device__ __forceinline__ T sumExpShort(const T* x, int64 n, int64 lane, T shift) {
  T sum = 0;
  for (int64 i = lane; i < n; i += LANES) sum += expOf(x[i] - shift);
  return rounded<T>((double)tree<Sum<T> >(sum));
}
// An infinity minus itself would be NaN.
template <class T>
__device__ __forceinline__ T finiteOr0(T m) {
  return magnitude(m) == infinity<T>() ? (T)0 : m;
}

// Threads past the last row go along with no elements, for the trees need whole warps.
#define SHORT_ROWS(name, suffix, T, shiftOf, body)                                            \
  extern "C" __global__ void name##suffix(const T* xs, T* y, int64 rows, int64 n) {           \
    int64 lane = threadIdx.x % LANES;                                                         \
    int64 groups = blockDim.x / LANES;                                                        \
    for (int64 base = blockIdx.x * groups; base < rows; base += gridDim.x * groups) {         \
      int64 r = base + threadIdx.x / LANES;                                                   \
      int64 count = r < rows ? n : 0;                                                         \
      const T* x = xs + r * n;                                                                \
      T m = shiftOf(largestShort(x, count, lane));                                            \
      T s = sumExpShort(x, count, lane, m);                                                   \
      body                                                                                    \
    }                                                                                         \
  }

// A block of threads a long row. `room` holds one result of each of its 16 groups.
template <class T>
__device__ __forceinline__ T largestLong(const T* x, int64 n, T* room) {
  T m = Max<T>::start();
  for (int64 i = threadIdx.x; i < n; i += BLOCK) m = larger(m, x[i]);
  m = tree<Max<T> >(m);
  if (threadIdx.x % LANES == 0) room[threadIdx.x / LANES] = m;
  __syncthreads();
  m = room[0];
  for (int g = 1; g < BLOCK / LANES; g++) m = larger(m, room[g]);
  __syncthreads();
  return m;
}
template <class T>
__device__ __forceinline__ T sumExpLong(const T* x, int64 n, T shift, T* room) {
  int64 lane = threadIdx.x % LANES;
  int64 group = threadIdx.x / LANES;
  double total = 0;
  // Sixteen blocks of the sum at a time, which every thread then adds in order.
  for (int64 base = 0; base < n; base += BLOCK * (BLOCK / LANES)) {
    int64 from = base + group * BLOCK;
    int64 end = from + BLOCK < n ? from + BLOCK : n;
    T sum = 0;
    for (int64 i = from + lane; i < end; i += LANES) sum += expOf(x[i] - shift);
    sum = tree<Sum<T> >(sum);
    if (lane == 0) room[group] = sum;
    __syncthreads();
    // A block past the end is +0, which changes no total.
    for (int g = 0; g < BLOCK / LANES; g++) total += room[g];
    __syncthreads();
  }
  return rounded<T>(total);
}
#define LONG_ROWS(name, suffix, T, shiftOf, body)                                             \
  extern "C" __global__ void name##suffix(const T* xs, T* y, int64 rows, int64 n) {           \
    __shared__ T room[BLOCK / LANES];                                                         \
    for (int64 r = blockIdx.x; r < rows; r += gridDim.x) {                                    \
      const T* x = xs + r * n;                                                                \
      T m = shiftOf(largestLong(x, n, room));                                                 \
      T s = sumExpLong(x, n, m, room);                                                        \
      body                                                                                    \
    }                                                                                         \
  }

#define SHORT(name, T, suffix, shiftOf, element)                                              \
  SHORT_ROWS(name##Short, suffix, T, shiftOf, for (int64 i = lane; i < count; i += LANES) {   \
    y[r * n + i] = element;                                                                   \
  })
#define LONG(name, T, suffix, shiftOf, element)                                               \
  LONG_ROWS(name##Long, suffix, T, shiftOf, for (int64 i = threadIdx.x; i < n; i += BLOCK) {  \
    y[r * n + i] = element;                                                                   \
  })
#define BOTH(name, element)                \
  SHORT(name, float, _f32, , element)      \
  SHORT(name, double, _f64, , element)     \
  LONG(name, float, _f32, , element)       \
  LONG(name, double, _f64, , element)

BOTH(softmax, expOf(x[i] - m) * (1 / s))
BOTH(logSoftmax, (x[i] - m) - logOf(s))

#define LOG_SUM_EXP(T, suffix)                                                                \
  SHORT_ROWS(logSumExpShort, suffix, T, finiteOr0, if (lane == 0 && r < rows) {               \
    y[r] = m + logOf(s);                                                                      \
  })                                                                                          \
  LONG_ROWS(logSumExpLong, suffix, T, finiteOr0, if (threadIdx.x == 0) { y[r] = m + logOf(s); })
LOG_SUM_EXP(float, _f32)
LOG_SUM_EXP(double, _f64)
