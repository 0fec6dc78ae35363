package scoria.engine.device;

/**
 * A square matrix as P L U, by Gaussian elimination with partial pivoting.
 *
 * @param n rows and columns
 * @param factors U, and below its diagonal L, whose diagonal is 1, by rows
 * @param order the row of the matrix that came to each place
 * @param isOdd whether an odd number of rows was exchanged
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record Lu(int n, double[] factors, int[] order, boolean isOdd) {
  /** Factorises a matrix, which is overwritten. */
  static Lu of(double[] a, int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    boolean odd = false;
    for (int k = 0; k < n; k++) {
      int best = k;
      for (int i = k + 1; i < n; i++) {
        best = Math.abs(a[i * n + k]) > Math.abs(a[best * n + k]) ? i : best;
      }
      if (best != k) {
        swapRows(a, n, k, best);
        int row = order[k];
        order[k] = order[best];
        order[best] = row;
        odd = !odd;
      }
      double pivot = a[k * n + k];
      if (pivot == 0) {
        continue;
      }
      for (int i = k + 1; i < n; i++) {
        double factor = a[i * n + k] / pivot;
        a[i * n + k] = factor;
        Triangular.subtract(a, i * n + k + 1, factor, a, k * n + k + 1, n - k - 1);
      }
    }
    return new Lu(n, a, order, odd);
  }

  private static void swapRows(double[] a, int n, int i, int j) {
    for (int c = 0; c < n; c++) {
      double x = a[i * n + c];
      a[i * n + c] = a[j * n + c];
      a[j * n + c] = x;
    }
  }

  /** The first pivot that is 0, or -1. */
  int zeroPivot() {
    for (int i = 0; i < n; i++) {
      if (factors[i * n + i] == 0) {
        return i;
      }
    }
    return -1;
  }

  double determinant() {
    double product = isOdd ? -1 : 1;
    for (int i = 0; i < n; i++) {
      product *= factors[i * n + i];
    }
    return product;
  }

  /** 1 or -1; 0 if a pivot is 0, and NaN if one is. */
  double sign() {
    double sign = isOdd ? -1 : 1;
    for (int i = 0; i < n; i++) {
      sign *= Math.signum(factors[i * n + i]);
    }
    return sign;
  }

  /** The logarithm of the determinant without its sign. */
  double logAbs() {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += StrictMath.log(Math.abs(factors[i * n + i]));
    }
    return sum;
  }

  /** The X with A X = B, for B of k columns. */
  double[] solve(double[] b, int k) {
    double[] x = new double[b.length];
    for (int i = 0; i < n; i++) {
      System.arraycopy(b, order[i] * k, x, i * k, k);
    }
    Triangular.solve(factors, n, false, false, true, x, k);
    Triangular.solve(factors, n, true, false, false, x, k);
    return x;
  }
}
