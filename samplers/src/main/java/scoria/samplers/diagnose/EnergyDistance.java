package scoria.samplers.diagnose;

import java.util.Arrays;
import scoria.engine.tensor.Tensor;

/**
 * The squared energy distance between the laws of X and Y,
 *
 * <pre>
 *   2 E|X - Y| - E|X - X'| - E|Y - Y'|
 * </pre>
 *
 * zero if and only if the laws are equal (with finite means), and positive otherwise. Szekely and
 * Rizzo, Energy Statistics: A Class of Statistics Based on Distances, 2013.
 */
public final class EnergyDistance {
  /** Columns worked on at once: the distances of a block stay in the first-level cache. */
  private static final int BLOCK = 512;

  private EnergyDistance() {}

  /**
   * The unbiased estimate: means over all pairs, without those of a point and itself, and no root.
   * Its expectation is 0 for equal laws, so that it may be negative. Computed in float64; memory
   * for both sets of points and no more.
   *
   * @param x points of one law, [n, d], n at least 2
   * @param y points of the other, [m, d], m at least 2
   */
  public static double unbiased(Tensor x, Tensor y) {
    if (x.rank() != 2 || y.rank() != 2 || x.size(1) != y.size(1)) {
      throw new IllegalArgumentException(
          "energy distance of "
              + x.signature()
              + " and "
              + y.signature()
              + "; it takes points [n, d] and [m, d]");
    }
    if (x.size(0) < 2 || y.size(0) < 2) {
      throw new IllegalArgumentException(
          "energy distance of "
              + x.size(0)
              + " and "
              + y.size(0)
              + " points; it takes at least 2 of each");
    }
    int d = (int) x.size(1);
    int n = (int) x.size(0);
    int m = (int) y.size(0);
    double[] rowsX = x.toDoubles();
    double[] rowsY = y.toDoubles();
    double[] columnsX = x.transpose().toDoubles();
    double[] columnsY = y.transpose().toDoubles();
    double between = distances(rowsX, columnsY, d, false) / ((double) n * m);
    double withinX = distances(rowsX, columnsX, d, true) / (n * (n - 1.0) / 2);
    double withinY = distances(rowsY, columnsY, d, true) / (m * (m - 1.0) / 2);
    return 2 * between - withinX - withinY;
  }

  /**
   * Sum of the distances of all points of {@code a}, [n, d] by rows, to all of {@code b}, [d, m].
   *
   * @param within whether the two are the same points; then each pair counts once
   */
  private static double distances(double[] a, double[] b, int d, boolean within) {
    int n = d == 0 ? 0 : a.length / d;
    int m = d == 0 ? 0 : b.length / d;
    double[] squares = new double[BLOCK];
    double sum = 0;
    for (int from = 0; from < m; from += BLOCK) {
      int to = Math.min(from + BLOCK, m);
      double blockSum = 0;
      for (int i = 0; i < n; i++) {
        int first = within ? Math.max(from, i + 1) : from;
        if (first >= to) {
          break;
        }
        int count = to - first;
        Arrays.fill(squares, 0, count, 0);
        for (int k = 0; k < d; k++) {
          addSquares(squares, a[i * d + k], b, k * m + first, count);
        }
        double rowSum = 0;
        for (int j = 0; j < count; j++) {
          rowSum += Math.sqrt(squares[j]);
        }
        blockSum += rowSum;
      }
      sum += blockSum;
    }
    return sum;
  }

  private static void addSquares(double[] squares, double a, double[] b, int start, int count) {
    for (int j = 0; j < count; j++) {
      double difference = a - b[start + j];
      squares[j] += difference * difference;
    }
  }
}
