package scoria.samplers.score;

import scoria.engine.tensor.Tensor;

/** How much a noise level counts in a {@link DenoisingLoss}: lambda(sigma). */
@FunctionalInterface
public interface Weighting {
  /**
   * The weights.
   *
   * @param sigma noise levels, [n]
   * @return [n], of the type of {@code sigma}
   */
  Tensor weight(Tensor sigma);

  /**
   * lambda = (sigma<sup>2</sup> + sd<sup>2</sup>) / (sigma sd)<sup>2</sup>: the target of the
   * network under {@link Preconditioning} counts the same at every level (Karras et al., 2022,
   * table 1).
   *
   * @param sigmaData sd, the standard deviation of the data's components, positive
   */
  static Weighting edm(double sigmaData) {
    Preconditioning c = new Preconditioning(sigmaData);
    return sigma -> c.out(sigma).square().reciprocal();
  }

  /**
   * lambda = 1 / sigma<sup>2</sup>: the loss is |eps(x) - eps|<sup>2</sup>, in scores |sigma s +
   * eps|<sup>2</sup> (Song and Ermon, Generative Modeling by Estimating Gradients of the Data
   * Distribution, 2019).
   */
  static Weighting noise() {
    return sigma -> sigma.square().reciprocal();
  }

  /** lambda = 1: the loss is |D - x<sub>0</sub>|<sup>2</sup>. */
  static Weighting data() {
    return Tensor::onesLike;
  }
}
