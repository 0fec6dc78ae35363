package scoria.engine.function;

import scoria.engine.function.Resize.How;

/**
 * Of every output along an axis the inputs that it is made of.
 *
 * @param n inputs
 * @param index for every tap and output the number of the input
 * @param weight for every tap and output its factor
 */
@SuppressWarnings("ArrayRecordComponent") // Made and used up by one call.
record Taps(long n, long[][] index, double[][] weight) {
  static Taps of(long n, int outputs, double scale, How how) {
    double narrow = how.antialias() ? Math.min(1, scale) : 1;
    double radius =
        switch (how.mode()) {
          case NEAREST -> 0;
          case LINEAR -> 1 / narrow;
          case CUBIC -> 2 / narrow;
        };
    int taps = radius == 0 ? 1 : (int) Math.ceil(2 * radius);
    long[][] index = new long[taps][outputs];
    double[][] weight = new double[taps][outputs];
    for (int i = 0; i < outputs; i++) {
      double at = place(i, n, outputs, scale, how);
      if (radius == 0) {
        index[0][i] = Math.clamp(round(at, how), 0, n - 1);
        weight[0][i] = 1;
        continue;
      }
      long first = (long) Math.floor(at - radius) + 1;
      double sum = 0;
      for (int k = 0; k < taps; k++) {
        long neighbour = first + k;
        boolean counts = !how.excludeOutside() || (neighbour >= 0 && neighbour < n);
        index[k][i] = Math.clamp(neighbour, 0, n - 1);
        weight[k][i] = counts ? kernel((neighbour - at) * narrow, how) : 0;
        sum += weight[k][i];
      }
      if (how.excludeOutside() || how.antialias()) {
        for (int k = 0; k < taps; k++) {
          weight[k][i] /= sum;
        }
      }
    }
    return new Taps(n, index, weight);
  }

  private static double place(int i, long n, long outputs, double scale, How how) {
    double half = (i + 0.5) / scale - 0.5;
    return switch (how.coordinates()) {
      case HALF_PIXEL -> half;
      case HALF_PIXEL_OR_ZERO -> outputs > 1 ? half : 0;
      case HALF_PIXEL_SYMMETRIC -> n / 2.0 * (1 - outputs / (scale * n)) + half;
      case ALIGN_CORNERS -> {
        double length = scale == (double) outputs / n ? outputs : scale * n;
        yield length <= 1 || outputs == 1 ? 0 : i * (n - 1) / (length - 1);
      }
      case ASYMMETRIC -> i / scale;
    };
  }

  private static long round(double at, How how) {
    double rounded =
        switch (how.rounding()) {
          case PREFER_FLOOR -> Math.ceil(at - 0.5);
          case PREFER_CEIL -> Math.floor(at + 0.5);
          case FLOOR -> Math.floor(at);
          case CEIL -> Math.ceil(at);
        };
    return (long) rounded;
  }

  private static double kernel(double distance, How how) {
    double d = Math.abs(distance);
    if (how.mode() == Resize.Mode.LINEAR) {
      return Math.max(0, 1 - d);
    }
    double a = how.a();
    if (d <= 1) {
      return ((a + 2) * d - (a + 3)) * d * d + 1;
    }
    return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
  }

  /** The factors as a matrix [inputs, outputs], row-major. */
  double[] matrix() {
    int outputs = index[0].length;
    double[] out = new double[Math.toIntExact(n * outputs)];
    for (int k = 0; k < index.length; k++) {
      for (int i = 0; i < outputs; i++) {
        out[(int) index[k][i] * outputs + i] += weight[k][i];
      }
    }
    return out;
  }
}
