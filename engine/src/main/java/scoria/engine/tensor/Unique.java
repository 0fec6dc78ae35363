package scoria.engine.tensor;

/**
 * What is different in a tensor, in ascending order.
 *
 * @param values elements, or slices along the axis asked for
 * @param first where each is found first, int64
 * @param inverse for each that was given the number of its equal in {@code values}, int64; of the
 *     tensor's shape for elements
 * @param counts how often each is found, int64
 */
public record Unique(Tensor values, Tensor first, Tensor inverse, Tensor counts) {}
