// The vector types of CUDA, with the alignments that the device asks of loads and stores.
#pragma once

#define SCORIA_VECTORS(NAME, T, ALIGN2, ALIGN4)                             \
  struct NAME##1 {                                                          \
    T x;                                                                    \
  };                                                                        \
  struct alignas(ALIGN2) NAME##2 {                                          \
    T x, y;                                                                 \
  };                                                                        \
  struct NAME##3 {                                                          \
    T x, y, z;                                                              \
  };                                                                        \
  struct alignas(ALIGN4) NAME##4 {                                          \
    T x, y, z, w;                                                           \
  };                                                                        \
  static inline NAME##1 make_##NAME##1(T x) { return {x}; }                 \
  static inline NAME##2 make_##NAME##2(T x, T y) { return {x, y}; }         \
  static inline NAME##3 make_##NAME##3(T x, T y, T z) { return {x, y, z}; } \
  static inline NAME##4 make_##NAME##4(T x, T y, T z, T w) { return {x, y, z, w}; }

SCORIA_VECTORS(char, signed char, 2, 4)
SCORIA_VECTORS(uchar, unsigned char, 2, 4)
SCORIA_VECTORS(short, short, 4, 8)
SCORIA_VECTORS(ushort, unsigned short, 4, 8)
SCORIA_VECTORS(int, int, 8, 16)
SCORIA_VECTORS(uint, unsigned int, 8, 16)
SCORIA_VECTORS(long, long, 16, 16)
SCORIA_VECTORS(ulong, unsigned long, 16, 16)
SCORIA_VECTORS(longlong, long long, 16, 16)
SCORIA_VECTORS(ulonglong, unsigned long long, 16, 16)
SCORIA_VECTORS(float, float, 8, 16)
SCORIA_VECTORS(double, double, 16, 16)
#undef SCORIA_VECTORS

struct dim3 {
  unsigned int x, y, z;
  constexpr dim3(unsigned int x = 1, unsigned int y = 1, unsigned int z = 1) : x(x), y(y), z(z) {}
  constexpr dim3(uint3 v) : x(v.x), y(v.y), z(v.z) {}
  constexpr operator uint3() const { return {x, y, z}; }
};
