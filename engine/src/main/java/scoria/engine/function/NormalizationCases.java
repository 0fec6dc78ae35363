package scoria.engine.function;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import scoria.engine.op.Case;
import scoria.engine.op.Reference;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;

/** Test points of {@link Normalization}, with their meaning in plain loops. */
final class NormalizationCases {
  private static final double EPS = 1e-3;

  private NormalizationCases() {}

  static List<Composed> all() {
    List<Composed> cases = new ArrayList<>();
    cases.add(
        Composed.of(
            "layerNorm, last axis",
            in -> Normalization.layerNorm(in[0], 1, in[1], in[2], EPS),
            in -> affine(standard(in[0], axis -> axis == 2, true), in[1], in[2]),
            Case.spread(2, 2, 4),
            Case.positive(4),
            Case.spread(4)));
    cases.add(
        Composed.of(
            "layerNorm, two axes",
            in -> Normalization.layerNorm(in[0], 2, null, null, EPS),
            in -> standard(in[0], axis -> axis > 0, true),
            Case.spread(2, 2, 3)));
    cases.add(
        Composed.of(
            "layerNorm, large mean",
            in -> Normalization.layerNorm(in[0].add(64), 1, null, null, EPS),
            in -> standard(in[0].map(v -> v + 64), axis -> axis == 1, true),
            Case.spread(2, 4)));
    cases.add(
        Composed.of(
            "rmsNorm",
            in -> Normalization.rmsNorm(in[0], 1, in[1], EPS),
            in -> standard(in[0], axis -> axis == 1, false).zip(in[1], (a, b) -> a * b),
            Case.spread(3, 4),
            Case.positive(4)));
    cases.add(
        Composed.of(
            "groupNorm",
            in -> Normalization.groupNorm(in[0], 2, in[1], in[2], EPS),
            in -> {
              Reference x = in[0];
              // Two groups of two channels.
              Reference parts =
                  x.reshape(
                      Shape.of(x.shape().size(0), 2, x.shape().size(1) / 2, x.shape().size(2)));
              Reference y = standard(parts, axis -> axis > 1, true).reshape(x.shape());
              return affine(y, column(in[1]), column(in[2]));
            },
            Case.spread(2, 4, 3),
            Case.positive(4),
            Case.spread(4)));
    cases.add(
        Composed.of(
            "instanceNorm",
            in -> Normalization.instanceNorm(in[0], in[1], in[2], EPS),
            in -> affine(standard(in[0], axis -> axis == 2, true), column(in[1]), column(in[2])),
            Case.spread(2, 2, 4),
            Case.positive(2),
            Case.spread(2)));
    cases.add(
        Composed.of(
            "batchNorm, training",
            in -> Normalization.batchNorm(in[0], in[1], in[2], EPS).values(),
            in -> affine(standard(in[0], axis -> axis != 1, true), column(in[1]), column(in[2])),
            Case.spread(3, 2, 2),
            Case.positive(2),
            Case.spread(2)));
    cases.add(
        Composed.of(
            "batchNorm, after training",
            in -> Normalization.batchNorm(in[0], in[1], in[2], in[3], in[4], EPS),
            in -> {
              Reference scale = column(in[2].map(v -> 1 / Math.sqrt(v + EPS)));
              Reference y = in[0].zip(column(in[1]), (a, b) -> a - b).zip(scale, (a, b) -> a * b);
              return affine(y, column(in[3]), column(in[4]));
            },
            Case.spread(3, 2, 2),
            Case.spread(2),
            Case.positive(2),
            Case.positive(2).map(v -> v + 1),
            Case.spread(2)));
    for (long size : new long[] {3, 4}) {
      cases.add(
          Composed.of(
              "localResponseNorm, " + size + " channels",
              in -> Normalization.localResponseNorm(in[0], size, 0.7, 0.75, 1.5),
              in -> response(in[0], size),
              Case.spread(1, 5, 2)));
    }
    return cases;
  }

  private static Reference column(Reference x) {
    return x.reshape(Shape.of(x.values().length, 1));
  }

  private static Reference affine(Reference x, Reference weight, Reference bias) {
    return x.zip(weight, (a, b) -> a * b).zip(bias, Double::sum);
  }

  /** Mean and variance over all elements that share the indices of the other axes. */
  private static Reference standard(Reference x, IntPredicate over, boolean centre) {
    Reference y = Reference.zeros(x.shape());
    int rank = x.shape().rank();
    long[] index = new long[rank];
    for (int at = 0; at < y.values().length; at++) {
      double sum = 0;
      double count = 0;
      for (int pass = 0; pass < 2; pass++) {
        double mean = pass == 0 ? 0 : centre ? sum / count : 0;
        double total = 0;
        count = 0;
        long[] other = new long[rank];
        for (double v : x.values()) {
          if (IntStream.range(0, rank).allMatch(i -> over.test(i) || other[i] == index[i])) {
            total += pass == 0 ? v : (v - mean) * (v - mean);
            count++;
          }
          Reference.next(other, x.shape());
        }
        if (pass == 0) {
          sum = total;
        } else {
          y.values()[at] = (x.values()[at] - mean) / Math.sqrt(total / count + EPS);
        }
      }
      Reference.next(index, x.shape());
    }
    return y;
  }

  private static Reference response(Reference x, long size) {
    Reference y = Reference.zeros(x.shape());
    Layout places = Layout.dense(x.shape());
    long[] index = new long[3];
    for (int at = 0; at < y.values().length; at++) {
      double sum = 0;
      long first = index[1] - (size - 1) / 2;
      for (long c = Math.max(0, first); c < Math.min(x.shape().size(1), first + size); c++) {
        double v = x.values()[(int) places.place(index[0], c, index[2])];
        sum += v * v;
      }
      y.values()[at] = x.values()[at] / StrictMath.pow(1.5 + 0.7 / size * sum, 0.75);
      Reference.next(index, x.shape());
    }
    return y;
  }
}
