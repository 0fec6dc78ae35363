package scoria.bench.peers;

import java.util.ArrayList;
import java.util.List;
import scoria.autodiff.grad.Gradient;
import scoria.autodiff.nn.Activation;
import scoria.autodiff.nn.Layer;
import scoria.autodiff.nn.Linear;
import scoria.autodiff.nn.Sequential;
import scoria.autodiff.optim.Adam;
import scoria.autodiff.optim.LearningRate;
import scoria.engine.exec.Program;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/** {@link DsmProblem} by Scoria, as a recorded program. */
final class ScoriaDsm implements Contender {
  private final DsmProblem problem = new DsmProblem();
  private final Rng rng = Rng.of(1);
  private final Tensor data = points(problem.data());
  private final Sequential score = network(problem);
  private final List<Tensor> weights = score.parameters().tensors();
  private final Adam adam = Adam.of(score.parameters(), LearningRate.constant(DsmProblem.RATE));

  /** With noise that is given, and with noise of its own. */
  private final Program given = Program.record(in -> List.of(train(in.get(0))));

  private final Program step = Program.record(_ -> List.of(train(rng.normal(DsmProblem.BATCH, 2))));

  private double loss;

  ScoriaDsm() {}

  @Override
  public double[] check() {
    double[] losses = new double[DsmProblem.CHECKED_STEPS];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = given.run(points(problem.noise(i))).get(0).item();
    }
    return losses;
  }

  @Override
  public void step() {
    loss = step.run().get(0).item();
    if (Double.isNaN(loss)) {
      throw new ArithmeticException("the loss is NaN");
    }
  }

  private Tensor train(Tensor eps) {
    Tensor noised = data.add(eps.mul(DsmProblem.SIGMA));
    Tensor residual = score.forward(noised).mul(DsmProblem.SIGMA).add(eps);
    Tensor mean = residual.square().sum(1).mean();
    adam.step(Gradient.of(mean, weights));
    return mean;
  }

  private static Sequential network(DsmProblem problem) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < DsmProblem.layers(); i++) {
      if (i > 0) {
        layers.add(Activation.SILU);
      }
      int in = DsmProblem.SIZES.get(i);
      int out = DsmProblem.SIZES.get(i + 1);
      layers.add(
          new Linear(Tensor.of(problem.weight(i), in, out), Tensor.of(problem.bias(i), out)));
    }
    return new Sequential(layers);
  }

  private static Tensor points(float[] values) {
    return Tensor.of(values, DsmProblem.BATCH, 2);
  }
}
