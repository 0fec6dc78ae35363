/**
 * From noise to samples.
 *
 * <p>All samplers go from noise to data and take a model, a state to start from, and random
 * numbers:
 *
 * <ul>
 *   <li>{@link scoria.samplers.sample.EdmHeun}: the probability flow by Heun's method, second
 *       order; the one to begin with,
 *   <li>{@link scoria.samplers.sample.EulerMaruyama}: the reverse stochastic equation of any {@link
 *       scoria.samplers.noise.NoiseSchedule},
 *   <li>{@link scoria.samplers.sample.AnnealedLangevin}: Langevin steps at falling noise levels,
 *   <li>{@link scoria.samplers.sample.Langevin}: Langevin steps on one density.
 * </ul>
 *
 * <p>The model may be a trained network or an exact density ({@link
 * scoria.samplers.density.ExactDensity}). The state keeps the type that it starts with. {@link
 * scoria.samplers.score.Denoiser#computedIn} puts a float32 network into a float64 sampler. Step by
 * step all memory is given back, so that its use does not grow with the number of steps; the tensor
 * that a model is handed is overwritten by the next step, so a model that wants to hold on to it
 * takes a copy. Results have no origins.
 *
 * <p>Random numbers: a call moves the given {@link scoria.engine.tensor.Rng} on by a fixed amount
 * and draws the noise of each step from a stream of its own, so that row i of the result depends on
 * the random state and on row i of the start, and not on how many rows there are.
 */
@NullMarked
package scoria.samplers.sample;

import org.jspecify.annotations.NullMarked;
