package scoria.engine.function;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Tensor;

/**
 * Other sizes of the axes of space, by interpolation axis by axis, as PyTorch's interpolate and
 * ONNX's Resize define it. Beyond the edges the last element repeats.
 */
public final class Resize implements Functions {
  /** What an element between others is. */
  public enum Mode {
    /** The nearest one. */
    NEAREST,
    /** On the line between its two neighbours. */
    LINEAR,
    /** On a cubic through four neighbours (Keys 1981). */
    CUBIC
  }

  /**
   * Where an output's element i of m lies among n inputs, with a scale s = m / n unless another is
   * given.
   */
  public enum Coordinates {
    /** (i + 0.5) / s - 0.5. PyTorch's for linear and cubic. */
    HALF_PIXEL,
    /** As half pixel, but 0 where there is one output. */
    HALF_PIXEL_OR_ZERO,
    /** As half pixel, with the middle kept where the scale and the sizes disagree. */
    HALF_PIXEL_SYMMETRIC,
    /** i (n - 1) / (s n - 1): without a scale of its own the first and the last ones meet. */
    ALIGN_CORNERS,
    /** i / s. PyTorch's for nearest, with {@link Rounding#FLOOR}. */
    ASYMMETRIC
  }

  /** Which one is nearest. */
  public enum Rounding {
    /** The nearer one, the lower of two that are equally near. */
    PREFER_FLOOR,
    /** The nearer one, the upper of two that are equally near. */
    PREFER_CEIL,
    /** The lower one. */
    FLOOR,
    /** The upper one. */
    CEIL
  }

  /**
   * How to interpolate.
   *
   * @param mode what an element between others is
   * @param coordinates where it lies
   * @param rounding which one is nearest; of no meaning to other modes
   * @param a the cubic's coefficient: -0.75 in PyTorch and ONNX, -0.5 elsewhere
   * @param antialias whether kernels are widened where sizes shrink
   * @param excludeOutside whether neighbours beyond the edge count for nothing, rather than repeat
   *     the last one
   */
  public record How(
      Mode mode,
      Coordinates coordinates,
      Rounding rounding,
      double a,
      boolean antialias,
      boolean excludeOutside) {
    /** PyTorch's nearest. */
    public static final How NEAREST =
        new How(Mode.NEAREST, Coordinates.ASYMMETRIC, Rounding.FLOOR, -0.75, false, false);

    /** PyTorch's linear, bilinear, trilinear. */
    public static final How LINEAR =
        new How(Mode.LINEAR, Coordinates.HALF_PIXEL, Rounding.FLOOR, -0.75, false, false);

    /** PyTorch's bicubic. */
    public static final How CUBIC =
        new How(Mode.CUBIC, Coordinates.HALF_PIXEL, Rounding.FLOOR, -0.75, false, false);

    /** With other coordinates. */
    public How at(Coordinates coordinates) {
      return new How(mode, coordinates, rounding, a, antialias, excludeOutside);
    }

    /** With another rounding. */
    public How round(Rounding rounding) {
      return new How(mode, coordinates, rounding, a, antialias, excludeOutside);
    }

    /** With another coefficient of the cubic. */
    public How cubic(double a) {
      return new How(mode, coordinates, rounding, a, antialias, excludeOutside);
    }

    /** With kernels widened where sizes shrink. */
    public How antialiased() {
      return new How(mode, coordinates, rounding, a, true, excludeOutside);
    }

    /** With neighbours beyond the edge counting for nothing. */
    public How excludingOutside() {
      return new How(mode, coordinates, rounding, a, antialias, true);
    }
  }

  private Resize() {}

  /** The test points. */
  static List<Composed> cases() {
    return ResizeCases.all();
  }

  /**
   * The axes of space, those behind the first two, in other sizes.
   *
   * @param x [n, channels, ...]
   * @param sizes new ones, one an axis of space
   */
  public static Tensor resize(Tensor x, List<Long> sizes, How how) {
    if (x.rank() != sizes.size() + 2) {
      throw new IllegalArgumentException(
          "resize of "
              + x.signature()
              + " to "
              + sizes
              + "; give a size for each axis behind samples and channels");
    }
    Tensor y = x;
    for (int i = 0; i < sizes.size(); i++) {
      y = axis(y, i + 2, sizes.get(i), null, how);
    }
    return y;
  }

  /**
   * One axis in another size.
   *
   * @param size the new one, at least 1
   * @param scale outputs to one input, or null for the quotient of the sizes
   */
  public static Tensor axis(Tensor x, int axis, long size, @Nullable Double scale, How how) {
    int a = x.shape().axis(axis);
    long n = x.size(a);
    if (size < 1 || n < 1) {
      throw new IllegalArgumentException(
          "resize of axis "
              + a
              + " of "
              + x.signature()
              + " to "
              + size
              + "; sizes are at least 1");
    }
    if (how.mode() != Mode.NEAREST && !x.dtype().isFloat()) {
      throw new IllegalArgumentException(
          "resize of "
              + x.signature()
              + " by mode "
              + how.mode()
              + "; it takes float32 or float64, and other types by mode NEAREST");
    }
    double s = scale == null ? (double) size / n : scale;
    if (n == size && s == 1) {
      return x;
    }
    return Resampling.along(x, a, Taps.of(n, Math.toIntExact(size), s, how));
  }
}
