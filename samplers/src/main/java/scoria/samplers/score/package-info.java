/**
 * Models of noised data, and how they are learned.
 *
 * <p>Data x<sub>0</sub> of shape [n, d] with noise added, x = x<sub>0</sub> + sigma eps, can be
 * modelled by three functions of x and sigma that say the same thing:
 *
 * <ul>
 *   <li>{@link scoria.samplers.score.Denoiser}: D = E[x<sub>0</sub> | x],
 *   <li>{@link scoria.samplers.score.Score}: s = grad ln p<sub>sigma</sub>(x) = (D - x) /
 *       sigma<sup>2</sup> (Tweedie's formula),
 *   <li>{@link scoria.samplers.score.NoisePrediction}: E[eps | x] = (x - D) / sigma = -sigma s.
 * </ul>
 *
 * <p>Each is a functional interface: a lambda is a model. Where the data are scaled as well, x =
 * alpha x<sub>0</sub> + sigma eps, {@link scoria.samplers.score.Tweedie} has the formulas and
 * {@link scoria.samplers.score.Score#along} the score as a function of time.
 *
 * <p>A network becomes a denoiser by {@link scoria.samplers.score.Preconditioning} and is trained
 * by a {@link scoria.samplers.score.Loss} such as {@link scoria.samplers.score.DenoisingLoss},
 * which draws noise levels from {@link scoria.samplers.score.NoiseLevels} and weighs them by a
 * {@link scoria.samplers.score.Weighting}.
 */
@NullMarked
package scoria.samplers.score;

import org.jspecify.annotations.NullMarked;
