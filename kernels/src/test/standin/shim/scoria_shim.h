// What NVRTC knows of itself, told to g++: this file is included before every kernel source.
//
// Like NVRTC there are no standard headers (the sources are compiled with -nostdinc), so everything
// here stands on the compiler's builtins alone. Three words stay in the preprocessed text for the
// scanner (compile/scan.h), which turns them into C++: they cannot be said by a macro.
#pragma once
#define __CUDACC__ 1
#define __CUDACC_RTC__ 1
#define __CUDACC_VER_MAJOR__ 12
#define __CUDACC_VER_MINOR__ 6
#define __CUDA_ARCH__ 800

#define __global__ __scoria_global__
#define __shared__ __scoria_shared__
#define __launch_bounds__(...) __scoria_launch_bounds__(__VA_ARGS__)
#define __device__
#define __host__
#define __constant__
#define __managed__
#define __grid_constant__
#define __forceinline__ inline __attribute__((always_inline))
#define __noinline__ __attribute__((noinline))
#define __align__(n) __attribute__((aligned(n)))
#define __CUDA_ALIGN__(n) __align__(n)

typedef decltype(sizeof(0)) size_t;
typedef decltype((char*)0 - (char*)0) ptrdiff_t;

#include "vectors.h"
#include "threads.h"
#include "numbers.h"
#include "functions.h"
#include "atomics.h"
#include "warps.h"
