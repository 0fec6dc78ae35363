package scoria.engine.op;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import scoria.engine.tensor.Shape;

/**
 * Matrices as arrays of rows: what the meanings of matrix operations are written in, by other
 * methods than the kernels', and the matrices that they are tested on.
 */
final class PlainMatrix {
  private PlainMatrix() {}

  // ---- Test points.

  /** Matrices without a pattern or symmetry, well conditioned. */
  static Reference mixed(long... sizes) {
    return diagonalAdded(square(sizes).map(v -> v / 2), i -> i % 2 == 0 ? 3 : -2.5);
  }

  /** Matrices with a diagonal of about 3 and smaller elements in both triangles. */
  static Reference dominant(long... sizes) {
    return diagonalAdded(square(sizes).map(v -> v / 2), i -> 3 + 0.1 * i);
  }

  /** B B<sup>T</sup> + n I: symmetric and positive definite. */
  static Reference definite(long... sizes) {
    return map(
        square(sizes),
        b -> {
          double[][] a = multiply(b, transpose(b));
          for (int i = 0; i < a.length; i++) {
            a[i][i] += a.length;
          }
          return a;
        });
  }

  /** Numbers in [..., n, n] for sizes [..., n]. */
  private static Reference square(long... sizes) {
    long[] both = Arrays.copyOf(sizes, sizes.length + 1);
    both[sizes.length] = sizes[sizes.length - 1];
    return Case.spread(both);
  }

  private static Reference diagonalAdded(Reference x, IntToDoubleFunction f) {
    return map(
        x,
        a -> {
          for (int i = 0; i < Math.min(a.length, a[0].length); i++) {
            a[i][i] += f.applyAsDouble(i);
          }
          return a;
        });
  }

  /** Symmetric matrices with eigenvalues far apart, of both signs. */
  static Reference separated(long... sizes) {
    return diagonalAdded(
        map(
            square(sizes),
            b -> {
              double[][] t = transpose(b);
              for (int i = 0; i < b.length; i++) {
                for (int j = 0; j < b.length; j++) {
                  b[i][j] = i == j ? b[i][j] / 4 : (b[i][j] + t[i][j]) / 4;
                }
              }
              return b;
            }),
        i -> (i % 2 == 0 ? 2 : -2.5) * (i + 1));
  }

  /** Tall matrices with singular values far apart: [..., m, n]. */
  static Reference tall(long... sizes) {
    return diagonalAdded(Case.spread(sizes), i -> 2.5 + 2 * i);
  }

  // ---- From batches to matrices and back.

  /** A function of every matrix of a batch. */
  static Reference map(Reference x, UnaryOperator<double[][]> f) {
    Shape batch = MatMul.batch(x.shape());
    double[][][] out = new double[(int) batch.elements()][][];
    Arrays.setAll(out, i -> f.apply(matrix(x, i)));
    return batchOf(batch, x.shape(), out);
  }

  /** A square matrix of every matrix of a batch, as wide as it. */
  static Reference squares(Reference x, UnaryOperator<double[][]> f) {
    Shape batch = MatMul.batch(x.shape());
    double[][][] out = new double[(int) batch.elements()][][];
    Arrays.setAll(out, i -> f.apply(matrix(x, i)));
    return batchOf(MatrixRules.join(batch, x.shape().size(-1), x.shape().size(-1)), out);
  }

  /** A function of every pair of matrices of two batches that broadcast; it gives B's sizes. */
  static Reference zip(Reference x, Reference y, BinaryOperator<double[][]> f) {
    Shape batch = MatMul.batch(x.shape()).broadcast(MatMul.batch(y.shape()));
    Reference a = MatMul.expandBatch(x, batch);
    Reference b = MatMul.expandBatch(y, batch);
    double[][][] out = new double[(int) batch.elements()][][];
    Arrays.setAll(out, i -> f.apply(matrix(a, i), matrix(b, i)));
    return batchOf(batch, y.shape(), out);
  }

  /** A number of every matrix of a batch. */
  static Reference number(Reference x, ToDoubleFunction<double[][]> f) {
    Shape batch = MatMul.batch(x.shape());
    double[] out = new double[(int) batch.elements()];
    Arrays.setAll(out, i -> f.applyAsDouble(matrix(x, i)));
    return new Reference(batch, out);
  }

  /** A row of every matrix of a batch, as long as the matrix is wide. */
  static Reference rows(Reference x, Function<double[][], double[]> f) {
    Shape batch = MatMul.batch(x.shape());
    double[][][] out = new double[(int) batch.elements()][1][];
    Arrays.setAll(out, i -> new double[][] {f.apply(matrix(x, i))});
    return batchOf(MatrixRules.join(batch, x.shape().size(-1)), out);
  }

  static double[][] matrix(Reference x, int number) {
    int rows = (int) x.shape().size(-2);
    int columns = (int) x.shape().size(-1);
    double[][] a = new double[rows][];
    for (int i = 0; i < rows; i++) {
      int at = (number * rows + i) * columns;
      a[i] = Arrays.copyOfRange(x.values(), at, at + columns);
    }
    return a;
  }

  /** A batch of matrices of the last two sizes of {@code like}. */
  private static Reference batchOf(Shape batch, Shape like, double[][][] matrices) {
    return batchOf(MatrixRules.join(batch, like.size(-2), like.size(-1)), matrices);
  }

  static Reference batchOf(Shape shape, double[][][] matrices) {
    return new Reference(
        shape,
        Arrays.stream(matrices).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream).toArray());
  }

  // ---- Methods.

  static double[][] transpose(double[][] a) {
    int columns = a.length == 0 ? 0 : a[0].length;
    double[][] out = new double[columns][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < columns; j++) {
        out[j][i] = a[i][j];
      }
    }
    return out;
  }

  static double[][] multiply(double[][] a, double[][] b) {
    int columns = b.length == 0 ? 0 : b[0].length;
    double[][] out = new double[a.length][columns];
    for (int i = 0; i < a.length; i++) {
      for (int k = 0; k < b.length; k++) {
        for (int j = 0; j < columns; j++) {
          out[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return out;
  }

  /** The solution of A X = B by Gauss-Jordan elimination with full pivoting. */
  static double[][] solve(double[][] matrix, double[][] right) {
    int n = matrix.length;
    double[][] a = copy(matrix);
    double[][] b = copy(right);
    boolean[] rowDone = new boolean[n];
    int[] rowOf = new int[n];
    boolean[] columnDone = new boolean[n];
    for (int step = 0; step < n; step++) {
      int row = -1;
      int column = -1;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          boolean open = !rowDone[i] && !columnDone[j];
          if (open && (row < 0 || Math.abs(a[i][j]) > Math.abs(a[row][column]))) {
            row = i;
            column = j;
          }
        }
      }
      rowDone[row] = true;
      columnDone[column] = true;
      rowOf[column] = row;
      for (int i = 0; i < n; i++) {
        double factor = i == row ? 0 : a[i][column] / a[row][column];
        for (int j = 0; j < n; j++) {
          a[i][j] -= factor * a[row][j];
        }
        for (int j = 0; j < b[i].length; j++) {
          b[i][j] -= factor * b[row][j];
        }
      }
    }
    double[][] x = new double[n][];
    for (int j = 0; j < n; j++) {
      double pivot = a[rowOf[j]][j];
      x[j] = Arrays.stream(b[rowOf[j]]).map(v -> v / pivot).toArray();
    }
    return x;
  }

  /** By expansion along the first column. */
  static double determinant(double[][] a) {
    if (a.length == 0) {
      return 1;
    }
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      int without = i;
      double[][] minor = new double[a.length - 1][];
      Arrays.setAll(minor, k -> Arrays.copyOfRange(a[k < without ? k : k + 1], 1, a.length));
      sum += (i % 2 == 0 ? 1 : -1) * a[i][0] * determinant(minor);
    }
    return sum;
  }

  /** Q and R of a QR decomposition by Gram and Schmidt's method, gone through twice. */
  static double[][][] qr(double[][] a) {
    double[][] q = transpose(a);
    int n = q.length;
    double[][] r = new double[n][n];
    for (int j = 0; j < n; j++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k < j; k++) {
          double dot = dot(q[k], q[j]);
          r[k][j] += dot;
          for (int i = 0; i < a.length; i++) {
            q[j][i] -= dot * q[k][i];
          }
        }
      }
      r[j][j] = Math.sqrt(dot(q[j], q[j]));
      for (int i = 0; i < a.length; i++) {
        q[j][i] /= r[j][j];
      }
    }
    return new double[][][] {transpose(q), r};
  }

  /** Eigenvalues of the symmetric part, ascending. */
  static double[] eigenvalues(double[][] a) {
    double[][] vectors = transpose(eigenvectors(a));
    double[] out = new double[a.length];
    double[][] product = multiply(vectors, symmetric(a));
    Arrays.setAll(out, i -> dot(product[i], vectors[i]));
    return out;
  }

  /** Eigenvectors of the symmetric part in columns, by Jacobi's rotations. */
  static double[][] eigenvectors(double[][] matrix) {
    int n = matrix.length;
    double[][] a = symmetric(matrix);
    double[][] vectors = new double[n][n];
    for (int i = 0; i < n; i++) {
      vectors[i][i] = 1;
    }
    for (int sweep = 0; sweep < 20; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          double angle = StrictMath.atan2(2 * a[p][q], a[q][q] - a[p][p]) / 2;
          turn(vectors, p, q, angle);
          turn(a, p, q, angle);
          a = transpose(a);
          turn(a, p, q, angle);
        }
      }
    }
    double[][] last = a;
    double[][] sorted =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> last[i][i]))
            .map(i -> vectors[i])
            .toArray(double[][]::new);
    for (double[] v : sorted) {
      turnPositive(v);
    }
    return transpose(sorted);
  }

  /** U, the singular values in one row, descending, and V<sup>T</sup>, by Jacobi's rotations. */
  static double[][][] svd(double[][] a) {
    double[][] columns = transpose(a);
    int n = columns.length;
    double[][] v = new double[n][n];
    for (int i = 0; i < n; i++) {
      v[i][i] = 1;
    }
    for (int sweep = 0; sweep < 20; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          double pp = dot(columns[p], columns[p]);
          double qq = dot(columns[q], columns[q]);
          double angle = StrictMath.atan2(2 * dot(columns[p], columns[q]), qq - pp) / 2;
          turn(columns, p, q, angle);
          turn(v, p, q, angle);
        }
      }
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -dot(columns[i], columns[i])))
            .mapToInt(i -> i)
            .toArray();
    double[][] u = new double[n][];
    double[] s = new double[n];
    double[][] vh = new double[n][];
    for (int i = 0; i < n; i++) {
      double[] column = columns[order[i]];
      double length = Math.sqrt(dot(column, column));
      u[i] = Arrays.stream(column).map(x -> x / length).toArray();
      s[i] = length;
      vh[i] = v[order[i]];
      if (turnPositive(u[i])) {
        vh[i] = Arrays.stream(vh[i]).map(x -> -x).toArray();
      }
    }
    return new double[][][] {transpose(u), {s}, vh};
  }

  /** Turns two rows in their plane. */
  private static void turn(double[][] a, int p, int q, double angle) {
    double c = StrictMath.cos(angle);
    double s = StrictMath.sin(angle);
    for (int k = 0; k < a[p].length; k++) {
      double x = a[p][k];
      double y = a[q][k];
      a[p][k] = c * x - s * y;
      a[q][k] = s * x + c * y;
    }
  }

  /** Makes the component of largest magnitude positive; whether the signs were changed. */
  private static boolean turnPositive(double[] v) {
    double largest = 0;
    for (double x : v) {
      largest = Math.abs(x) > Math.abs(largest) ? x : largest;
    }
    if (largest >= 0) {
      return false;
    }
    Arrays.setAll(v, i -> -v[i]);
    return true;
  }

  private static double[][] symmetric(double[][] a) {
    double[][] out = transpose(a);
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        out[i][j] = (out[i][j] + a[i][j]) / 2;
      }
    }
    return out;
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  static double[][] copy(double[][] a) {
    return Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
  }
}
