package scoria.autodiff.nn;

import scoria.engine.function.Dropouts;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * Elements left out by chance while {@link TrainingMode} is on, and otherwise nothing: {@link
 * Dropouts#dropout}.
 *
 * @param probability of an element to be left out, from 0, below 1
 * @param rng which ones; moves on with every call
 */
public record Dropout(double probability, Rng rng) implements Layer {
  /** Checks the probability. */
  public Dropout {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "dropout with probability " + probability + "; it is from 0 and below 1");
    }
  }

  @Override
  public Tensor forward(Tensor x) {
    return TrainingMode.isOn() ? Dropouts.dropout(x, probability, rng) : x;
  }

  @Override
  public Parameters parameters() {
    return Parameters.none();
  }
}
