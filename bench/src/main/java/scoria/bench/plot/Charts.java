package scoria.bench.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts with axes. */
public final class Charts {
  private static final Color DATA = new Color(0xb8c0cc);
  private static final Color MODEL = new Color(0xd1495b);
  private static final int WIDTH = 720;
  private static final int SQUARE = 640;

  private Charts() {}

  /**
   * A loss over the steps of training, 720 by 420 pixels.
   *
   * @param steps at least one, increasing
   * @param losses as many, all finite
   */
  public static Picture loss(double[] steps, double[] losses) {
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(420).xAxisTitle("step").yAxisTitle("loss").build();
    style(chart.getStyler());
    chart.getStyler().setLegendVisible(false);
    line(chart, "loss", steps, losses, DATA, 1f);
    line(chart, "smoothed", steps, smoothed(losses), MODEL, 2f);
    return Picture.of(chart);
  }

  /**
   * Points of a model over points of the data, 640 by 640 pixels.
   *
   * @param data pairs x, y one after the other; may be empty
   * @param samples pairs x, y, at least one
   * @param low both axes' least value
   * @param high both axes' greatest value
   */
  public static Picture scatter(float[] data, float[] samples, double low, double high) {
    XYChart chart = new XYChartBuilder().width(SQUARE).height(SQUARE).build();
    XYStyler styler = chart.getStyler();
    style(styler);
    styler.setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    styler.setXAxisMin(low).setXAxisMax(high).setYAxisMin(low).setYAxisMax(high);
    styler.setLegendPosition(Styler.LegendPosition.InsideNE);
    points(chart, "data", data, DATA, 3);
    points(chart, "samples", samples, MODEL, 3);
    return Picture.of(chart);
  }

  private static void points(XYChart chart, String name, float[] pairs, Color color, int size) {
    if (pairs.length == 0) {
      return;
    }
    double[] x = new double[pairs.length / 2];
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = pairs[2 * i];
      y[i] = pairs[2 * i + 1];
    }
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(color);
    chart.getStyler().setMarkerSize(size);
  }

  private static void line(
      XYChart chart, String name, double[] x, double[] y, Color color, float width) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE).setLineColor(color);
    series.setLineStyle(new BasicStroke(width));
  }

  private static void style(XYStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotGridLinesColor(new Color(0xeeeeee));
    styler.setPlotBorderVisible(false);
    styler.setChartTitleVisible(false);
  }

  /** A running mean that forgets over a thirtieth of the length. */
  private static double[] smoothed(double[] values) {
    double keep = 1 - 1 / Math.max(1.0, values.length / 30.0);
    double[] out = new double[values.length];
    double weight = 0;
    double sum = 0;
    for (int i = 0; i < out.length; i++) {
      sum = keep * sum + values[i];
      weight = keep * weight + 1;
      out[i] = sum / weight;
    }
    return out;
  }
}
