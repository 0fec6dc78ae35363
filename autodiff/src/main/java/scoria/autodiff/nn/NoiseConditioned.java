package scoria.autodiff.nn;

import scoria.engine.tensor.Tensor;

/** A function of samples and of how noisy each of them is: the network inside a score model. */
public interface NoiseConditioned extends Parametrized {
  /**
   * The value.
   *
   * @param x samples, [n, d...]
   * @param noise one conditioning number a sample, [n], such as ln(sigma)/4; or [1], for all of
   *     them
   * @return of the shape of {@code x}, or [n, ...]
   */
  Tensor forward(Tensor x, Tensor noise);
}
