package scoria.engine.op;

import java.util.Arrays;
import scoria.engine.device.Device;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Checks and steps that the rules of {@link MatrixOp} and {@link MultiOp} share. */
final class MatrixRules {
  private MatrixRules() {}

  /** Asks for float matrices. */
  static void matrix(Signature input) {
    Rules.floats(input);
    if (input.shape().rank() < 2) {
      throw new IllegalArgumentException(
          "a matrix has at least two axes, not shape " + input.shape());
    }
  }

  /** Asks for square float matrices. */
  static void square(Signature input) {
    matrix(input);
    if (input.shape().size(-1) != input.shape().size(-2)) {
      throw new IllegalArgumentException(
          "the matrix is not square: its last two axes, of sizes "
              + input.shape().size(-2)
              + " and "
              + input.shape().size(-1)
              + ", must be equal");
    }
  }

  /** Asks for float matrices with no fewer rows than columns; their shape. */
  static Shape tall(Signature input) {
    matrix(input);
    Shape shape = input.shape();
    if (shape.size(-2) < shape.size(-1)) {
      throw new IllegalArgumentException(
          "the matrix has "
              + shape.size(-2)
              + " rows and "
              + shape.size(-1)
              + " columns; it must have as many rows or more: transpose it");
    }
    return shape;
  }

  /**
   * The output of a solver for a square A and right-hand sides B with as many rows.
   *
   * @param a [..., n, n]
   * @param b [..., n, k]
   * @return [..., n, k], of the batches' common shape
   */
  static Signature solution(Signature a, Signature b) {
    square(a);
    matrix(b);
    Rules.sameType(a, b);
    if (a.shape().size(-1) != b.shape().size(-2)) {
      throw new IllegalArgumentException(
          "the right-hand side has "
              + b.shape().size(-2)
              + " rows and the matrix "
              + a.shape().size(-1)
              + "; they must be equal");
    }
    Shape batch = MatMul.batch(a.shape()).broadcast(MatMul.batch(b.shape()));
    return new Signature(join(batch, b.shape().size(-2), b.shape().size(-1)), a.dtype());
  }

  /** A shape with more axes behind it. */
  static Shape join(Shape batch, long... sizes) {
    long[] out = Arrays.copyOf(batch.toArray(), batch.rank() + sizes.length);
    System.arraycopy(sizes, 0, out, batch.rank(), sizes.length);
    return Shape.of(out);
  }

  /** (X + X<sup>T</sup>) / 2. */
  static Tensor symmetric(Tensor x) {
    return x.add(x.transpose()).mul(0.5);
  }

  /** The identity, of the size of a square matrix, of its type and on its device. */
  static Tensor eye(Tensor like) {
    try (Device.Use use = like.device().use()) {
      return Tensor.eye(Math.toIntExact(like.size(-1)), like.dtype());
    }
  }

  /** Ones off the diagonal. */
  static Tensor offDiagonal(Tensor like) {
    Tensor eye = eye(like);
    return eye.onesLike().sub(eye);
  }

  /**
   * Which elements of a square matrix lie in a triangle, as bool.
   *
   * @param upper on or above the diagonal; else on or below it
   * @param strict without the diagonal
   */
  static Tensor triangle(Tensor like, boolean upper, boolean strict) {
    try (Device.Use use = like.device().use()) {
      Tensor column = Tensor.arange(like.size(-1));
      Tensor row = column.unsqueeze(1);
      Tensor low = upper ? row : column;
      Tensor high = upper ? column : row;
      return strict ? low.less(high) : low.lessEqual(high);
    }
  }

  /** A triangle of a matrix with zeros elsewhere, whatever stood there. */
  static Tensor keep(Tensor x, boolean upper, boolean strict) {
    return Tensor.where(triangle(x, upper, strict), x, x.zeroLike());
  }

  /** The lower triangle with half of the diagonal. */
  static Tensor halfLower(Tensor x) {
    return x.mul(triangle(x, false, false).to(x.dtype()).sub(eye(x).mul(0.5)));
  }

  /** The diagonal of square matrices, [..., n]. */
  static Tensor diagonal(Tensor x) {
    long n = x.size(-1);
    Shape batch = MatMul.batch(x.shape());
    return x.reshape(join(batch, n * n)).slice(-1, 0, n + 1, n);
  }

  /** Square matrices of a diagonal and zeros. */
  static Tensor diagonalMatrix(Tensor diagonal) {
    long n = diagonal.size(-1);
    int last = diagonal.rank() - 1;
    Shape square = join(diagonal.shape(), n);
    return diagonal.apply(new Embed(last, 0, n + 1, n * n)).reshape(square);
  }

  /** 1/x off the diagonal and 0 on it, for matrices that are 0 on it. */
  static Tensor reciprocalOffDiagonal(Tensor x) {
    return x.add(eye(x)).reciprocal().mul(offDiagonal(x));
  }

  /** The sum of the diagonal. */
  static Tensor trace(Tensor x) {
    return diagonal(x).sum(-1);
  }

  /** The inverse of the transposed matrix. */
  static Tensor inverseTransposed(Tensor a) {
    return a.transpose().solve(eye(a));
  }

  /** A number a matrix, to be multiplied with matrices. */
  static Tensor perMatrix(Tensor number) {
    return number.unsqueeze(-1).unsqueeze(-1);
  }
}
