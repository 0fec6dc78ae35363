package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Tensor;

/**
 * The X with A X = B, for A [..., n, n] and B [..., n, k] whose first axes broadcast, by Gaussian
 * elimination with partial pivoting.
 */
public enum Solve implements MatrixOp {
  /** The only one of its kind. */
  SOLVE;

  /** The test points. */
  static List<Case> cases() {
    return List.of(
        Case.of(SOLVE, PlainMatrix.mixed(4), Case.spread(4, 2)),
        Case.of(SOLVE, PlainMatrix.mixed(2, 1, 3), Case.spread(3, 3, 2)),
        Case.of(SOLVE, PlainMatrix.mixed(3), Case.spread(2, 3, 1)),
        Case.of(SOLVE, PlainMatrix.mixed(1), Case.spread(1, 1)));
  }

  @Override
  public String label() {
    return "solve";
  }

  @Override
  public String shapes() {
    return "[..., n, n], [..., n, k] -> [..., n, k], batches broadcast";
  }

  @Override
  public Signature result(Signature... inputs) {
    return MatrixRules.solution(inputs[0], inputs[1]);
  }

  @Override
  public Reference value(Reference... inputs) {
    return PlainMatrix.zip(inputs[0], inputs[1], PlainMatrix::solve);
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor gradient) {
    Tensor db = call.input(0).transpose().apply(this, gradient);
    Tensor da = null;
    if (call.needs(0)) {
      Tensor product = db.matmul(call.output(0), false, true).neg();
      da = Rules.sumTo(product, call.source(0).shape());
    }
    return new @Nullable Tensor[] {
      da, call.needs(1) ? Rules.sumTo(db, call.source(1).shape()) : null
    };
  }

  @Override
  public @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    Tensor ta = tangents[0];
    Tensor moved = ta == null ? null : ta.matmul(call.output(0), false, false).neg();
    Tensor right = Rules.add(moved, tangents[1]);
    return right == null ? null : call.input(0).apply(this, right.expand(call.output(0).shape()));
  }
}
