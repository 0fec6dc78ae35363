// Who a thread is, and the barriers of a block.
#pragma once

// Filled by the block's scheduler whenever a thread goes on. The layout is that of run/now.h.
extern "C" struct __scoria_place { uint3 thread, block, block_size, grid_size; } __scoria_now;

// Read by an instruction of its own: the watch would otherwise be called for every threadIdx.x, and
// "m" says that it depends on memory, so nothing is kept across a barrier.
static inline __attribute__((always_inline)) unsigned int __scoria_read(const unsigned int& from) {
  unsigned int value;
  asm("movl %1, %0" : "=r"(value) : "m"(from));
  return value;
}
static inline __attribute__((always_inline)) uint3 __scoria_read(const uint3& from) {
  return {__scoria_read(from.x), __scoria_read(from.y), __scoria_read(from.z)};
}

#define threadIdx (__scoria_read(__scoria_now.thread))
#define blockIdx (__scoria_read(__scoria_now.block))
#define blockDim (dim3(__scoria_read(__scoria_now.block_size)))
#define gridDim (dim3(__scoria_read(__scoria_now.grid_size)))
#define warpSize 32

// Barriers carry the place of the call, which is what says whether threads met at the same one: the
// compiler may well have made two calls of one line.
extern "C" int __scoria_barrier(int kind, int predicate, const char* file, unsigned int line);
#define SCORIA_HERE const char *file = __builtin_FILE(), unsigned int line = __builtin_LINE()

static inline void __syncthreads(SCORIA_HERE) { __scoria_barrier(0, 0, file, line); }
static inline int __syncthreads_count(int p, SCORIA_HERE) {
  return __scoria_barrier(1, p != 0, file, line);
}
static inline int __syncthreads_and(int p, SCORIA_HERE) {
  return __scoria_barrier(2, p != 0, file, line);
}
static inline int __syncthreads_or(int p, SCORIA_HERE) {
  return __scoria_barrier(3, p != 0, file, line);
}

extern "C" void __scoria_fence();
static inline void __threadfence() { __scoria_fence(); }
static inline void __threadfence_block() { asm volatile("" ::: "memory"); }
static inline void __threadfence_system() { __scoria_fence(); }

extern "C" [[noreturn]] void __scoria_trap(const char* what, const char* file, unsigned int line);
[[noreturn]] static inline void __trap(SCORIA_HERE) { __scoria_trap("trap", file, line); }
#define assert(condition) \
  ((condition) ? (void)0 : __scoria_trap("assertion " #condition, __FILE__, __LINE__))

extern "C" int printf(const char*, ...);
static inline long long clock64() { return (long long)__builtin_ia32_rdtsc(); }
