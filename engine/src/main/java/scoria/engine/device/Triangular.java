package scoria.engine.device;

/** Cholesky's decomposition and solutions with triangles, on matrices by rows. */
final class Triangular {
  private Triangular() {}

  /**
   * Replaces a matrix by the lower triangle L, L L<sup>T</sup> being its symmetric part.
   *
   * @return the first pivot that is not above 0, which then stands in its place on the diagonal; -1
   *     if there is none
   */
  static int cholesky(double[] a, int n) {
    // The upper triangle becomes the transpose of L: its rows are contiguous, and a row less a
    // multiple of another is a loop that the compiler makes vectors of.
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        a[i * n + j] = 0.5 * a[i * n + j] + 0.5 * a[j * n + i];
      }
    }
    for (int k = 0; k < n; k++) {
      double pivot = a[k * n + k];
      if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) {
        return k;
      }
      double root = Math.sqrt(pivot);
      a[k * n + k] = root;
      for (int j = k + 1; j < n; j++) {
        a[k * n + j] /= root;
      }
      for (int i = k + 1; i < n; i++) {
        subtract(a, i * n + i, a[k * n + i], a, k * n + i, n - i);
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        a[j * n + i] = a[i * n + j];
        a[i * n + j] = 0;
      }
    }
    return -1;
  }

  /**
   * Replaces B, [n, k], by the X with op(T) X = B; see {@link scoria.engine.op.TriangularSolve}.
   */
  static void solve(
      double[] t, int n, boolean upper, boolean transposed, boolean unit, double[] x, int k) {
    int down = transposed ? 1 : n;
    int across = transposed ? n : 1;
    boolean forwards = upper == transposed;
    for (int step = 0; step < n; step++) {
      int i = forwards ? step : n - 1 - step;
      for (int before = 0; before < step; before++) {
        int j = forwards ? before : n - 1 - before;
        subtract(x, i * k, t[i * down + j * across], x, j * k, k);
      }
      if (!unit) {
        double pivot = t[i * n + i];
        for (int c = i * k; c < (i + 1) * k; c++) {
          x[c] /= pivot;
        }
      }
    }
  }

  /** y -= factor x, on parts of arrays. */
  static void subtract(double[] y, int yAt, double factor, double[] x, int xAt, int length) {
    for (int i = 0; i < length; i++) {
      y[yAt + i] -= factor * x[xAt + i];
    }
  }
}
