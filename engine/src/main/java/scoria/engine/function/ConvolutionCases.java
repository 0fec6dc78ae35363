package scoria.engine.function;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.op.Case;
import scoria.engine.op.Reference;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;

/** Test points of {@link Convolutions}, with their meaning in plain loops over all indices. */
final class ConvolutionCases {
  private ConvolutionCases() {}

  static List<Composed> all() {
    List<Composed> cases = new ArrayList<>();
    conv(cases, "1-D", Sliding.UNIT, 1, Shape.of(2, 2, 5), Shape.of(3, 2, 3));
    conv(
        cases,
        "stride and padding",
        Sliding.UNIT.stride(2).padding(1),
        1,
        Shape.of(2, 2, 4, 5),
        Shape.of(2, 2, 3, 3));
    conv(
        cases,
        "groups",
        Sliding.UNIT.padding(new long[] {0, 1}, new long[] {2, 0}),
        2,
        Shape.of(1, 4, 3, 3),
        Shape.of(2, 2, 2, 2));
    conv(
        cases,
        "depth-wise, dilation",
        Sliding.UNIT.dilation(2, 1).padding(1),
        2,
        Shape.of(1, 2, 4, 3),
        Shape.of(2, 1, 2, 3));
    conv(cases, "1x1", Sliding.UNIT, 1, Shape.of(2, 3, 2, 2), Shape.of(2, 3, 1, 1));
    conv(
        cases,
        "1x1, stride",
        Sliding.UNIT.stride(2),
        1,
        Shape.of(1, 3, 3, 4),
        Shape.of(2, 3, 1, 1));
    conv(
        cases,
        "3-D",
        Sliding.UNIT.stride(1, 2, 1).padding(0, 1, 0),
        1,
        Shape.of(1, 2, 2, 3, 3),
        Shape.of(2, 2, 2, 3, 2));
    conv(cases, "no samples", Sliding.UNIT, 1, Shape.of(0, 2, 4), Shape.of(1, 2, 3));
    transposed(cases, "1-D", Sliding.UNIT, 0, 1, Shape.of(2, 2, 3), Shape.of(2, 3, 2));
    transposed(
        cases,
        "stride, padding, output padding",
        Sliding.UNIT.stride(2).padding(1),
        1,
        1,
        Shape.of(1, 2, 2, 3),
        Shape.of(2, 2, 3, 3));
    transposed(
        cases,
        "groups, dilation",
        Sliding.UNIT.dilation(2),
        0,
        2,
        Shape.of(2, 2, 2, 2),
        Shape.of(2, 1, 2, 2));
    transposed(
        cases, "gaps", Sliding.UNIT.stride(3), 1, 1, Shape.of(1, 1, 2, 2), Shape.of(1, 2, 2, 2));
    return cases;
  }

  private static void conv(
      List<Composed> cases, String what, Sliding sliding, long groups, Shape x, Shape w) {
    cases.add(
        Composed.of(
            "conv, " + what,
            in -> Convolutions.conv(in[0], in[1], in[2], sliding, groups),
            in -> conv(in[0], in[1], in[2], sliding, groups),
            Case.spread(x.toArray()),
            Case.positive(w.toArray()),
            Case.spread(w.size(0))));
  }

  private static void transposed(
      List<Composed> cases,
      String what,
      Sliding sliding,
      long extra,
      long groups,
      Shape x,
      Shape w) {
    cases.add(
        Composed.of(
            "convTranspose, " + what,
            in -> Convolutions.convTranspose(in[0], in[1], in[2], sliding, List.of(extra), groups),
            in -> transposed(in[0], in[1], in[2], sliding, extra, groups),
            Case.spread(x.toArray()),
            Case.positive(w.toArray()),
            Case.spread(w.size(1) * groups)));
  }

  /** The definition: every output, every channel, every element of the kernel. */
  private static Reference conv(
      Reference x, Reference w, Reference bias, Sliding sliding, long groups) {
    int space = x.shape().rank() - 2;
    long[] sizes = x.shape().toArray();
    sizes[1] = w.shape().size(0);
    for (int i = 0; i < space; i++) {
      long extent = (w.shape().size(i + 2) - 1) * sliding.dilationOf(i, space) + 1;
      long padded = x.shape().size(i + 2) + sliding.beforeOf(i, space) + sliding.afterOf(i, space);
      sizes[i + 2] = (padded - extent) / sliding.strideOf(i, space) + 1;
    }
    Reference y = Reference.zeros(Shape.of(sizes));
    long[] out = new long[sizes.length];
    for (int at = 0; at < y.values().length; at++) {
      long group = out[1] / (w.shape().size(0) / groups);
      y.values()[at] = bias.values()[(int) out[1]];
      long[] k = new long[sizes.length];
      Shape taps = w.shape().with(0, 1);
      for (long tap = 0; tap < taps.elements(); tap++) {
        long[] from = out.clone();
        from[1] = group * w.shape().size(1) + k[1];
        for (int i = 0; i < space; i++) {
          from[i + 2] =
              out[i + 2] * sliding.strideOf(i, space)
                  + k[i + 2] * sliding.dilationOf(i, space)
                  - sliding.beforeOf(i, space);
        }
        Double value = within(x, from);
        if (value != null) {
          long[] weight = k.clone();
          weight[0] = out[1];
          y.values()[at] += value * w.at(weight);
        }
        Reference.next(k, taps);
      }
      Reference.next(out, y.shape());
    }
    return y;
  }

  /** The definition: every input lays the kernel down. */
  private static Reference transposed(
      Reference x, Reference w, Reference bias, Sliding sliding, long extra, long groups) {
    int space = x.shape().rank() - 2;
    long[] sizes = x.shape().toArray();
    sizes[1] = w.shape().size(1) * groups;
    for (int i = 0; i < space; i++) {
      sizes[i + 2] =
          (sizes[i + 2] - 1) * sliding.strideOf(i, space)
              + (w.shape().size(i + 2) - 1) * sliding.dilationOf(i, space)
              + 1
              - sliding.beforeOf(i, space)
              - sliding.afterOf(i, space)
              + extra;
    }
    Reference y = Reference.zeros(Shape.of(sizes));
    Layout places = Layout.dense(y.shape());
    long[] in = new long[sizes.length];
    for (double v : x.values()) {
      long group = in[1] / (x.shape().size(1) / groups);
      Shape taps = w.shape().with(0, 1);
      long[] k = new long[sizes.length];
      for (long tap = 0; tap < taps.elements(); tap++) {
        long[] into = in.clone();
        into[1] = group * w.shape().size(1) + k[1];
        for (int i = 0; i < space; i++) {
          into[i + 2] =
              in[i + 2] * sliding.strideOf(i, space)
                  + k[i + 2] * sliding.dilationOf(i, space)
                  - sliding.beforeOf(i, space);
        }
        if (within(y, into) != null) {
          long[] weight = k.clone();
          weight[0] = in[1];
          y.values()[(int) places.place(into)] += v * w.at(weight);
        }
        Reference.next(k, taps);
      }
      Reference.next(in, x.shape());
    }
    long[] out = new long[sizes.length];
    for (int at = 0; at < y.values().length; at++) {
      y.values()[at] += bias.values()[(int) out[1]];
      Reference.next(out, y.shape());
    }
    return y;
  }

  /** An element, or null outside of the array. */
  static @Nullable Double within(Reference x, long... index) {
    for (int i = 0; i < index.length; i++) {
      if (index[i] < 0 || index[i] >= x.shape().size(i)) {
        return null;
      }
    }
    return x.at(index);
  }
}
