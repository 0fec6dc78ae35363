package scoria.bench.micro;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import scoria.autodiff.grad.Gradient;
import scoria.autodiff.nn.Activation;
import scoria.autodiff.nn.Mlp;
import scoria.autodiff.nn.Sequential;
import scoria.autodiff.optim.Adam;
import scoria.autodiff.optim.LearningRate;
import scoria.engine.device.Device;
import scoria.engine.exec.Program;
import scoria.engine.memory.Scope;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * A whole step of denoising score matching, eager and as a recorded program: fresh noise on 512
 * points of the plane, the loss of a network 2-128-128-128-2 with SiLU, its gradient, an update by
 * Adam.
 */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DsmStepBenchmark {
  private static final double SIGMA = 0.5;

  /** Threads that compute. */
  @Param({"1", "2"})
  public int threads;

  /** What computes. */
  @Param("cpu")
  public String device = "cpu";

  private Rng rng;
  private Sequential score;
  private Adam adam;
  private Tensor data;
  private Program program;

  /** Makes network and data. */
  @Setup
  public void start() {
    Device.cpu().threads(threads);
    (device.equals("cuda") ? Device.cuda() : Device.cpu()).makeDefault();
    rng = Rng.of(1);
    score = Mlp.of(rng, Activation.SILU, 2, 128, 128, 128, 2);
    adam = Adam.of(score.parameters(), LearningRate.constant(1e-3));
    data = rng.normal(512, 2);
    program = Program.record(_ -> List.of(train()));
  }

  /** The step, eager; gives the loss, mean of |sigma s(x + sigma eps) + eps|^2. */
  @Benchmark
  public double eager() {
    try (Scope scope = Scope.open("step")) {
      return train().item();
    }
  }

  /** The step, replayed. */
  @Benchmark
  public double recorded() {
    return program.run().get(0).item();
  }

  private Tensor train() {
    Tensor eps = rng.normal(512, 2);
    Tensor noised = data.add(eps.mul(SIGMA));
    Tensor residual = score.forward(noised).mul(SIGMA).add(eps);
    Tensor loss = residual.square().sum(1).mean();
    adam.step(Gradient.of(loss, score.parameters().tensors()));
    return loss;
  }
}
