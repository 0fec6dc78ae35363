package scoria.engine.device;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.eig.SymmetricQRAlgorithmDecomposition_DDRM;
import org.ejml.dense.row.decomposition.hessenberg.TridiagonalDecompositionHouseholder_DDRM;
import org.ejml.dense.row.decomposition.svd.SvdImplicitQrDecompose_DDRM;

/**
 * Eigenvalues of symmetric matrices and singular values, by EJML's implicit QR iterations. They are
 * named here one by one rather than asked for at its factory, which may give one for many threads.
 */
final class Spectral {
  /** For what holds NaN or infinity: there is nothing to iterate on. */
  private static final double[][] NONE = {};

  private Spectral() {}

  /**
   * The symmetric part's eigenvalues, ascending, and its eigenvectors, [n, n], in columns.
   *
   * @return empty if an element is not finite
   */
  static double[][] eigh(double[] a, int n) {
    double unit = unit(a);
    if (unit == 0) {
      return NONE;
    }
    double[] symmetric = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        symmetric[i * n + j] = 0.5 * (a[i * n + j] * unit) + 0.5 * (a[j * n + i] * unit);
      }
    }
    double[] values = new double[n];
    double[] vectors = new double[n * n];
    if (n == 0) {
      return new double[][] {values, vectors};
    }
    SymmetricQRAlgorithmDecomposition_DDRM ejml =
        new SymmetricQRAlgorithmDecomposition_DDRM(
            new TridiagonalDecompositionHouseholder_DDRM(), true);
    if (!ejml.decompose(DMatrixRMaj.wrap(n, n, symmetric))) {
      throw new ArithmeticException("the eigenvalues of a matrix did not converge");
    }
    int[] order = sorted(n, i -> ejml.getEigenvalue(i).getReal());
    for (int j = 0; j < n; j++) {
      values[j] = ejml.getEigenvalue(order[j]).getReal() / unit;
      double[] v = ejml.getEigenVector(order[j]).data;
      double sign = sign(v, 0, 1, n);
      for (int i = 0; i < n; i++) {
        vectors[i * n + j] = sign * v[i];
      }
    }
    return new double[][] {values, vectors};
  }

  /**
   * U [m, n], the singular values, descending, and V<sup>T</sup> [n, n], of a matrix that is square
   * or tall.
   *
   * @return empty if an element is not finite
   */
  static double[][] svd(double[] a, int m, int n) {
    double unit = unit(a);
    if (unit == 0) {
      return NONE;
    }
    double[] u = new double[m * n];
    double[] s = new double[n];
    double[] vh = new double[n * n];
    if (n == 0) {
      return new double[][] {u, s, vh};
    }
    double[] scaled = Arrays.stream(a).map(v -> v * unit).toArray();
    SvdImplicitQrDecompose_DDRM ejml = new SvdImplicitQrDecompose_DDRM(true, true, true, false);
    if (!ejml.decompose(DMatrixRMaj.wrap(m, n, scaled))) {
      throw new ArithmeticException("the singular values of a matrix did not converge");
    }
    double[] values = ejml.getSingularValues();
    DMatrixRMaj left = ejml.getU(null, false);
    DMatrixRMaj right = ejml.getV(null, true);
    int[] order = sorted(n, i -> -values[i]);
    for (int j = 0; j < n; j++) {
      int from = order[j];
      s[j] = values[from] / unit;
      double sign = sign(left.data, from, left.numCols, m);
      for (int i = 0; i < m; i++) {
        u[i * n + j] = sign * left.data[i * left.numCols + from];
      }
      for (int i = 0; i < n; i++) {
        vh[j * n + i] = sign * right.data[from * n + i];
      }
    }
    return new double[][] {u, s, vh};
  }

  /** The power of two that brings the largest element near 1; 0 if one is not finite. */
  private static double unit(double[] a) {
    double largest = 0;
    for (double v : a) {
      // NaN stays.
      largest = Math.max(largest, Math.abs(v));
    }
    if (!Double.isFinite(largest)) {
      return 0;
    }
    return largest == 0 ? 1 : Math.scalb(1.0, -Math.max(Math.getExponent(largest), -1000));
  }

  /** The numbers 0 to n - 1 by ascending keys; equal ones keep their order. */
  private static int[] sorted(int n, IntToDoubleFunction key) {
    return IntStream.range(0, n)
        .boxed()
        .sorted(Comparator.comparingDouble(key::applyAsDouble))
        .mapToInt(i -> i)
        .toArray();
  }

  /** 1 if the element of largest magnitude, the first of equal ones, is not negative; else -1. */
  private static double sign(double[] v, int at, int step, int n) {
    double largest = 0;
    for (int i = 0; i < n; i++) {
      double x = v[at + i * step];
      largest = Math.abs(x) > Math.abs(largest) ? x : largest;
    }
    return largest < 0 ? -1 : 1;
  }
}
