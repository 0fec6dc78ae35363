package scoria.samplers.sample;

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

  /** One step of size a from x, with the score s there and normal noise z. */
  Tensor from(Tensor x, Tensor s, double a, Tensor z) {
    double tau = a * time;
    return x.add(s.mul(tau)).add(z.mul(Math.sqrt(2 * tau)));
  }
}
