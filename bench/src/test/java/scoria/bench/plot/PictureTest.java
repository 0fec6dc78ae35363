package scoria.bench.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTest {
  @TempDir private Path folder;

  @Test
  void aGridShowsEveryPixelAtItsPlace() {
    // Two images of 1 by 2: black and white, then half and beyond white.
    Picture grid = ImageGrid.of(new float[] {-1, 1, 0, 7}, 1, 2, -1, 1);
    int zoom = 24;
    assertEquals(4 + 2 * (2 * zoom + 4), grid.width());
    assertEquals(4 + zoom + 4, grid.height());
    assertEquals(0x000000, grid.rgb(4, 4));
    assertEquals(0xffffff, grid.rgb(4 + zoom, 4));
    assertEquals(0x808080, grid.rgb(4 + 2 * zoom + 4, 4));
    assertEquals(0xffffff, grid.rgb(4 + 3 * zoom + 4, 4 + zoom - 1));
    assertEquals(grid.rgb(0, 0), grid.rgb(4 + 2 * zoom, 4), "the gap");
  }

  @Test
  void thePlaceOfAnImageWithoutNeighboursStaysEmpty() {
    Picture grid = ImageGrid.of(new float[11 * 64 * 64], 64, 64, 0, 0);
    assertEquals(0x808080, grid.rgb(4, 4 + 68));
    assertEquals(grid.rgb(0, 0), grid.rgb(4 + 68, 4 + 68));
  }

  @Test
  void anArrowPointsWhereTheFieldGoes() {
    int side = 3;
    float[] field = new float[2 * side * side];
    field[2 * 4] = 1;
    Picture plot = FieldPlot.of(side, field, new float[0], -1, 1);
    assertEquals(640, plot.width());
    assertEquals(640, plot.height());
    assertNotEquals(0xffffff, plot.rgb(400, 320));
    int left = inked(plot, 200, 320);
    int right = inked(plot, 320, 440);
    assertTrue(right > left, "the head is on the right: " + left + ", " + right);
  }

  @Test
  void upIsUp() {
    float[] grid = FieldPlot.grid(2, 0, 2);
    assertEquals(0.5f, grid[1]);
    assertEquals(1.5f, grid[5]);
    Picture plot = FieldPlot.of(1, new float[2], new float[] {0.5f, 0.9f}, 0, 1);
    assertNotEquals(0xffffff, plot.rgb(320, 80));
  }

  @Test
  void chartsAreWrittenAsPng() throws IOException {
    Charts.loss(new double[] {1, 2, 3}, new double[] {3, 1, 2}).write(folder.resolve("loss.png"));
    Charts.scatter(new float[0], new float[] {0, 0, 1, 1}, -2, 2)
        .write(folder.resolve("samples.png"));
    assertEquals("720x420", size("loss.png"));
    assertEquals("640x640", size("samples.png"));
  }

  private String size(String name) throws IOException {
    BufferedImage image = ImageIO.read(folder.resolve(name).toFile());
    return image.getWidth() + "x" + image.getHeight();
  }

  private static int inked(Picture plot, int from, int to) {
    int count = 0;
    for (int y = 0; y < plot.height(); y++) {
      for (int x = from; x < to; x++) {
        count += plot.rgb(x, y) == 0xffffff ? 0 : 1;
      }
    }
    return count;
  }
}
