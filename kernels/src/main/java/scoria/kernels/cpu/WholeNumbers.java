package scoria.kernels.cpu;

/**
 * Functions of two whole numbers, which shorter types take from the low bits of int64. Dividing by
 * 0 gives 0, as in NumPy; the least integer divided by -1 stays itself.
 */
// cuda: generated
final class WholeNumbers {
  private WholeNumbers() {}

  private static long negative(long a) {
    return Bits64.plus(~a, 1);
  }

  /** a / b rounded towards 0. */
  static long truncDivide(long a, long b) {
    return b == 0 ? 0 : b == -1 ? negative(a) : a / b;
  }

  /** What {@link #truncDivide} leaves, with the sign of a. */
  static long fmod(long a, long b) {
    return b == 0 || b == -1 ? 0 : a % b;
  }

  /** a / b rounded down. */
  static long floorDivide(long a, long b) {
    long r = fmod(a, b);
    long q = truncDivide(a, b);
    return r != 0 && (r < 0) != (b < 0) ? q - 1 : q;
  }

  /** What {@link #floorDivide} leaves, with the sign of b. */
  static long remainder(long a, long b) {
    long r = fmod(a, b);
    return r != 0 && (r < 0) != (b < 0) ? r + b : r;
  }

  /** a^b, wrapping around; for b below 0 the power rounded towards 0, with 0 for a = 0. */
  static long pow(long a, long b) {
    if (b < 0) {
      return a == 1 ? 1 : a == -1 ? 1 - 2 * (b & 1) : 0;
    }
    long y = 1;
    long square = a;
    for (long rest = b; rest != 0; rest = rest >> 1) {
      if ((rest & 1) != 0) {
        y = Bits64.low(y, square);
      }
      square = Bits64.low(square, square);
    }
    return y;
  }

  /** a 2^b; 0 where b is not one of 0 to 63. */
  static long shiftLeft(long a, long b) {
    return b >= 0 && b < 64 ? Bits64.left(a, b) : 0;
  }

  /** a / 2^b rounded down; as for b = 63 where b is not one of 0 to 63. */
  static long shiftRight(long a, long b) {
    return a >> (b >= 0 && b < 64 ? b : 63);
  }
}
