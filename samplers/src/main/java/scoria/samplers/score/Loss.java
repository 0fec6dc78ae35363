package scoria.samplers.score;

import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/** What training makes small. One of your own is a lambda. */
@FunctionalInterface
public interface Loss {
  /**
   * The loss of a model on a batch.
   *
   * @param model what is trained
   * @param x0 clean data, [n, d] or with more axes after the first
   * @param rng where noise is drawn from; the same state gives the same loss
   * @return a scalar, with its origins where the model has tracked parameters
   */
  Tensor loss(Denoiser model, Tensor x0, Rng rng);
}
