package scoria.bench.plot;

import java.awt.image.BufferedImage;

/** Images side by side, in shades of grey. */
public final class ImageGrid {
  /** Least side of an image on the sheet, in pixels. */
  private static final int SIDE = 48;

  private static final int GAP = 4;
  private static final int PAPER = 0x303030;

  private ImageGrid() {}

  /**
   * Puts images in rows, ten a row.
   *
   * @param values row-major pixels of image after image, at least one image
   * @param height of an image
   * @param width of an image
   * @param low what is black
   * @param high what is white
   */
  public static Picture of(float[] values, int height, int width, double low, double high) {
    int count = values.length / (height * width);
    int columns = Math.min(10, count);
    int rows = Math.ceilDiv(count, columns);
    int zoom = Math.max(1, Math.ceilDiv(SIDE, Math.max(height, width)));
    int stepX = width * zoom + GAP;
    int stepY = height * zoom + GAP;
    BufferedImage sheet =
        new BufferedImage(columns * stepX + GAP, rows * stepY + GAP, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < sheet.getHeight(); y++) {
      for (int x = 0; x < sheet.getWidth(); x++) {
        int column = (x - GAP) / stepX;
        int image = (y - GAP) / stepY * columns + column;
        int inX = Math.floorMod(x - GAP, stepX);
        int inY = Math.floorMod(y - GAP, stepY);
        boolean inside =
            x >= GAP && y >= GAP && inX < width * zoom && inY < height * zoom && image < count;
        sheet.setRGB(
            x,
            y,
            inside
                ? grey(values[(image * height + inY / zoom) * width + inX / zoom], low, high)
                : PAPER);
      }
    }
    return Picture.of(sheet);
  }

  private static int grey(float value, double low, double high) {
    double part = high > low ? (value - low) / (high - low) : 0.5;
    int shade = (int) Math.round(255 * Math.clamp(part, 0, 1));
    return shade << 16 | shade << 8 | shade;
  }
}
