package scoria.autodiff.onnx;

import scoria.engine.function.Blocks;
import scoria.engine.function.GridSampling;
import scoria.engine.function.Regions;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/** Images, [n, channels, height, width]: pixels in other places, and values between them. */
final class ImageOperators {
  private ImageOperators() {}

  static void addTo(Operators table) {
    table.one(
        "DepthToSpace",
        call ->
            Blocks.depthToSpace(
                call.in(0), call.integer("blocksize", 1), call.text("mode", "DCR").equals("CRD")));
    table.one(
        "SpaceToDepth",
        call -> Blocks.spaceToDepth(call.in(0), call.integer("blocksize", 1), false));
    table.one("GridSample", ImageOperators::gridSample);
    table.one("RoiAlign", ImageOperators::roiAlign);
  }

  private static Tensor roiAlign(NodeCall call) {
    long samples = call.integer("sampling_ratio", 0);
    if (samples < 1 || !call.text("mode", "avg").equals("avg")) {
      throw new IllegalArgumentException("RoiAlign of a mode or of samples that Scoria has not");
    }
    String alignment = call.text("coordinate_transformation_mode", "half_pixel");
    return Regions.roiAlign(
        call.in(0),
        call.in(1),
        call.in(2).to(DType.INT64),
        call.integer("output_height", 1),
        call.integer("output_width", 1),
        samples,
        call.real("spatial_scale", 1),
        alignment.equals("half_pixel"));
  }

  private static Tensor gridSample(NodeCall call) {
    return GridSampling.gridSample(
        call.in(0),
        call.in(1),
        switch (call.text("mode", "bilinear")) {
          case "nearest" -> GridSampling.Mode.NEAREST;
          case "bicubic" -> GridSampling.Mode.BICUBIC;
          default -> GridSampling.Mode.BILINEAR;
        },
        switch (call.text("padding_mode", "zeros")) {
          case "border" -> GridSampling.Padding.BORDER;
          case "reflection" -> GridSampling.Padding.REFLECTION;
          default -> GridSampling.Padding.ZEROS;
        },
        call.flag("align_corners"));
  }
}
