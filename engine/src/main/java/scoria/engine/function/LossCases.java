package scoria.engine.function;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;
import scoria.engine.function.Losses.Over;
import scoria.engine.op.Case;
import scoria.engine.op.Reference;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Test points of {@link Losses}, with their meaning in plain loops. */
final class LossCases {
  private LossCases() {}

  /** A loss of two tensors of one shape. */
  private interface Pair {
    Tensor of(Tensor x, Tensor target, Over over);
  }

  static List<Composed> all() {
    List<Composed> cases = new ArrayList<>();
    pairs(cases, "mse", Losses::mse, (x, t) -> (x - t) * (x - t), false);
    pairs(cases, "l1", Losses::l1, (x, t) -> Math.abs(x - t), false);
    pairs(
        cases,
        "huber",
        (x, t, over) -> Losses.huber(x, t, 0.8, over),
        (x, t) -> bend(x - t, 0.8),
        false);
    pairs(
        cases,
        "smoothL1",
        (x, t, over) -> Losses.smoothL1(x, t, 0.8, over),
        (x, t) -> bend(x - t, 0.8) / 0.8,
        false);
    pairs(
        cases,
        "binaryCrossEntropyWithLogits",
        (x, t, over) -> Losses.binaryCrossEntropyWithLogits(x, t, null, over),
        (x, t) -> -t * logSigmoid(x) - (1 - t) * logSigmoid(-x),
        true);
    pairs(cases, "klDivergence", Losses::klDivergence, (x, t) -> t * (StrictMath.log(t) - x), true);
    cases.add(
        Composed.of(
            "binaryCrossEntropyWithLogits, weighted",
            in -> Losses.binaryCrossEntropyWithLogits(in[0], in[1], in[2], Over.NONE),
            in -> {
              Reference no = in[0].zip(in[1], (x, t) -> -(1 - t) * logSigmoid(-x));
              return in[0]
                  .zip(in[1], (x, t) -> -t * logSigmoid(x))
                  .zip(in[2], (a, w) -> a * w)
                  .zip(no, Double::sum);
            },
            Case.spread(2, 3),
            unit(2, 3),
            Case.positive(3)));
    cases.add(
        Composed.of(
            "binaryCrossEntropy",
            in -> Losses.binaryCrossEntropy(in[0], in[1], Over.NONE),
            in ->
                in[0].zip(
                    in[1], (p, t) -> -t * StrictMath.log(p) - (1 - t) * StrictMath.log(1 - p)),
            unit(2, 3),
            Case.spread(2, 3).map(v -> 0.5 + 0.2 * v)));
    long[] flat = {2, 0, 1};
    long[] deep = {1, 2, 0, -1, 2, 1};
    for (Over over : Over.values()) {
      classes(cases, "plain, " + over, flat, Shape.of(3), false, null, over, Case.spread(3, 3));
      classes(
          cases,
          "ignoring, weights, " + over,
          deep,
          Shape.of(2, 3),
          true,
          -1L,
          over,
          Case.spread(2, 3, 3));
    }
    cases.add(
        Composed.of(
            "crossEntropy, probabilities",
            in -> Losses.crossEntropy(in[0], in[1], Over.MEAN),
            in -> {
              double sum = 0;
              Reference log = logSoftmax(in[0]);
              for (int i = 0; i < log.values().length; i++) {
                sum -= log.values()[i] * in[1].values()[i];
              }
              return Reference.scalar(sum / in[0].shape().size(0));
            },
            Case.spread(2, 3),
            unit(2, 3)));
    return cases;
  }

  private static Reference unit(long... sizes) {
    return Case.spread(sizes).map(v -> 0.5 + 0.22 * v);
  }

  private static double bend(double d, double delta) {
    double a = Math.abs(d);
    return a <= delta ? d * d / 2 : delta * (a - delta / 2);
  }

  private static double logSigmoid(double x) {
    return -StrictMath.log1p(StrictMath.exp(-x));
  }

  private static void pairs(
      List<Composed> cases,
      String name,
      Pair pair,
      DoubleBinaryOperator meaning,
      boolean probabilities) {
    for (Over over : Over.values()) {
      cases.add(
          Composed.of(
              name + ", " + over,
              in -> pair.of(in[0], in[1], over),
              in -> sum(in[0].zip(in[1], meaning), null, over),
              Case.spread(2, 3),
              probabilities ? unit(2, 3) : Case.positive(2, 3).map(v -> v - 1.4)));
    }
  }

  private static Reference sum(Reference losses, double @Nullable [] weights, Over over) {
    if (over == Over.NONE) {
      return losses;
    }
    double sum = 0;
    double count = 0;
    for (int i = 0; i < losses.values().length; i++) {
      sum += losses.values()[i];
      count += weights == null ? 1 : weights[i];
    }
    return Reference.scalar(over == Over.SUM ? sum : sum / count);
  }

  private static void classes(
      List<Composed> cases,
      String what,
      long[] target,
      Shape shape,
      boolean weighted,
      @Nullable Long ignore,
      Over over,
      Reference x) {
    Reference[] inputs = weighted ? new Reference[] {x, Case.positive(3)} : new Reference[] {x};
    cases.add(
        Composed.of(
            "nll, " + what,
            in ->
                Losses.nll(
                    in[0],
                    Tensor.of(target, shape.toArray()).to(in[0].device()),
                    weighted ? in[1] : null,
                    ignore,
                    over),
            in -> nll(in[0], target, shape, weighted ? in[1] : null, ignore, over),
            inputs));
    cases.add(
        Composed.of(
            "crossEntropy, " + what,
            in ->
                Losses.crossEntropy(
                    in[0],
                    Tensor.of(target, shape.toArray()).to(in[0].device()),
                    weighted ? in[1] : null,
                    ignore,
                    over),
            in -> nll(logSoftmax(in[0]), target, shape, weighted ? in[1] : null, ignore, over),
            inputs));
  }

  private static Reference nll(
      Reference log,
      long[] target,
      Shape shape,
      @Nullable Reference weight,
      @Nullable Long ignore,
      Over over) {
    Reference losses = Reference.zeros(shape);
    double[] weights = new double[target.length];
    long inner = shape.rank() > 1 ? shape.size(1) : 1;
    long classes = log.shape().size(1);
    for (int i = 0; i < target.length; i++) {
      if (ignore != null && target[i] == ignore) {
        continue;
      }
      weights[i] = weight == null ? 1 : weight.values()[(int) target[i]];
      int at = (int) ((i / inner * classes + target[i]) * inner + i % inner);
      losses.values()[i] = -weights[i] * log.values()[at];
    }
    return sum(losses, weights, over);
  }

  /** Along axis 1. */
  private static Reference logSoftmax(Reference x) {
    long classes = x.shape().size(1);
    long inner = x.shape().rank() > 2 ? x.shape().size(2) : 1;
    Reference y = Reference.zeros(x.shape());
    for (int i = 0; i < y.values().length; i++) {
      double sum = 0;
      for (long c = 0; c < classes; c++) {
        sum +=
            StrictMath.exp(
                x.values()[(int) ((i / (inner * classes) * classes + c) * inner + i % inner)]);
      }
      y.values()[i] = x.values()[i] - StrictMath.log(sum);
    }
    return y;
  }
}
