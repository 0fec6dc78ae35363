package scoria.autodiff.nn;

import scoria.engine.tensor.Tensor;

/** A function of a tensor, with parameters. */
public interface Layer extends Parametrized {
  /**
   * The value.
   *
   * @param x a batch: its first axis counts samples, which do not influence each other
   */
  Tensor forward(Tensor x);
}
