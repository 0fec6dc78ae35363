package scoria.engine.tensor;

/**
 * A determinant.
 *
 * @param sign 1, -1, or 0 for a singular matrix
 * @param logAbs natural logarithm of the absolute value; -infinity for a singular matrix
 */
public record SignAndLog(Tensor sign, Tensor logAbs) {}
