// What the 32 threads of a warp do together. Each thread hands in a value and a word that says what
// it wants; the last to come works out the answers (run/warp.cpp).
#pragma once

extern "C" unsigned long long __scoria_warp(int kind, unsigned int mask, unsigned long long value,
                                            int with, int width, const char* file,
                                            unsigned int line);

enum {
  SCORIA_SYNC,
  SCORIA_BALLOT,
  SCORIA_MATCH,
  SCORIA_SHUFFLE,
  SCORIA_UP,
  SCORIA_DOWN,
  SCORIA_XOR
};

extern "C" unsigned int __scoria_active();
static inline unsigned int __activemask() { return __scoria_active(); }
static inline void __syncwarp(unsigned int mask = 0xffffffffu, SCORIA_HERE) {
  __scoria_warp(SCORIA_SYNC, mask, 0, 0, 32, file, line);
}
static inline unsigned int __ballot_sync(unsigned int mask, int p, SCORIA_HERE) {
  return (unsigned int)__scoria_warp(SCORIA_BALLOT, mask, p != 0, 0, 32, file, line);
}
// All and any look at the lanes that took part: a lane that has left counts for neither.
static inline int __all_sync(unsigned int mask, int p, SCORIA_HERE) {
  return __scoria_warp(SCORIA_BALLOT, mask, p == 0, 0, 32, file, line) == 0;
}
static inline int __any_sync(unsigned int mask, int p, SCORIA_HERE) {
  return __scoria_warp(SCORIA_BALLOT, mask, p != 0, 0, 32, file, line) != 0;
}
template <class T>
static inline unsigned int __match_any_sync(unsigned int mask, T value, SCORIA_HERE) {
  unsigned long long bits = 0;
  __builtin_memcpy(&bits, &value, sizeof(T));
  return (unsigned int)__scoria_warp(SCORIA_MATCH, mask, bits, 0, 32, file, line);
}

template <class T>
static inline T __scoria_shuffle(int kind, unsigned int mask, T value, int with, int width,
                                 const char* file, unsigned int line) {
  static_assert(sizeof(T) == 4 || sizeof(T) == 8, "shuffles move 4 or 8 bytes");
  unsigned long long bits = 0;
  __builtin_memcpy(&bits, &value, sizeof(T));
  bits = __scoria_warp(kind, mask, bits, with, width, file, line);
  __builtin_memcpy(&value, &bits, sizeof(T));
  return value;
}
#define SCORIA_SHUFFLES(T)                                                                         \
  static inline T __shfl_sync(unsigned int mask, T v, int lane, int width = 32, SCORIA_HERE) {     \
    return __scoria_shuffle(SCORIA_SHUFFLE, mask, v, lane, width, file, line);                     \
  }                                                                                                \
  static inline T __shfl_up_sync(unsigned int mask, T v, unsigned int by, int width = 32,          \
                                 SCORIA_HERE) {                                                    \
    return __scoria_shuffle(SCORIA_UP, mask, v, (int)by, width, file, line);                       \
  }                                                                                                \
  static inline T __shfl_down_sync(unsigned int mask, T v, unsigned int by, int width = 32,        \
                                   SCORIA_HERE) {                                                  \
    return __scoria_shuffle(SCORIA_DOWN, mask, v, (int)by, width, file, line);                     \
  }                                                                                                \
  static inline T __shfl_xor_sync(unsigned int mask, T v, int with, int width = 32, SCORIA_HERE) { \
    return __scoria_shuffle(SCORIA_XOR, mask, v, with, width, file, line);                         \
  }
SCORIA_SHUFFLES(int)
SCORIA_SHUFFLES(unsigned int)
SCORIA_SHUFFLES(long)
SCORIA_SHUFFLES(unsigned long)
SCORIA_SHUFFLES(long long)
SCORIA_SHUFFLES(unsigned long long)
SCORIA_SHUFFLES(float)
SCORIA_SHUFFLES(double)
#undef SCORIA_SHUFFLES
