// The sum of n numbers as the CPU's kernels define it, to the bit: blocks of 256; in a block lane l
// of 16 adds elements l, l + 16, ... in order, from +0; lanes join by a fixed tree; blocks are added
// in order in float64, and that is rounded once. Products go the same way, and extremes in any order.
#pragma once
#include "math.cuh"

#define BLOCK 256
#define LANES 16
#define WARP 0xffffffffu

// How a kind of reduction starts, takes another element, and what its blocks are joined in.
template <class T>
struct Sum {
  typedef double Total;
  static __device__ T start() { return 0; }
  static __device__ T join(T a, T b) { return a + b; }
  static __device__ double total(double a, double b) { return a + b; }
};
template <>
struct Sum<int64> {
  typedef int64 Total;
  static __device__ int64 start() { return 0; }
  static __device__ int64 join(int64 a, int64 b) { return (int64)((uint64)a + (uint64)b); }
  static __device__ int64 total(int64 a, int64 b) { return join(a, b); }
};
template <class T>
struct Prod {
  typedef double Total;
  static __device__ T start() { return 1; }
  static __device__ T join(T a, T b) { return a * b; }
  static __device__ double total(double a, double b) { return a * b; }
};
template <>
struct Prod<int64> {
  typedef int64 Total;
  static __device__ int64 start() { return 1; }
  static __device__ int64 join(int64 a, int64 b) { return (int64)((uint64)a * (uint64)b); }
  static __device__ int64 total(int64 a, int64 b) { return join(a, b); }
};
template <class T>
__device__ __forceinline__ T most() {
  return infinity<T>();
}
template <>
__device__ __forceinline__ int64 most<int64>() {
  return 0x7fffffffffffffffll;
}
template <class T>
struct Max {
  typedef T Total;
  static __device__ T start() { return -most<T>(); }
  static __device__ T join(T a, T b) { return larger(a, b); }
  static __device__ T total(T a, T b) { return larger(a, b); }
};
template <>
__device__ __forceinline__ int64 Max<int64>::start() {
  return -most<int64>() - 1;
}
template <class T>
struct Min {
  typedef T Total;
  static __device__ T start() { return most<T>(); }
  static __device__ T join(T a, T b) { return smaller(a, b); }
  static __device__ T total(T a, T b) { return smaller(a, b); }
};

// Rounded once, and a NaN made the canonical one.
template <class T, class Total>
__device__ __forceinline__ T rounded(Total total) {
  T value = (T)total;
  return isNan(value) ? notANumber<T>() : value;
}
template <>
__device__ __forceinline__ int64 rounded<int64, int64>(int64 total) {
  return total;
}

// The tree over 16 lanes, which lie side by side in a warp; all of them get the result, for an
// addition does not mind which of its two numbers comes first. The whole warp must take part.
template <class K, class T>
__device__ __forceinline__ T tree(T lane) {
  lane = K::join(lane, __shfl_xor_sync(WARP, lane, 8));
  lane = K::join(lane, __shfl_xor_sync(WARP, lane, 4));
  lane = K::join(lane, __shfl_xor_sync(WARP, lane, 2));
  return K::join(lane, __shfl_xor_sync(WARP, lane, 1));
}
