package scoria.bench.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import scoria.bench.data.DataSet;
import scoria.bench.data.Format;
import scoria.bench.plot.Charts;
import scoria.bench.plot.FieldPlot;
import scoria.bench.plot.ImageGrid;
import scoria.bench.plot.Picture;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;
import scoria.engine.tensor.Tracking;

/** The pictures of a run. */
public final class Pictures {
  /** Images in a grid; points in a scatter plot. */
  private static final int IMAGES = 100;

  private static final int POINTS = 2000;
  private static final int ARROWS = 24;

  private Pictures() {}

  /** How many samples a picture shows; 0 if points of this format have none. */
  public static int shown(Format format) {
    return format.isImage() ? IMAGES : format.dimension() == 2 ? POINTS : 0;
  }

  /**
   * Writes a picture of samples, where there is a way to show them.
   *
   * @param samples [n, d] in units of the data; the first of them are shown
   * @param data points to show below samples of the plane, [n, 2]; empty for none
   * @return whether there is a picture
   */
  public static boolean samples(Path file, Format format, Tensor samples, float[] data)
      throws IOException {
    int count = (int) Math.min(shown(format), samples.size(0));
    if (count == 0) {
      return false;
    }
    float[] values = samples.narrow(0, 0, count).toFloats();
    Picture picture;
    if (format.isImage()) {
      picture =
          ImageGrid.of(
              values, format.shape().get(0), format.shape().get(1), format.low(), format.high());
    } else {
      double[] window = window(format);
      picture = Charts.scatter(data, values, window[0], window[1]);
    }
    picture.write(file);
    return true;
  }

  /** Points of the data to show below samples; empty where samples are no points of the plane. */
  public static float[] backdrop(DataSet data, Rng rng) {
    Format format = data.format();
    if (format.isImage() || format.dimension() != 2) {
      return new float[0];
    }
    Tensor points = data.show(POINTS, rng);
    return points.toFloats();
  }

  /** Writes the loss over the steps. */
  static void loss(Path file, List<Metrics.Row> rows) throws IOException {
    Charts.loss(
            rows.stream().mapToDouble(Metrics.Row::step).toArray(),
            rows.stream().mapToDouble(Metrics.Row::loss).toArray())
        .write(file);
  }

  /**
   * Writes the learned score of points of the plane, with noise of a quarter of their deviation.
   */
  static void field(Path file, Model model, float[] data) throws IOException {
    double[] window = window(model.format());
    float[] places = FieldPlot.grid(ARROWS, window[0], window[1]);
    try (Tracking.Pause pause = Tracking.pause()) {
      Tensor score =
          model.score(Tensor.of(places, places.length / 2, 2), model.settings().sigmaData() / 4);
      FieldPlot.of(ARROWS, score.toFloats(), data, window[0], window[1]).write(file);
    }
  }

  /** A square window, a little wider than the data. */
  private static double[] window(Format format) {
    double margin = 0.05 * Math.max(format.high() - format.low(), 1e-6);
    return new double[] {format.low() - margin, format.high() + margin};
  }
}
