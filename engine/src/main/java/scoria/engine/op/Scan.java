package scoria.engine.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Tensor;

/**
 * Running sums or products along an axis, in the order that the kernels' ScanF32 documents.
 *
 * @param kind which
 * @param axis from 0
 * @param exclusive whether an element's own number is left out, so that the first is 0 or 1
 * @param reverse whether to go from the end of the axis
 */
public record Scan(Kind kind, int axis, boolean exclusive, boolean reverse) implements SingleOp {
  /** What runs. */
  public enum Kind {
    /** The sum of all numbers so far. */
    SUM("cumsum"),
    /** The product of all numbers so far; its derivative is right where elements are 0. */
    PROD("cumprod");

    private final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  /** The test points: every kind in both directions, with the own number and without. */
  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (boolean exclusive : new boolean[] {false, true}) {
        for (boolean reverse : new boolean[] {false, true}) {
          cases.add(Case.of(new Scan(kind, 1, exclusive, reverse), Case.spread(2, 4, 3)));
          cases.add(
              Case.of(new Scan(kind, 0, exclusive, reverse), Reduction.withZeros(Case.spread(5))));
        }
      }
      cases.add(Case.of(new Scan(kind, 1, false, false), Case.spread(2, 0, 3)));
      cases.add(Case.of(new Scan(kind, 0, true, false), Case.spread(1)));
    }
    return cases;
  }

  @Override
  public String label() {
    return kind.label;
  }

  @Override
  public String shapes() {
    return "[..., n, ...] -> [..., n, ...]";
  }

  @Override
  public Signature result(Signature... inputs) {
    inputs[0].shape().axis(axis);
    if (!inputs[0].dtype().isFloat() && inputs[0].dtype() != DType.INT64) {
      throw new IllegalArgumentException(
          "it works on float32, float64 and int64, not on "
              + inputs[0].dtype()
              + "; convert with to(dtype)");
    }
    return inputs[0];
  }

  @Override
  public Reference value(Reference... inputs) {
    Reference x = inputs[0];
    Reference y = Reference.zeros(x.shape());
    Reference total = Reference.zeros(x.shape().with(axis, 1));
    Arrays.fill(total.values(), kind == Kind.SUM ? 0 : 1);
    Layout totals = Layout.dense(total.shape());
    long size = x.shape().size(axis);
    for (int step = 0; step < size; step++) {
      long[] index = new long[x.shape().rank()];
      for (int i = 0; i < total.values().length; i++) {
        int run = (int) totals.place(index);
        long[] place = index.clone();
        place[axis] = reverse ? size - 1 - step : step;
        int at = (int) Layout.dense(x.shape()).place(place);
        double before = total.values()[run];
        double v = x.values()[at];
        double now = kind == Kind.SUM ? before + v : before * v;
        y.values()[at] = exclusive ? before : now;
        total.values()[run] = now;
        Reference.next(index, total.shape());
      }
    }
    return y;
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor g) {
    if (kind == Kind.SUM) {
      return new @Nullable Tensor[] {g.apply(new Scan(kind, axis, exclusive, !reverse))};
    }
    Tensor x = call.input(0);
    // With s[i] = g[i] + x[i + 1] s[i + 1], what comes in after step i reaches it by s[i].
    Tensor after = exclusive ? Recurrence.shift(g, axis, !reverse) : g;
    Tensor s = Recurrence.shift(x, axis, !reverse).apply(new Recurrence(axis, !reverse), after);
    return new @Nullable Tensor[] {s.mul(before(x))};
  }

  @Override
  public @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    Tensor t = tangents[0];
    if (t == null) {
      return null;
    }
    if (kind == Kind.SUM) {
      return t.apply(this);
    }
    Tensor x = call.input(0);
    Tensor running = x.apply(new Recurrence(axis, reverse), t.mul(before(x)));
    return exclusive ? Recurrence.shift(running, axis, reverse) : running;
  }

  /** The products without their own numbers. */
  private Tensor before(Tensor x) {
    return x.apply(new Scan(Kind.PROD, axis, true, reverse));
  }
}
