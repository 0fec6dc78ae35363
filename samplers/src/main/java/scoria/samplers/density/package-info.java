/**
 * Densities whose scores are known.
 *
 * <p>A {@link scoria.samplers.density.Density} is a function ln p(x); a lambda will do, and its
 * score comes by differentiation. {@link scoria.samplers.density.Gaussian} and {@link
 * scoria.samplers.density.Mixture} are more: an {@link scoria.samplers.density.ExactDensity} has
 * samples, and the exact score and denoiser under any noise, so that it stands in for a trained
 * network wherever one is expected, and a sampler or a loss can be tested without training
 * anything:
 *
 * <pre>{@code
 * Mixture data =
 *     Mixture.even(Gaussian.isotropic(0.5, -2, 0), Gaussian.isotropic(0.5, 2, 0));
 * Tensor x = new EdmHeun(18).sample(data.asDenoiser(), Rng.of(7), DType.FLOAT64, 1000, 2);
 * }</pre>
 */
@NullMarked
package scoria.samplers.density;

import org.jspecify.annotations.NullMarked;
