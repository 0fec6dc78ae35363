package scoria.kernels.cpu;

/**
 * A number as the sum of two float64, about 106 bits: what the scalar functions carry where one
 * float64 would lose digits. The operations are those of Dekker (1971) with products by fma; their
 * relative errors are a few 2<sup>-104</sup>. Not for infinities.
 *
 * @param hi the number rounded to nearest
 * @param lo the rest
 */
// cuda: generated
record DoubleDouble(double hi, double lo) {
  /** a + b exactly. */
  static DoubleDouble sum(double a, double b) {
    double s = a + b;
    double part = s - a;
    return new DoubleDouble(s, (a - (s - part)) + (b - part));
  }

  /** a + b exactly, where |a| is not less than |b| or a is 0. */
  static DoubleDouble ordered(double a, double b) {
    double s = a + b;
    return new DoubleDouble(s, b - (s - a));
  }

  /** a b exactly, if it is neither too large nor too small. */
  static DoubleDouble product(double a, double b) {
    double p = a * b;
    return new DoubleDouble(p, Math.fma(a, b, -p));
  }

  static DoubleDouble negative(DoubleDouble a) {
    return new DoubleDouble(-a.hi(), -a.lo());
  }

  static DoubleDouble add(DoubleDouble a, DoubleDouble b) {
    DoubleDouble s = sum(a.hi(), b.hi());
    DoubleDouble t = sum(a.lo(), b.lo());
    DoubleDouble u = ordered(s.hi(), s.lo() + t.hi());
    return ordered(u.hi(), u.lo() + t.lo());
  }

  static DoubleDouble addOne(DoubleDouble a, double b) {
    DoubleDouble s = sum(a.hi(), b);
    return ordered(s.hi(), s.lo() + a.lo());
  }

  static DoubleDouble times(DoubleDouble a, DoubleDouble b) {
    DoubleDouble p = product(a.hi(), b.hi());
    return ordered(p.hi(), Math.fma(a.hi(), b.lo(), Math.fma(a.lo(), b.hi(), p.lo())));
  }

  static DoubleDouble timesOne(DoubleDouble a, double b) {
    DoubleDouble p = product(a.hi(), b);
    return ordered(p.hi(), Math.fma(a.lo(), b, p.lo()));
  }

  static DoubleDouble divide(DoubleDouble a, DoubleDouble b) {
    double q = a.hi() / b.hi();
    // What a leaves of q b: its leading part is exact.
    double rest = Math.fma(-q, b.hi(), a.hi()) + Math.fma(-q, b.lo(), a.lo());
    return ordered(q, rest / b.hi());
  }

  /** The square root of a number of at least 0. */
  static DoubleDouble root(DoubleDouble a) {
    double r = Math.sqrt(a.hi());
    double rest = Math.fma(-r, r, a.hi()) + a.lo();
    return ordered(r, r == 0 ? 0 : rest / (2 * r));
  }
}
