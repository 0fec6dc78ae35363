package scoria.bench.run;

import java.util.Locale;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;
import scoria.engine.tensor.Tracking;
import scoria.samplers.noise.NoiseGrid;
import scoria.samplers.noise.NoiseSchedule;
import scoria.samplers.sample.AnnealedLangevin;
import scoria.samplers.sample.EdmHeun;
import scoria.samplers.sample.EulerMaruyama;
import scoria.samplers.sample.LangevinStep;
import scoria.samplers.score.Denoiser;

/** Ways from noise to new points. */
public enum Sampler {
  /** The probability flow by Heun's method. */
  HEUN(32) {
    @Override
    Tensor run(Model model, int steps, Denoiser denoiser, Rng rng, long... shape) {
      return new EdmHeun(Math.max(2, steps))
          .withLevels(sigmaMin(model), sigmaMax(model))
          .withRecording()
          .sample(denoiser, rng, DType.FLOAT64, shape);
    }
  },
  /** The reverse stochastic equation, and a last denoising. */
  EULER_MARUYAMA(500) {
    @Override
    Tensor run(Model model, int steps, Denoiser denoiser, Rng rng, long... shape) {
      NoiseSchedule schedule = model.settings().noise().schedule(model.settings());
      EulerMaruyama method =
          model.settings().noise() == Noise.EDM
              ? EulerMaruyama.on(
                  schedule, NoiseGrid.karras(schedule.tMax(), schedule.tMin(), 7, steps + 1))
              : EulerMaruyama.of(schedule, steps);
      Tensor x = method.withRecording().sample(denoiser.toScore(), rng, DType.FLOAT64, shape);
      return denoiser.denoise(x.div(schedule.alpha(schedule.tMin())), sigmaMin(model));
    }
  },
  /** Langevin steps, five at each of falling noise levels. */
  LANGEVIN(500) {
    @Override
    Tensor run(Model model, int steps, Denoiser denoiser, Rng rng, long... shape) {
      double least = sigmaMin(model);
      return new AnnealedLangevin(
              LangevinStep.FULL,
              sigmaMax(model),
              least,
              Math.max(2, steps / EACH),
              EACH,
              0.2 * least * least)
          .withRecording()
          .sample(denoiser.toScore(), rng, DType.FLOAT64, shape);
    }
  };

  private static final int EACH = 5;

  private final int steps;

  Sampler(int steps) {
    this.steps = steps;
  }

  /** Steps that are enough. */
  public int defaultSteps() {
    return steps;
  }

  abstract Tensor run(Model model, int steps, Denoiser denoiser, Rng rng, long... shape);

  /**
   * Draws new points. The state is float64 around the float32 network.
   *
   * @param n how many
   * @param steps of the sampler, at least 1
   * @return float32 [n, d] in units of the data
   */
  public Tensor sample(Model model, int n, int steps, Rng rng) {
    try (Tracking.Pause pause = Tracking.pause()) {
      Denoiser denoiser = model.denoiser().computedIn(DType.FLOAT32);
      Tensor x = run(model, steps, denoiser, rng, n, model.format().dimension());
      return model.standardisation().undo(x.to(DType.FLOAT32));
    }
  }

  private static double sigmaMin(Model model) {
    NoiseSchedule schedule = model.settings().noise().schedule(model.settings());
    return schedule.level(schedule.tMin());
  }

  private static double sigmaMax(Model model) {
    NoiseSchedule schedule = model.settings().noise().schedule(model.settings());
    return schedule.level(schedule.tMax());
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
