// What every file of kernels needs: element types, bits, indices, and Java's extremes.
#pragma once

// C++ leaves the length of long open, and so do host and device compilers between each other.
typedef long long int64;
typedef unsigned long long uint64;

// Every kernel is launched with parameters of 8 bytes, and by any number of blocks: a thread takes
// every element whose number is its own plus a multiple of all threads.
#define FOR_EACH(i, n)                                                                 \
  for (int64 i = (int64)blockIdx.x * blockDim.x + threadIdx.x, stride_ = (int64)gridDim.x * blockDim.x; \
       i < (n); i += stride_)

// a / b for numbers of at least 0: a division of 64 bits takes several times one of 32.
__device__ __forceinline__ int64 quotient(int64 a, int64 b) {
  if (((a | b) >> 32) == 0) return (unsigned)a / (unsigned)b;
  return a / b;
}

template <class To, class From>
__device__ __forceinline__ To bits(From from) {
  union {
    From from;
    To to;
  } both;
  both.from = from;
  return both.to;
}

// Rounded once, on the device and on a host that imitates it.
__device__ __forceinline__ float multiplyAdd(float a, float b, float c) { return fmaf(a, b, c); }
__device__ __forceinline__ double multiplyAdd(double a, double b, double c) { return fma(a, b, c); }
__device__ __forceinline__ float rootOf(float x) { return sqrtf(x); }
__device__ __forceinline__ double rootOf(double x) { return sqrt(x); }
__device__ __forceinline__ float magnitude(float x) { return bits<float>(bits<unsigned>(x) & 0x7fffffffu); }
__device__ __forceinline__ double magnitude(double x) {
  return bits<double>(bits<uint64>(x) & 0x7fffffffffffffffull);
}
template <class T>
__device__ __forceinline__ bool isNan(T x) {
  return x != x;
}
template <class T>
__device__ __forceinline__ bool isNegative(T x) {
  return x < 0;
}
template <>
__device__ __forceinline__ bool isNegative(float x) {
  return (bits<unsigned>(x) >> 31) != 0;
}
template <>
__device__ __forceinline__ bool isNegative(double x) {
  return (bits<uint64>(x) >> 63) != 0;
}

// Java's: a NaN wins, and +0 is above -0.
template <class T>
__device__ __forceinline__ T larger(T a, T b) {
  if (isNan(a)) return a;
  if (a == b) return isNegative(a) ? b : a;
  return a > b ? a : b;
}
template <class T>
__device__ __forceinline__ T smaller(T a, T b) {
  if (isNan(a)) return a;
  if (a == b) return isNegative(a) ? a : b;
  return a < b ? a : b;
}

// Unsigned arithmetic of 64 bits by names, as the scalar functions of Java have it.
struct Bits64 {
  static __device__ int64 low(int64 a, int64 b) { return (int64)((uint64)a * (uint64)b); }
  static __device__ int64 high(int64 a, int64 b) { return (int64)__umul64hi((uint64)a, (uint64)b); }
  static __device__ int64 plus(int64 a, int64 b) { return (int64)((uint64)a + (uint64)b); }
  static __device__ int64 carry(int64 sum, int64 part) { return (uint64)sum < (uint64)part ? 1 : 0; }
  static __device__ int64 left(int64 a, int64 n) { return (int64)((uint64)a << n); }
  static __device__ int64 right(int64 a, int64 n) { return (int64)((uint64)a >> n); }
};

// What a type's functions are made of: math32.cuh and math64.cuh.
template <class T>
struct Real;
