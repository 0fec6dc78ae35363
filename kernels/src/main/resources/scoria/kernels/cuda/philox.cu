// Philox4x32-10 (Salmon, Moraes, Dror, Shaw, SC 2011) and what is made of its words, as the CPU's
// Philox defines them. A thread computes one counter's four words. Seed, stream and place of the
// first number come from memory.
#include "math.cuh"

struct Words {
  unsigned w[4];
};

__device__ __forceinline__ Words philox(uint64 counter, uint64 stream, uint64 seed) {
  unsigned x0 = (unsigned)counter, x1 = (unsigned)(counter >> 32);
  unsigned x2 = (unsigned)stream, x3 = (unsigned)(stream >> 32);
  unsigned k0 = (unsigned)seed, k1 = (unsigned)(seed >> 32);
  for (int round = 0; round < 10; round++) {
    uint64 p0 = (uint64)x0 * 0xD2511F53u;
    uint64 p1 = (uint64)x2 * 0xCD9E8D57u;
    x0 = (unsigned)(p1 >> 32) ^ x1 ^ k0;
    x1 = (unsigned)p1;
    x2 = (unsigned)(p0 >> 32) ^ x3 ^ k1;
    x3 = (unsigned)p0;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  Words words = {{x0, x1, x2, x3}};
  return words;
}

template <class T>
__device__ __forceinline__ void put(T* y, int64 n, int64 i, T value) {
  if (i >= 0 && i < n) y[i] = value;
}

// The body sees `x`, the words of one counter, and `at`, the place in y of the number that its word
// 0 makes; numbers of words 1, 2 and 3 are 16, 32 and 48 further on (with two words a number, 16).
#define PHILOX_OF(name, T, group, extra, body)                                                 \
  extern "C" __global__ void name(const int64* state, T* y, int64 n extra) {                   \
    uint64 seed = (uint64)state[0], stream = (uint64)state[1];                                 \
    int64 start = state[2];                                                                    \
    int64 first = start / (group);                                                             \
    int64 last = (start + n - 1) / (group);                                                    \
    FOR_EACH(t, (last - first + 1) * 16) {                                                     \
      int64 counter = first * 16 + t;                                                          \
      Words x = philox((uint64)counter, stream, seed);                                         \
      int64 at = counter / 16 * (group) + counter % 16 - start;                                \
      body                                                                                     \
    }                                                                                          \
  }
#define NONE
#define WORDS(name, T, value)                                                                  \
  PHILOX_OF(name, T, 64, NONE, for (int k = 0; k < 4; k++) {                                   \
    unsigned w = x.w[k];                                                                       \
    put<T>(y, n, at + 16 * k, value);                                                          \
  })

WORDS(words, int, (int)w)
WORDS(uniform_f32, float, (float)(w >> 8) * 0x1p-24f)
WORDS(rademacher_f32, float, (w >> 31) != 0 ? -1.0f : 1.0f)
WORDS(rademacher_f64, double, (w >> 31) != 0 ? -1.0 : 1.0)

__device__ __forceinline__ uint64 wide(const Words& x, int k) {
  return (uint64)x.w[2 * k] << 32 | x.w[2 * k + 1];
}
// The upper 53 bits, times 2^-53; each step is exact.
__device__ __forceinline__ double uniform53(uint64 number) {
  return (double)(int64)(number >> 11) * 0x1p-53;
}
PHILOX_OF(uniform_f64, double, 32, NONE, for (int k = 0; k < 2; k++) {
  put(y, n, at + 16 * k, uniform53(wide(x, k)));
})

// Turns the sign where bit 1 of `quarter` is set.
__device__ __forceinline__ float turned(float v, unsigned quarter) {
  return bits<float>(bits<unsigned>(v) ^ (quarter & 2) << 30);
}
__device__ __forceinline__ double turned(double v, uint64 quarter) {
  return bits<double>(bits<uint64>(v) ^ (quarter & 2) << 62);
}

// Box and Muller: r cos t and r sin t from a word for the radius and one for the angle.
__device__ __forceinline__ void normals(unsigned radius, unsigned angle, float& cosine, float& sine) {
  float u = multiplyAdd((float)(int)(radius >> 1), 0x1p-31f, 0x1p-32f);
  float r = rootOf(logOf(u) * -2.0f);
  // The nearest quarter turn, and what is left of the angle, at most an eighth of a turn.
  unsigned t = angle + (1u << 29);
  unsigned quarter = t >> 30;
  float a = (float)((int)(t & 0x3fffffffu) - (1 << 29)) * (0x1.921fb6p2f * 0x1p-32f);
  float z = a * a;
  float s = sinReduced(a, z);
  float c = cosReduced(z);
  bool odd = (quarter & 1) != 0;
  cosine = turned(odd ? s : c, quarter + 1) * r;
  sine = turned(odd ? c : s, quarter) * r;
}
PHILOX_OF(normal_f32, float, 64, NONE, for (int k = 0; k < 4; k += 2) {
  float cosine;
  float sine;
  normals(x.w[k], x.w[k + 1], cosine, sine);
  put(y, n, at + 16 * k, cosine);
  put(y, n, at + 16 * k + 16, sine);
})

__device__ __forceinline__ void normals(uint64 radius, uint64 angle, double& cosine, double& sine) {
  double r = rootOf(logOf(uniform53(radius) + 0x1p-53) * -2.0);
  uint64 t = angle + (1ull << 61);
  uint64 quarter = t >> 62;
  double rest = (double)(int64)((t & 0x3fffffffffffffffull) >> 12) - 0x1p49;
  double a = rest * (0x1.921fb54442d18p2 * 0x1p-52);
  double z = a * a;
  double s = sinReduced(a, z);
  double c = cosReduced(z);
  bool odd = (quarter & 1) != 0;
  cosine = turned(odd ? s : c, quarter + 1) * r;
  sine = turned(odd ? c : s, quarter) * r;
}
PHILOX_OF(normal_f64, double, 32, NONE, {
  double cosine;
  double sine;
  normals(wide(x, 0), wide(x, 1), cosine, sine);
  put(y, n, at, cosine);
  put(y, n, at + 16, sine);
})

// The upper half of a 64-bit number times the bound, by halves.
__device__ __forceinline__ uint64 upperHalf(uint64 a, uint64 b) {
  uint64 low = (uint64)(unsigned)a * (unsigned)b;
  uint64 mid1 = (a >> 32) * (unsigned)b + (low >> 32);
  uint64 mid2 = (uint64)(unsigned)a * (b >> 32) + (unsigned)mid1;
  return (a >> 32) * (b >> 32) + (mid1 >> 32) + (mid2 >> 32);
}
#define BOUND , uint64 bound
PHILOX_OF(integers, int64, 32, BOUND, for (int k = 0; k < 2; k++) {
  put(y, n, at + 16 * k, (int64)upperHalf(wide(x, k), bound));
})
