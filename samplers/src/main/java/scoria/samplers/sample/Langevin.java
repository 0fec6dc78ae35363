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
 */
public record Langevin(LangevinStep convention, double stepSize, int steps) {
  /** Checks the numbers. */
  public Langevin {
    Steps.atLeastOne(steps, "steps");
    if (!(stepSize > 0 && Double.isFinite(stepSize))) {
      throw new IllegalArgumentException(
          "step size " + stepSize + "; it must be positive and finite");
    }
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
        (x, i) -> convention.from(x, score.apply(x), stepSize, noise.like(x)));
  }
}
