package scoria.engine.op;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * Matrix product op(A) op(B) of the last two axes; the axes before them broadcast.
 *
 * @param transposeA whether A is stored as [..., k, m] rather than [..., m, k]
 * @param transposeB whether B is stored as [..., n, k] rather than [..., k, n]
 */
public record MatMul(boolean transposeA, boolean transposeB) implements SingleOp {
  /** The test points: every transposition, with and without batches. */
  static List<Case> cases() {
    return List.of(
        Case.of(new MatMul(false, false), Case.spread(3, 4), Case.positive(4, 2)),
        Case.of(new MatMul(true, false), Case.spread(4, 3), Case.positive(4, 2)),
        Case.of(new MatMul(false, true), Case.spread(3, 4), Case.positive(2, 4)),
        Case.of(new MatMul(true, true), Case.spread(4, 3), Case.positive(2, 4)),
        Case.of(new MatMul(false, false), Case.spread(2, 3, 4), Case.positive(2, 4, 2)),
        Case.of(new MatMul(false, true), Case.spread(2, 1, 3, 2), Case.positive(3, 4, 2)),
        Case.of(new MatMul(true, false), Case.spread(2, 3), Case.positive(2, 2, 1)));
  }

  @Override
  public String label() {
    return "matmul";
  }

  @Override
  public String shapes() {
    return "[..., m, k], [..., k, n] -> [..., m, n], batches broadcast";
  }

  @Override
  public Signature result(Signature... inputs) {
    Rules.floats(inputs[0]);
    Rules.sameType(inputs[0], inputs[1]);
    Shape a = inputs[0].shape();
    Shape b = inputs[1].shape();
    if (a.rank() < 2 || b.rank() < 2) {
      throw new IllegalArgumentException("matrices have at least two axes");
    }
    long inner = a.size(transposeA ? -2 : -1);
    long innerB = b.size(transposeB ? -1 : -2);
    if (inner != innerB) {
      throw new IllegalArgumentException(
          "inner sizes differ: "
              + inner
              + " in "
              + a
              + (transposeA ? " transposed" : "")
              + " and "
              + innerB
              + " in "
              + b
              + (transposeB ? " transposed" : ""));
    }
    long[] batch = batch(a).broadcast(batch(b)).toArray();
    long[] out = Arrays.copyOf(batch, batch.length + 2);
    out[batch.length] = a.size(transposeA ? -1 : -2);
    out[batch.length + 1] = b.size(transposeB ? -2 : -1);
    return new Signature(Shape.of(out), inputs[0].dtype());
  }

  /** The axes before the last two. */
  public static Shape batch(Shape shape) {
    return Shape.of(Arrays.copyOf(shape.toArray(), shape.rank() - 2));
  }

  @Override
  public Reference value(Reference... inputs) {
    Reference a = transposeA ? transposed(inputs[0]) : inputs[0];
    Reference b = transposeB ? transposed(inputs[1]) : inputs[1];
    Shape batch = batch(a.shape()).broadcast(batch(b.shape()));
    a = expandBatch(a, batch);
    b = expandBatch(b, batch);
    int m = (int) a.shape().size(-2);
    int k = (int) a.shape().size(-1);
    int n = (int) b.shape().size(-1);
    long[] out = Arrays.copyOf(batch.toArray(), batch.rank() + 2);
    out[batch.rank()] = m;
    out[batch.rank() + 1] = n;
    Reference y = Reference.zeros(Shape.of(out));
    for (int at = 0; at < y.values().length; at++) {
      int matrix = at / (m * n);
      int i = at / n % m;
      int j = at % n;
      for (int l = 0; l < k; l++) {
        y.values()[at] +=
            a.values()[(matrix * m + i) * k + l] * b.values()[(matrix * k + l) * n + j];
      }
    }
    return y;
  }

  private static Reference transposed(Reference x) {
    int[] order = IntStream.range(0, x.shape().rank()).toArray();
    order[order.length - 1]--;
    order[order.length - 2]++;
    return x.permute(order);
  }

  static Reference expandBatch(Reference x, Shape batch) {
    long[] out = Arrays.copyOf(batch.toArray(), batch.rank() + 2);
    out[batch.rank()] = x.shape().size(-2);
    out[batch.rank() + 1] = x.shape().size(-1);
    return x.expand(Shape.of(out));
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor g) {
    Tensor da = null;
    Tensor db = null;
    if (call.needs(0)) {
      Tensor b = call.input(1);
      da = transposeA ? b.matmul(g, transposeB, true) : g.matmul(b, false, !transposeB);
      da = Rules.sumTo(da, call.source(0).shape());
    }
    if (call.needs(1)) {
      Tensor a = call.input(0);
      db = transposeB ? g.matmul(a, true, transposeA) : a.matmul(g, !transposeA, false);
      db = Rules.sumTo(db, call.source(1).shape());
    }
    return new @Nullable Tensor[] {da, db};
  }

  @Override
  public @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    Tensor ta = tangents[0];
    Tensor tb = tangents[1];
    return Rules.add(
        ta == null ? null : ta.matmul(call.input(1), transposeA, transposeB),
        tb == null ? null : call.input(0).matmul(tb, transposeA, transposeB));
  }

  /** Any matrix whose rows or whose columns are contiguous, in batches that go forwards. */
  @Override
  public boolean accepts(int input, Layout layout) {
    int rank = layout.shape().rank();
    for (int axis = 0; axis < rank - 2; axis++) {
      if (layout.stride(axis) < 0 && layout.shape().size(axis) > 1) {
        return false;
      }
    }
    long rows = layout.shape().size(rank - 2);
    long columns = layout.shape().size(rank - 1);
    long down = layout.stride(rank - 2);
    long across = layout.stride(rank - 1);
    boolean byRows = (across == 1 || columns <= 1) && (down >= columns || rows <= 1);
    boolean byColumns = (down == 1 || rows <= 1) && (across >= rows || columns <= 1);
    return byRows || byColumns;
  }
}
