package scoria.engine.function;

import java.util.Arrays;
import java.util.List;
import scoria.engine.device.Device;
import scoria.engine.op.MatMul;
import scoria.engine.tensor.QrFactors;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Products of vectors and matrices, and what follows from a factorisation. */
public final class MatrixFunctions implements Functions {
  private MatrixFunctions() {}

  /** The test points. */
  static List<Composed> cases() {
    return MatrixFunctionCases.all();
  }

  /** Sum of products along the last axis; see {@link Tensor#dot}. */
  public static Tensor dot(Tensor a, Tensor b) {
    vectors("dot", a, b);
    if (a.size(-1) != b.size(-1)) {
      throw new IllegalArgumentException(
          "'dot' of " + a.signature() + ", " + b.signature() + ": the last axes must be equal");
    }
    return a.mul(b).sum(-1);
  }

  /** All products of two vectors' elements; see {@link Tensor#outer}. */
  public static Tensor outer(Tensor a, Tensor b) {
    vectors("outer", a, b);
    return a.unsqueeze(-1).mul(b.unsqueeze(-2));
  }

  /** Vector product in three dimensions; see {@link Tensor#cross}. */
  public static Tensor cross(Tensor a, Tensor b) {
    vectors("cross", a, b);
    if (a.size(-1) != 3 || b.size(-1) != 3) {
      throw new IllegalArgumentException(
          "'cross' of "
              + a.signature()
              + ", "
              + b.signature()
              + ": the last axes must be of size 3");
    }
    return turned(a, 1).mul(turned(b, 2)).sub(turned(a, 2).mul(turned(b, 1)));
  }

  /** The last axis, of size 3, from another element on. */
  private static Tensor turned(Tensor x, long by) {
    return Tensor.concat(x.rank() - 1, x.narrow(-1, by, 3 - by), x.narrow(-1, 0, by));
  }

  private static void vectors(String name, Tensor a, Tensor b) {
    Inputs.numbers(name, a, b);
    if (a.rank() == 0 || b.rank() == 0) {
      throw new IllegalArgumentException(
          "'" + name + "' of " + a.signature() + ", " + b.signature() + ": a scalar is no vector");
    }
  }

  /** Kronecker product; see {@link Tensor#kron}. */
  public static Tensor kron(Tensor a, Tensor b) {
    Inputs.numbers("kron", a, b);
    matrix("kron", a);
    matrix("kron", b);
    Tensor blocks = a.unsqueeze(-1).unsqueeze(-3).mul(b.unsqueeze(-2).unsqueeze(-4));
    Shape batch = MatMul.batch(MatMul.batch(blocks.shape()));
    long[] sizes = Arrays.copyOf(batch.toArray(), batch.rank() + 2);
    sizes[batch.rank()] = a.size(-2) * b.size(-2);
    sizes[batch.rank() + 1] = a.size(-1) * b.size(-1);
    return blocks.reshape(Shape.of(sizes));
  }

  /** Product of a matrix with itself; see {@link Tensor#matrixPower}. */
  public static Tensor matrixPower(Tensor a, int exponent) {
    Inputs.floats("matrixPower", a);
    square("matrixPower", a);
    if (exponent == 0) {
      return identity(a).expand(a.shape()).copy();
    }
    Tensor square = exponent < 0 ? a.inverse() : a;
    // As long, where the smallest exponent has an opposite.
    long left = Math.abs((long) exponent);
    Tensor product = null;
    while (true) {
      if (left % 2 == 1) {
        product = product == null ? square : product.matmul(square, false, false);
      }
      left /= 2;
      if (left == 0 && product != null) {
        return product;
      }
      square = square.matmul(square, false, false);
    }
  }

  private static Tensor identity(Tensor like) {
    try (Device.Use use = like.device().use()) {
      return Tensor.eye(Math.toIntExact(like.size(-1)), like.dtype());
    }
  }

  /** Pseudo-inverse of a matrix of full rank; see {@link Tensor#pinv}. */
  public static Tensor pinv(Tensor a) {
    Inputs.floats("pinv", a);
    matrix("pinv", a);
    if (a.size(-2) < a.size(-1)) {
      return pinv(a.transpose()).transpose();
    }
    QrFactors qr = a.qr();
    return qr.r().triangularSolve(qr.q().transpose(), true);
  }

  /** Least squares for a matrix of full rank; see {@link Tensor#lstsq}. */
  public static Tensor lstsq(Tensor a, Tensor b) {
    rows("lstsq", a, b);
    if (b.rank() == 1) {
      return lstsq(a, b.unsqueeze(1)).squeeze(-1);
    }
    if (a.size(-2) < a.size(-1)) {
      QrFactors qr = a.transpose().qr();
      return qr.q().matmul(qr.r().triangularSolve(b, true, true, false), false, false);
    }
    QrFactors qr = a.qr();
    return qr.r().triangularSolve(qr.q().matmul(b, true, false), true);
  }

  /** Solution by a factor of Cholesky's; see {@link Tensor#choleskySolve}. */
  public static Tensor choleskySolve(Tensor l, Tensor b) {
    square("choleskySolve", l);
    rows("choleskySolve", l, b);
    return l.triangularSolve(l.triangularSolve(b, false), false, true, false);
  }

  /** Logarithm of a determinant from a factor of Cholesky's; see {@link Tensor#choleskyLogDet}. */
  public static Tensor choleskyLogDet(Tensor l) {
    Inputs.floats("choleskyLogDet", l);
    square("choleskyLogDet", l);
    long n = l.size(-1);
    Shape batch = MatMul.batch(l.shape());
    long[] sizes = Arrays.copyOf(batch.toArray(), batch.rank() + 1);
    sizes[batch.rank()] = n * n;
    return l.reshape(Shape.of(sizes)).slice(-1, 0, n + 1, n).log().sum(-1).mul(2);
  }

  /** Largest singular value; see {@link Tensor#spectralNorm}. */
  public static Tensor spectralNorm(Tensor a) {
    Inputs.floats("spectralNorm", a);
    matrix("spectralNorm", a);
    return a.svd().s().amax(-1);
  }

  /** Sum of the singular values; see {@link Tensor#nuclearNorm}. */
  public static Tensor nuclearNorm(Tensor a) {
    Inputs.floats("nuclearNorm", a);
    matrix("nuclearNorm", a);
    return a.svd().s().sum(-1);
  }

  private static void square(String name, Tensor a) {
    matrix(name, a);
    if (a.size(-1) != a.size(-2)) {
      throw new IllegalArgumentException(
          "'" + name + "' of " + a.signature() + ": the last two axes must be of equal size");
    }
  }

  /** Whether a matrix and right sides, which may be one vector, have as many rows. */
  private static void rows(String name, Tensor a, Tensor b) {
    Inputs.floats(name, a, b);
    matrix(name, a);
    int axis = b.rank() == 1 ? 0 : -2;
    if (b.rank() == 0 || b.size(axis) != a.size(-2)) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' of "
              + a.signature()
              + ", "
              + b.signature()
              + ": the right side must be [..., "
              + a.size(-2)
              + ", k], or ["
              + a.size(-2)
              + "]");
    }
  }

  private static void matrix(String name, Tensor a) {
    if (a.rank() < 2) {
      throw new IllegalArgumentException(
          "'" + name + "' of " + a.signature() + ": a matrix has at least two axes");
    }
  }
}
