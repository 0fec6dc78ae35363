package scoria.kernels.cpu;

/** Remainders and whole quotients of float64 numbers; special cases are those of NumPy. */
// cuda: generated
final class Quotients {
  private Quotients() {}

  /** What is left of a after whole multiples of b, with the sign of a; exact. NaN for b = 0. */
  static double fmod(double a, double b) {
    double x = Math.abs(a);
    double y = Math.abs(b);
    if (!(x < Double.POSITIVE_INFINITY && y > 0)) {
      return Double.NaN;
    }
    if (y < Double.POSITIVE_INFINITY) {
      while (x >= y) {
        // Of a large quotient the leading 50 bits first; what they leave is exact.
        long more = exponent(x) - exponent(y) - 50;
        double multiple = more > 0 ? Exponentials.scale(y, more) : y;
        x = Math.fma(-Math.floor(x / multiple), multiple, x);
        // The quotient may have been rounded up.
        x = x < 0 ? x + multiple : x;
      }
    }
    return Math.copySign(x, a);
  }

  private static long exponent(double x) {
    long e = Double.doubleToRawLongBits(x) >> 52;
    return e == 0 ? 1 : e;
  }

  /** What is left of a after whole multiples of b, with the sign of b. NaN for b = 0. */
  static double remainder(double a, double b) {
    double r = fmod(a, b);
    if (r == 0) {
      return Math.copySign(0.0, b);
    }
    return (r < 0) == (b < 0) ? r : r + b;
  }

  /** The largest whole number not above a / b, as if that were exact; a / b itself for b = 0. */
  static double floorDivide(double a, double b) {
    if (b == 0) {
      return a / b;
    }
    double r = fmod(a, b);
    // A multiple of b but for rounding.
    double q = (a - r) / b;
    if (r != 0 && (r < 0) != (b < 0)) {
      q = q - 1;
    }
    return q == 0 ? Math.copySign(0.0, a / b) : Math.rint(q);
  }

  /** a / b without its fraction. */
  static double truncDivide(double a, double b) {
    double q = a / b;
    return q < 0 ? -Math.floor(-q) : Math.floor(q);
  }

  /** The size of a with the sign of b. */
  static double copysign(double a, double b) {
    return Math.copySign(a, b);
  }
}
