package scoria.autodiff.check;

/**
 * The largest errors that a check met, each less than its tolerance. All are relative where numbers
 * are large: the difference over 1 + what is compared, or for derivatives 1 + the sum of the
 * absolute terms. NaN stands for what does not apply: an operation without outputs of a float type
 * has no derivatives.
 *
 * @param name of what was checked
 * @param float64 values in float64 against the meaning
 * @param float32 values in float32 against the meaning at the rounded inputs
 * @param first gradients against differences of values
 * @param second gradients of gradients against differences of gradients
 * @param third gradients of these against differences of gradients of gradients
 * @param adjoint {@code <J v, w>} against {@code <v, J^T w>}, over the sum of absolute terms
 */
public record OpReport(
    String name,
    double float64,
    double float32,
    double first,
    double second,
    double third,
    double adjoint) {

  /** The larger of both in everything, under this report's name. */
  public OpReport worst(OpReport other) {
    return new OpReport(
        name,
        larger(float64, other.float64),
        larger(float32, other.float32),
        larger(first, other.first),
        larger(second, other.second),
        larger(third, other.third),
        larger(adjoint, other.adjoint));
  }

  private static double larger(double a, double b) {
    return Double.isNaN(a) || b > a ? b : a;
  }
}
