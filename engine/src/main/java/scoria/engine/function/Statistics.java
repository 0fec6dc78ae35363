package scoria.engine.function;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import scoria.engine.op.Case;
import scoria.engine.op.Reference;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Spreads and norms: one number from all elements along axes. */
public final class Statistics implements Functions {
  private static final int[] ALL = {};

  private Statistics() {}

  /** The test points. */
  static List<Composed> cases() {
    return List.of(
        Composed.of(
            "var",
            xs -> var(xs[0], new int[] {1}, 0, true),
            xs -> rows(xs[0], true, row -> variance(row, 0)),
            Case.spread(3, 5)),
        Composed.of(
            "var, unbiased, of all",
            xs -> var(xs[0], ALL, 1, false),
            xs -> Reference.scalar(variance(xs[0].values(), 1)),
            Case.spread(2, 3, 2)),
        Composed.of(
            "std",
            xs -> std(xs[0], new int[] {-1}, 1, false),
            xs -> rows(xs[0], false, row -> Math.sqrt(variance(row, 1))),
            Case.spread(4, 3)),
        norm(2, row -> Math.sqrt(Arrays.stream(row).map(v -> v * v).sum())),
        norm(1, row -> Arrays.stream(row).map(Math::abs).sum()),
        norm(
            3,
            row ->
                StrictMath.cbrt(Arrays.stream(row).map(v -> StrictMath.pow(Math.abs(v), 3)).sum())),
        norm(Double.POSITIVE_INFINITY, row -> Arrays.stream(row).map(Math::abs).max().orElse(0)),
        norm(Double.NEGATIVE_INFINITY, row -> Arrays.stream(row).map(Math::abs).min().orElse(0)),
        Composed.of(
            "norm, of no numbers",
            xs -> norm(xs[0], 2, new int[] {1}, false),
            xs -> Reference.zeros(Shape.of(xs[0].shape().size(0))),
            Case.spread(3, 0)),
        Composed.of(
            "logSumExp, axes that are not neighbours",
            xs -> xs[0].logSumExp(new int[] {0, 2}, true),
            xs -> logSums(xs[0]),
            Case.spread(2, 3, 4)),
        Composed.of(
            "logSumExp, of a number",
            xs -> xs[0].logSumExp(ALL, false),
            xs -> xs[0],
            Reference.scalar(0.7)));
  }

  private static Composed norm(double p, ToDoubleFunction<double[]> meaning) {
    return Composed.of(
        "norm, order " + p,
        xs -> norm(xs[0], p, new int[] {1}, false),
        xs -> rows(xs[0], false, meaning),
        Case.spread(3, 4));
  }

  /** One number from each row of a matrix. */
  private static Reference rows(Reference x, boolean keep, ToDoubleFunction<double[]> f) {
    int rows = (int) x.shape().size(0);
    int n = (int) x.shape().size(1);
    double[] out = new double[rows];
    Arrays.setAll(out, i -> f.applyAsDouble(Arrays.copyOfRange(x.values(), i * n, (i + 1) * n)));
    return new Reference(keep ? Shape.of(rows, 1) : Shape.of(rows), out);
  }

  private static double variance(double[] x, double correction) {
    double mean = Arrays.stream(x).average().orElse(Double.NaN);
    return Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum()
        / Math.max(0, x.length - correction);
  }

  /** Over the first and the last of three axes. */
  private static Reference logSums(Reference x) {
    Shape shape = x.shape();
    double[] sums = new double[(int) shape.size(1)];
    long[] index = new long[3];
    for (double v : x.values()) {
      sums[(int) index[1]] += StrictMath.exp(v);
      Reference.next(index, shape);
    }
    return new Reference(
        Shape.of(1, sums.length, 1), Arrays.stream(sums).map(StrictMath::log).toArray());
  }

  /** Variance; see {@link Tensor#var(int[], double, boolean)}. */
  public static Tensor var(Tensor x, int[] axes, double correction, boolean keep) {
    return var("var", x, axes, correction, keep);
  }

  private static Tensor var(String caller, Tensor x, int[] axes, double correction, boolean keep) {
    Inputs.floats(caller, x);
    double count = 1;
    for (int axis : x.shape().axes(axes)) {
      count *= x.size(axis);
    }
    // From the mean, not as the difference of two large numbers.
    Tensor squares = x.sub(x.mean(axes, true)).square();
    return squares.sum(axes, keep).mul(1 / Math.max(0, count - correction));
  }

  /** Root of the variance; see {@link Tensor#std(int[], double, boolean)}. */
  public static Tensor std(Tensor x, int[] axes, double correction, boolean keep) {
    return root(var("std", x, axes, correction, keep));
  }

  /** Norm; see {@link Tensor#norm(double, int[], boolean)}. */
  public static Tensor norm(Tensor x, double p, int[] axes, boolean keep) {
    if (Double.isNaN(p)) {
      throw new IllegalArgumentException("'norm' of order NaN; it takes a number");
    }
    if (p == 0) {
      return x.countNonzero(axes, keep).to(x.dtype());
    }
    Inputs.numbers("norm", x);
    if (p != 1 && !Double.isInfinite(p)) {
      Inputs.floats("norm", x);
    }
    if (p == 2) {
      return root(x.square().sum(axes, keep));
    }
    Tensor size = x.abs();
    if (Double.isInfinite(p)) {
      return p > 0 ? size.amax(axes, keep) : size.amin(axes, keep);
    }
    return p == 1 ? size.sum(axes, keep) : power(power(size, p).sum(axes, keep), 1 / p);
  }

  /** Square root of numbers of at least 0, whose derivatives at 0 are 0. */
  private static Tensor root(Tensor x) {
    Tensor zero = x.equal(x.zeroLike());
    return Tensor.where(zero, x.zeroLike(), Tensor.where(zero, x.onesLike(), x).sqrt());
  }

  /** A power of numbers of at least 0, whose derivatives at 0 are 0. */
  private static Tensor power(Tensor x, double p) {
    Tensor zero = x.equal(x.zeroLike());
    Tensor power = Tensor.where(zero, x.onesLike(), x).pow(p);
    double at0 = p > 0 ? 0 : Double.POSITIVE_INFINITY;
    return Tensor.where(zero, x.filled(at0), power);
  }
}
