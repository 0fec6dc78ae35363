package scoria.samplers.sample;

import java.util.function.UnaryOperator;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * Unadjusted Langevin dynamics on one density: {@code steps} times
 *
 * <pre>
 *   x + a s(x) + sqrt(2 a) z     (FULL)    or    x + (a / 2) s(x) + sqrt(a) z     (HALF)
 * </pre>
 *
 * <p>Its law goes to p only as the step goes to 0: on N(0, 1) the variance ends at 1 / (1 - a / 4)
 * in the half convention, and the step diverges beyond a = 4. Roberts and Tweedie, Exponential
 * Convergence of Langevin Distributions and Their Discrete Approximations, 1996.
 *
 * @param convention what the step size means
 * @param stepSize a, positive
 * @param steps at least 1
 * @param recorded whether steps are recorded, see {@link #withRecording}
 */
public record Langevin(LangevinStep convention, double stepSize, int steps, boolean recorded) {
  /** Checks the numbers. */
  public Langevin {
    Steps.atLeastOne(steps, "steps");
    if (!(stepSize > 0 && Double.isFinite(stepSize))) {
      throw new IllegalArgumentException(
          "step size " + stepSize + "; it must be positive and finite");
    }
  }

  /** Steps that are not recorded. */
  public Langevin(LangevinStep convention, double stepSize, int steps) {
    this(convention, stepSize, steps, false);
  }

  /**
   * The same with steps that are recorded and replayed, see {@link scoria.engine.exec.Program}:
   * faster, with the same bits. The model must do nothing but operations on tensors.
   */
  public Langevin withRecording() {
    return new Langevin(convention, stepSize, steps, true);
  }

  /**
   * Runs one chain from every row of a state.
   *
   * @param score grad ln p, [n, d] to [n, d], such as {@code density::score}
   * @param initial where the chains start, [n, d]
   * @param rng where noise comes from
   * @return the chains' last states
   */
  public Tensor sample(UnaryOperator<Tensor> score, Tensor initial, Rng rng) {
    StepNoise noise = new StepNoise(rng);
    return Steps.take(
        "Langevin step",
        initial,
        steps,
        recorded,
        _ -> 0,
        (x, now) -> convention.from(x, score.apply(x), _ -> stepSize, now, noise.like(x)));
  }
}
