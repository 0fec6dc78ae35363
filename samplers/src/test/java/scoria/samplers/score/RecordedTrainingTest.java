package scoria.samplers.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import scoria.autodiff.grad.Gradient;
import scoria.autodiff.nn.Embedding;
import scoria.autodiff.nn.FourierEmbedding;
import scoria.autodiff.nn.ResidualMlp;
import scoria.autodiff.nn.SinusoidalEmbedding;
import scoria.autodiff.optim.Adam;
import scoria.autodiff.optim.Clip;
import scoria.autodiff.optim.Ema;
import scoria.autodiff.optim.LearningRate;
import scoria.engine.device.Device;
import scoria.engine.exec.Program;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;
import scoria.samplers.density.Gaussian;
import scoria.samplers.density.Mixture;

/** Denoising score matching, replayed and eager: the same bits, step after step. */
class RecordedTrainingTest {
  private static final int STEPS = 100;
  private static final int BEFORE = Device.cpu().threads();
  private static final Mixture DATA =
      Mixture.of(
          new double[] {1, 2}, Gaussian.isotropic(0.5, -2, 0), Gaussian.isotropic(0.3, 2, 1));

  /** A training of its own, which is eager or recorded. */
  private static final class Training {
    final Rng rng = Rng.of(21);
    final List<Tensor> state = new ArrayList<>();
    final Supplier<Tensor> step;

    Training(NoiseLevels levels, Weighting weighting, int batch, DType dtype) {
      Embedding embedding =
          batch == 200
              ? SinusoidalEmbedding.of(24, 30, 0.1, DType.FLOAT32)
              : FourierEmbedding.of(Rng.of(6), 32, 1, DType.FLOAT32);
      ResidualMlp network = ResidualMlp.of(Rng.of(4), 2, 32, 2, embedding, DType.FLOAT32);
      Denoiser model = new Preconditioning(0.7).denoiser(network).computedIn(DType.FLOAT32);
      DenoisingLoss loss = new DenoisingLoss(levels, weighting);
      LearningRate rate = LearningRate.constant(2e-3).cosine(STEPS).warmUp(5);
      Adam adam = Adam.of(network.parameters(), rate).withDecay(0.01);
      Ema ema = Ema.of(network.parameters(), 0.95).withWarmUp();
      state.addAll(network.parameters().tensors());
      state.addAll(adam.state().tensors());
      state.addAll(ema.average().tensors());
      step =
          () -> {
            Tensor x0 = DATA.sample(rng, dtype, batch);
            Tensor value = loss.loss(model, x0, rng);
            List<Tensor> gradients = Gradient.of(value, network.parameters().tensors());
            adam.step(Clip.byGlobalNorm(gradients, 1).gradients());
            ema.update();
            return value;
          };
    }
  }

  static Stream<Arguments> examples() {
    return Stream.of(1, 2)
        .flatMap(
            threads ->
                Stream.of(
                    Arguments.of(
                        "EDM's",
                        NoiseLevels.logNormal(-1.2, 1.2),
                        Weighting.edm(0.7),
                        512,
                        threads),
                    Arguments.of(
                        "even in ln sigma",
                        NoiseLevels.logUniform(0.01, 10),
                        Weighting.noise(),
                        200,
                        threads),
                    Arguments.of(
                        "one level", NoiseLevels.fixed(0.5), Weighting.data(), 300, threads)));
  }

  @AfterEach
  void threads() {
    Device.cpu().threads(BEFORE);
  }

  @ParameterizedTest(name = "{0}, batch {3}, {4} threads")
  @MethodSource("examples")
  void hasTheBitsOfTheEagerStep(
      String name, NoiseLevels levels, Weighting weighting, int batch, int threads) {
    Device.cpu().threads(threads);
    DType dtype = batch == 300 ? DType.FLOAT64 : DType.FLOAT32;
    Training eager = new Training(levels, weighting, batch, dtype);
    Training replayed = new Training(levels, weighting, batch, dtype);
    Program program = Program.record(_ -> List.of(replayed.step.get()));
    for (int i = 0; i < STEPS; i++) {
      Tensor want = eager.step.get();
      Tensor got = program.run().get(0);
      assertArrayEquals(want.toDoubles(), got.toDoubles(), "loss of step " + i);
    }
    for (int k = 0; k < eager.state.size(); k++) {
      assertArrayEquals(
          eager.state.get(k).toDoubles(), replayed.state.get(k).toDoubles(), "state " + k);
    }
  }
}
