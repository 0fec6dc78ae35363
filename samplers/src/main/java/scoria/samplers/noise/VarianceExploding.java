package scoria.samplers.noise;

/**
 * Variance exploding: alpha = 1, sigma(t) = sigma<sub>min</sub> (sigma<sub>max</sub> /
 * sigma<sub>min</sub>)<sup>t</sup>, t from 0 (data) to 1 (noise); g<sup>2</sup> = 2
 * sigma<sup>2</sup> ln(sigma<sub>max</sub> / sigma<sub>min</sub>).
 *
 * <p>sigma(t) is the whole noise on clean data: x<sub>0</sub> of the contract is free of noise, and
 * the state at t = 0 has noise sigma<sub>min</sub>. The source starts the equation from clean data
 * at t = 0 instead, where the variance is sigma<sup>2</sup> - sigma<sub>min</sub><sup>2</sup>.
 *
 * <p>Song et al., Score-Based Generative Modeling through Stochastic Differential Equations, 2021.
 *
 * @param sigmaMin noise at t = 0, positive
 * @param sigmaMax noise at t = 1, greater than {@code sigmaMin}
 */
public record VarianceExploding(double sigmaMin, double sigmaMax) implements NoiseSchedule {
  /** Checks the levels. */
  public VarianceExploding {
    NoiseGrid.checkRange(sigmaMin, sigmaMax);
  }

  @Override
  public double alpha(double t) {
    return 1;
  }

  @Override
  public double sigma(double t) {
    return sigmaMin * StrictMath.pow(sigmaMax / sigmaMin, t);
  }

  @Override
  public double drift(double t) {
    return 0;
  }

  @Override
  public double diffusionSquared(double t) {
    double sigma = sigma(t);
    return 2 * sigma * sigma * StrictMath.log(sigmaMax / sigmaMin);
  }

  @Override
  public double tMin() {
    return 0;
  }

  @Override
  public double tMax() {
    return 1;
  }
}
