package scoria.kernels.cpu;

/** Powers and roots of float64 numbers, one at a time. */
// cuda: generated
final class Powers {
  private Powers() {}

  /** x^y with IEEE 754's special cases (those of C's pow). Error at most 0.8 ulp. */
  static double pow(double x, double y) {
    if (x == 1 || y == 0) {
      return 1;
    }
    if (Double.isNaN(x) || Double.isNaN(y)) {
      return Double.NaN;
    }
    double a = Math.abs(x);
    boolean whole = Math.rint(y) == y;
    // Doubles of 2^53 and more are even; an infinity is neither.
    boolean odd = whole && Math.abs(y) < 0x1p53 && ((long) y & 1) != 0;
    boolean negative = Math.copySign(1.0, x) < 0;
    if (negative && !whole && a != 0 && a != Double.POSITIVE_INFINITY) {
      return Double.NaN;
    }
    double size = powerOf(a, y);
    return negative && odd ? -size : size;
  }

  /** a^y for a of at least 0, and y not 0. */
  private static double powerOf(double a, double y) {
    boolean grows = (a > 1) == (y > 0);
    if (a == 1) {
      return 1;
    }
    if (a == 0 || a == Double.POSITIVE_INFINITY || Math.abs(y) > 0x1p70) {
      return grows ? Double.POSITIVE_INFINITY : 0;
    }
    DoubleDouble p = DoubleDouble.timesOne(Logarithms.logOf(a), y);
    return Exponentials.exp(p.hi(), p.lo(), 0);
  }

  /** Cube root. Error at most 0.51 ulp. */
  static double cbrt(double x) {
    double a = Math.abs(x);
    if (!(a > 0 && a < Double.POSITIVE_INFINITY)) {
      return x;
    }
    double up = a < 0x1p-900 ? 0x1p300 : a > 0x1p900 ? 0x1p-300 : 1;
    double b = a * up;
    // A third of the exponent, and of the significand as if that were a straight line: 5 percent.
    double t = Double.longBitsToDouble(Double.doubleToRawLongBits(b) / 3 + 0x2a9f7893782da1ceL);
    for (int i = 0; i < 3; i++) {
      double cube = t * t * t;
      t = t * ((cube + 2 * b) / (2 * cube + b));
    }
    DoubleDouble cube = DoubleDouble.timesOne(DoubleDouble.product(t, t), t);
    double rest = (b - cube.hi()) - cube.lo();
    double y = t + rest / (3 * t * t);
    double back = up == 1 ? 1 : up > 1 ? 0x1p-100 : 0x1p100;
    return Math.copySign(y * back, x);
  }

  /** sqrt(x^2 + y^2) without overflow on the way; infinite if one is. Error at most 0.51 ulp. */
  static double hypot(double x, double y) {
    double a = Math.abs(x);
    double b = Math.abs(y);
    if (a == Double.POSITIVE_INFINITY || b == Double.POSITIVE_INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    double most = a > b ? a : b;
    if (!(most > 0)) {
      return a + b;
    }
    double up = most > 0x1p500 ? 0x1p-600 : most < 0x1p-400 ? 0x1p600 : 1;
    double c = a * up;
    double d = b * up;
    DoubleDouble square = DoubleDouble.add(DoubleDouble.product(c, c), DoubleDouble.product(d, d));
    return DoubleDouble.root(square).hi() / up;
  }
}
