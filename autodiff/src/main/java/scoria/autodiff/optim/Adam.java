package scoria.autodiff.optim;

import java.util.List;
import scoria.autodiff.nn.Parameters;
import scoria.engine.op.AdamUpdate;
import scoria.engine.tensor.Tensor;

/**
 * Adam, or with a weight decay AdamW, by the formulas of {@link AdamUpdate}; all parameters in one
 * call.
 *
 * <p>Kingma and Ba 2015, "Adam: a method for stochastic optimization", algorithm 1; Loshchilov and
 * Hutter 2019, "Decoupled weight decay regularization", algorithm 2, with the decay times the
 * learning rate. State: {@code first.NAME} and {@code second.NAME}, the moments.
 */
public final class Adam implements Optimizer {
  private final Slots slots;
  private final LearningRate rate;
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final double decay;

  private Adam(
      Parameters parameters,
      LearningRate rate,
      double beta1,
      double beta2,
      double epsilon,
      double decay) {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0 && decay >= 0)) {
      throw new IllegalArgumentException(
          "Adam with betas "
              + beta1
              + " and "
              + beta2
              + ", epsilon "
              + epsilon
              + " and decay "
              + decay
              + "; betas are in [0, 1), epsilon is positive and decay at least 0");
    }
    this.slots = new Slots(parameters, "first", "second");
    this.rate = rate;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    this.decay = decay;
  }

  /** Adam with betas 0.9 and 0.999, epsilon 1e-8 and no decay. */
  public static Adam of(Parameters parameters, LearningRate rate) {
    return new Adam(parameters, rate, 0.9, 0.999, 1e-8, 0);
  }

  /** A new optimiser of the same parameters with other decays of the moments, each in [0, 1). */
  public Adam withBetas(double beta1, double beta2) {
    return new Adam(slots.parameters, rate, beta1, beta2, epsilon, decay);
  }

  /** A new optimiser of the same parameters with another number added to the root. */
  public Adam withEpsilon(double epsilon) {
    return new Adam(slots.parameters, rate, beta1, beta2, epsilon, decay);
  }

  /** A new optimiser of the same parameters with weight decay, of all of them: AdamW. */
  public Adam withDecay(double decay) {
    return new Adam(slots.parameters, rate, beta1, beta2, epsilon, decay);
  }

  @Override
  public Parameters parameters() {
    return slots.parameters;
  }

  @Override
  public void step(List<Tensor> gradients) {
    AdamUpdate update = new AdamUpdate(beta1, beta2, epsilon);
    slots.run(
        update,
        gradients,
        AdamUpdate.NUMBERS,
        numbers -> {
          double now = rate.at(slots.steps);
          slots.steps++;
          update.fill(numbers, now, decay, slots.steps);
        });
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
