package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Tensor;

/**
 * Sign and logarithm of the absolute value of the determinant of square matrices, [..., n, n] to
 * two of [...]: 0 and -infinity where the elimination meets a pivot that is 0. The sign has no
 * derivative; that of the logarithm is A<sup>-T</sup>.
 */
public enum Slogdet implements MultiOp {
  /** The only one of its kind. */
  SLOGDET;

  /** The test points. */
  static List<Case> cases() {
    return List.of(
        Case.of(SLOGDET, PlainMatrix.mixed(3)),
        Case.of(SLOGDET, PlainMatrix.mixed(1)),
        Case.of(SLOGDET, PlainMatrix.mixed(2, 2, 3)));
  }

  @Override
  public String label() {
    return "slogdet";
  }

  @Override
  public String shapes() {
    return "[..., n, n] -> [...], [...]";
  }

  @Override
  public Signature[] infer(Signature... inputs) {
    MatrixRules.square(inputs[0]);
    Signature out = new Signature(MatMul.batch(inputs[0].shape()), inputs[0].dtype());
    return new Signature[] {out, out};
  }

  @Override
  public Reference[] meaning(Reference... inputs) {
    Reference det = PlainMatrix.number(inputs[0], PlainMatrix::determinant);
    return new Reference[] {det.map(Math::signum), det.map(v -> StrictMath.log(Math.abs(v)))};
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, @Nullable Tensor[] gradients) {
    Tensor gradient = gradients[1];
    return new @Nullable Tensor[] {
      gradient == null
          ? null
          : MatrixRules.perMatrix(gradient).mul(MatrixRules.inverseTransposed(call.input(0)))
    };
  }

  @Override
  public @Nullable Tensor[] tangents(Call call, Tensor tangent) {
    return new @Nullable Tensor[] {null, MatrixRules.trace(call.input(0).solve(tangent))};
  }
}
