package scoria.bench.plot;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import scoria.engine.io.AtomicFile;

/** An image in memory, to be written as PNG. */
public final class Picture {
  static {
    System.setProperty("java.awt.headless", "true");
    // One picture fits in memory; a cache in files would only be slower.
    ImageIO.setUseCache(false);
  }

  private final BufferedImage image;

  private Picture(BufferedImage image) {
    this.image = image;
  }

  /** Paints on a blank sheet. */
  @FunctionalInterface
  interface Painter {
    void paint(Graphics2D sheet);
  }

  static Picture of(BufferedImage image) {
    return new Picture(image);
  }

  static Picture paint(int width, int height, Painter painter) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D sheet = image.createGraphics();
    sheet.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    sheet.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    painter.paint(sheet);
    sheet.dispose();
    return new Picture(image);
  }

  static Picture of(XYChart chart) {
    return paint(
        chart.getWidth(),
        chart.getHeight(),
        sheet -> chart.paint(sheet, chart.getWidth(), chart.getHeight()));
  }

  /** Pixels from left to right. */
  public int width() {
    return image.getWidth();
  }

  /** Pixels from top to bottom. */
  public int height() {
    return image.getHeight();
  }

  /** Red, green and blue of a pixel, as 0xRRGGBB. */
  int rgb(int x, int y) {
    return image.getRGB(x, y) & 0xffffff;
  }

  /** Writes the image as PNG, whole or not at all. */
  public void write(Path file) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    ByteBuffer bytes = ByteBuffer.wrap(png.toByteArray());
    AtomicFile.write(file, out -> out.write(bytes));
  }
}
