package scoria.autodiff.nn;

import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * How weights begin.
 *
 * <p>Kaiming: He, Zhang, Ren and Sun 2015, "Delving deep into rectifiers", eq. 10: the variance of
 * a weight is gain<sup>2</sup> / fan-in, so that signals keep their size on the way forward.
 * Xavier: Glorot and Bengio 2010, "Understanding the difficulty of training deep feedforward neural
 * networks", eq. 12 and 16: the variance is 2 gain<sup>2</sup> / (fan-in + fan-out), between what
 * signals and gradients ask for. The gain makes up for the activation before: {@link
 * Activation#gain}. A uniform distribution on [-b, b) has the variance b<sup>2</sup>/3.
 */
@FunctionalInterface
public interface Init {
  /**
   * Draws weights.
   *
   * @param fanIn number of inputs that are summed into one output
   * @param fanOut number of outputs that one input takes part in
   * @param sizes of the axes
   */
  Tensor draw(Rng rng, DType dtype, long fanIn, long fanOut, long... sizes);

  /** All zero. */
  static Init zeros() {
    return (rng, dtype, fanIn, fanOut, sizes) -> Tensor.full(0, dtype, sizes);
  }

  /** Uniform with variance gain<sup>2</sup> / fan-in. */
  static Init kaimingUniform(double gain) {
    return (rng, dtype, fanIn, fanOut, sizes) -> uniform(rng, dtype, gain * gain / fanIn, sizes);
  }

  /** Normal with variance gain<sup>2</sup> / fan-in. */
  static Init kaimingNormal(double gain) {
    return (rng, dtype, fanIn, fanOut, sizes) ->
        rng.normal(dtype, sizes).mul(gain / Math.sqrt(fanIn));
  }

  /** Uniform with variance 2 gain<sup>2</sup> / (fan-in + fan-out). */
  static Init xavierUniform(double gain) {
    return (rng, dtype, fanIn, fanOut, sizes) ->
        uniform(rng, dtype, 2 * gain * gain / (fanIn + fanOut), sizes);
  }

  /** Normal with variance 2 gain<sup>2</sup> / (fan-in + fan-out). */
  static Init xavierNormal(double gain) {
    return (rng, dtype, fanIn, fanOut, sizes) ->
        rng.normal(dtype, sizes).mul(gain * Math.sqrt(2.0 / (fanIn + fanOut)));
  }

  private static Tensor uniform(Rng rng, DType dtype, double variance, long... sizes) {
    double bound = Math.sqrt(3 * variance);
    return rng.uniform(dtype, sizes).mul(2 * bound).sub(bound);
  }
}
