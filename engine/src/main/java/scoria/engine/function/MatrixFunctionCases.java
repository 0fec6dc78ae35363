package scoria.engine.function;

import java.util.Arrays;
import java.util.List;
import scoria.engine.op.Case;
import scoria.engine.op.Reference;
import scoria.engine.tensor.Shape;

/** The test points of {@link MatrixFunctions}, their meanings in loops over single matrices. */
final class MatrixFunctionCases {
  private MatrixFunctionCases() {}

  static List<Composed> all() {
    Reference square = plusDiagonal(Case.spread(3, 3).map(v -> v / 2), 3);
    Reference tall = plusDiagonal(Case.spread(4, 2), 4);
    return List.of(
        Composed.of(
            "dot",
            xs -> xs[0].dot(xs[1]),
            xs -> sumLast(xs[0].zip(xs[1], (a, b) -> a * b)),
            Case.spread(2, 3),
            Case.positive(3)),
        Composed.of(
            "outer",
            xs -> xs[0].outer(xs[1]),
            xs -> {
              long m = xs[0].shape().size(-1);
              long n = xs[1].shape().size(-1);
              Reference a = xs[0].reshape(Shape.of(m, 1)).expand(Shape.of(m, n));
              return a.zip(xs[1], (v, w) -> v * w);
            },
            Case.spread(3),
            Case.positive(4)),
        Composed.of(
            "cross",
            xs -> xs[0].cross(xs[1]),
            xs -> cross(xs[0], xs[1]),
            Case.spread(2, 3),
            Case.positive(2, 3)),
        Composed.of(
            "kron",
            xs -> xs[0].kron(xs[1]),
            xs -> kron(xs[0], xs[1]),
            Case.spread(2, 3),
            Case.positive(3, 2)),
        Composed.of(
            "matrixPower, to 5",
            xs -> xs[0].matrixPower(5),
            xs -> {
              Reference out = identity(xs[0]);
              for (int i = 0; i < 5; i++) {
                out = multiply(out, xs[0]);
              }
              return out;
            },
            square.map(v -> v / 3)),
        Composed.of(
            "matrixPower, to -2",
            xs -> xs[0].matrixPower(-2),
            xs -> multiply(inverse(xs[0]), inverse(xs[0])),
            square),
        Composed.of("inverse", xs -> xs[0].inverse(), xs -> inverse(xs[0]), square),
        Composed.of("pinv", xs -> xs[0].pinv(), xs -> leftInverse(xs[0]), tall),
        Composed.of(
            "pinv, wide",
            xs -> xs[0].pinv(),
            xs -> leftInverse(xs[0].permute(1, 0)).permute(1, 0),
            tall.permute(1, 0)),
        Composed.of(
            "lstsq",
            xs -> xs[0].lstsq(xs[1]),
            xs -> multiply(leftInverse(xs[0]), xs[1]),
            tall,
            Case.positive(4, 3)),
        Composed.of(
            "lstsq, wide",
            xs -> xs[0].lstsq(xs[1]),
            xs -> multiply(leftInverse(xs[0].permute(1, 0)).permute(1, 0), xs[1]),
            tall.permute(1, 0),
            Case.positive(2, 3)),
        Composed.of(
            "choleskySolve",
            xs -> xs[0].choleskySolve(xs[1]),
            xs -> {
              Reference l = lower(xs[0]);
              return multiply(inverse(multiply(l, l.permute(1, 0))), xs[1]);
            },
            square,
            Case.positive(3, 2)),
        Composed.of(
            "choleskyLogDet",
            xs -> xs[0].choleskyLogDet(),
            xs -> {
              Reference on =
                  identity(xs[0]).zip(xs[0], (i, v) -> i == 0 ? 0 : 2 * StrictMath.log(v));
              return Reference.scalar(Arrays.stream(on.values()).sum());
            },
            square),
        Composed.of("spectralNorm", xs -> xs[0].spectralNorm(), xs -> singular(xs[0], 0), tall),
        Composed.of("nuclearNorm", xs -> xs[0].nuclearNorm(), xs -> singular(xs[0], 1), tall));
  }

  private static Reference plusDiagonal(Reference x, double by) {
    return x.zip(identity(x), (v, i) -> v + by * i);
  }

  /** Ones at equal indices of a matrix's shape. */
  private static Reference identity(Reference like) {
    Reference out = Reference.zeros(like.shape());
    int n = (int) like.shape().size(1);
    for (int i = 0; i < Math.min(n, like.shape().size(0)); i++) {
      out.values()[i * n + i] = 1;
    }
    return out;
  }

  private static Reference lower(Reference x) {
    int n = (int) x.shape().size(1);
    double[] out = x.values().clone();
    for (int i = 0; i < out.length; i++) {
      out[i] = i % n <= i / n ? out[i] : 0;
    }
    return new Reference(x.shape(), out);
  }

  private static Reference sumLast(Reference x) {
    int n = (int) x.shape().size(-1);
    double[] out =
        new double[(int) x.shape().reduce(new int[] {x.shape().rank() - 1}, false).elements()];
    for (int i = 0; i < x.values().length; i++) {
      out[i / n] += x.values()[i];
    }
    return new Reference(x.shape().reduce(new int[] {x.shape().rank() - 1}, false), out);
  }

  private static Reference cross(Reference a, Reference b) {
    Reference out = Reference.zeros(a.shape().broadcast(b.shape()));
    double[] x = a.expand(out.shape()).values();
    double[] y = b.expand(out.shape()).values();
    for (int i = 0; i < x.length; i += 3) {
      out.values()[i] = x[i + 1] * y[i + 2] - x[i + 2] * y[i + 1];
      out.values()[i + 1] = x[i + 2] * y[i] - x[i] * y[i + 2];
      out.values()[i + 2] = x[i] * y[i + 1] - x[i + 1] * y[i];
    }
    return out;
  }

  private static Reference kron(Reference a, Reference b) {
    long p = b.shape().size(0);
    long q = b.shape().size(1);
    Reference out = Reference.zeros(Shape.of(a.shape().size(0) * p, a.shape().size(1) * q));
    long[] at = new long[2];
    for (int i = 0; i < out.values().length; i++) {
      out.values()[i] = a.at(at[0] / p, at[1] / q) * b.at(at[0] % p, at[1] % q);
      Reference.next(at, out.shape());
    }
    return out;
  }

  private static Reference multiply(Reference a, Reference b) {
    Reference out = Reference.zeros(Shape.of(a.shape().size(0), b.shape().size(1)));
    long[] at = new long[2];
    for (int i = 0; i < out.values().length; i++) {
      for (long k = 0; k < b.shape().size(0); k++) {
        out.values()[i] += a.at(at[0], k) * b.at(k, at[1]);
      }
      Reference.next(at, out.shape());
    }
    return out;
  }

  /** By Gauss and Jordan's elimination, for matrices that need no pivoting. */
  private static Reference inverse(Reference x) {
    int n = (int) x.shape().size(0);
    double[] a = x.values().clone();
    double[] b = identity(x).values();
    for (int k = 0; k < n; k++) {
      double pivot = a[k * n + k];
      for (int j = 0; j < n; j++) {
        a[k * n + j] /= pivot;
        b[k * n + j] /= pivot;
      }
      for (int i = 0; i < n; i++) {
        double factor = i == k ? 0 : a[i * n + k];
        for (int j = 0; j < n; j++) {
          a[i * n + j] -= factor * a[k * n + j];
          b[i * n + j] -= factor * b[k * n + j];
        }
      }
    }
    return new Reference(x.shape(), b);
  }

  /** (A<sup>T</sup> A)<sup>-1</sup> A<sup>T</sup>. */
  private static Reference leftInverse(Reference a) {
    Reference transposed = a.permute(1, 0);
    return multiply(inverse(multiply(transposed, a)), transposed);
  }

  /**
   * The largest singular value of a matrix of two columns, plus a part of the other: the roots of
   * the characteristic polynomial of A<sup>T</sup> A.
   */
  private static Reference singular(Reference a, double part) {
    if (a.values().length == 0) {
      return Reference.scalar(0);
    }
    Reference square = multiply(a.permute(1, 0), a);
    double mean = (square.at(0, 0) + square.at(1, 1)) / 2;
    double apart = StrictMath.hypot((square.at(0, 0) - square.at(1, 1)) / 2, square.at(0, 1));
    return Reference.scalar(Math.sqrt(mean + apart) + part * Math.sqrt(mean - apart));
  }
}
