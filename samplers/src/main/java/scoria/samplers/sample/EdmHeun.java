package scoria.samplers.sample;

import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;
import scoria.samplers.noise.NoiseGrid;
import scoria.samplers.score.Denoiser;

/**
 * The probability flow dx/dsigma = (x - D(x, sigma)) / sigma from sigma<sub>max</sub> (noise) to 0
 * (data) by Heun's method on the grid of {@link NoiseGrid#karras}, which 0 is appended to:
 *
 * <pre>
 *   sigmaHat = (1 + gamma) sigma[i]
 *   xHat   = x[i] + sqrt(sigmaHat^2 - sigma[i]^2) S_noise eps    with churn, else x[i]
 *   d      = (xHat - D(xHat, sigmaHat)) / sigmaHat
 *   x[i+1] = xHat + (sigma[i+1] - sigmaHat) d
 *   d'     = (x[i+1] - D(x[i+1], sigma[i+1])) / sigma[i+1]       unless sigma[i+1] = 0
 *   x[i+1] = xHat + (sigma[i+1] - sigmaHat) (d + d') / 2
 * </pre>
 *
 * <p>The last step, to 0, is Euler's and gives D(x, sigma<sub>min</sub>). The model is asked 2
 * {@code steps} - 1 times. Karras et al., Elucidating the Design Space of Diffusion-Based
 * Generative Models, 2022, algorithm 2. For data of unit scale a sigma<sub>max</sub> of about 20
 * saves steps that 80 wastes.
 *
 * @param steps number of levels without 0, at least 2
 * @param sigmaMin lowest level, positive
 * @param sigmaMax highest level
 * @param rho exponent of the grid
 * @param churn noise added on the way
 * @param recorded whether steps are recorded, see {@link #withRecording}
 */
public record EdmHeun(
    int steps, double sigmaMin, double sigmaMax, double rho, Churn churn, boolean recorded) {
  /** Checks the grid. */
  public EdmHeun {
    NoiseGrid.karras(sigmaMax, sigmaMin, rho, steps);
  }

  /** Steps that are not recorded. */
  public EdmHeun(int steps, double sigmaMin, double sigmaMax, double rho, Churn churn) {
    this(steps, sigmaMin, sigmaMax, rho, churn, false);
  }

  /** Levels 80 to 0.002, rho = 7, no churn: the source's. */
  public EdmHeun(int steps) {
    this(steps, 0.002, 80, 7, Churn.NONE, false);
  }

  /** The same between other levels. */
  public EdmHeun withLevels(double sigmaMin, double sigmaMax) {
    return new EdmHeun(steps, sigmaMin, sigmaMax, rho, churn, recorded);
  }

  /** The same with churn. */
  public EdmHeun withChurn(Churn churn) {
    return new EdmHeun(steps, sigmaMin, sigmaMax, rho, churn, recorded);
  }

  /**
   * The same with steps that are recorded and replayed, see {@link scoria.engine.exec.Program}:
   * faster, with the same bits. The model must do nothing but operations on tensors.
   */
  public EdmHeun withRecording() {
    return new EdmHeun(steps, sigmaMin, sigmaMax, rho, churn, true);
  }

  /**
   * Samples from noise of standard deviation {@code sigmaMax}.
   *
   * @param model the denoiser
   * @param rng where the start and the churn come from
   * @param dtype type of the state, float32 or float64
   * @param shape [n, d] or with more axes
   */
  public Tensor sample(Denoiser model, Rng rng, DType dtype, long... shape) {
    StepNoise noise = new StepNoise(rng);
    return walk(model, noise.draw(dtype, Shape.of(shape)).mul(sigmaMax), noise);
  }

  /**
   * Goes on from a given state.
   *
   * @param model the denoiser
   * @param initial data with noise of standard deviation {@code sigmaMax}, [n, d]
   * @param rng where the churn comes from
   * @return of the shape and type of {@code initial}
   */
  public Tensor sample(Denoiser model, Tensor initial, Rng rng) {
    return walk(model, initial, new StepNoise(rng));
  }

  private Tensor walk(Denoiser model, Tensor initial, StepNoise noise) {
    double[] sigma = NoiseGrid.karras(sigmaMax, sigmaMin, rho, steps);
    // Forms: plain, with churn, and the last step of either.
    return Steps.take(
        "EDM Heun step",
        initial,
        steps,
        recorded,
        i -> (churn.gamma(sigma[i], steps) > 0 ? 1 : 0) + (i + 1 == steps ? 2 : 0),
        (x, now) -> step(model, x, sigma, now, noise));
  }

  /** The level that a step starts from, churn included. */
  private double raised(double[] sigma, int i) {
    return (1 + churn.gamma(sigma[i], steps)) * sigma[i];
  }

  /** The noise that is added before a step. */
  private double added(double[] sigma, int i) {
    double hat = raised(sigma, i);
    return Math.sqrt(hat * hat - sigma[i] * sigma[i]) * churn.noise();
  }

  private Tensor step(Denoiser model, Tensor x, double[] sigma, Now now, StepNoise noise) {
    Tensor xHat = x;
    if (churn.gamma(sigma[now.step], steps) > 0) {
      xHat = x.add(noise.like(x).mul(now.number(x, i -> added(sigma, i))));
    }
    Tensor denoised = model.denoise(xHat, now.level(x, i -> raised(sigma, i)));
    if (now.step + 1 == steps) {
      return denoised;
    }
    Tensor d = xHat.sub(denoised).div(now.number(x, i -> raised(sigma, i)));
    Tensor euler = xHat.add(d.mul(now.number(x, i -> sigma[i + 1] - raised(sigma, i))));
    Tensor level = now.level(x, i -> sigma[i + 1]);
    Tensor dNext = euler.sub(model.denoise(euler, level)).div(now.number(x, i -> sigma[i + 1]));
    return xHat.add(d.add(dNext).mul(now.number(x, i -> (sigma[i + 1] - raised(sigma, i)) / 2)));
  }
}
