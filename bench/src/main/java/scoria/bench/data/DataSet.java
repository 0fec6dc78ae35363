package scoria.bench.data;

import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/** Points of R<sup>d</sup> that a distribution is learned from. */
public sealed interface DataSet permits Generated, Samples {
  /** The name by which the command line knows it, such as {@code two-moons}. */
  String name();

  /** Where it comes from, in one line. */
  String source();

  /** What a point is. */
  Format format();

  /** The map to the unit that models see. */
  Standardisation standardisation();

  /**
   * Draws points independently: new ones where the distribution itself is known, else those of the
   * set with replacement.
   *
   * @param n how many
   * @param rng where chance comes from
   * @return float32 [n, d], not standardised
   */
  Tensor draw(int n, Rng rng);

  /**
   * Draws points to look at: like {@link #draw}, but a finite set gives each point once, as long as
   * there are enough.
   *
   * @return float32 [at most n, d]
   */
  Tensor show(int n, Rng rng);
}
