package scoria.bench.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/** A vector field in the plane as arrows on a grid, over points. */
public final class FieldPlot {
  private static final int SIZE = 640;
  private static final int MARGIN = 20;
  private static final Color POINT = new Color(0xd4dae2);

  private FieldPlot() {}

  /** The grid's places, x, y one after the other: row by row from the lower left. */
  public static float[] grid(int side, double low, double high) {
    float[] places = new float[2 * side * side];
    for (int i = 0; i < side * side; i++) {
      places[2 * i] = (float) (low + (i % side + 0.5) * (high - low) / side);
      places[2 * i + 1] = (float) (low + (i / side + 0.5) * (high - low) / side);
    }
    return places;
  }

  /**
   * Paints the arrows, 640 by 640 pixels. Length and colour grow with the square root of the
   * field's strength: it varies too much to be shown as it is.
   *
   * @param side arrows in a row
   * @param field the field at the places of {@link #grid}
   * @param data points to paint below, x, y one after the other; may be empty
   * @param low both axes' least value
   * @param high both axes' greatest value
   */
  public static Picture of(int side, float[] field, float[] data, double low, double high) {
    float[] places = grid(side, low, high);
    double strongest = 0;
    for (int i = 0; i < side * side; i++) {
      strongest = Math.max(strongest, Math.hypot(field[2 * i], field[2 * i + 1]));
    }
    double most = strongest > 0 ? strongest : 1;
    double unit = (SIZE - 2.0 * MARGIN) / (high - low);
    double longest = 0.95 * (SIZE - 2.0 * MARGIN) / side;
    return Picture.paint(
        SIZE,
        SIZE,
        sheet -> {
          sheet.setColor(Color.WHITE);
          sheet.fillRect(0, 0, SIZE, SIZE);
          sheet.setColor(POINT);
          for (int i = 0; i < data.length; i += 2) {
            double x = MARGIN + (data[i] - low) * unit;
            double y = SIZE - MARGIN - (data[i + 1] - low) * unit;
            sheet.fill(new Ellipse2D.Double(x - 1.5, y - 1.5, 3, 3));
          }
          sheet.setStroke(new BasicStroke(1.3f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
          for (int i = 0; i < side * side; i++) {
            double strength = Math.hypot(field[2 * i], field[2 * i + 1]);
            if (strength == 0) {
              continue;
            }
            double share = Math.sqrt(strength / most);
            sheet.setColor(Color.getHSBColor((float) (0.62 - 0.62 * share), 0.75f, 0.75f));
            sheet.draw(
                arrow(
                    MARGIN + (places[2 * i] - low) * unit,
                    SIZE - MARGIN - (places[2 * i + 1] - low) * unit,
                    field[2 * i] / strength,
                    -field[2 * i + 1] / strength,
                    longest * Math.max(0.2, share)));
          }
        });
  }

  /** An arrow about a place, in pixels. */
  private static Path2D arrow(double x, double y, double dx, double dy, double length) {
    double tipX = x + dx * length / 2;
    double tipY = y + dy * length / 2;
    double head = length / 3;
    Path2D path = new Path2D.Double();
    path.moveTo(x - dx * length / 2, y - dy * length / 2);
    path.lineTo(tipX, tipY);
    path.moveTo(tipX - head * (dx + 0.6 * dy), tipY - head * (dy - 0.6 * dx));
    path.lineTo(tipX, tipY);
    path.lineTo(tipX - head * (dx - 0.6 * dy), tipY - head * (dy + 0.6 * dx));
    return path;
  }
}
