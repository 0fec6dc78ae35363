package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Tensor;

/**
 * A linear recurrence of the first order along an axis: {@code y[i] = w[i] y[i - 1] + x[i]}, from
 * {@code y[0] = x[0]}; {@code w[0]} does not count. Inputs: w, x, of one shape. Derivatives of
 * running products are of this form.
 *
 * @param axis from 0
 * @param reverse whether to go from the end of the axis
 */
public record Recurrence(int axis, boolean reverse) implements SingleOp {
  /** The test points. */
  static List<Case> cases() {
    return List.of(
        Case.of(new Recurrence(1, false), Case.spread(2, 4, 3), Case.positive(2, 4, 3)),
        Case.of(new Recurrence(0, true), Reduction.withZeros(Case.spread(5)), Case.positive(5)),
        Case.of(new Recurrence(0, false), Case.spread(1), Case.positive(1)),
        Case.of(new Recurrence(1, false), Case.spread(2, 0), Case.positive(2, 0)));
  }

  @Override
  public String label() {
    return "recurrence";
  }

  @Override
  public String shapes() {
    return "[..., n, ...], [..., n, ...] -> [..., n, ...]";
  }

  @Override
  public Signature result(Signature... inputs) {
    Rules.floats(inputs[0]);
    Rules.sameType(inputs[0], inputs[1]);
    inputs[0].shape().axis(axis);
    if (!inputs[0].shape().equals(inputs[1].shape())) {
      throw new IllegalArgumentException(
          "the factors have shape "
              + inputs[0].shape()
              + " and the numbers "
              + inputs[1].shape()
              + "; they must be the same");
    }
    return inputs[0];
  }

  @Override
  public Reference value(Reference... inputs) {
    Reference y = Reference.zeros(inputs[1].shape());
    Layout dense = Layout.dense(y.shape());
    long size = y.shape().size(axis);
    for (int step = 0; step < size; step++) {
      long[] index = new long[y.shape().rank()];
      for (int i = 0; i < y.values().length / size; i++) {
        long[] place = index.clone();
        place[axis] = reverse ? size - 1 - step : step;
        int at = (int) dense.place(place);
        place[axis] += reverse ? 1 : -1;
        double last = step == 0 ? 0 : inputs[0].values()[at] * y.at(place);
        y.values()[at] = last + inputs[1].values()[at];
        Reference.next(index, y.shape().with(axis, 1));
      }
    }
    return y;
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor gradient) {
    Tensor s = shift(call.input(0), axis, !reverse).apply(new Recurrence(axis, !reverse), gradient);
    return new @Nullable Tensor[] {
      call.needs(0) ? s.mul(shift(call.output(0), axis, reverse)) : null, s
    };
  }

  @Override
  public @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    Tensor w = tangents[0];
    Tensor sum =
        Rules.add(w == null ? null : w.mul(shift(call.output(0), axis, reverse)), tangents[1]);
    return sum == null ? null : call.input(0).apply(this, sum);
  }

  /** Every element one place further in the direction of a recurrence; 0 comes in. */
  static Tensor shift(Tensor x, int axis, boolean reverse) {
    long size = x.size(axis);
    return size == 0
        ? x
        : x.narrow(axis, reverse ? 1 : 0, size - 1)
            .apply(new Embed(axis, reverse ? 0 : 1, 1, size));
  }
}
