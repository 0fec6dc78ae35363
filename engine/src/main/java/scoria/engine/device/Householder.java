package scoria.engine.device;

import java.util.Arrays;

/** The QR decomposition by reflections, on matrices by rows. */
final class Householder {
  private Householder() {}

  /**
   * The reduced decomposition of a square or tall matrix.
   *
   * @param a [m, n], overwritten
   * @param r [n, n], filled; its diagonal is not negative
   * @return Q, [m, n]
   */
  static double[] qr(double[] a, double[] r, int m, int n) {
    double[] scale = new double[n];
    double[] product = new double[n];
    // Below and on the diagonal of column k: the vector v of I - scale v v^T.
    for (int k = 0; k < n; k++) {
      r[k * n + k] = reflector(a, m, n, k, scale);
      reflect(a, n, k, scale[k], a, m, n, k + 1, product);
    }
    double[] q = new double[m * n];
    for (int k = n - 1; k >= 0; k--) {
      q[k * n + k] = 1;
      reflect(a, n, k, scale[k], q, m, n, k, product);
    }
    for (int i = 0; i < n; i++) {
      boolean turn = r[i * n + i] < 0;
      r[i * n + i] = Math.abs(r[i * n + i]);
      for (int j = i + 1; j < n; j++) {
        r[i * n + j] = turn ? -a[i * n + j] : a[i * n + j];
      }
      if (turn) {
        for (int row = 0; row < m; row++) {
          q[row * n + i] = -q[row * n + i];
        }
      }
    }
    return q;
  }

  /**
   * Makes the reflector that clears a column below the diagonal.
   *
   * @return what stands on the diagonal then
   */
  private static double reflector(double[] a, int m, int n, int k, double[] scale) {
    double largest = 0;
    for (int i = k; i < m; i++) {
      largest = Math.max(largest, Math.abs(a[i * n + k]));
    }
    if (largest == 0) {
      return 0;
    }
    // A power of two, so that squares stay in range and nothing is rounded.
    double unit = Math.scalb(1.0, -Math.clamp(Math.getExponent(largest), -1000, 1000));
    double squares = 0;
    for (int i = k; i < m; i++) {
      a[i * n + k] *= unit;
      squares += a[i * n + k] * a[i * n + k];
    }
    double norm = Math.sqrt(squares);
    double head = a[k * n + k];
    double signed = head < 0 ? norm : -norm;
    a[k * n + k] = head - signed;
    // v^T v / 2 = norm (norm + |head|).
    scale[k] = 1 / (norm * (norm + Math.abs(head)));
    return signed / unit;
  }

  /** Columns of y from {@code from} on, less scale v v^T y. */
  private static void reflect(
      double[] v,
      int n,
      int k,
      double scale,
      double[] y,
      int m,
      int columns,
      int from,
      double[] product) {
    if (scale == 0) {
      return;
    }
    int width = columns - from;
    Arrays.fill(product, 0, width, 0);
    for (int i = k; i < m; i++) {
      Triangular.subtract(product, 0, -v[i * n + k], y, i * columns + from, width);
    }
    for (int i = k; i < m; i++) {
      Triangular.subtract(y, i * columns + from, scale * v[i * n + k], product, 0, width);
    }
  }
}
