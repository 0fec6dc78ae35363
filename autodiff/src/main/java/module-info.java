/**
 * Derivatives of tensors, networks made of them, and optimisers.
 *
 * <p>Start at {@link scoria.autodiff.grad.Gradient} and {@link scoria.autodiff.nn.Layer}.
 */
module scoria.autodiff {
  requires transitive scoria.engine;
  requires static transitive org.jspecify;

  exports scoria.autodiff.check;
  exports scoria.autodiff.grad;
  exports scoria.autodiff.nn;
  exports scoria.autodiff.optim;
}
