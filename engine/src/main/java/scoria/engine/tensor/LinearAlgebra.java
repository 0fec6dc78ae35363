package scoria.engine.tensor;

import scoria.engine.exec.Execute;
import scoria.engine.function.MatrixFunctions;
import scoria.engine.op.Cholesky;
import scoria.engine.op.Determinant;
import scoria.engine.op.Eigh;
import scoria.engine.op.MatMul;
import scoria.engine.op.Qr;
import scoria.engine.op.Slogdet;
import scoria.engine.op.Solve;
import scoria.engine.op.Svd;
import scoria.engine.op.TriangularSolve;

/** What a tensor computes as a matrix, or as a batch of matrices in its last two axes. */
public sealed interface LinearAlgebra extends Shaped permits Tensor {
  /**
   * Matrix product as NumPy's matmul: [..., m, k] by [..., k, n] to [..., m, n]; a vector on either
   * side is a row or a column that is left out of the result.
   */
  default Tensor matmul(Tensor other) {
    return Axes.matmul(self(), other);
  }

  /** Matrix product with either side stored transposed; both have at least two axes. */
  default Tensor matmul(Tensor other, boolean transposeThis, boolean transposeOther) {
    return Execute.run(new MatMul(transposeThis, transposeOther), self(), other);
  }

  /**
   * The lower triangular L with L L<sup>T</sup> = A, for symmetric positive definite A [..., n, n];
   * what is not symmetric is taken as (A + A<sup>T</sup>) / 2. See {@link Cholesky}.
   *
   * @throws IllegalArgumentException if a matrix is not positive definite, naming it and the pivot
   */
  default Tensor cholesky() {
    return Execute.run(Cholesky.CHOLESKY, self());
  }

  /**
   * The X with T X = B, where T is the upper or the lower triangle of this, [..., n, n]; see {@link
   * TriangularSolve}.
   *
   * @param b [..., n, k], or [n]
   * @throws IllegalArgumentException if there is a 0 on a diagonal
   */
  default Tensor triangularSolve(Tensor b, boolean upper) {
    return triangularSolve(b, upper, false, false);
  }

  /**
   * The X with T X = B, or T<sup>T</sup> X = B if {@code transposed}, where T is the upper or the
   * lower triangle of this, its diagonal taken as ones if {@code unit}.
   */
  default Tensor triangularSolve(Tensor b, boolean upper, boolean transposed, boolean unit) {
    return Matrices.solve(self(), b, new TriangularSolve(upper, transposed, unit));
  }

  /**
   * The X with A X = B, for A [..., n, n].
   *
   * @param b [..., n, k], or [n]
   * @throws IllegalArgumentException if a matrix is singular: if elimination meets a pivot of 0
   */
  default Tensor solve(Tensor b) {
    return Matrices.solve(self(), b, Solve.SOLVE);
  }

  /**
   * The inverse, as the solution for the identity; prefer {@link #solve} where a product with it is
   * wanted.
   *
   * @throws IllegalArgumentException if a matrix is singular
   */
  default Tensor inverse() {
    return Matrices.inverse(self());
  }

  /** The determinant, [..., n, n] to [...]; see {@link Determinant}. */
  default Tensor det() {
    return Execute.run(Determinant.DET, self());
  }

  /** The determinant's sign and the logarithm of its absolute value; see {@link Slogdet}. */
  default SignAndLog slogdet() {
    Tensor[] out = Execute.run(Slogdet.SLOGDET, self());
    return new SignAndLog(out[0], out[1]);
  }

  /** Eigenvalues and eigenvectors of symmetric matrices; see {@link Eigh}. */
  default Eigen eigh() {
    Tensor[] out = Execute.run(Eigh.EIGH, self());
    return new Eigen(out[0], out[1]);
  }

  /**
   * The reduced QR decomposition, of [..., m, n] to [..., m, k] and [..., k, n] with k the smaller
   * of m and n; see {@link Qr}. Of a wide matrix it is that of its first m columns, and what it
   * makes of the others.
   */
  default QrFactors qr() {
    return Matrices.qr(self());
  }

  /**
   * The reduced singular value decomposition, of [..., m, n] to [..., m, k], [..., k] and [..., k,
   * n] with k the smaller of m and n; see {@link Svd}. Of a wide matrix it is that of the
   * transpose, transposed.
   */
  default SvdFactors svd() {
    return Matrices.svd(self());
  }

  /**
   * Sum of products along the last axis, [..., n] by [..., n] to [...]; the axes before it
   * broadcast.
   */
  default Tensor dot(Tensor other) {
    return MatrixFunctions.dot(self(), other);
  }

  /** All products of two vectors' elements, [..., m] by [..., n] to [..., m, n]. */
  default Tensor outer(Tensor other) {
    return MatrixFunctions.outer(self(), other);
  }

  /** Vector product in three dimensions, along last axes of size 3. */
  default Tensor cross(Tensor other) {
    return MatrixFunctions.cross(self(), other);
  }

  /**
   * Kronecker product, [..., m, n] by [..., p, q] to [..., m p, n q]: every element of this times
   * the other matrix.
   */
  default Tensor kron(Tensor other) {
    return MatrixFunctions.kron(self(), other);
  }

  /**
   * Product of a square matrix with itself, {@code exponent} times; of its inverse where that is
   * negative, and the identity where it is 0.
   */
  default Tensor matrixPower(int exponent) {
    return MatrixFunctions.matrixPower(self(), exponent);
  }

  /**
   * The pseudo-inverse of a matrix of full rank, [..., m, n] to [..., n, m], by QR.
   *
   * @throws IllegalArgumentException if R has a 0 on its diagonal
   */
  default Tensor pinv() {
    return MatrixFunctions.pinv(self());
  }

  /**
   * The X with the smallest |A X - B| where A, [..., m, n], is square or tall, and the smallest X
   * with A X = B where it is wide; for A of full rank, by QR.
   *
   * @param b [..., m, k], or [m]
   * @throws IllegalArgumentException if R has a 0 on its diagonal
   */
  default Tensor lstsq(Tensor b) {
    return MatrixFunctions.lstsq(self(), b);
  }

  /** The X with L L<sup>T</sup> X = B, where L is the lower triangle of this. */
  default Tensor choleskySolve(Tensor b) {
    return MatrixFunctions.choleskySolve(self(), b);
  }

  /**
   * Logarithm of the determinant of L L<sup>T</sup> for a triangle L with a positive diagonal,
   * [..., n, n] to [...].
   */
  default Tensor choleskyLogDet() {
    return MatrixFunctions.choleskyLogDet(self());
  }

  /** The largest singular value, [..., m, n] to [...]. */
  default Tensor spectralNorm() {
    return MatrixFunctions.spectralNorm(self());
  }

  /** The sum of the singular values, [..., m, n] to [...]. */
  default Tensor nuclearNorm() {
    return MatrixFunctions.nuclearNorm(self());
  }

  /** This tensor: nothing else implements the interface. */
  private Tensor self() {
    return (Tensor) this;
  }
}
