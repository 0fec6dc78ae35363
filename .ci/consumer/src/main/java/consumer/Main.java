package consumer;

import scoria.autodiff.grad.Gradient;
import scoria.autodiff.nn.ResidualMlp;
import scoria.engine.memory.Scope;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;
import scoria.samplers.density.Gaussian;
import scoria.samplers.sample.EdmHeun;
import scoria.samplers.score.DenoisingLoss;
import scoria.samplers.score.Preconditioning;

/** A program of a user: from a tensor to a sample, each checked against what is known exactly. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Tensor x = Tensor.of(new double[] {1, 2, 3}).tracked();
    double[] gradient = Gradient.of(x.square().sum(), x).toDoubles();
    check(gradient[0] == 2 && gradient[1] == 4 && gradient[2] == 6, "gradient of |x|^2 is 2x");

    Rng rng = Rng.of(1);
    Gaussian data = Gaussian.isotropic(0.5, 1, -1);
    try (Scope scope = Scope.open("sampling")) {
      Tensor samples = new EdmHeun(20).sample(data.asDenoiser(), rng, DType.FLOAT64, 4000, 2);
      double[] mean = samples.mean(0).toDoubles();
      // The standard error of each mean is 0.5 / sqrt(4000) = 0.008.
      check(Math.abs(mean[0] - 1) < 0.04 && Math.abs(mean[1] + 1) < 0.04, "mean of the samples");

      ResidualMlp network = ResidualMlp.of(rng, 2, 16, 1);
      Tensor loss =
          DenoisingLoss.edm(0.5)
              .loss(
                  new Preconditioning(0.5).denoiser(network::forward),
                  data.sample(rng, DType.FLOAT32, 64),
                  rng);
      check(Double.isFinite(loss.item()), "loss");
      check(
          Gradient.of(loss, network.parameters().tensors()).size() == network.parameters().size(),
          "one gradient a parameter");
    }
    System.out.println("consumer: right");
  }

  private static void check(boolean right, String what) {
    if (!right) {
      throw new AssertionError(what + " is wrong");
    }
  }
}
