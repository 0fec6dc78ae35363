package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * The reduced singular value decomposition of square or tall matrices, [..., m, n] with m &gt;= n:
 * U [..., m, n] with orthonormal columns, the singular values in descending order [..., n], and the
 * orthogonal V<sup>T</sup> [..., n, n], with U diag(s) V<sup>T</sup> = A. In each column of U the
 * component of largest magnitude, the first of equal ones, is positive.
 *
 * <p>The derivatives of U and V divide by differences of squared singular values, so they are
 * infinite or NaN where two are equal, and that of a tall U divides by the singular values; that of
 * the singular values does neither (Giles 2008; Townsend 2016, Differentiating the singular value
 * decomposition).
 */
public enum Svd implements MultiOp {
  /** The only one of its kind. */
  SVD;

  /** The test points. */
  static List<Case> cases() {
    return List.of(
        Case.of(SVD, PlainMatrix.tall(3, 3)),
        Case.of(SVD, PlainMatrix.tall(4, 1)),
        Case.of(SVD, PlainMatrix.tall(2, 2, 4, 3)));
  }

  @Override
  public String label() {
    return "svd";
  }

  @Override
  public String shapes() {
    return "[..., m, n] -> [..., m, n], [..., n], [..., n, n] for m >= n";
  }

  @Override
  public Signature[] infer(Signature... inputs) {
    Shape shape = MatrixRules.tall(inputs[0]);
    DType dtype = inputs[0].dtype();
    Shape values = MatrixRules.join(MatMul.batch(shape), shape.size(-1));
    return new Signature[] {
      inputs[0],
      new Signature(values, dtype),
      new Signature(MatrixRules.join(values, shape.size(-1)), dtype)
    };
  }

  @Override
  public Reference[] meaning(Reference... inputs) {
    Reference x = inputs[0];
    return new Reference[] {
      PlainMatrix.map(x, a -> PlainMatrix.svd(a)[0]),
      PlainMatrix.rows(x, a -> PlainMatrix.svd(a)[1][0]),
      PlainMatrix.squares(x, a -> PlainMatrix.svd(a)[2])
    };
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, @Nullable Tensor[] gradients) {
    Tensor u = call.output(0);
    Tensor vh = call.output(2);
    Tensor across = call.output(1).unsqueeze(-2);
    Tensor down = call.output(1).unsqueeze(-1);
    Tensor ofU = gradients[0];
    Tensor ofS = gradients[1];
    Tensor ofVh = gradients[2];
    Tensor middle = ofS == null ? null : MatrixRules.diagonalMatrix(ofS);
    Tensor outside = null;
    if (ofU != null) {
      Tensor inside = u.matmul(ofU, true, false);
      middle = Rules.add(middle, gaps(call).mul(inside.sub(inside.transpose())).mul(across));
      if (isTall(call)) {
        outside = ofU.sub(u.matmul(inside, false, false)).div(across);
      }
    }
    if (ofVh != null) {
      Tensor inside = vh.matmul(ofVh, false, true);
      middle = Rules.add(middle, gaps(call).mul(inside.sub(inside.transpose())).mul(down));
    }
    Tensor left = Rules.add(middle == null ? null : u.matmul(middle, false, false), outside);
    return new @Nullable Tensor[] {left == null ? null : left.matmul(vh, false, false)};
  }

  @Override
  public @Nullable Tensor[] tangents(Call call, Tensor tangent) {
    Tensor u = call.output(0);
    Tensor vh = call.output(2);
    Tensor across = call.output(1).unsqueeze(-2);
    Tensor down = call.output(1).unsqueeze(-1);
    Tensor right = tangent.matmul(vh, false, true);
    Tensor p = u.matmul(right, true, false);
    Tensor gaps = gaps(call);
    Tensor ofU = gaps.mul(p.mul(across).add(p.transpose().mul(down)));
    Tensor ofV = gaps.mul(p.mul(down).add(p.transpose().mul(across)));
    Tensor du = u.matmul(ofU, false, false);
    if (isTall(call)) {
      du = du.add(right.sub(u.matmul(p, false, false)).div(across));
    }
    return new @Nullable Tensor[] {du, MatrixRules.diagonal(p), ofV.matmul(vh, true, false)};
  }

  private static boolean isTall(Call call) {
    return call.source(0).size(-2) > call.source(0).size(-1);
  }

  /** 1 / (s<sub>j</sub><sup>2</sup> - s<sub>i</sub><sup>2</sup>), and 0 on the diagonal. */
  private static Tensor gaps(Call call) {
    Tensor s = call.output(1);
    Tensor across = s.unsqueeze(-2);
    Tensor down = s.unsqueeze(-1);
    return MatrixRules.reciprocalOffDiagonal(across.sub(down).mul(across.add(down)));
  }
}
