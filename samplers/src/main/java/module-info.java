/**
 * Score-based modelling: noise, scores, exact densities, samplers and measures of their output.
 *
 * <p>Start at {@link scoria.samplers.score.Denoiser} and {@link scoria.samplers.sample.EdmHeun}.
 */
module scoria.samplers {
  requires transitive scoria.autodiff;
  requires static transitive org.jspecify;

  exports scoria.samplers.density;
  exports scoria.samplers.diagnose;
  exports scoria.samplers.noise;
  exports scoria.samplers.sample;
  exports scoria.samplers.score;
}
