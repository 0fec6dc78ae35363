package scoria.samplers.noise;

/**
 * A way from data to noise: x<sub>t</sub> = alpha(t) x<sub>0</sub> + sigma(t) eps, eps normal.
 *
 * <p>Time t runs from data ({@link #tMin}) to noise ({@link #tMax}). The same marginals belong to
 * the stochastic differential equation dx = a(t) x dt + g(t) dW with
 *
 * <pre>
 *   a = d ln alpha / dt,    g^2 = d sigma^2 / dt - 2 a sigma^2
 * </pre>
 *
 * started from x at {@link #tMin} (Song et al., Score-Based Generative Modeling through Stochastic
 * Differential Equations, 2021; the general form in Kingma et al., Variational Diffusion Models,
 * 2021).
 */
public interface NoiseSchedule {
  /** Scale of the data at time t, positive. */
  double alpha(double t);

  /** Standard deviation of the noise at time t, positive inside of the interval of times. */
  double sigma(double t);

  /** a(t) = d ln alpha / dt: the drift of the forward equation is a(t) x. */
  double drift(double t);

  /** g<sup>2</sup>(t), the squared diffusion of the forward equation. */
  double diffusionSquared(double t);

  /** The time nearest to data that samplers go to. */
  double tMin();

  /** The time of pure noise that samplers start from. */
  double tMax();

  /**
   * Noise level of x<sub>t</sub> / alpha, sigma / alpha: what {@link scoria.samplers.score.Score},
   * {@link scoria.samplers.score.Denoiser} and their kin are asked for.
   */
  default double level(double t) {
    return sigma(t) / alpha(t);
  }
}
