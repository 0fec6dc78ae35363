package scoria.engine.function;

import java.util.List;
import scoria.engine.op.Case;
import scoria.engine.op.Places;
import scoria.engine.op.Reference;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Parts of images, brought to one size. */
public final class Regions implements Functions {
  private Regions() {}

  /** The test points. */
  static List<Composed> cases() {
    // Corners within the image, beyond its border, and turned around.
    Reference regions =
        new Reference(
            Shape.of(3, 4), 0.3, 0.45, 3.1, 2.35, -0.45, 1.2, 2.3, 5.1, 1.4, 0.7, 1.7, 0.9);
    return List.of(
        of("roiAlign", 1, true, regions), of("roiAlign, not aligned", 0.77, false, regions));
  }

  private static Composed of(String name, double scale, boolean aligned, Reference regions) {
    return Composed.of(
        name,
        t -> roiAlign(t[0], t[1], Tensor.of(new long[] {1, 0, 1}), 2, 3, 2, scale, aligned),
        r -> meaning(r[0], r[1], scale, aligned),
        Case.spread(2, 2, 4, 5),
        regions);
  }

  /**
   * Rectangles of images, each divided into cells whose values are means over evenly spaced places,
   * read between pixels by straight lines (Mask R-CNN).
   *
   * @param x float images, [batch, channels, height, width]
   * @param regions of their type, [regions, 4]: x and y of one corner and of the opposite one
   * @param batch int64[regions], the image that each is of
   * @param rows of cells
   * @param columns of cells
   * @param samples places in a cell, in either direction
   * @param scale pixels in a unit of the regions' coordinates
   * @param aligned whether pixels' centres are at halves; otherwise they are at whole numbers, and
   *     no region is less than a pixel wide or high
   * @return [regions, channels, rows, columns]
   */
  public static Tensor roiAlign(
      Tensor x,
      Tensor regions,
      Tensor batch,
      long rows,
      long columns,
      long samples,
      double scale,
      boolean aligned) {
    Inputs.floats("roiAlign", x, regions);
    if (x.rank() != 4 || regions.rank() != 2 || regions.size(1) != 4) {
      throw new IllegalArgumentException(
          "'roiAlign' of "
              + x.signature()
              + ", "
              + regions.signature()
              + ": it takes images [batch, channels, height, width] and regions [regions, 4]");
    }
    if (rows < 1 || columns < 1 || samples < 1) {
      throw new IllegalArgumentException(
          "'roiAlign' with "
              + rows
              + " rows, "
              + columns
              + " columns and "
              + samples
              + " samples; each is at least 1");
    }
    Tensor corners = regions.mul(scale).sub(aligned ? 0.5 : 0);
    Tensor down = weights(corners.get(1, 1), corners.get(1, 3), rows, samples, x.size(2), aligned);
    Tensor across =
        weights(corners.get(1, 0), corners.get(1, 2), columns, samples, x.size(3), aligned);
    Tensor images = x.take(0, batch.apply(new Places("roiAlign", x.size(0), false)));
    return down.matmul(images).matmul(across, false, true);
  }

  /** The shares that pixels of an axis have in cells, [regions, 1, cells, size]. */
  private static Tensor weights(
      Tensor from, Tensor to, long cells, long samples, long size, boolean aligned) {
    Tensor extent = to.sub(from);
    Tensor length = aligned ? extent : extent.max(1);
    Tensor fraction =
        Tensor.arange(cells * samples).to(from.dtype()).add(0.5).mul(1.0 / (cells * samples));
    Tensor place = from.unsqueeze(1).add(length.unsqueeze(1).mul(fraction)).unsqueeze(2);
    Tensor inside =
        place
            .greaterEqual(Tensor.scalar(-1, place.dtype()))
            .to(place.dtype())
            .mul(place.lessEqual(Tensor.scalar(size, place.dtype())).to(place.dtype()));
    Tensor pixels = Tensor.arange(size).to(place.dtype());
    Tensor near = place.clamp(0, size - 1).sub(pixels).abs().neg().add(1).max(0).mul(inside);
    return near.reshape(from.size(0), 1, cells, samples, size).mean(3);
  }

  // ---- The same in plain loops.

  private static Reference meaning(Reference x, Reference regions, double scale, boolean aligned) {
    long[] batch = {1, 0, 1};
    Reference y = Reference.zeros(Shape.of(3, 2, 2, 3));
    long[] at = new long[4];
    for (int i = 0; i < y.values().length; i++) {
      int region = (int) at[0];
      for (int sample = 0; sample < 4; sample++) {
        double row =
            place(regions, region, 1, (at[2] + (sample / 2 + 0.5) / 2) / 2, scale, aligned);
        double column =
            place(regions, region, 0, (at[3] + (sample % 2 + 0.5) / 2) / 3, scale, aligned);
        y.values()[i] += bilinear(x, batch[region], at[1], row, column) / 4;
      }
      Reference.next(at, y.shape());
    }
    return y;
  }

  private static double place(
      Reference regions, int region, int axis, double fraction, double scale, boolean aligned) {
    double from = regions.at(region, axis) * scale - (aligned ? 0.5 : 0);
    double to = regions.at(region, axis + 2) * scale - (aligned ? 0.5 : 0);
    double length = aligned ? to - from : Math.max(1, to - from);
    return from + length * fraction;
  }

  private static double bilinear(Reference x, long image, long channel, double row, double column) {
    long height = x.shape().size(2);
    long width = x.shape().size(3);
    if (row < -1 || row > height || column < -1 || column > width) {
      return 0;
    }
    double r = Math.clamp(row, 0, height - 1);
    double c = Math.clamp(column, 0, width - 1);
    long top = (long) r;
    long left = (long) c;
    long bottom = Math.min(top + 1, height - 1);
    long right = Math.min(left + 1, width - 1);
    double upper =
        x.at(image, channel, top, left) * (1 - c + left)
            + x.at(image, channel, top, right) * (c - left);
    double lower =
        x.at(image, channel, bottom, left) * (1 - c + left)
            + x.at(image, channel, bottom, right) * (c - left);
    return upper * (1 - r + top) + lower * (r - top);
  }
}
