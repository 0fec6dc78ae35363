package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * Eigenvalues of symmetric matrices in ascending order, [..., n], and orthonormal eigenvectors in
 * the columns of [..., n, n]. In each of them the component of largest magnitude, the first of
 * equal ones, is positive.
 *
 * <p>A stands for its symmetric part (A + A<sup>T</sup>) / 2, so the gradient is symmetric. The
 * derivative of the vectors divides by differences of eigenvalues, so it is infinite or NaN where
 * two are equal; that of the values does not (Giles 2008, Collected matrix derivative results for
 * forward and reverse mode algorithmic differentiation).
 */
public enum Eigh implements MultiOp {
  /** The only one of its kind. */
  EIGH;

  /** The test points. */
  static List<Case> cases() {
    return List.of(
        Case.of(EIGH, PlainMatrix.separated(4)),
        Case.of(EIGH, PlainMatrix.separated(1)),
        Case.of(EIGH, PlainMatrix.separated(2, 2, 3)));
  }

  @Override
  public String label() {
    return "eigh";
  }

  @Override
  public String shapes() {
    return "[..., n, n] -> [..., n], [..., n, n]";
  }

  @Override
  public Signature[] infer(Signature... inputs) {
    MatrixRules.square(inputs[0]);
    Shape shape = inputs[0].shape();
    Shape values = MatrixRules.join(MatMul.batch(shape), shape.size(-1));
    return new Signature[] {new Signature(values, inputs[0].dtype()), inputs[0]};
  }

  @Override
  public Reference[] meaning(Reference... inputs) {
    Reference x = inputs[0];
    Reference vectors = PlainMatrix.map(x, a -> PlainMatrix.eigenvectors(a));
    Reference values = PlainMatrix.rows(x, a -> PlainMatrix.eigenvalues(a));
    return new Reference[] {values, vectors};
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, @Nullable Tensor[] gradients) {
    Tensor v = call.output(1);
    Tensor ofValues = gradients[0];
    Tensor ofVectors = gradients[1];
    Tensor middle =
        Rules.add(
            ofValues == null ? null : MatrixRules.diagonalMatrix(ofValues),
            ofVectors == null ? null : gaps(call).mul(v.matmul(ofVectors, true, false)));
    if (middle == null) {
      return new @Nullable Tensor[1];
    }
    Tensor da = v.matmul(middle, false, false).matmul(v, false, true);
    return new @Nullable Tensor[] {MatrixRules.symmetric(da)};
  }

  @Override
  public @Nullable Tensor[] tangents(Call call, Tensor tangent) {
    Tensor v = call.output(1);
    Tensor da = MatrixRules.symmetric(tangent);
    Tensor middle = v.matmul(da, true, false).matmul(v, false, false);
    return new @Nullable Tensor[] {
      MatrixRules.diagonal(middle), v.matmul(gaps(call).mul(middle), false, false)
    };
  }

  /** 1 / (w<sub>j</sub> - w<sub>i</sub>), and 0 on the diagonal. */
  private static Tensor gaps(Call call) {
    Tensor w = call.output(0);
    return MatrixRules.reciprocalOffDiagonal(w.unsqueeze(-2).sub(w.unsqueeze(-1)));
  }
}
