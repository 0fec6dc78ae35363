package scoria.autodiff.grad;

import java.util.function.UnaryOperator;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * The divergence of a field: the trace of its Jacobian, row by row of a batch.
 *
 * <p>A field takes [n, d] to [n, d], float32 or float64, and each row to its own row alone. The
 * Jacobian is never built; it is multiplied with vectors, by one walk forward each. The field's
 * value is computed once, and in a recorded program all products read the weights that it reads.
 *
 * <p>What is random is drawn beforehand by {@link #probes}: an ordinary differential equation whose
 * right-hand side holds a divergence is solved with the same probes from beginning to end, or its
 * error control sees noise. The same probes give the same bits, and the first rows of a batch get
 * the probes that they get without the other ones.
 *
 * <p>See {@link Gradient} on what {@code of}, {@code at} and {@code differentiable} mean.
 */
public sealed interface Divergence permits ExactDivergence, Hutchinson, HutchPlusPlus {
  /** The sum of d products, each with a unit vector. */
  static Divergence exact() {
    return ExactDivergence.EXACT;
  }

  /**
   * The mean of v<sup>T</sup>J v over random vectors v of mean 0 and covariance I, without bias
   * [Hutchinson 1989]. With S = (J + J<sup>T</sup>)/2 one of them has the variance 2 |S|² (Gaussian
   * v), or 2 |S|² without the diagonal (Rademacher v), in the Frobenius norm.
   *
   * @param probe how v is distributed
   * @param count vectors for each row, at least 1
   */
  static Divergence hutchinson(Probe probe, int count) {
    return new Hutchinson(probe, count);
  }

  /**
   * The trace on a space that J maps random vectors to, exactly, and on its complement as {@link
   * #hutchinson} does [Meyer, Musco, Musco and Woodruff 2021]. It has no bias. It pays where few
   * directions make up most of the Jacobian; from 3 d products on it is exact up to rounding.
   *
   * <p>To derivatives the space is a constant: the estimate has no bias for any fixed one, so its
   * derivatives have none either.
   *
   * @param probe how the vectors are distributed
   * @param products of the Jacobian with vectors for each row, at least 3; a third of them, but no
   *     more than d, are spent on finding the space, on the space, and on the complement
   */
  static Divergence hutchPlusPlus(Probe probe, int products) {
    return new HutchPlusPlus(probe, products);
  }

  /**
   * Draws what is random.
   *
   * @param like the field's input, [n, d]: shape and type
   * @return [n, vectors for each row, d]
   */
  Tensor probes(Rng rng, Tensor like);

  /** {@link #of}, or {@link #differentiable} if {@code again}. */
  DivergenceEstimate estimate(Tensor y, Tensor x, Tensor probes, boolean again);

  /**
   * The divergence of a field's value.
   *
   * @param y made from {@code x}, [n, d]
   * @param x tracked, [n, d]
   * @param probes from {@link #probes} for a tensor like {@code x}
   */
  default DivergenceEstimate of(Tensor y, Tensor x, Tensor probes) {
    return estimate(y, x, probes, false);
  }

  /** {@link #of}, to be differentiated again: a divergence in a loss. */
  default DivergenceEstimate differentiable(Tensor y, Tensor x, Tensor probes) {
    return estimate(y, x, probes, true);
  }

  /** The divergence of a field at points [n, d], with probes drawn for it. */
  default DivergenceEstimate at(UnaryOperator<Tensor> field, Tensor x, Rng rng) {
    return at(field, x, probes(rng, x));
  }

  /** The divergence of a field at points [n, d]. */
  default DivergenceEstimate at(UnaryOperator<Tensor> field, Tensor x, Tensor probes) {
    return Structure.ONE.at(field, x, false, (y, xs, keep) -> estimate(y, xs.get(0), probes, keep));
  }

  /** {@link #at(UnaryOperator, Tensor, Rng)}, to be differentiated again. */
  default DivergenceEstimate differentiableAt(UnaryOperator<Tensor> field, Tensor x, Rng rng) {
    return differentiableAt(field, x, probes(rng, x));
  }

  /** {@link #at(UnaryOperator, Tensor, Tensor)}, to be differentiated again. */
  default DivergenceEstimate differentiableAt(
      UnaryOperator<Tensor> field, Tensor x, Tensor probes) {
    return Structure.ONE.at(field, x, true, (y, xs, keep) -> estimate(y, xs.get(0), probes, keep));
  }
}
