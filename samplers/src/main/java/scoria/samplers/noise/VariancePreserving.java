package scoria.samplers.noise;

/**
 * Variance preserving: beta(t) = beta<sub>min</sub> + t (beta<sub>max</sub> - beta<sub>min</sub>),
 * drift -beta x / 2, g<sup>2</sup> = beta, t from 0 (data) to 1 (noise). So ln alpha =
 * -t<sup>2</sup> (beta<sub>max</sub> - beta<sub>min</sub>) / 4 - t beta<sub>min</sub> / 2 and
 * sigma<sup>2</sup> = 1 - alpha<sup>2</sup>.
 *
 * <p>Song et al., Score-Based Generative Modeling through Stochastic Differential Equations, 2021,
 * whose values are 0.1 and 20, and whose samplers stop at t = 0.001, where sigma is near 0.01.
 *
 * @param betaMin rate at t = 0, positive
 * @param betaMax rate at t = 1, at least {@code betaMin}
 */
public record VariancePreserving(double betaMin, double betaMax) implements NoiseSchedule {
  /** Checks the rates. */
  public VariancePreserving {
    if (!(betaMin > 0 && betaMax >= betaMin && Double.isFinite(betaMax))) {
      throw new IllegalArgumentException(
          "rates from "
              + betaMin
              + " to "
              + betaMax
              + "; they must be positive and finite, the second not below the first");
    }
  }

  private double logAlpha(double t) {
    return -t * t * (betaMax - betaMin) / 4 - t * betaMin / 2;
  }

  @Override
  public double alpha(double t) {
    return StrictMath.exp(logAlpha(t));
  }

  @Override
  public double sigma(double t) {
    return Math.sqrt(-StrictMath.expm1(2 * logAlpha(t)));
  }

  @Override
  public double drift(double t) {
    return -diffusionSquared(t) / 2;
  }

  @Override
  public double diffusionSquared(double t) {
    return betaMin + t * (betaMax - betaMin);
  }

  @Override
  public double tMin() {
    return 1e-3;
  }

  @Override
  public double tMax() {
    return 1;
  }
}
