package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Philox4x32-10, one number at a time: a stand-in until the vector version lands. */
public final class Philox {
  private Philox() {}

  private static int word(long seed, long stream, long i) {
    long c = i / 64 * 16 + i % 16;
    int w = (int) (i % 64 / 16);
    int x0 = (int) c;
    int x1 = (int) (c >>> 32);
    int x2 = (int) stream;
    int x3 = (int) (stream >>> 32);
    int k0 = (int) seed;
    int k1 = (int) (seed >>> 32);
    for (int r = 0; r < 10; r++) {
      long p0 = (x0 & 0xFFFFFFFFL) * 0xD2511F53L;
      long p1 = (x2 & 0xFFFFFFFFL) * 0xCD9E8D57L;
      int y0 = (int) (p1 >>> 32) ^ x1 ^ k0;
      int y2 = (int) (p0 >>> 32) ^ x3 ^ k1;
      x1 = (int) p1;
      x3 = (int) p0;
      x0 = y0;
      x2 = y2;
      k0 += 0x9E3779B9;
      k1 += 0xBB67AE85;
    }
    return w == 0 ? x0 : w == 1 ? x1 : w == 2 ? x2 : x3;
  }

  private static double uniform(long seed, long stream, long i) {
    return (word(seed, stream, i) >>> 8) * 0x1p-24;
  }

  private static double normal(long seed, long stream, long i) {
    double u = 1 - uniform(seed, stream, i / 2 * 2);
    double v = uniform(seed, stream, i / 2 * 2 + 1);
    double r = Math.sqrt(-2 * Math.log(u));
    return i % 2 == 0 ? r * Math.cos(2 * Math.PI * v) : r * Math.sin(2 * Math.PI * v);
  }

  public static void uniformF32(long a, long b, long c, MemorySegment o, long at, long n) {
    for (long i = 0; i < n; i++) {
      o.setAtIndex(ValueLayout.JAVA_FLOAT, at + i, (float) uniform(a, b, c + i));
    }
  }

  public static void uniformF64(long a, long b, long c, MemorySegment o, long at, long n) {
    for (long i = 0; i < n; i++) {
      o.setAtIndex(ValueLayout.JAVA_DOUBLE, at + i, uniform(a, b, c + i));
    }
  }

  public static void normalF32(long a, long b, long c, MemorySegment o, long at, long n) {
    for (long i = 0; i < n; i++) {
      o.setAtIndex(ValueLayout.JAVA_FLOAT, at + i, (float) normal(a, b, c + i));
    }
  }

  public static void normalF64(long a, long b, long c, MemorySegment o, long at, long n) {
    for (long i = 0; i < n; i++) {
      o.setAtIndex(ValueLayout.JAVA_DOUBLE, at + i, normal(a, b, c + i));
    }
  }

  public static void rademacherF32(long a, long b, long c, MemorySegment o, long at, long n) {
    for (long i = 0; i < n; i++) {
      o.setAtIndex(ValueLayout.JAVA_FLOAT, at + i, word(a, b, c + i) < 0 ? -1 : 1);
    }
  }

  public static void rademacherF64(long a, long b, long c, MemorySegment o, long at, long n) {
    for (long i = 0; i < n; i++) {
      o.setAtIndex(ValueLayout.JAVA_DOUBLE, at + i, word(a, b, c + i) < 0 ? -1 : 1);
    }
  }

  public static void integers(
      long a, long b, long c, long bound, MemorySegment o, long at, long n) {
    for (long i = 0; i < n; i++) {
      o.setAtIndex(ValueLayout.JAVA_LONG, at + i, (word(a, b, c + i) & 0xFFFFFFFFL) * bound >>> 32);
    }
  }
}
