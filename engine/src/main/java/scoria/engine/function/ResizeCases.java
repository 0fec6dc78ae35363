package scoria.engine.function;

import java.util.ArrayList;
import java.util.List;
import scoria.engine.function.Resize.Coordinates;
import scoria.engine.function.Resize.How;
import scoria.engine.function.Resize.Rounding;
import scoria.engine.op.Case;
import scoria.engine.op.Reference;
import scoria.engine.tensor.Shape;

/**
 * Test points of {@link Resize}. The meaning is the kernels' formula, with the place of every
 * output written out for each case.
 */
final class ResizeCases {
  private ResizeCases() {}

  /** Where an output lies. */
  private interface Place {
    double of(double i);
  }

  private interface Kernel {
    double of(double distance);
  }

  static List<Composed> all() {
    List<Composed> cases = new ArrayList<>();
    // Four inputs to six outputs, and to three.
    add(cases, "nearest, up", 6, How.NEAREST, i -> Math.floor(i * 4 / 6), ResizeCases::same, false);
    add(
        cases,
        "nearest, prefer floor",
        3,
        How.NEAREST.at(Coordinates.HALF_PIXEL).round(Rounding.PREFER_FLOOR),
        i -> Math.ceil((i + 0.5) * 4 / 3 - 1),
        ResizeCases::same,
        false);
    add(
        cases,
        "nearest, prefer ceil",
        8,
        How.NEAREST.at(Coordinates.ALIGN_CORNERS).round(Rounding.PREFER_CEIL),
        i -> Math.floor(i * 3 / 7 + 0.5),
        ResizeCases::same,
        false);
    add(cases, "linear, up", 6, How.LINEAR, i -> (i + 0.5) * 4 / 6 - 0.5, ResizeCases::hat, false);
    add(
        cases,
        "linear, corners",
        3,
        How.LINEAR.at(Coordinates.ALIGN_CORNERS),
        i -> i * 3 / 2,
        ResizeCases::hat,
        false);
    add(
        cases,
        "linear, asymmetric",
        5,
        How.LINEAR.at(Coordinates.ASYMMETRIC),
        i -> i * 4 / 5,
        ResizeCases::hat,
        false);
    add(
        cases,
        "linear, antialiased",
        3,
        How.LINEAR.antialiased(),
        i -> (i + 0.5) * 4 / 3 - 0.5,
        d -> hat(d * 0.75),
        true);
    add(cases, "cubic", 6, How.CUBIC, i -> (i + 0.5) * 4 / 6 - 0.5, d -> cubic(d, -0.75), false);
    add(
        cases,
        "cubic, other coefficient",
        7,
        How.CUBIC.cubic(-0.5).at(Coordinates.ALIGN_CORNERS),
        i -> i * 3 / 6,
        d -> cubic(d, -0.5),
        false);
    add(
        cases,
        "cubic, antialiased",
        1,
        How.CUBIC.antialiased(),
        i -> (i + 0.5) * 4 - 0.5,
        d -> cubic(d / 4, -0.75),
        true);
    cases.add(
        Composed.of(
            "resize, two axes",
            in -> Resize.resize(in[0], List.of(4L, 2L), How.LINEAR),
            in -> {
              Reference rows =
                  along(in[0], 2, 4, i -> (i + 0.5) / 2 - 0.5, ResizeCases::hat, false);
              return along(rows, 3, 2, i -> (i + 0.5) * 3 / 2 - 0.5, ResizeCases::hat, false);
            },
            Case.spread(1, 2, 2, 3)));
    return cases;
  }

  private static void add(
      List<Composed> cases,
      String what,
      long size,
      How how,
      Place place,
      Kernel kernel,
      boolean normal) {
    cases.add(
        Composed.of(
            "resize, " + what,
            in -> Resize.resize(in[0], List.of(size), how),
            in -> along(in[0], 2, size, place, kernel, normal),
            Case.spread(2, 2, 4)));
  }

  private static double same(double d) {
    return d == 0 ? 1 : 0;
  }

  private static double hat(double d) {
    return Math.max(0, 1 - Math.abs(d));
  }

  private static double cubic(double distance, double a) {
    double d = Math.abs(distance);
    if (d >= 2) {
      return 0;
    }
    return d < 1
        ? (a + 2) * d * d * d - (a + 3) * d * d + 1
        : a * d * d * d - 5 * a * d * d + 8 * a * d - 4 * a;
  }

  /** Every input far and wide, those beyond the edges being the last ones. */
  private static Reference along(
      Reference x, int axis, long size, Place place, Kernel kernel, boolean normal) {
    Shape shape = x.shape().with(axis, size);
    Reference y = Reference.zeros(shape);
    long n = x.shape().size(axis);
    long[] index = new long[shape.rank()];
    for (int at = 0; at < y.values().length; at++) {
      double total = 0;
      double sum = 0;
      for (long k = -20; k < n + 20; k++) {
        long[] from = index.clone();
        from[axis] = Math.clamp(k, 0, n - 1);
        double weight = kernel.of(k - place.of(index[axis]));
        sum += weight;
        total += weight * x.at(from);
      }
      y.values()[at] = normal ? total / sum : total;
      Reference.next(index, shape);
    }
    return y;
  }
}
