package scoria.autodiff.grad;

import java.util.Arrays;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * The mean of v<sup>T</sup>J v over random vectors.
 *
 * @param probe how they are distributed
 * @param count how many for each row
 */
record Hutchinson(Probe probe, int count) implements Divergence {
  Hutchinson {
    if (count < 1) {
      throw new IllegalArgumentException(
          "a divergence from " + count + " probes; it takes at least 1");
    }
  }

  @Override
  public Tensor probes(Rng rng, Tensor like) {
    return probe.vectors(rng, like, count);
  }

  @Override
  public DivergenceEstimate estimate(Tensor y, Tensor x, Tensor probes, boolean again) {
    Field field = Field.of(y, x, probes, count);
    Tensor[] vs = new Tensor[count];
    Arrays.setAll(vs, j -> probes.get(1, j));
    Tensor samples = field.forms(vs, again);
    return new DivergenceEstimate(again ? y : y.detach(), samples.mean(1), samples.stopGradient());
  }
}
