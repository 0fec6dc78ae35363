package scoria.autodiff.grad;

import scoria.engine.tensor.Tensor;

/**
 * What a function gives and how that changes.
 *
 * @param value one element
 * @param gradient of the kind and the shapes that the function takes
 */
public record ValueAndGradient<T>(Tensor value, T gradient) {}
