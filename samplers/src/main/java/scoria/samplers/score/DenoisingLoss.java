package scoria.samplers.score;

import java.util.stream.IntStream;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * Denoising score matching over noise levels: the mean over samples of
 *
 * <pre>
 *   lambda(sigma) |D(x_0 + sigma eps, sigma) - x_0|^2
 *     = lambda(sigma) sigma^2 |sigma s(x_0 + sigma eps, sigma) + eps|^2
 * </pre>
 *
 * with |.|<sup>2</sup> summed over components. It differs from lambda sigma<sup>4</sup> times the
 * mean squared error of the score by a constant that does not depend on the model, so that its
 * minimum over all functions is the score of the noised data at every level.
 *
 * <p>Vincent, A Connection Between Score Matching and Denoising Autoencoders, 2011; over levels,
 * Song and Ermon, 2019; in denoisers, Karras et al., 2022.
 *
 * @param levels the distribution of sigma, one drawn for each sample
 * @param weighting lambda
 */
public record DenoisingLoss(NoiseLevels levels, Weighting weighting) implements Loss {
  /**
   * The levels and weights of Karras et al., 2022: ln sigma normal with mean -1.2 and standard
   * deviation 1.2, lambda = (sigma<sup>2</sup> + sd<sup>2</sup>) / (sigma sd)<sup>2</sup>.
   *
   * @param sigmaData sd, the standard deviation of the data's components
   */
  public static DenoisingLoss edm(double sigmaData) {
    return new DenoisingLoss(NoiseLevels.logNormal(-1.2, 1.2), Weighting.edm(sigmaData));
  }

  @Override
  public Tensor loss(Denoiser model, Tensor x0, Rng rng) {
    if (!x0.dtype().isFloat() || x0.rank() < 2 || x0.elements() == 0) {
      throw new IllegalArgumentException(
          "data "
              + x0.signature()
              + "; a loss takes float32 or float64 of shape [n, d], n at least 1");
    }
    Tensor sigma = levels.draw(rng, x0.dtype(), x0.size(0));
    Tensor eps = rng.normal(x0.dtype(), x0.shape().toArray());
    Tensor x = x0.add(eps.mul(Levels.column(sigma, x0)));
    int[] components = IntStream.range(1, x0.rank()).toArray();
    Tensor denoised = same("model", model.denoise(x, sigma), x0);
    Tensor weight = same("weighting", weighting.weight(sigma), sigma);
    return weight.mul(denoised.sub(x0).square().sum(components)).mean();
  }

  /** Other shapes might broadcast and give a number that means nothing. */
  private static Tensor same(String what, Tensor result, Tensor as) {
    if (!result.signature().equals(as.signature())) {
      throw new IllegalArgumentException(
          "the " + what + " gave " + result.signature() + "; it must give " + as.signature());
    }
    return result;
  }
}
