package scoria.engine.function;

import java.util.ArrayList;
import java.util.List;
import scoria.engine.op.Case;
import scoria.engine.op.Reference;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Images read at places between their pixels. */
public final class GridSampling implements Functions {
  /** Keys' parameter for cubic weights, as image libraries choose it. */
  private static final double CUBIC = -0.75;

  private GridSampling() {}

  /** How a value comes from the pixels around a place. */
  public enum Mode {
    /** The nearest pixel; ties to the even one. */
    NEAREST,
    /** Straight lines between 2 by 2 pixels. */
    BILINEAR,
    /** Keys' cubic convolution of 4 by 4 pixels. */
    BICUBIC
  }

  /** What is read outside of the image. */
  public enum Padding {
    /** Zeros. */
    ZEROS,
    /** The nearest pixel of the border. */
    BORDER,
    /** The image's reflection at its border, as often as need be. */
    REFLECTION
  }

  /** The test points. */
  static List<Composed> cases() {
    List<Composed> cases = new ArrayList<>();
    for (Mode mode : Mode.values()) {
      for (Padding padding : Padding.values()) {
        boolean corners = padding == Padding.BORDER;
        cases.add(
            Composed.of(
                "gridSample, " + mode + ", " + padding,
                t -> gridSample(t[0], t[1], mode, padding, corners),
                r -> meaning(r[0], r[1], mode, padding, corners),
                Case.spread(2, 2, 3, 4),
                Case.spread(2, 2, 3, 2).map(v -> 0.83 * v + 0.017)));
      }
    }
    return cases;
  }

  /**
   * The images at places that a grid names.
   *
   * @param x float images, [batch, channels, height, width]
   * @param grid of their type, [batch, rows, columns, 2]: x and y of a place, from -1 at the left
   *     or upper end to 1 at the right or lower one
   * @param alignCorners whether the ends are the centres of the outermost pixels, rather than their
   *     outer edges
   * @return [batch, channels, rows, columns]
   */
  public static Tensor gridSample(
      Tensor x, Tensor grid, Mode mode, Padding padding, boolean alignCorners) {
    Inputs.floats("gridSample", x, grid);
    if (x.rank() != 4 || grid.rank() != 4 || grid.size(3) != 2 || grid.size(0) != x.size(0)) {
      throw new IllegalArgumentException(
          "'gridSample' of "
              + x.signature()
              + ", "
              + grid.signature()
              + ": it takes images [batch, channels, height, width] and a grid [batch, rows,"
              + " columns, 2]");
    }
    if (x.size(2) == 0 || x.size(3) == 0) {
      throw new IllegalArgumentException(
          "'gridSample' of " + x.signature() + ": there is no pixel to take");
    }
    Tensor flat = x.reshape(x.size(0), x.size(1), x.size(2) * x.size(3));
    long places = grid.size(1) * grid.size(2);
    List<Tap> across = taps(grid.get(3, 0), x.size(3), mode, padding, alignCorners);
    List<Tap> down = taps(grid.get(3, 1), x.size(2), mode, padding, alignCorners);
    Tensor sum = null;
    for (Tap row : down) {
      for (Tap column : across) {
        Tensor place =
            row.place
                .to(DType.INT64)
                .mul(Tensor.scalar(x.size(3), DType.INT64))
                .add(column.place.to(DType.INT64));
        Tensor index = place.reshape(x.size(0), 1, places).expand(x.size(0), x.size(1), places);
        Tensor weight = row.weight.mul(column.weight).reshape(x.size(0), 1, places);
        Tensor part = flat.takeAlong(2, index).mul(weight);
        sum = sum == null ? part : sum.add(part);
      }
    }
    if (sum == null) {
      throw new AssertionError("every mode has taps");
    }
    return sum.reshape(x.size(0), x.size(1), grid.size(1), grid.size(2));
  }

  /**
   * A pixel that a value is made of, along one axis.
   *
   * @param place which, a whole number within the image
   * @param weight its share
   */
  private record Tap(Tensor place, Tensor weight) {}

  private static List<Tap> taps(
      Tensor grid, long size, Mode mode, Padding padding, boolean alignCorners) {
    Tensor at =
        alignCorners ? grid.add(1).mul((size - 1) / 2.0) : grid.add(1).mul(size / 2.0).sub(0.5);
    if (mode == Mode.NEAREST) {
      Tensor nearest = at.rint();
      return List.of(tap(nearest, nearest.mul(0).add(1), size, padding, alignCorners));
    }
    Tensor floor = at.floor();
    Tensor t = at.sub(floor);
    Tensor[] weights =
        mode == Mode.BILINEAR
            ? new Tensor[] {t.neg().add(1), t}
            : new Tensor[] {outer(t), inner(t), inner(t.neg().add(1)), outer(t.neg().add(1))};
    int first = mode == Mode.BILINEAR ? 0 : -1;
    List<Tap> taps = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      taps.add(tap(floor.add(first + i), weights[i], size, padding, alignCorners));
    }
    return taps;
  }

  /** Keys' weight at distance t from 0 to 1. */
  private static Tensor inner(Tensor t) {
    return t.mul(CUBIC + 2).sub(CUBIC + 3).mul(t.square()).add(1);
  }

  /** Keys' weight at distance 1 + t. */
  private static Tensor outer(Tensor t) {
    Tensor far = t.neg().add(1);
    return far.square().mul(t).mul(CUBIC);
  }

  private static Tap tap(
      Tensor place, Tensor weight, long size, Padding padding, boolean alignCorners) {
    Tensor inside = place.clamp(0, size - 1);
    return switch (padding) {
      case ZEROS -> new Tap(inside, weight.mul(place.equal(inside).to(place.dtype())));
      case BORDER -> new Tap(inside, weight);
      case REFLECTION -> new Tap(reflected(place, size, alignCorners), weight);
    };
  }

  /** Reflected at pixels' centres, or at their edges, where the outermost pixel comes twice. */
  private static Tensor reflected(Tensor place, long size, boolean alignCorners) {
    double low = alignCorners ? 0 : -0.5;
    double span = alignCorners ? size - 1 : size;
    if (span == 0) {
      return place.clamp(0, 0);
    }
    Tensor from = place.sub(low).abs();
    Tensor flips = from.mul(1 / span).floor();
    Tensor rest = from.sub(flips.mul(span));
    Tensor odd = flips.sub(flips.mul(0.5).floor().mul(2));
    Tensor folded = rest.add(odd.mul(rest.mul(-2).add(span)));
    return folded.add(low).rint().clamp(0, size - 1);
  }

  // ---- The same in plain loops.

  private static Reference meaning(
      Reference x, Reference grid, Mode mode, Padding padding, boolean alignCorners) {
    Reference y =
        Reference.zeros(
            Shape.of(
                x.shape().size(0), x.shape().size(1), grid.shape().size(1), grid.shape().size(2)));
    long[] at = new long[4];
    int reach = mode == Mode.BICUBIC ? 2 : 1;
    for (int i = 0; i < y.values().length; i++) {
      double column = unit(grid.at(at[0], at[2], at[3], 0), x.shape().size(3), alignCorners);
      double row = unit(grid.at(at[0], at[2], at[3], 1), x.shape().size(2), alignCorners);
      for (long r = (long) Math.floor(row) - reach; r <= row + reach; r++) {
        for (long c = (long) Math.floor(column) - reach; c <= column + reach; c++) {
          double w = weight(mode, row, r) * weight(mode, column, c);
          y.values()[i] += w * pixel(x, at, r, c, padding, alignCorners);
        }
      }
      Reference.next(at, y.shape());
    }
    return y;
  }

  private static double unit(double v, long size, boolean alignCorners) {
    return alignCorners ? (v + 1) / 2 * (size - 1) : ((v + 1) * size - 1) / 2;
  }

  private static double weight(Mode mode, double at, long pixel) {
    double d = Math.abs(at - pixel);
    return switch (mode) {
      case NEAREST -> Math.rint(at) == pixel ? 1 : 0;
      case BILINEAR -> Math.max(0, 1 - d);
      case BICUBIC -> {
        if (d >= 2) {
          yield 0;
        }
        yield d > 1
            ? CUBIC * (d * d * d - 5 * d * d + 8 * d - 4)
            : (CUBIC + 2) * d * d * d - (CUBIC + 3) * d * d + 1;
      }
    };
  }

  private static double pixel(
      Reference x, long[] at, long row, long column, Padding padding, boolean alignCorners) {
    long r = fold(row, x.shape().size(2), padding, alignCorners);
    long c = fold(column, x.shape().size(3), padding, alignCorners);
    return r < 0 || c < 0 ? 0 : x.at(at[0], at[1], r, c);
  }

  private static long fold(long place, long size, Padding padding, boolean alignCorners) {
    if (padding == Padding.REFLECTION && size <= 1) {
      return size - 1;
    }
    long v = place;
    while (padding == Padding.REFLECTION && (v < 0 || v >= size)) {
      if (v < 0) {
        v = alignCorners ? -v : -1 - v;
      } else {
        v = alignCorners ? 2 * (size - 1) - v : 2 * size - 1 - v;
      }
    }
    if (padding == Padding.BORDER) {
      return Math.clamp(v, 0, size - 1);
    }
    return v < 0 || v >= size ? -1 : v;
  }
}
