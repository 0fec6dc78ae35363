package scoria.autodiff.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import scoria.autodiff.grad.Gradient;
import scoria.autodiff.nn.Activation;
import scoria.autodiff.nn.Mlp;
import scoria.autodiff.nn.Parameters;
import scoria.autodiff.nn.Sequential;
import scoria.autodiff.optim.Adam;
import scoria.autodiff.optim.Clip;
import scoria.autodiff.optim.Ema;
import scoria.autodiff.optim.LearningRate;
import scoria.autodiff.optim.Optimizer;
import scoria.autodiff.optim.Sgd;
import scoria.engine.device.Device;
import scoria.engine.exec.Program;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/** A replayed training step has the bits of the eager one, step after step. */
class ReplayTest {
  private static final int STEPS = 100;
  private static final int BEFORE = Device.cpu().threads();

  /** Everything that a training changes, and its step. */
  private static final class Job {
    final Rng rng = Rng.of(11);
    final List<Tensor> state = new ArrayList<>();
    Function<Tensor, List<Tensor>> step = x -> List.of();

    void remember(Parameters parameters) {
      state.addAll(parameters.tensors());
    }
  }

  private record Example(String name, int batch, java.util.function.Supplier<Job> job) {
    @Override
    public String toString() {
      return name + " of " + batch;
    }
  }

  private static Job mlp(Activation activation, DType dtype, Function<Parameters, Optimizer> with) {
    Job job = new Job();
    Sequential net = Mlp.of(Rng.of(3), activation, dtype, 2, 24, 40, 2);
    Optimizer optimizer = with.apply(net.parameters());
    Ema ema = Ema.of(net.parameters(), 0.99).withWarmUp();
    job.remember(net.parameters());
    job.remember(optimizer.state());
    job.remember(ema.average());
    job.step =
        x -> {
          Tensor eps = job.rng.normal(dtype, x.size(0), 2);
          Tensor noised = x.to(dtype).add(eps.mul(0.5));
          Tensor loss = net.forward(noised).mul(0.5).add(eps).square().sum(1).mean();
          List<Tensor> gradients = Gradient.of(loss, net.parameters().tensors());
          Clip clip = Clip.byGlobalNorm(gradients, 0.7);
          optimizer.step(clip.gradients());
          ema.update();
          return List.of(loss, clip.norm());
        };
    return job;
  }

  static Stream<Arguments> jobs() {
    LearningRate rate = LearningRate.constant(3e-3).cosine(STEPS).warmUp(10);
    List<Example> examples = new ArrayList<>();
    for (int batch : new int[] {1, 100, 256, 300, 512, 700}) {
      examples.add(
          new Example(
              "silu", batch, () -> mlp(Activation.SILU, DType.FLOAT32, p -> Adam.of(p, rate))));
    }
    for (Activation activation : Activation.values()) {
      examples.add(
          new Example(
              activation + " float64",
              300,
              () -> mlp(activation, DType.FLOAT64, p -> Adam.of(p, rate).withDecay(0.1))));
    }
    examples.add(
        new Example(
            "sgd",
            520,
            () -> mlp(Activation.GELU, DType.FLOAT32, p -> Sgd.of(p, rate).withMomentum(0.9))));
    return examples.stream()
        .flatMap(example -> Stream.of(1, 2).map(threads -> Arguments.of(example, threads)));
  }

  @AfterEach
  void threads() {
    Device.cpu().threads(BEFORE);
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void hasTheBitsOfTheEagerStep(Example example, int threads) {
    Device.cpu().threads(threads);
    Job eager = example.job.get();
    Job replayed = example.job.get();
    Program program = Program.record(in -> replayed.step.apply(in.get(0)));
    Rng data = Rng.of(5);
    for (int i = 0; i < STEPS; i++) {
      Tensor x = data.normal(example.batch, 2);
      List<Tensor> want = eager.step.apply(x);
      List<Tensor> got = program.run(x);
      for (int k = 0; k < want.size(); k++) {
        same("result " + k + " of step " + i, want.get(k), got.get(k));
      }
      for (int k = 0; k < eager.state.size(); k++) {
        same("state " + k + " after step " + i, eager.state.get(k), replayed.state.get(k));
      }
    }
  }

  private static void same(String what, Tensor want, Tensor got) {
    assertArrayEquals(want.toDoubles(), got.toDoubles(), what);
  }
}
