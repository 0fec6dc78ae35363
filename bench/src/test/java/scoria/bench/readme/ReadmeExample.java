package scoria.bench.readme;

// The README shows what lies between the two marks; ReadmeTest compares them.
// >>>
import scoria.autodiff.grad.Gradient;
import scoria.autodiff.nn.ResidualMlp;
import scoria.autodiff.optim.Adam;
import scoria.autodiff.optim.LearningRate;
import scoria.engine.memory.Scope;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;
import scoria.samplers.density.Gaussian;
import scoria.samplers.density.Mixture;
import scoria.samplers.diagnose.EnergyDistance;
import scoria.samplers.sample.EdmHeun;
import scoria.samplers.score.Denoiser;
import scoria.samplers.score.DenoisingLoss;
import scoria.samplers.score.Preconditioning;

class ReadmeExample {
  static double trainAndSample(int steps) {
    Mixture data = Mixture.even(Gaussian.isotropic(0.1, -1, 0), Gaussian.isotropic(0.2, 1, 0));
    Rng rng = Rng.of(1);
    ResidualMlp network = ResidualMlp.of(rng, 2, 64, 2);
    Denoiser model = new Preconditioning(0.7).denoiser(network::forward);
    Adam adam = Adam.of(network.parameters(), LearningRate.constant(1e-3).cosine(steps));
    for (int step = 0; step < steps; step++) {
      try (Scope _ = Scope.open("step")) { // what is made in here is freed here
        Tensor batch = data.sample(rng, DType.FLOAT32, 256);
        Tensor loss = DenoisingLoss.edm(0.7).loss(model, batch, rng);
        adam.step(Gradient.of(loss, network.parameters().tensors()));
      }
    }
    Tensor samples =
        new EdmHeun(20).withLevels(0.002, 20).sample(model, rng, DType.FLOAT32, 1000, 2);
    return EnergyDistance.unbiased(samples, data.sample(rng, DType.FLOAT32, 5000));
  }
}
// <<<
