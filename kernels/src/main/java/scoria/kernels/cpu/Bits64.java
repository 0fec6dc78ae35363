package scoria.kernels.cpu;

/** Unsigned arithmetic of 64 bits, by names: C++ writes it otherwise than Java. */
final class Bits64 {
  private Bits64() {}

  /** The low 64 bits of a b. */
  static long low(long a, long b) {
    return a * b;
  }

  /** The high 64 bits of a b. */
  static long high(long a, long b) {
    return Math.unsignedMultiplyHigh(a, b);
  }

  /** a + b, wrapping around. */
  static long plus(long a, long b) {
    return a + b;
  }

  /** 1 where {@code sum}, made by adding {@code part}, wrapped around, else 0. */
  static long carry(long sum, long part) {
    return Long.compareUnsigned(sum, part) < 0 ? 1 : 0;
  }

  /** a 2^n, for n in 0 to 63. */
  static long left(long a, long n) {
    return a << n;
  }

  /** a / 2^n rounded down, for n in 0 to 63. */
  static long right(long a, long n) {
    return a >>> n;
  }
}
