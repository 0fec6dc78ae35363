package scoria.samplers;

import scoria.engine.tensor.Tensor;

/** Mean and variance of one component of points [n, d], and the standard errors of both. */
public record Columns(int n, double mean, double variance) {
  public static Columns of(Tensor x, int component) {
    double[] values = x.get(1, component).toDoubles();
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double v : values) {
      squares += (v - mean) * (v - mean);
    }
    return new Columns(values.length, mean, squares / (values.length - 1));
  }

  /** Standard error of the mean. */
  public double meanError() {
    return Math.sqrt(variance / n);
  }

  /** Standard error of the variance of a normal variable: variance sqrt(2 / n). */
  public double varianceError() {
    return variance * Math.sqrt(2.0 / n);
  }
}
