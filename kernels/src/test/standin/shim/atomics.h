// Atomic operations. One thread of the device runs at a time, so an operation is atomic by being
// one call; the watch is told of it first, for it orders nothing but excuses the race.
#pragma once

extern "C" void __scoria_atomic(void* address, unsigned int size);

// The memory is changed in functions that the compiler does not instrument, for the watch already
// knows, and must not take the change for a plain one.
#define SCORIA_PLAIN __attribute__((no_sanitize("thread"), noinline))
template <class T>
SCORIA_PLAIN static T __scoria_swap(T* p, T v) {
  T old = *p;
  *p = v;
  return old;
}
template <class T>
SCORIA_PLAIN static T __scoria_peek(T* p) {
  return *p;
}

#define SCORIA_ATOMIC(NAME, T, EXPRESSION)                                       \
  static inline T atomic##NAME(T* p, T v) {                                      \
    __scoria_atomic(p, sizeof(T));                                               \
    const T old = __scoria_peek(p);                                              \
    return __scoria_swap(p, (T)(EXPRESSION));                                    \
  }                                                                              \
  static inline T atomic##NAME##_block(T* p, T v) { return atomic##NAME(p, v); } \
  static inline T atomic##NAME##_system(T* p, T v) { return atomic##NAME(p, v); }
#define SCORIA_ATOMIC_INTEGER(T)           \
  SCORIA_ATOMIC(Min, T, old < v ? old : v) \
  SCORIA_ATOMIC(Max, T, old > v ? old : v) \
  SCORIA_ATOMIC(And, T, old& v)            \
  SCORIA_ATOMIC(Or, T, old | v)            \
  SCORIA_ATOMIC(Xor, T, old ^ v)           \
  SCORIA_ATOMIC(Exch, T, v)
SCORIA_ATOMIC_INTEGER(int)
SCORIA_ATOMIC_INTEGER(unsigned int)
SCORIA_ATOMIC_INTEGER(long long)
SCORIA_ATOMIC_INTEGER(unsigned long long)
SCORIA_ATOMIC(Add, int, old + v)
SCORIA_ATOMIC(Add, unsigned int, old + v)
SCORIA_ATOMIC(Add, unsigned long long, old + v)
SCORIA_ATOMIC(Add, float, old + v)
SCORIA_ATOMIC(Add, double, old + v)
SCORIA_ATOMIC(Sub, int, old - v)
SCORIA_ATOMIC(Sub, unsigned int, old - v)
SCORIA_ATOMIC(Exch, float, v)
SCORIA_ATOMIC(Inc, unsigned int, old >= v ? 0u : old + 1)
SCORIA_ATOMIC(Dec, unsigned int, old == 0 || old > v ? v : old - 1)
#undef SCORIA_ATOMIC
#undef SCORIA_ATOMIC_INTEGER

template <class T>
static inline T __scoria_compare(T* p, T expected, T v) {
  __scoria_atomic(p, sizeof(T));
  const T old = __scoria_peek(p);
  if (old == expected) __scoria_swap(p, v);
  return old;
}
static inline int atomicCAS(int* p, int e, int v) { return __scoria_compare(p, e, v); }
static inline unsigned int atomicCAS(unsigned int* p, unsigned int e, unsigned int v) {
  return __scoria_compare(p, e, v);
}
static inline unsigned long long atomicCAS(unsigned long long* p, unsigned long long e,
                                           unsigned long long v) {
  return __scoria_compare(p, e, v);
}
