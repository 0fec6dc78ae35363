package scoria.autodiff.onnx;

import org.jspecify.annotations.Nullable;
import scoria.engine.function.GridSampling;
import scoria.engine.function.Resize;
import scoria.engine.tensor.Tensor;

/** Images in other sizes. */
final class ResizeOperators {
  private ResizeOperators() {}

  static void addTo(Operators table) {
    table.one("Resize", ResizeOperators::resize);
    table.one(
        "Upsample",
        call ->
            resize(
                call.in(0),
                null,
                call.in(1).toDoubles(),
                how(call, "asymmetric").round(Resize.Rounding.FLOOR)));
  }

  private static Tensor resize(NodeCall call) {
    boolean scaled = call.has(2) && call.in(2).elements() > 0;
    long @Nullable [] sizes = scaled ? null : call.longs(3);
    String coordinates = call.text("coordinate_transformation_mode", "half_pixel");
    if (coordinates.equals("tf_crop_and_resize")) {
      return crop(call, call.longs(3));
    }
    double @Nullable [] scales = scaled ? call.in(2).toDoubles() : null;
    return resize(call.in(0), sizes, scales, how(call, coordinates));
  }

  private static Tensor resize(
      Tensor x, long @Nullable [] sizes, double @Nullable [] scales, Resize.How how) {
    Tensor y = x;
    for (int i = 0; i < x.rank(); i++) {
      Double scale = scales == null ? null : scales[i];
      long size = sizes != null ? sizes[i] : (long) (x.size(i) * (scale == null ? 1 : scale));
      y = Resize.axis(y, i, size, scale, how);
    }
    return y;
  }

  private static Resize.How how(NodeCall call, String coordinates) {
    Resize.How how =
        switch (call.text("mode", "nearest")) {
          case "cubic" -> Resize.How.CUBIC.cubic(call.real("cubic_coeff_a", -0.75));
          case "linear" -> Resize.How.LINEAR;
          default -> Resize.How.NEAREST.round(rounding(call, coordinates));
        };
    if (call.flag("exclude_outside")) {
      how = how.excludingOutside();
    }
    return how.at(
        switch (coordinates) {
          case "align_corners" -> Resize.Coordinates.ALIGN_CORNERS;
          case "asymmetric" -> Resize.Coordinates.ASYMMETRIC;
          case "pytorch_half_pixel" -> Resize.Coordinates.HALF_PIXEL_OR_ZERO;
          default -> Resize.Coordinates.HALF_PIXEL;
        });
  }

  private static Resize.Rounding rounding(NodeCall call, String coordinates) {
    if (coordinates.equals("tf_half_pixel_for_nn")) {
      // Half an element further than half pixel, to the nearest, the lower of two: upwards.
      return Resize.Rounding.CEIL;
    }
    return switch (call.text("nearest_mode", "round_prefer_floor")) {
      case "round_prefer_ceil" -> Resize.Rounding.PREFER_CEIL;
      case "floor" -> Resize.Rounding.FLOOR;
      case "ceil" -> Resize.Rounding.CEIL;
      default -> Resize.Rounding.PREFER_FLOOR;
    };
  }

  /**
   * A part of an image between lines of pixels, from corner to corner; what is outside of the image
   * is a number.
   */
  private static Tensor crop(NodeCall call, long[] sizes) {
    Tensor x = call.in(0);
    double[] ends = call.in(1).toDoubles();
    Tensor rows = Tensor.linspace(2 * ends[2] - 1, 2 * ends[6] - 1, (int) sizes[2]).to(x.dtype());
    Tensor columns =
        Tensor.linspace(2 * ends[3] - 1, 2 * ends[7] - 1, (int) sizes[3]).to(x.dtype());
    Tensor down = rows.unsqueeze(1).expand(sizes[2], sizes[3]);
    Tensor across = columns.expand(sizes[2], sizes[3]);
    Tensor grid =
        Tensor.stack(-1, across, down).unsqueeze(0).expand(x.size(0), sizes[2], sizes[3], 2);
    Tensor y =
        GridSampling.gridSample(
            x, grid, GridSampling.Mode.BILINEAR, GridSampling.Padding.BORDER, true);
    Tensor beyond = across.abs().max(down.abs()).greater(Tensor.scalar(1, x.dtype()));
    return Tensor.where(beyond, Tensor.scalar(call.real("extrapolation_value", 0), x.dtype()), y);
  }
}
