package scoria.samplers.score;

import scoria.engine.tensor.Tensor;

/**
 * What score, denoised mean and noise have to do with each other where x = alpha x<sub>0</sub> +
 * sigma eps:
 *
 * <pre>
 *   E[x_0 | x] = (x + sigma^2 s) / alpha,    E[eps | x] = -sigma s
 * </pre>
 *
 * <p>Efron, Tweedie's Formula and Selection Bias, 2011. In all methods x has shape [n, d] or more
 * axes after the first, alpha and sigma have shape [n] and the type of x, and are positive.
 */
public final class Tweedie {
  private Tweedie() {}

  /** The denoised mean from the score, (x + sigma<sup>2</sup> s) / alpha. */
  public static Tensor denoised(Tensor x, Tensor score, Tensor alpha, Tensor sigma) {
    return x.add(score.mul(Levels.column(sigma, x).square())).div(Levels.column(alpha, x));
  }

  /** The score from the denoised mean, (alpha D - x) / sigma<sup>2</sup>. */
  public static Tensor score(Tensor x, Tensor denoised, Tensor alpha, Tensor sigma) {
    return denoised.mul(Levels.column(alpha, x)).sub(x).div(Levels.column(sigma, x).square());
  }

  /** The denoised mean from the noise, (x - sigma eps) / alpha. */
  public static Tensor denoisedFromNoise(Tensor x, Tensor noise, Tensor alpha, Tensor sigma) {
    return x.sub(noise.mul(Levels.column(sigma, x))).div(Levels.column(alpha, x));
  }

  /** The noise from the denoised mean, (x - alpha D) / sigma. */
  public static Tensor noise(Tensor x, Tensor denoised, Tensor alpha, Tensor sigma) {
    return x.sub(denoised.mul(Levels.column(alpha, x))).div(Levels.column(sigma, x));
  }
}
