package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Tensor;

/**
 * The X with op(T) X = B, where T is a triangle of the first input, [..., n, n], B the second,
 * [..., n, k], and the axes before them broadcast. The other triangle is not read.
 *
 * @param upper whether T is the upper triangle; else the lower
 * @param transposed whether op(T) is T<sup>T</sup>; else T
 * @param unit whether the diagonal is taken as ones, and not read
 */
public record TriangularSolve(boolean upper, boolean transposed, boolean unit) implements MatrixOp {
  /** The test points: every form, with and without batches. */
  static List<Case> cases() {
    Reference a = PlainMatrix.dominant(4);
    Reference batch = PlainMatrix.dominant(2, 1, 3);
    return List.of(
        Case.of(new TriangularSolve(false, false, false), a, Case.spread(4, 2)),
        Case.of(new TriangularSolve(true, false, false), a, Case.spread(4, 2)),
        Case.of(new TriangularSolve(false, true, false), batch, Case.spread(2, 3, 2)),
        Case.of(
            new TriangularSolve(true, true, false), PlainMatrix.dominant(3), Case.spread(2, 3, 1)),
        Case.of(new TriangularSolve(false, false, true), batch, Case.spread(3, 2)),
        Case.of(new TriangularSolve(true, true, true), a, Case.spread(4, 1)));
  }

  @Override
  public String label() {
    return "triangularSolve";
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
    return PlainMatrix.zip(
        inputs[0],
        inputs[1],
        (a, b) -> {
          int n = a.length;
          double[][] t = new double[n][n];
          for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
              boolean inside = upper ? i <= j : i >= j;
              double value = i == j && unit ? 1 : inside ? a[i][j] : 0;
              t[transposed ? j : i][transposed ? i : j] = value;
            }
          }
          return PlainMatrix.solve(t, b);
        });
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor gradient) {
    Tensor db = call.input(0).apply(new TriangularSolve(upper, !transposed, unit), gradient);
    Tensor da = null;
    if (call.needs(0)) {
      Tensor x = call.output(0);
      Tensor product = transposed ? x.matmul(db, false, true) : db.matmul(x, false, true);
      da = Rules.sumTo(MatrixRules.keep(product, upper, unit).neg(), call.source(0).shape());
    }
    return new @Nullable Tensor[] {
      da, call.needs(1) ? Rules.sumTo(db, call.source(1).shape()) : null
    };
  }

  @Override
  public @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    Tensor ta = tangents[0];
    Tensor tb = tangents[1];
    Tensor moved = null;
    if (ta != null) {
      moved = MatrixRules.keep(ta, upper, unit).matmul(call.output(0), transposed, false).neg();
    }
    Tensor right = Rules.add(moved, tb);
    return right == null ? null : call.input(0).apply(this, right.expand(call.output(0).shape()));
  }
}
