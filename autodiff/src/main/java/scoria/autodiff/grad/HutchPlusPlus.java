package scoria.autodiff.grad;

import java.util.ArrayList;
import java.util.List;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * Hutch++: exact on a space, random on its complement.
 *
 * @param probe how random vectors are distributed
 * @param products with the Jacobian for each row
 */
record HutchPlusPlus(Probe probe, int products) implements Divergence {
  HutchPlusPlus {
    if (products < 3) {
      throw new IllegalArgumentException(
          "Hutch++ with " + products + " products; it takes at least 3");
    }
  }

  /** Vectors for each of the three parts. */
  private int third(Tensor x) {
    return (int) Math.min(products / 3, x.size(1));
  }

  @Override
  public Tensor probes(Rng rng, Tensor like) {
    return probe.vectors(rng, like, like.rank() == 2 ? 2L * third(like) : 0);
  }

  @Override
  public DivergenceEstimate estimate(Tensor y, Tensor x, Tensor probes, boolean again) {
    int third = x.rank() == 2 ? third(x) : 0;
    Field field = Field.of(y, x, probes, 2L * third);
    List<Tensor> space = new ArrayList<>();
    for (int j = 0; j < third; j++) {
      Tensor image = field.times(probes.get(1, j), false);
      space.add(normalised(complement(image.stopGradient(), space), image));
    }
    Tensor[] rest = new Tensor[third];
    for (int j = 0; j < third; j++) {
      rest[j] = complement(probes.get(1, third + (long) j), space);
    }
    Tensor inside = field.forms(space.toArray(Tensor[]::new), again).sum(1);
    Tensor samples = field.forms(rest, again);
    Tensor divergence = third == 0 ? inside : inside.add(samples.mean(1));
    return new DivergenceEstimate(
        again ? y : y.detach(), divergence, samples.add(inside.unsqueeze(1)).stopGradient());
  }

  /** The part of vectors that is orthogonal to a space: taken twice, to be so up to rounding. */
  private static Tensor complement(Tensor v, List<Tensor> space) {
    Tensor out = v;
    for (int pass = 0; pass < 2; pass++) {
      for (Tensor q : space) {
        out = out.sub(q.mul(q.mul(out).sum(new int[] {1}, true)));
      }
    }
    return out;
  }

  /** Vectors of length 1, or 0 where no more than rounding is left of what they were. */
  private static Tensor normalised(Tensor v, Tensor before) {
    double least = v.dtype() == DType.FLOAT64 ? 1e-13 : 1e-5;
    Tensor length = length(v);
    Tensor whole = length.greater(length(before).mul(least));
    return Tensor.where(
        whole, v.div(Tensor.where(whole, length, length.onesLike())), v.zerosLike());
  }

  private static Tensor length(Tensor v) {
    return v.square().sum(new int[] {1}, true).sqrt();
  }
}
