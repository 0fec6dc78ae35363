/**
 * How data turn into noise.
 *
 * <p>Everything rests on one line, x<sub>t</sub> = alpha(t) x<sub>0</sub> + sigma(t) eps with eps
 * normal. Time runs from data to noise: t grows as sigma / alpha grows. A {@link
 * scoria.samplers.noise.NoiseSchedule} gives alpha and sigma, and with them the stochastic
 * differential equation dx = a(t) x dt + g(t) dW that has these marginals. The kinds are {@link
 * scoria.samplers.noise.VarianceExploding}, {@link scoria.samplers.noise.VariancePreserving} and
 * {@link scoria.samplers.noise.Edm}; one of your own is a record of a few lines.
 *
 * <p>Samplers go through noise levels in falling order: {@link scoria.samplers.noise.NoiseGrid}.
 */
@NullMarked
package scoria.samplers.noise;

import org.jspecify.annotations.NullMarked;
