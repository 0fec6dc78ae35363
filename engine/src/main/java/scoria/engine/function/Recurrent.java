package scoria.engine.function;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.op.Case;
import scoria.engine.op.Reference;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * One step in time of recurrent networks, on batches: inputs [batch, in], states [batch, hidden],
 * weights as the rows of a product, [gates hidden, in] and [gates hidden, hidden], and a bias
 * [gates hidden].
 */
public final class Recurrent implements Functions {
  private Recurrent() {}

  /**
   * What an LSTM remembers.
   *
   * @param hidden its output, [batch, hidden]
   * @param cell its memory, [batch, hidden]
   */
  public record LstmState(Tensor hidden, Tensor cell) {}

  /** The test points. */
  static List<Composed> cases() {
    Reference x = Case.spread(2, 3);
    Reference h = Case.spread(2, 2).map(v -> 0.4 * v);
    Reference c = Case.spread(2, 2).map(v -> 0.3 - 0.4 * v);
    return List.of(
        Composed.of(
            "rnnCell",
            t -> rnnCell(t[0], t[1], t[2], t[3], t[4]),
            r ->
                affine(r[0], r[2], r[4])
                    .zip(affine(r[1], r[3], null), Double::sum)
                    .map(StrictMath::tanh),
            x,
            h,
            weights(2, 3),
            weights(2, 2),
            bias(2)),
        Composed.of(
            "lstmCell",
            t -> both(lstmCell(t[0], new LstmState(t[1], t[2]), t[3], t[4], t[5], null)),
            r -> lstm(r, Reference.zeros(Shape.of(6))),
            x,
            h,
            c,
            weights(8, 3),
            weights(8, 2),
            bias(8)),
        Composed.of(
            "lstmCell, peepholes",
            t -> both(lstmCell(t[0], new LstmState(t[1], t[2]), t[3], t[4], t[5], t[6])),
            r -> lstm(r, r[6]),
            x,
            h,
            c,
            weights(8, 3),
            weights(8, 2),
            bias(8),
            bias(6)),
        gru("gruCell", false, x, h),
        gru("gruCell, reset after the product", true, x, h));
  }

  private static Composed gru(String name, boolean resetAfter, Reference x, Reference h) {
    return Composed.of(
        name,
        t -> gruCell(t[0], t[1], t[2], t[3], t[4], t[5], resetAfter),
        r -> gru(r, resetAfter),
        x,
        h,
        weights(6, 3),
        weights(6, 2),
        bias(6),
        bias(6).map(v -> 0.1 - v));
  }

  private static Reference weights(long rows, long columns) {
    return Case.spread(rows, columns).map(v -> 0.3 * v);
  }

  private static Reference bias(long size) {
    return Case.spread(size).map(v -> 0.2 * v);
  }

  private static Tensor both(LstmState state) {
    return Tensor.concat(1, state.hidden, state.cell);
  }

  /** tanh(x W<sup>T</sup> + h R<sup>T</sup> + b): the network of Elman. */
  public static Tensor rnnCell(Tensor x, Tensor h, Tensor w, Tensor r, Tensor b) {
    check("rnnCell", x, h, w, r, b, 1);
    return product(x, w).add(product(h, r)).add(b).tanh();
  }

  /**
   * Long short-term memory of Hochreiter and Schmidhuber with a forget gate: with gates i, f, o in
   * (0, 1) and g in (-1, 1), the memory becomes f c + i g and the output o tanh of it. The rows of
   * weights and bias are those of i, f, g, o in turn.
   *
   * @param peepholes [3 hidden], weights with which i, f and o in turn see the memory, or null
   */
  public static LstmState lstmCell(
      Tensor x, LstmState state, Tensor w, Tensor r, Tensor b, @Nullable Tensor peepholes) {
    check("lstmCell", x, state.hidden, w, r, b, 4);
    Inputs.floats("lstmCell", state.hidden, state.cell, peepholes);
    long n = state.hidden.size(1);
    if (!state.cell.signature().equals(state.hidden.signature())
        || peepholes != null && !peepholes.shape().equals(Shape.of(3 * n))) {
      throw new IllegalArgumentException(
          "lstmCell of a state "
              + state.hidden.signature()
              + " with a memory "
              + state.cell.signature()
              + (peepholes == null ? "" : " and peepholes " + peepholes.signature())
              + "; a memory is as the state, [n, hidden], and peepholes are [3 hidden]");
    }
    Tensor gates = product(x, w).add(product(state.hidden, r)).add(b);
    Tensor i = seen(part(gates, 0, n), state.cell, peepholes, 0).sigmoid();
    Tensor f = seen(part(gates, 1, n), state.cell, peepholes, 1).sigmoid();
    Tensor g = part(gates, 2, n).tanh();
    Tensor cell = f.mul(state.cell).add(i.mul(g));
    Tensor o = seen(part(gates, 3, n), cell, peepholes, 2).sigmoid();
    return new LstmState(o.mul(cell.tanh()), cell);
  }

  private static Tensor seen(Tensor gate, Tensor cell, @Nullable Tensor peepholes, int which) {
    if (peepholes == null) {
      return gate;
    }
    long n = cell.size(1);
    return gate.add(cell.mul(peepholes.narrow(0, which * n, n)));
  }

  /**
   * Gated recurrent unit of Cho and others: with gates r and z in (0, 1) the state becomes z h + (1
   * - z) n. The rows of weights and biases are those of r, z, n in turn.
   *
   * @param b added to x W<sup>T</sup>
   * @param c added to the state's product
   * @param resetAfter whether n = tanh(W x + b + r (R h + c)), as CUDA's libraries have it, rather
   *     than tanh(W x + b + R (r h) + c), as it was published
   */
  public static Tensor gruCell(
      Tensor x, Tensor h, Tensor w, Tensor r, Tensor b, Tensor c, boolean resetAfter) {
    check("gruCell", x, h, w, r, b, 3);
    check("gruCell", x, h, w, r, c, 3);
    long n = h.size(1);
    Tensor given = product(x, w).add(b);
    Tensor gates =
        given.narrow(1, 0, 2 * n).add(product(h, r.narrow(0, 0, 2 * n)).add(c.narrow(0, 0, 2 * n)));
    Tensor reset = part(gates, 0, n).sigmoid();
    Tensor update = part(gates, 1, n).sigmoid();
    Tensor last = r.narrow(0, 2 * n, n);
    Tensor lastBias = c.narrow(0, 2 * n, n);
    Tensor past =
        resetAfter
            ? reset.mul(product(h, last).add(lastBias))
            : product(reset.mul(h), last).add(lastBias);
    Tensor fresh = part(given, 2, n).add(past).tanh();
    return fresh.add(update.mul(h.sub(fresh)));
  }

  private static void check(
      String what, Tensor x, Tensor h, Tensor w, Tensor r, Tensor b, int gates) {
    Inputs.floats(what, x, h, w, r, b);
    boolean fits = x.rank() == 2 && h.rank() == 2 && x.size(0) == h.size(0);
    if (!fits
        || !w.shape().equals(Shape.of(gates * h.size(1), x.size(1)))
        || !r.shape().equals(Shape.of(gates * h.size(1), h.size(1)))
        || !b.shape().equals(Shape.of(gates * h.size(1)))) {
      String rows = gates == 1 ? "hidden" : gates + " hidden";
      throw new IllegalArgumentException(
          String.format(
              "%s of %s and a state %s with weights %s and %s and a bias %s; it takes [n, inputs],"
                  + " [n, hidden], [%s, inputs], [%s, hidden] and [%s]",
              what,
              x.signature(),
              h.signature(),
              w.shape(),
              r.shape(),
              b.shape(),
              rows,
              rows,
              rows));
    }
  }

  private static Tensor product(Tensor x, Tensor weights) {
    return x.matmul(weights, false, true);
  }

  private static Tensor part(Tensor gates, long which, long size) {
    return gates.narrow(1, which * size, size);
  }

  // ---- The same in plain loops.

  private static Reference affine(Reference x, Reference w, @Nullable Reference b) {
    int rows = (int) w.shape().size(0);
    int inner = (int) w.shape().size(1);
    Reference y = Reference.zeros(Shape.of(x.shape().size(0), rows));
    for (int at = 0; at < y.values().length; at++) {
      int row = at % rows;
      double sum = b == null ? 0 : b.values()[row];
      for (int k = 0; k < inner; k++) {
        sum += x.values()[at / rows * inner + k] * w.values()[row * inner + k];
      }
      y.values()[at] = sum;
    }
    return y;
  }

  private static double gate(double v) {
    return 1 / (1 + StrictMath.exp(-v));
  }

  private static Reference lstm(Reference[] in, Reference peepholes) {
    int n = (int) in[1].shape().size(1);
    Reference sum = affine(in[0], in[3], in[5]).zip(affine(in[1], in[4], null), Double::sum);
    double[] p = peepholes.values();
    Reference out = Reference.zeros(Shape.of(in[0].shape().size(0), 2 * n));
    for (int row = 0; row < in[0].shape().size(0); row++) {
      for (int j = 0; j < n; j++) {
        int at = row * 4 * n + j;
        double old = in[2].values()[row * n + j];
        double i = gate(sum.values()[at] + p[j] * old);
        double f = gate(sum.values()[at + n] + p[n + j] * old);
        double cell = f * old + i * StrictMath.tanh(sum.values()[at + 2 * n]);
        double o = gate(sum.values()[at + 3 * n] + p[2 * n + j] * cell);
        out.values()[row * 2 * n + j] = o * StrictMath.tanh(cell);
        out.values()[row * 2 * n + n + j] = cell;
      }
    }
    return out;
  }

  private static Reference gru(Reference[] in, boolean resetAfter) {
    int n = (int) in[1].shape().size(1);
    Reference given = affine(in[0], in[2], in[4]);
    Reference past = affine(in[1], in[3], in[5]);
    Reference weighted = Reference.zeros(in[1].shape());
    for (int at = 0; at < weighted.values().length; at++) {
      int gates = at / n * 3 * n + at % n;
      weighted.values()[at] =
          gate(given.values()[gates] + past.values()[gates]) * in[1].values()[at];
    }
    Reference pastOfWeighted = affine(weighted, in[3], in[5]);
    Reference out = Reference.zeros(in[1].shape());
    for (int at = 0; at < out.values().length; at++) {
      int gates = at / n * 3 * n + at % n;
      double h = in[1].values()[at];
      double reset = gate(given.values()[gates] + past.values()[gates]);
      double update = gate(given.values()[gates + n] + past.values()[gates + n]);
      double inner =
          resetAfter
              ? reset * past.values()[gates + 2 * n]
              : pastOfWeighted.values()[gates + 2 * n];
      double fresh = StrictMath.tanh(given.values()[gates + 2 * n] + inner);
      out.values()[at] = update * h + (1 - update) * fresh;
    }
    return out;
  }
}
