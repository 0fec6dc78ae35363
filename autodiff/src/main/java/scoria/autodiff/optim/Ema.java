package scoria.autodiff.optim;

import java.util.ArrayList;
import java.util.List;
import scoria.autodiff.nn.Parameters;
import scoria.engine.exec.Execute;
import scoria.engine.exec.Feed;
import scoria.engine.op.LerpUpdate;
import scoria.engine.tensor.Tensor;

/**
 * An exponential moving average of parameters: average = decay average + (1 - decay) parameters at
 * every {@link #update}. Score models are sampled with it rather than with the last parameters
 * (Song and Ermon 2020).
 *
 * <p>It begins with the parameters as they are when it is made. Make it outside of the {@link
 * scoria.engine.memory.Scope} that a step is run in. Not thread-safe.
 */
public final class Ema {
  private final Parameters parameters;
  private final Parameters average;
  private final double decay;
  private final boolean warmUp;
  private long updates;

  private Ema(Parameters parameters, double decay, boolean warmUp) {
    if (!(decay >= 0 && decay <= 1)) {
      throw new IllegalArgumentException("an average of decay " + decay + "; it is from 0 to 1");
    }
    this.parameters = parameters;
    this.average = parameters.copy();
    this.decay = decay;
    this.warmUp = warmUp;
  }

  /**
   * An average that begins now.
   *
   * @param decay from 0 (the last parameters) to 1 (the first ones)
   */
  public static Ema of(Parameters parameters, double decay) {
    return new Ema(parameters, decay, false);
  }

  /**
   * A new average of the same parameters whose decay is min(decay, (1 + t) / (10 + t)) after t
   * updates, so that it forgets the first parameters early.
   */
  public Ema withWarmUp() {
    return new Ema(parameters, decay, true);
  }

  /** Takes in the parameters as they are now. */
  public void update() {
    List<Tensor> inputs = new ArrayList<>(parameters.tensors());
    inputs.add(
        Feed.float64(
            1,
            weight -> {
              double d = warmUp ? Math.min(decay, (1.0 + updates) / (10.0 + updates)) : decay;
              weight[0] = 1 - d;
              updates++;
            }));
    Execute.update(LerpUpdate.LERP, inputs, average.tensors());
  }

  /** The average, under the parameters' names; it changes with every update. */
  public Parameters average() {
    return average;
  }

  /** How many updates have been made. */
  public long updates() {
    return updates;
  }

  /**
   * Takes up where another left off.
   *
   * @param average what {@link #average} gave, or a copy
   * @param updates what {@link #updates} gave
   */
  public void restore(Parameters average, long updates) {
    if (updates < 0) {
      throw new IllegalArgumentException(
          "an average of " + updates + " updates; there are at least 0");
    }
    this.average.assign(average);
    this.updates = updates;
  }
}
