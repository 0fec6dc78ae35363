package scoria.engine.op;

/** Functions in float64 that java.lang.Math lacks, for the meanings of operations. */
final class Meaning {
  private Meaning() {}

  static double sigmoid(double x) {
    return x >= 0 ? 1 / (1 + StrictMath.exp(-x)) : StrictMath.exp(x) / (1 + StrictMath.exp(x));
  }

  /** ln Gamma(x) for x &gt; 0: moved up to where Stirling's series is exact. */
  static double lgamma(double x) {
    double steps = Math.max(0, Math.ceil(12 - x));
    double at = x + steps;
    double z = 1 / (at * at);
    double tail = 1.0 / 1260 - z * (1.0 / 1680 - z * (1.0 / 1188 - z * 691 / 360360));
    double sum = (1.0 / 12 - z * (1.0 / 360 - z * tail)) / at + 0.5 * StrictMath.log(2 * Math.PI);
    for (int k = 0; k < steps; k++) {
      sum += StrictMath.log(at / (x + k));
    }
    return sum + (x - 0.5) * StrictMath.log(at) - at;
  }

  /** The derivative of order n + 1 of ln Gamma at x &gt; 0: a sum, and its rest by an integral. */
  static double polygamma(int n, double x) {
    double factorial = 1;
    for (int k = 2; k <= n; k++) {
      factorial *= k;
    }
    double sum = 0;
    double at = x;
    for (; at < 40; at++) {
      sum += StrictMath.pow(at, -n - 1);
    }
    // Euler and Maclaurin's formula for what lies beyond.
    double sign = n % 2 == 0 ? -1 : 1;
    double s = n + 1;
    double rest =
        0.5 * StrictMath.pow(at, -s)
            + s / 12 * StrictMath.pow(at, -s - 1)
            - s * (s + 1) * (s + 2) / 720 * StrictMath.pow(at, -s - 3)
            + s * (s + 1) * (s + 2) * (s + 3) * (s + 4) / 30240 * StrictMath.pow(at, -s - 5);
    if (n == 0) {
      return StrictMath.log(at) - sum - rest;
    }
    return sign * factorial * (sum + StrictMath.pow(at, -n) / n + rest);
  }

  static double normalCdf(double x) {
    return 0.5 * (1 + erf(x / Math.sqrt(2)));
  }

  static double normalPdf(double x) {
    return StrictMath.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  }

  /** Error function by its Taylor series near 0 and a continued fraction of erfc further out. */
  static double erf(double x) {
    double a = Math.abs(x);
    if (a > 6) {
      return Math.signum(x);
    }
    if (a < 3) {
      // erf x = 2/sqrt(pi) e^(-x^2) sum of 2^n x^(2n+1) / (2n+1)!!: all terms have one sign.
      double term = x;
      double sum = x;
      for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum) && n < 200; n++) {
        term *= 2 * x * x / (2 * n + 1);
        sum += term;
      }
      return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
    }
    // erfc x = e^(-x^2)/sqrt(pi) / (x + (1/2)/(x + 1/(x + (3/2)/(x + ...)))).
    double fraction = a;
    for (int n = 100; n >= 1; n--) {
      fraction = a + 0.5 * n / fraction;
    }
    return Math.signum(x) * (1 - StrictMath.exp(-a * a) / Math.sqrt(Math.PI) / fraction);
  }
}
