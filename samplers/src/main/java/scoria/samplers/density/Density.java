package scoria.samplers.density;

import scoria.autodiff.grad.Gradient;
import scoria.engine.tensor.Tensor;
import scoria.engine.tensor.Tracking;

/** A probability density by its logarithm, up to a constant where only the score is used. */
@FunctionalInterface
public interface Density {
  /**
   * ln p(x).
   *
   * @param x points, [n, d], float32 or float64
   * @return [n], nats, of the type of {@code x}; row i depends on row i alone
   */
  Tensor logDensity(Tensor x);

  /**
   * The score grad ln p(x). By default the derivative of {@link #logDensity}, to be differentiated
   * again where {@code x} is tracked.
   *
   * @param x points, [n, d]
   * @return [n, d]
   * @throws IllegalStateException if the score comes by differentiation and {@link Tracking} is
   *     paused
   */
  default Tensor score(Tensor x) {
    if (!Tracking.isOn()) {
      throw new IllegalStateException(
          "this score is a derivative of logDensity, and tracking is paused: end the pause, or"
              + " override score with a closed form");
    }
    if (x.isTracked()) {
      return Gradient.differentiable(logDensity(x).sum(), x);
    }
    Tensor tracked = x.tracked();
    return Gradient.of(logDensity(tracked).sum(), tracked);
  }
}
