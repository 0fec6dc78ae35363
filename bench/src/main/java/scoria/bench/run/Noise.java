package scoria.bench.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import scoria.engine.tensor.Tensor;
import scoria.samplers.noise.Edm;
import scoria.samplers.noise.NoiseSchedule;
import scoria.samplers.noise.VarianceExploding;
import scoria.samplers.noise.VariancePreserving;
import scoria.samplers.score.DenoisingLoss;
import scoria.samplers.score.NoiseLevels;
import scoria.samplers.score.Weighting;

/**
 * How data turn into noise: which levels are trained, how much each counts, and the time that
 * stochastic samplers run in.
 */
public enum Noise {
  /** Log-normal levels, weights by which all count the same (Karras et al. 2022). */
  EDM {
    @Override
    DenoisingLoss loss(Settings settings) {
      return new DenoisingLoss(
          NoiseLevels.logNormal(settings.logLevelMean(), settings.logLevelStd()),
          Weighting.edm(settings.sigmaData()));
    }

    @Override
    NoiseSchedule schedule(Settings settings) {
      return new Edm(settings.sigmaMin(), settings.sigmaMax());
    }
  },
  /** Log-uniform levels between the least and the greatest, lambda = sigma^2 (Song 2019). */
  VE {
    @Override
    DenoisingLoss loss(Settings settings) {
      return new DenoisingLoss(
          NoiseLevels.logUniform(settings.sigmaMin(), settings.sigmaMax()), Weighting.noise());
    }

    @Override
    NoiseSchedule schedule(Settings settings) {
      return new VarianceExploding(settings.sigmaMin(), settings.sigmaMax());
    }
  },
  /** Levels of an even time from 0.001 to 1, with beta from 0.1 to 20 (Song et al. 2021). */
  VP {
    @Override
    DenoisingLoss loss(Settings settings) {
      double width = VP_SCHEDULE.tMax() - VP_SCHEDULE.tMin();
      return new DenoisingLoss(
          (rng, dtype, n) -> {
            Tensor t = rng.uniform(dtype, n).mul(width).add(VP_SCHEDULE.tMin());
            // (sigma / alpha)^2 = exp(-2 ln alpha) - 1
            Tensor exponent = t.square().mul((BETA_MAX - BETA_MIN) / 2).add(t.mul(BETA_MIN));
            return exponent.expm1().sqrt();
          },
          Weighting.noise());
    }

    @Override
    NoiseSchedule schedule(Settings settings) {
      return VP_SCHEDULE;
    }
  };

  private static final double BETA_MIN = 0.1;
  private static final double BETA_MAX = 20;
  private static final VariancePreserving VP_SCHEDULE = new VariancePreserving(BETA_MIN, BETA_MAX);

  /** What is made small. */
  abstract DenoisingLoss loss(Settings settings);

  /** The way from data to noise. */
  abstract NoiseSchedule schedule(Settings settings);

  /** The name on the command line. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
