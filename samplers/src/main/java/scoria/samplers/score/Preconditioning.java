package scoria.samplers.score;

import java.util.function.BinaryOperator;
import scoria.autodiff.nn.NoiseConditioned;
import scoria.engine.tensor.Tensor;

/**
 * A denoiser out of a network F whose inputs and targets have unit scale at every noise level:
 *
 * <pre>
 *   D(x, sigma) = c_skip x + c_out F(c_in x, c_noise)
 *   c_skip  = sd^2 / (sigma^2 + sd^2)
 *   c_out   = sigma sd / sqrt(sigma^2 + sd^2)
 *   c_in    = 1 / sqrt(sigma^2 + sd^2)
 *   c_noise = ln(sigma) / 4
 * </pre>
 *
 * <p>Karras et al., Elucidating the Design Space of Diffusion-Based Generative Models, 2022, table
 * 1.
 *
 * @param sigmaData sd, the standard deviation of the data's components, positive
 */
public record Preconditioning(double sigmaData) {
  /** Checks the scale. */
  public Preconditioning {
    if (!(sigmaData > 0 && Double.isFinite(sigmaData))) {
      throw new IllegalArgumentException(
          "the data's standard deviation is " + sigmaData + "; it must be positive and finite");
    }
  }

  /** c_skip of noise levels of any shape. */
  public Tensor skip(Tensor sigma) {
    return variance(sigma).reciprocal().mul(sigmaData * sigmaData);
  }

  /** c_out of noise levels of any shape. */
  public Tensor out(Tensor sigma) {
    return sigma.mul(in(sigma)).mul(sigmaData);
  }

  /** c_in of noise levels of any shape. */
  public Tensor in(Tensor sigma) {
    return variance(sigma).rsqrt();
  }

  /** c_noise of noise levels of any shape. */
  public Tensor noise(Tensor sigma) {
    return sigma.log().mul(0.25);
  }

  private Tensor variance(Tensor sigma) {
    return sigma.square().add(sigmaData * sigmaData);
  }

  /** The denoiser of a network; where its parameters are tracked, results have origins in them. */
  public Denoiser denoiser(NoiseConditioned network) {
    return denoiser(network::forward);
  }

  /**
   * The denoiser of any function.
   *
   * @param network F(x, noise), from x of shape [n, d] and noise of shape [n] to the shape of x
   */
  public Denoiser denoiser(BinaryOperator<Tensor> network) {
    return (x, sigma) -> {
      Tensor f = network.apply(x.mul(Levels.column(in(sigma), x)), noise(sigma));
      return x.mul(Levels.column(skip(sigma), x)).add(f.mul(Levels.column(out(sigma), x)));
    };
  }
}
