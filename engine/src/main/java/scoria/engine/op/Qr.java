package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * The reduced QR decomposition of square or tall matrices, [..., m, n] with m &gt;= n: Q [..., m,
 * n] with orthonormal columns and an upper triangular R [..., n, n] with no negative number on its
 * diagonal, Q R = A, by Householder reflections.
 *
 * <p>The derivative is for matrices of full rank. With C = Q<sup>T</sup> dA R<sup>-1</sup> and W
 * its upper triangle plus the transpose of what lies below the diagonal, dR = W R and dQ = dA
 * R<sup>-1</sup> - Q W.
 */
public enum Qr implements MultiOp {
  /** The only one of its kind. */
  QR;

  /** The test points. */
  static List<Case> cases() {
    return List.of(
        Case.of(QR, PlainMatrix.tall(3, 3)),
        Case.of(QR, PlainMatrix.tall(4, 1)),
        Case.of(QR, PlainMatrix.tall(2, 2, 4, 3)));
  }

  @Override
  public String label() {
    return "qr";
  }

  @Override
  public String shapes() {
    return "[..., m, n] -> [..., m, n], [..., n, n] for m >= n";
  }

  @Override
  public Signature[] infer(Signature... inputs) {
    Shape shape = MatrixRules.tall(inputs[0]);
    Shape r = MatrixRules.join(MatMul.batch(shape), shape.size(-1), shape.size(-1));
    return new Signature[] {inputs[0], new Signature(r, inputs[0].dtype())};
  }

  @Override
  public Reference[] meaning(Reference... inputs) {
    Reference x = inputs[0];
    return new Reference[] {
      PlainMatrix.map(x, a -> PlainMatrix.qr(a)[0]),
      PlainMatrix.squares(x, a -> PlainMatrix.qr(a)[1])
    };
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, @Nullable Tensor[] gradients) {
    Tensor q = call.output(0);
    Tensor r = call.output(1);
    Tensor ofQ = gradients[0];
    Tensor ofR = gradients[1];
    Tensor middle =
        Rules.add(
            ofR == null ? null : ofR.matmul(r, false, true),
            ofQ == null ? null : q.matmul(ofQ, true, false).neg());
    if (middle == null) {
      return new @Nullable Tensor[1];
    }
    Tensor upper = MatrixRules.keep(middle, true, false);
    Tensor folded = upper.add(MatrixRules.keep(middle, true, true).transpose());
    Tensor sum = q.matmul(folded, false, false);
    sum = ofQ == null ? sum : sum.add(ofQ);
    TriangularSolve solve = new TriangularSolve(true, false, false);
    return new @Nullable Tensor[] {r.apply(solve, sum.transpose()).transpose()};
  }

  @Override
  public @Nullable Tensor[] tangents(Call call, Tensor tangent) {
    Tensor q = call.output(0);
    Tensor r = call.output(1);
    TriangularSolve solve = new TriangularSolve(true, true, false);
    Tensor scaled = r.apply(solve, tangent.transpose()).transpose();
    Tensor c = q.matmul(scaled, true, false);
    Tensor w = MatrixRules.keep(c, true, false).add(MatrixRules.keep(c, false, true).transpose());
    return new @Nullable Tensor[] {
      scaled.sub(q.matmul(w, false, false)), w.matmul(r, false, false)
    };
  }
}
