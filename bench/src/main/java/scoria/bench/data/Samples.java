package scoria.bench.data;

import java.util.List;
import scoria.bench.UserError;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/** A finite set of points. Images are standardised as a whole, tables column by column. */
final class Samples implements DataSet {
  private final String name;
  private final String source;
  private final Tensor values;
  private final Format format;
  private final Standardisation standardisation;

  /**
   * @param values the points one after the other
   * @param shape of one point
   * @throws UserError if there is no point, or one that is not finite
   */
  Samples(String name, String source, float[] values, List<Integer> shape) {
    int dimension = shape.stream().reduce(1, Math::multiplyExact);
    if (values.length == 0 || dimension == 0) {
      throw new UserError(source + " holds no points; at least one is needed to learn from");
    }
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new UserError(
            source
                + " has the value "
                + values[i]
                + " in point "
                + i / dimension
                + ", coordinate "
                + i % dimension
                + " (from 0); all must be finite");
      }
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
    this.name = name;
    this.source = source;
    this.format = new Format(shape, low, high);
    this.values = Tensor.of(values, values.length / dimension, dimension);
    this.standardisation =
        format.isImage()
            ? Standardisation.overall(values, dimension)
            : Standardisation.perColumn(values, dimension);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public Format format() {
    return format;
  }

  @Override
  public Standardisation standardisation() {
    return standardisation;
  }

  /** All points, float32 [n, d]. */
  Tensor values() {
    return values;
  }

  @Override
  public Tensor draw(int n, Rng rng) {
    return values.take(0, rng.integers(values.size(0), n));
  }

  @Override
  public Tensor show(int n, Rng rng) {
    return n < values.size(0) ? draw(n, rng) : values;
  }
}
