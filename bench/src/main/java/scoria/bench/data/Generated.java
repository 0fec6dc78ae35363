package scoria.bench.data;

import java.util.List;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/** A distribution in the plane that can be drawn from without end; learned as it is. */
final class Generated implements DataSet {
  /** Draws points, float32 [n, 2]. */
  @FunctionalInterface
  interface Law {
    Tensor draw(int n, Rng rng);
  }

  private final String name;
  private final String source;
  private final double reach;
  private final Law law;

  /**
   * @param reach coordinates are shown from -reach to reach
   */
  Generated(String name, String source, double reach, Law law) {
    this.name = name;
    this.source = source;
    this.reach = reach;
    this.law = law;
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
    return new Format(List.of(2), -reach, reach);
  }

  @Override
  public Standardisation standardisation() {
    return Standardisation.none(2);
  }

  @Override
  public Tensor draw(int n, Rng rng) {
    return law.draw(n, rng);
  }

  @Override
  public Tensor show(int n, Rng rng) {
    return law.draw(n, rng);
  }
}
