package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Tensor;

/**
 * The determinant of square matrices, [..., n, n] to [...]: the product of the pivots of Gaussian
 * elimination. Its derivative, det(A) A<sup>-T</sup>, is for matrices that are not singular.
 */
public enum Determinant implements MatrixOp {
  /** The only one of its kind. */
  DET;

  /** The test points. */
  static List<Case> cases() {
    return List.of(
        Case.of(DET, PlainMatrix.mixed(3)),
        Case.of(DET, PlainMatrix.mixed(1)),
        Case.of(DET, PlainMatrix.mixed(2, 2, 3)));
  }

  @Override
  public String label() {
    return "det";
  }

  @Override
  public String shapes() {
    return "[..., n, n] -> [...]";
  }

  @Override
  public Signature result(Signature... inputs) {
    MatrixRules.square(inputs[0]);
    return new Signature(MatMul.batch(inputs[0].shape()), inputs[0].dtype());
  }

  @Override
  public Reference value(Reference... inputs) {
    return PlainMatrix.number(inputs[0], PlainMatrix::determinant);
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor gradient) {
    Tensor scale = MatrixRules.perMatrix(gradient.mul(call.output(0)));
    return new @Nullable Tensor[] {scale.mul(MatrixRules.inverseTransposed(call.input(0)))};
  }

  @Override
  public @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    Tensor tangent = tangents[0];
    return tangent == null
        ? null
        : call.output(0).mul(MatrixRules.trace(call.input(0).solve(tangent)));
  }
}
