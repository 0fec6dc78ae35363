package scoria.engine.function;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import scoria.engine.op.Case;
import scoria.engine.op.Reference;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Test points of {@link Pooling}, with their meaning in plain loops over all windows. */
final class PoolingCases {
  private PoolingCases() {}

  static List<Composed> all() {
    List<Composed> cases = new ArrayList<>();
    for (String name : List.of("maxPool", "avgPool", "lpPool")) {
      add(cases, name, "1-D", Sliding.UNIT, List.of(2L), Case.spread(2, 2, 5));
      add(
          cases,
          name,
          "stride, padding",
          Sliding.UNIT.stride(2).padding(1),
          List.of(3L, 2L),
          Case.spread(1, 2, 4, 5));
      add(
          cases,
          name,
          "ceil",
          Sliding.UNIT.stride(2).padding(1, 0).ceilMode(),
          List.of(2L, 3L),
          Case.spread(1, 1, 4, 6));
      add(cases, name, "dilation", Sliding.UNIT.dilation(2), List.of(2L), Case.spread(1, 2, 3, 4));
    }
    add(
        cases,
        "avgPool, of all",
        "padding",
        Sliding.UNIT.padding(1),
        List.of(3L),
        Case.spread(1, 2, 3, 3));
    cases.add(
        Composed.of(
            "lpPool, third power",
            in -> Pooling.lpPool(in[0], 3, List.of(2L), Sliding.UNIT),
            in ->
                windows(
                    in[0],
                    List.of(2L),
                    Sliding.UNIT,
                    w -> StrictMath.cbrt(w.sum(v -> Math.abs(v * v * v)))),
            Case.spread(1, 2, 4)));
    adaptive(cases);
    return cases;
  }

  private static void add(
      List<Composed> cases,
      String name,
      String what,
      Sliding sliding,
      List<Long> sizes,
      Reference x) {
    Function<Tensor, Tensor> body =
        switch (name) {
          case "maxPool" -> in -> Pooling.maxPool(in, sizes, sliding);
          case "avgPool" -> in -> Pooling.avgPool(in, sizes, sliding, true);
          case "lpPool" -> in -> Pooling.lpPool(in, 2, sizes, sliding);
          default -> in -> Pooling.avgPool(in, sizes, sliding, false);
        };
    ToDoubleFunction<Window> meaning =
        switch (name) {
          case "maxPool" -> w -> w.inside().max(Double::compare).orElseThrow();
          case "avgPool" -> w -> w.sum(v -> v) / w.padded;
          case "lpPool" -> w -> Math.sqrt(w.sum(v -> v * v));
          default -> w -> w.sum(v -> v) / w.inside().count();
        };
    cases.add(
        Composed.of(
            name + ", " + what,
            in -> body.apply(in[0]),
            in -> windows(in[0], sizes, sliding, meaning),
            x));
    if (name.equals("maxPool")) {
      // The places name the same elements.
      cases.add(
          Composed.of(
              "maxPoolIndexed, " + what,
              in -> {
                Tensor index = Pooling.maxPoolIndexed(in[0], sizes, sliding).indices();
                Tensor flat = in[0].reshape(in[0].size(0), in[0].size(1), -1);
                return flat.takeAlong(2, index.reshape(in[0].size(0), in[0].size(1), -1))
                    .reshape(index.shape());
              },
              in -> windows(in[0], sizes, sliding, meaning),
              x));
    }
  }

  private static void adaptive(List<Composed> cases) {
    for (long[] counts : new long[][] {{2, 3}, {3, 4}, {1, 5}}) {
      String what = ", to " + counts[0] + " by " + counts[1];
      Reference x = Case.spread(1, 2, 4, 5);
      cases.add(
          Composed.of(
              "adaptiveAvgPool" + what,
              in -> Pooling.adaptiveAvgPool(in[0], counts),
              in ->
                  adaptive(
                      in[0],
                      counts,
                      all -> all.stream().mapToDouble(v -> v).average().orElseThrow()),
              x));
      cases.add(
          Composed.of(
              "adaptiveMaxPool" + what,
              in -> Pooling.adaptiveMaxPool(in[0], counts).values(),
              in ->
                  adaptive(
                      in[0], counts, all -> all.stream().mapToDouble(v -> v).max().orElseThrow()),
              x));
    }
    cases.add(
        Composed.of(
            "globalAvgPool",
            in -> Pooling.globalAvgPool(in[0]),
            in ->
                adaptive(
                    in[0],
                    new long[] {1, 1},
                    all -> all.stream().mapToDouble(v -> v).average().orElseThrow()),
            Case.spread(2, 2, 3, 2)));
    cases.add(
        Composed.of(
            "globalMaxPool",
            in -> Pooling.globalMaxPool(in[0]),
            in ->
                adaptive(
                    in[0],
                    new long[] {1, 1},
                    all -> all.stream().mapToDouble(v -> v).max().orElseThrow()),
            Case.spread(2, 2, 3, 2)));
    cases.add(
        Composed.of(
            "maxUnpool",
            in ->
                Pooling.maxUnpool(
                    in[0],
                    Tensor.of(new long[] {3, 0, 5, 1}, 1, 2, 2).to(in[0].device()),
                    List.of(6L)),
            in -> {
              double[] v = in[0].values();
              return new Reference(
                  Shape.of(1, 2, 6), v[1], 0, 0, v[0], 0, 0, 0, v[3], 0, 0, 0, v[2]);
            },
            Case.spread(1, 2, 2)));
  }

  /**
   * What is in one window.
   *
   * @param values those that are no padding
   * @param padded how many there are with the padding that was asked for
   */
  private record Window(List<Double> values, long padded) {
    Stream<Double> inside() {
      return values.stream();
    }

    double sum(ToDoubleFunction<Double> f) {
      return values.stream().mapToDouble(f).sum();
    }
  }

  private static Reference windows(
      Reference x, List<Long> sizes, Sliding sliding, ToDoubleFunction<Window> f) {
    int space = x.shape().rank() - 2;
    long[] out = x.shape().toArray();
    long[] window = new long[space];
    for (int i = 0; i < space; i++) {
      window[i] = sizes.get(sizes.size() == 1 ? 0 : i);
      long stride = sliding.strideOf(i, space);
      long n = x.shape().size(i + 2);
      long count = 0;
      // Places are tried one by one: within the padding, or just begun there when ceil is asked
      // for.
      for (long at = -sliding.beforeOf(i, space); ; at += stride) {
        boolean fits =
            at + (window[i] - 1) * sliding.dilationOf(i, space) < n + sliding.afterOf(i, space);
        boolean reaches =
            at - stride + (window[i] - 1) * sliding.dilationOf(i, space)
                < n + sliding.afterOf(i, space) - 1;
        if (!fits && !(sliding.ceil() && at < n && reaches)) {
          break;
        }
        count++;
      }
      out[i + 2] = count;
    }
    Reference y = Reference.zeros(Shape.of(out));
    long[] index = new long[out.length];
    for (int at = 0; at < y.values().length; at++) {
      List<Double> values = new ArrayList<>();
      long padded = 0;
      long[] k = new long[space];
      for (long e = 0; e < Shape.of(window).elements(); e++) {
        long[] from = index.clone();
        boolean counts = true;
        for (int i = 0; i < space; i++) {
          from[i + 2] =
              index[i + 2] * sliding.strideOf(i, space)
                  + k[i] * sliding.dilationOf(i, space)
                  - sliding.beforeOf(i, space);
          counts &= from[i + 2] < x.shape().size(i + 2) + sliding.afterOf(i, space);
        }
        padded += counts ? 1 : 0;
        Double v = ConvolutionCases.within(x, from);
        if (v != null) {
          values.add(v);
        }
        Reference.next(k, Shape.of(window));
      }
      y.values()[at] = f.applyAsDouble(new Window(values, padded));
      Reference.next(index, y.shape());
    }
    return y;
  }

  private static Reference adaptive(Reference x, long[] counts, ToDoubleFunction<List<Double>> f) {
    Reference y =
        Reference.zeros(Shape.of(x.shape().size(0), x.shape().size(1), counts[0], counts[1]));
    long h = x.shape().size(2);
    long w = x.shape().size(3);
    long[] at = new long[4];
    for (int i = 0; i < y.values().length; i++) {
      List<Double> values = new ArrayList<>();
      for (long a = (long) Math.floor((double) at[2] * h / counts[0]);
          a < Math.ceil((at[2] + 1.0) * h / counts[0]);
          a++) {
        for (long b = (long) Math.floor((double) at[3] * w / counts[1]);
            b < Math.ceil((at[3] + 1.0) * w / counts[1]);
            b++) {
          values.add(x.at(at[0], at[1], a, b));
        }
      }
      y.values()[i] = f.applyAsDouble(values);
      Reference.next(at, y.shape());
    }
    return y;
  }
}
