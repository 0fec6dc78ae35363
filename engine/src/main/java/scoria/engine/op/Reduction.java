package scoria.engine.op;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * One number from all elements along a run of neighbouring axes, which stay with size 1.
 *
 * @param kind which number
 * @param from the first axis of the run
 * @param to the axis after the last
 */
public record Reduction(Kind kind, int from, int to) implements SingleOp {
  /** The reductions. */
  public enum Kind {
    /** The sum, in the order that the kernels' ReduceF32 documents. */
    SUM("sum"),
    /** The product, in the order of the sum; its derivative is right where elements are 0. */
    PROD("prod"),
    /** The largest; NaN if any is. Equal ones share the derivative. */
    MAX("amax"),
    /** The smallest; NaN if any is. Equal ones share the derivative. */
    MIN("amin");

    private final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  /** The test points: every kind over the first, the middle, the last and all axes. */
  static List<Case> cases() {
    return IntStream.range(0, Kind.values().length)
        .mapToObj(i -> Kind.values()[i])
        .flatMap(
            kind ->
                List.of(
                    Case.of(new Reduction(kind, 0, 1), Case.spread(4, 3)),
                    Case.of(new Reduction(kind, 0, 1), Case.spread(2, 0)),
                    Case.of(new Reduction(kind, 1, 2), Case.spread(2, 3, 4)),
                    Case.of(new Reduction(kind, 1, 3), Case.spread(2, 3, 4)),
                    Case.of(new Reduction(kind, 0, 2), Case.spread(5, 3)))
                    .stream())
        .flatMap(
            c ->
                ((Reduction) c.op()).kind == Kind.PROD
                    ? Stream.of(c, new Case(c.op(), List.of(withZeros(c.inputs().get(0))), c.wrt()))
                    : Stream.of(c))
        .toList();
  }

  /** Every third element made 0, so that there are products with no, one and several zeros. */
  static Reference withZeros(Reference x) {
    double[] values = x.values().clone();
    for (int i = 1; i < values.length; i += 3) {
      values[i] = 0;
    }
    return new Reference(x.shape(), values);
  }

  @Override
  public String label() {
    return kind.label;
  }

  @Override
  public String shapes() {
    return "[..., n, m, ...] -> [..., 1, 1, ...], any run of neighbouring axes";
  }

  @Override
  public Signature result(Signature... inputs) {
    Shape shape = inputs[0].shape();
    if (from < 0 || to > shape.rank() || from >= to) {
      throw new IllegalArgumentException("axes " + from + " to " + (to - 1) + " of shape " + shape);
    }
    if (!inputs[0].dtype().isFloat() && inputs[0].dtype() != DType.INT64) {
      throw new IllegalArgumentException(
          "it works on float32, float64 and int64, not on "
              + inputs[0].dtype()
              + "; convert with to(dtype)");
    }
    int[] axes = IntStream.range(from, to).toArray();
    Shape out = shape.reduce(axes, true);
    boolean extreme = kind == Kind.MAX || kind == Kind.MIN;
    if (extreme && shape.elements() == 0 && out.elements() > 0) {
      throw new IllegalArgumentException("there is no element in axes of shape " + shape);
    }
    return new Signature(out, inputs[0].dtype());
  }

  @Override
  public Reference value(Reference... inputs) {
    Reference x = inputs[0];
    Shape out = x.shape().reduce(IntStream.range(from, to).toArray(), true);
    Reference y = Reference.zeros(out);
    Arrays.fill(
        y.values(),
        switch (kind) {
          case SUM -> 0;
          case PROD -> 1;
          case MAX -> Double.NEGATIVE_INFINITY;
          case MIN -> Double.POSITIVE_INFINITY;
        });
    long[] index = new long[x.shape().rank()];
    for (double v : x.values()) {
      long[] place = index.clone();
      for (int i = from; i < to; i++) {
        place[i] = 0;
      }
      int at = (int) Layout.dense(out).place(place);
      double now = y.values()[at];
      y.values()[at] =
          switch (kind) {
            case SUM -> now + v;
            case PROD -> now * v;
            case MAX -> Math.max(now, v);
            case MIN -> Math.min(now, v);
          };
      Reference.next(index, x.shape());
    }
    return y;
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor gradient) {
    Shape shape = call.source(0).shape();
    return new @Nullable Tensor[] {
      switch (kind) {
        case SUM -> gradient.expand(shape);
        case PROD -> others(call.input(0)).mul(gradient);
        case MAX, MIN -> weights(call).mul(gradient);
      }
    };
  }

  @Override
  public @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    Tensor tangent = tangents[0];
    if (tangent == null) {
      return null;
    }
    Reduction sum = new Reduction(Kind.SUM, from, to);
    return switch (kind) {
      case SUM -> tangent.apply(sum);
      case PROD -> others(call.input(0)).mul(tangent).apply(sum);
      case MAX, MIN -> weights(call).mul(tangent).apply(sum);
    };
  }

  /** For every element the product of all others: of those before it and those behind it. */
  private Tensor others(Tensor x) {
    long[] sizes = new long[x.rank() - (to - from) + 1];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = i < from ? x.size(i) : i == from ? 1 : x.size(i + to - from - 1);
    }
    for (int i = from; i < to; i++) {
      sizes[from] *= x.size(i);
    }
    Tensor flat = x.reshape(Shape.of(sizes));
    Tensor before = flat.apply(new Scan(Scan.Kind.PROD, from, true, false));
    Tensor behind = flat.apply(new Scan(Scan.Kind.PROD, from, true, true));
    return before.mul(behind).reshape(x.shape());
  }

  /** For every element its share of the extreme value: 1 over the number of equal ones, or 0. */
  private Tensor weights(Call call) {
    Tensor equal = call.input(0).equal(call.output(0)).to(call.output(0).dtype());
    return equal.div(equal.apply(new Reduction(Kind.SUM, from, to)));
  }
}
