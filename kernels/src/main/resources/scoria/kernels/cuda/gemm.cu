// C = alpha op(A) op(B) + beta C, with an optional last step. A block of 16 x 16 threads makes a
// square tile of C from slices of A and B in shared memory.
//
// The sum over k is that of the CPU's kernels, to the bit: blocks of 256; in a block fused
// multiply-adds in the order of k from 0; the first gives c = alpha s, or fma(beta, c, alpha s), and
// each later one c = fma(alpha, s, c).
#include "math.cuh"

#define KC 256
#define SIDE 16
#define SLICE 16

// A has the element of row i and column p at i aDown + p aAcross, B that of row p and column j at p
// bDown + j bAcross: transposes are a matter of these.
template <class T, int TILE>
struct Gemm {
  // Elements of C that a thread makes on each axis: every 16th.
  static constexpr int EACH = TILE / SIDE;

  static __device__ void run(
      int64 batch, int64 m, int64 n, int64 k, T alpha, const T* as, int64 aDown, int64 aAcross,
      int64 aBatch, const T* bs, int64 bDown, int64 bAcross, int64 bBatch, T beta, T* cs,
      int64 cDown, int64 cBatch, const T* bias, int activation, T (*left)[TILE + 1],
      T (*right)[TILE + 1]) {
    for (int64 which = blockIdx.z; which < batch; which += gridDim.z) {
      for (int64 row = (int64)blockIdx.y * TILE; row < m; row += (int64)gridDim.y * TILE) {
        tile(
            (int64)blockIdx.x * TILE, row, m, n, k, alpha, as + which * aBatch, aDown, aAcross,
            bs + which * bBatch, bDown, bAcross, beta, cs + which * cBatch, cDown, bias,
            activation, left, right);
      }
    }
  }

  static __device__ void tile(
      int64 column, int64 row, int64 m, int64 n, int64 k, T alpha, const T* a, int64 aDown,
      int64 aAcross, const T* b, int64 bDown, int64 bAcross, T beta, T* c, int64 cDown,
      const T* bias, int activation, T (*left)[TILE + 1], T (*right)[TILE + 1]) {
    int across = threadIdx.x;
    int down = threadIdx.y;
    T total[EACH][EACH];
#pragma unroll
    for (int i = 0; i < EACH; i++) {
#pragma unroll
      for (int j = 0; j < EACH; j++) {
        int64 r = row + down + i * SIDE;
        int64 s = column + across + j * SIDE;
        total[i][j] = beta != 0 && r < m && s < n ? c[r * cDown + s] : 0;
      }
    }
    for (int64 block = 0; block < k; block += KC) {
      int depth = (int)(k - block < KC ? k - block : KC);
      T sum[EACH][EACH];
#pragma unroll
      for (int i = 0; i < EACH; i++) {
#pragma unroll
        for (int j = 0; j < EACH; j++) sum[i][j] = 0;
      }
      for (int p = 0; p < depth; p += SLICE) {
        int count = depth - p < SLICE ? depth - p : SLICE;
        fill(left, a, aDown, aAcross, row, m, block + p, count);
        fill(right, b, bAcross, bDown, column, n, block + p, count);
        __syncthreads();
        // Never past k: adding 0 times 0 would turn a -0 into a +0.
        if (count == SLICE) {
          accumulate(sum, left, right, down, across, SLICE);
        } else {
          accumulate(sum, left, right, down, across, count);
        }
        __syncthreads();
      }
#pragma unroll
      for (int i = 0; i < EACH; i++) {
#pragma unroll
        for (int j = 0; j < EACH; j++) {
          if (block > 0) {
            total[i][j] = multiplyAdd(alpha, sum[i][j], total[i][j]);
          } else if (beta != 0) {
            total[i][j] = multiplyAdd(beta, total[i][j], alpha * sum[i][j]);
          } else {
            total[i][j] = alpha * sum[i][j];
          }
        }
      }
    }
#pragma unroll
    for (int i = 0; i < EACH; i++) {
#pragma unroll
      for (int j = 0; j < EACH; j++) {
        int64 r = row + down + i * SIDE;
        int64 s = column + across + j * SIDE;
        if (r < m && s < n) {
          T value = k == 0 && beta != 0 ? beta * total[i][j] : total[i][j];
          if (bias != 0) value = value + bias[s];
          c[r * cDown + s] = activate(activation, value);
        }
      }
    }
  }

  static __device__ __forceinline__ void accumulate(
      T (&sum)[EACH][EACH], const T (*left)[TILE + 1], const T (*right)[TILE + 1], int down,
      int across, int count) {
#pragma unroll
    for (int q = 0; q < count; q++) {
      T ours[EACH];
      T theirs[EACH];
#pragma unroll
      for (int i = 0; i < EACH; i++) ours[i] = left[q][down + i * SIDE];
#pragma unroll
      for (int j = 0; j < EACH; j++) theirs[j] = right[q][across + j * SIDE];
#pragma unroll
      for (int i = 0; i < EACH; i++) {
#pragma unroll
        for (int j = 0; j < EACH; j++) sum[i][j] = multiplyAdd(ours[i], theirs[j], sum[i][j]);
      }
    }
  }

  // slice[q][i] = x[(first + i) along + (p + q) deep]. Neighbouring threads read neighbouring
  // elements, whichever way the matrix lies.
  static __device__ void fill(
      T (*slice)[TILE + 1], const T* x, int64 along, int64 deep, int64 first, int64 end, int64 p,
      int count) {
    int me = threadIdx.y * SIDE + threadIdx.x;
    for (int t = me; t < TILE * SLICE; t += SIDE * SIDE) {
      int i = deep == 1 ? t / SLICE : t % TILE;
      int q = deep == 1 ? t % SLICE : t / TILE;
      bool inside = first + i < end && q < count;
      slice[q][i] = inside ? x[(first + i) * along + (p + q) * deep] : 0;
    }
  }
};

#define GEMM(tile, suffix, T)                                                                   \
  extern "C" __global__ void __launch_bounds__(SIDE * SIDE, 2) gemm##tile##suffix(              \
      int64 batch, int64 m, int64 n, int64 k, double alpha, const T* a, int64 aDown,            \
      int64 aAcross, int64 aBatch, const T* b, int64 bDown, int64 bAcross, int64 bBatch,        \
      double beta, T* c, int64 cDown, int64 cBatch, const T* bias, int64 activation) {          \
    __shared__ T left[SLICE][tile + 1];                                                         \
    __shared__ T right[SLICE][tile + 1];                                                        \
    Gemm<T, tile>::run(                                                                         \
        batch, m, n, k, (T)alpha, a, aDown, aAcross, aBatch, b, bDown, bAcross, bBatch,         \
        (T)beta, c, cDown, cBatch, bias, (int)activation, left, right);                         \
  }
GEMM(32, _f32, float)
GEMM(64, _f32, float)
GEMM(32, _f64, double)

// The last step by itself, for products that cuBLAS has made.
extern "C" __global__ void finish_f32(
    int64 batch, int64 m, int64 n, float* c, int64 cDown, int64 cBatch, const float* bias,
    int64 activation) {
  FOR_EACH(t, batch * m * n) {
    int64 row = quotient(t, n);
    int64 column = t - row * n;
    int64 which = quotient(row, m);
    float* at = c + which * cBatch + (row - which * m) * cDown + column;
    float value = bias != 0 ? *at + bias[column] : *at;
    *at = activate((int)activation, value);
  }
}
