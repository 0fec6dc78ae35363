package scoria.samplers.density;

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix by cyclic Jacobi rotations (Golub and
 * Van Loan, Matrix Computations, 8.5): each rotation makes one off-diagonal element zero, and
 * sweeps over all of them go on until none is left above rounding.
 *
 * @param values lambda, in no order
 * @param vectors V, orthogonal, row-major [d, d]; column k belongs to value k
 */
@SuppressWarnings("ArrayRecordComponent") // Private to the package, and never compared.
record SymmetricEigen(double[] values, double[] vectors) {
  /** Sweeps converge quadratically: matrices that are symmetric and finite take about ten. */
  private static final int MAX_SWEEPS = 60;

  static SymmetricEigen of(double[][] symmetric) {
    int d = symmetric.length;
    double[][] a = new double[d][];
    double[] v = new double[d * d];
    double norm = 0;
    for (int i = 0; i < d; i++) {
      a[i] = symmetric[i].clone();
      v[i * d + i] = 1;
      for (double x : a[i]) {
        norm = StrictMath.hypot(norm, x);
      }
    }
    for (int sweep = 0; offDiagonal(a) > 1e-17 * norm && sweep < MAX_SWEEPS; sweep++) {
      for (int p = 0; p < d; p++) {
        for (int q = p + 1; q < d; q++) {
          if (a[p][q] != 0) {
            rotate(a, v, p, q);
          }
        }
      }
    }
    double[] values = new double[d];
    for (int i = 0; i < d; i++) {
      values[i] = a[i][i];
    }
    return new SymmetricEigen(values, v);
  }

  private static double offDiagonal(double[][] a) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = i + 1; j < a.length; j++) {
        sum = StrictMath.hypot(sum, a[i][j]);
      }
    }
    return sum;
  }

  private static void rotate(double[][] a, double[] v, int p, int q) {
    int d = a.length;
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    // The smaller of the two angles.
    double t = Math.copySign(1 / (Math.abs(theta) + StrictMath.hypot(theta, 1)), theta);
    double c = 1 / StrictMath.hypot(t, 1);
    double s = t * c;
    for (int k = 0; k < d; k++) {
      double kp = a[k][p];
      double kq = a[k][q];
      a[k][p] = c * kp - s * kq;
      a[k][q] = s * kp + c * kq;
    }
    for (int k = 0; k < d; k++) {
      double pk = a[p][k];
      double qk = a[q][k];
      a[p][k] = c * pk - s * qk;
      a[q][k] = s * pk + c * qk;
    }
    a[p][q] = 0;
    a[q][p] = 0;
    for (int k = 0; k < d; k++) {
      double kp = v[k * d + p];
      double kq = v[k * d + q];
      v[k * d + p] = c * kp - s * kq;
      v[k * d + q] = s * kp + c * kq;
    }
  }
}
