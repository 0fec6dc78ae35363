package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Tensor;

/**
 * The lower triangular L with a positive diagonal and L L<sup>T</sup> = A, for symmetric positive
 * definite matrices.
 *
 * <p>A stands for its symmetric part (A + A<sup>T</sup>) / 2, so the gradient is symmetric. With
 * &#934; the lower triangle with half of the diagonal, dL = L &#934;(L<sup>-1</sup> dA
 * L<sup>-T</sup>) (Murray 2016, Differentiation of the Cholesky decomposition).
 */
public enum Cholesky implements MatrixOp {
  /** The only one of its kind. */
  CHOLESKY;

  /** The test points. */
  static List<Case> cases() {
    return List.of(
        Case.of(CHOLESKY, PlainMatrix.definite(4)),
        Case.of(CHOLESKY, PlainMatrix.definite(1)),
        Case.of(CHOLESKY, PlainMatrix.definite(2, 2, 3)));
  }

  @Override
  public String label() {
    return "cholesky";
  }

  @Override
  public String shapes() {
    return "[..., n, n] -> [..., n, n]";
  }

  @Override
  public Signature result(Signature... inputs) {
    MatrixRules.square(inputs[0]);
    return inputs[0];
  }

  @Override
  public Reference value(Reference... inputs) {
    return PlainMatrix.map(
        inputs[0],
        a -> {
          int n = a.length;
          double[][] l = new double[n][n];
          for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
              double sum = (a[i][j] + a[j][i]) / 2;
              for (int k = 0; k < j; k++) {
                sum -= l[i][k] * l[j][k];
              }
              l[i][j] = i == j ? Math.sqrt(sum) : sum / l[j][j];
            }
          }
          return l;
        });
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor gradient) {
    Tensor l = call.output(0);
    Tensor middle = MatrixRules.halfLower(l.matmul(gradient, true, false));
    TriangularSolve transposed = new TriangularSolve(false, true, false);
    Tensor left = l.apply(transposed, middle);
    Tensor both = l.apply(transposed, left.transpose());
    return new @Nullable Tensor[] {MatrixRules.symmetric(both)};
  }

  @Override
  public @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    Tensor tangent = tangents[0];
    if (tangent == null) {
      return null;
    }
    Tensor l = call.output(0);
    TriangularSolve solve = new TriangularSolve(false, false, false);
    Tensor left = l.apply(solve, MatrixRules.symmetric(tangent));
    Tensor both = l.apply(solve, left.transpose());
    return l.matmul(MatrixRules.halfLower(both), false, false);
  }
}
