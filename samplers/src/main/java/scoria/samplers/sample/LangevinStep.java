package scoria.samplers.sample;

import java.util.function.IntToDoubleFunction;
import scoria.engine.tensor.Tensor;

/**
 * What a step size means in Langevin dynamics. Both conventions are in use, and a step size of one
 * is half a step size of the other.
 */
public enum LangevinStep {
  /** x + a s + sqrt(2 a) z: a is a time of dX = s dt + sqrt(2) dW. */
  FULL(1),
  /** x + (a / 2) s + sqrt(a) z: a is the variance of the noise. */
  HALF(0.5);

  private final double time;

  LangevinStep(double time) {
    this.time = time;
  }

  /**
   * One step from x, with the score s there and normal noise z.
   *
   * @param size the step size a, from the number of the step
   */
  Tensor from(Tensor x, Tensor s, IntToDoubleFunction size, Now now, Tensor z) {
    Tensor drift = now.number(x, i -> size.applyAsDouble(i) * time);
    Tensor spread = now.number(x, i -> Math.sqrt(2 * (size.applyAsDouble(i) * time)));
    return x.add(s.mul(drift)).add(z.mul(spread));
  }
}
