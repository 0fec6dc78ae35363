package scoria.samplers.noise;

/**
 * Time is the noise level: alpha = 1, sigma(t) = t, g<sup>2</sup> = 2 t, t from {@code sigmaMin}
 * (data) to {@code sigmaMax} (noise).
 *
 * <p>Karras et al., Elucidating the Design Space of Diffusion-Based Generative Models, 2022, whose
 * values are 0.002 and 80.
 *
 * @param sigmaMin lowest level, positive
 * @param sigmaMax highest level, greater than {@code sigmaMin}
 */
public record Edm(double sigmaMin, double sigmaMax) implements NoiseSchedule {
  /** Checks the levels. */
  public Edm {
    NoiseGrid.checkRange(sigmaMin, sigmaMax);
  }

  /** The source's levels, 0.002 to 80. */
  public Edm() {
    this(0.002, 80);
  }

  @Override
  public double alpha(double t) {
    return 1;
  }

  @Override
  public double sigma(double t) {
    return t;
  }

  @Override
  public double drift(double t) {
    return 0;
  }

  @Override
  public double diffusionSquared(double t) {
    return 2 * t;
  }

  @Override
  public double tMin() {
    return sigmaMin;
  }

  @Override
  public double tMax() {
    return sigmaMax;
  }
}
