package scoria.samplers.sample;

import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;
import scoria.samplers.noise.NoiseGrid;
import scoria.samplers.score.Score;

/**
 * Langevin dynamics at falling noise levels sigma<sub>1</sub> (noise) &gt; ... &gt;
 * sigma<sub>L</sub> (data), a geometric ladder: at level i, T times
 *
 * <pre>
 *   a[i] = e sigma[i]^2 / sigma_L^2
 *   x &lt;- x + a[i] s(x, sigma[i]) + sqrt(2 a[i]) z          in the FULL convention
 *   x &lt;- x + (a[i] / 2) s(x, sigma[i]) + sqrt(a[i]) z      in the HALF convention
 * </pre>
 *
 * and at the end x + sigma<sub>L</sub><sup>2</sup> s(x, sigma<sub>L</sub>), the denoised mean.
 *
 * <p>Song and Ermon, Generative Modeling by Estimating Gradients of the Data Distribution, 2019
 * (half convention), and Improved Techniques for Training Score-Based Generative Models, 2020 (full
 * convention, and the last denoising). The step is stable where the score is at its steepest, 1 /
 * sigma<sub>L</sub><sup>2</sup>, if e / sigma<sub>L</sub><sup>2</sup> is below 2 in the full and
 * below 4 in the half convention.
 *
 * @param convention what the step size means
 * @param sigmaFirst sigma<sub>1</sub>, about the largest distance between points of data
 * @param sigmaLast sigma<sub>L</sub>, positive
 * @param levels L, at least 2
 * @param stepsPerLevel T, at least 1
 * @param stepSize e, the step size at the last level, positive
 * @param recorded whether steps are recorded, see {@link #withRecording}
 */
public record AnnealedLangevin(
    LangevinStep convention,
    double sigmaFirst,
    double sigmaLast,
    int levels,
    int stepsPerLevel,
    double stepSize,
    boolean recorded) {
  /** Checks the numbers. */
  public AnnealedLangevin {
    NoiseGrid.geometric(sigmaFirst, sigmaLast, levels);
    Steps.atLeastOne(stepsPerLevel, "steps at each level");
    if (!(stepSize > 0 && Double.isFinite(stepSize))) {
      throw new IllegalArgumentException(
          "step size " + stepSize + "; it must be positive and finite");
    }
  }

  /** Steps that are not recorded. */
  public AnnealedLangevin(
      LangevinStep convention,
      double sigmaFirst,
      double sigmaLast,
      int levels,
      int stepsPerLevel,
      double stepSize) {
    this(convention, sigmaFirst, sigmaLast, levels, stepsPerLevel, stepSize, false);
  }

  /**
   * The same with steps that are recorded and replayed, see {@link scoria.engine.exec.Program}:
   * faster, with the same bits. The model must do nothing but operations on tensors.
   */
  public AnnealedLangevin withRecording() {
    return new AnnealedLangevin(
        convention, sigmaFirst, sigmaLast, levels, stepsPerLevel, stepSize, true);
  }

  /**
   * Samples from noise of standard deviation {@code sigmaFirst}.
   *
   * @param model the score
   * @param rng where start and noise come from
   * @param dtype type of the state, float32 or float64
   * @param shape [n, d] or with more axes
   */
  public Tensor sample(Score model, Rng rng, DType dtype, long... shape) {
    StepNoise noise = new StepNoise(rng);
    return walk(model, noise.draw(dtype, Shape.of(shape)).mul(sigmaFirst), noise);
  }

  /**
   * Goes on from a given state.
   *
   * @param model the score
   * @param initial where the chains start, [n, d]: data with noise of standard deviation {@code
   *     sigmaFirst}, or anything else if the first level's steps are many
   * @param rng where noise comes from
   * @return of the shape and type of {@code initial}
   */
  public Tensor sample(Score model, Tensor initial, Rng rng) {
    return walk(model, initial, new StepNoise(rng));
  }

  private Tensor walk(Score model, Tensor initial, StepNoise noise) {
    double[] sigma = NoiseGrid.geometric(sigmaFirst, sigmaLast, levels);
    int steps = levels * stepsPerLevel;
    return Steps.take(
        "annealed Langevin step",
        initial,
        steps + 1,
        recorded,
        i -> i == steps ? 1 : 0,
        (x, now) -> {
          if (now.step == steps) {
            Tensor level = now.level(x, _ -> sigmaLast);
            return x.add(model.score(x, level).mul(sigmaLast * sigmaLast));
          }
          Tensor score = model.score(x, now.level(x, i -> sigma[i / stepsPerLevel]));
          return convention.from(x, score, i -> size(sigma[i / stepsPerLevel]), now, noise.like(x));
        });
  }

  /** The step size at a level. */
  private double size(double level) {
    return stepSize * level * level / (sigmaLast * sigmaLast);
  }
}
