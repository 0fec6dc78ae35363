package scoria.bench.data;

import java.util.Arrays;
import scoria.engine.tensor.Tensor;

/**
 * An affine map, coordinate by coordinate, from the units of the data to those of the model and
 * back.
 *
 * @param mean float32 [d], in units of the data
 * @param scale float32 [d], positive
 */
public record Standardisation(Tensor mean, Tensor scale) {
  /** The map that changes nothing. */
  static Standardisation none(int dimension) {
    return new Standardisation(Tensor.zeros(dimension), Tensor.ones(dimension));
  }

  /** Mean 0 and deviation 1 in every column; a constant one keeps its unit. */
  static Standardisation perColumn(float[] values, int dimension) {
    float[] mean = new float[dimension];
    float[] scale = new float[dimension];
    int n = values.length / dimension;
    for (int j = 0; j < dimension; j++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += values[i * dimension + j];
      }
      double centre = sum / n;
      double squares = 0;
      for (int i = 0; i < n; i++) {
        double away = values[i * dimension + j] - centre;
        squares += away * away;
      }
      mean[j] = (float) centre;
      scale[j] = orOne(Math.sqrt(squares / n));
    }
    return new Standardisation(Tensor.of(mean), Tensor.of(scale));
  }

  /** Mean 0 and deviation 1 over all coordinates of all points. */
  static Standardisation overall(float[] values, int dimension) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    double centre = sum / values.length;
    double squares = 0;
    for (float value : values) {
      squares += (value - centre) * (value - centre);
    }
    float[] mean = new float[dimension];
    float[] scale = new float[dimension];
    Arrays.fill(mean, (float) centre);
    Arrays.fill(scale, orOne(Math.sqrt(squares / values.length)));
    return new Standardisation(Tensor.of(mean), Tensor.of(scale));
  }

  private static float orOne(double deviation) {
    return deviation > 0 ? (float) deviation : 1;
  }

  /**
   * To the units of the model.
   *
   * @param x [n, d] in units of the data
   */
  public Tensor apply(Tensor x) {
    return x.sub(mean).div(scale);
  }

  /**
   * To the units of the data.
   *
   * @param x [n, d] in units of the model
   */
  public Tensor undo(Tensor x) {
    return x.mul(scale).add(mean);
  }
}
