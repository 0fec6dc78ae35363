package scoria.engine.tensor;

/**
 * Elements with the places along an axis that they were taken from.
 *
 * @param values the elements; derivatives go back to where they came from
 * @param indices their places, int64, of the same shape
 */
public record Picked(Tensor values, Tensor indices) {}
