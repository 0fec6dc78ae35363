package scoria.autodiff.optim;

import java.util.List;
import scoria.autodiff.nn.Parameters;
import scoria.engine.op.MomentumUpdate;
import scoria.engine.tensor.Tensor;

/**
 * Stochastic gradient descent with momentum: u = momentum u + g; p = p - rate u. Polyak 1964, in
 * the form of Sutskever et al. 2013 with the rate outside of the velocity. State: {@code
 * velocity.NAME}.
 */
public final class Sgd implements Optimizer {
  private final Slots slots;
  private final LearningRate rate;
  private final double momentum;

  private Sgd(Parameters parameters, LearningRate rate, double momentum) {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("momentum " + momentum + "; it is in [0, 1)");
    }
    this.slots = new Slots(parameters, "velocity");
    this.rate = rate;
    this.momentum = momentum;
  }

  /** Plain descent. */
  public static Sgd of(Parameters parameters, LearningRate rate) {
    return new Sgd(parameters, rate, 0);
  }

  /** A new optimiser of the same parameters with momentum, in [0, 1). */
  public Sgd withMomentum(double momentum) {
    return new Sgd(slots.parameters, rate, momentum);
  }

  @Override
  public Parameters parameters() {
    return slots.parameters;
  }

  @Override
  public void step(List<Tensor> gradients) {
    slots.run(
        new MomentumUpdate(momentum), gradients, 1, numbers -> numbers[0] = rate.at(slots.steps++));
  }

  @Override
  public long steps() {
    return slots.steps;
  }

  @Override
  public Parameters state() {
    return slots.state;
  }

  @Override
  public void restore(Parameters state, long steps) {
    slots.restore(state, steps);
  }
}
