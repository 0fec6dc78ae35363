package scoria.engine.function;

import java.util.List;
import scoria.engine.op.Case;
import scoria.engine.op.Reference;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Elements left out by chance while training (Srivastava et al. 2014). */
public final class Dropouts implements Functions {
  private Dropouts() {}

  /** The test points. */
  static List<Composed> cases() {
    return List.of(
        Composed.of(
            "dropout",
            in -> dropout(in[0], 0.4, Rng.of(7)),
            in -> kept(in[0], in[0].shape().toArray()),
            Case.spread(4, 5)),
        Composed.of(
            "channelDropout",
            in -> channelDropout(in[0], 0.4, Rng.of(7)),
            in -> kept(in[0], in[0].shape().size(0), in[0].shape().size(1), 1),
            Case.spread(3, 4, 2)));
  }

  private static Reference kept(Reference x, long... sizes) {
    Reference u = new Reference(Shape.of(sizes), Rng.of(7).uniform(sizes).toDoubles());
    return x.zip(u, (v, chance) -> chance < 0.4f ? 0 : v / 0.6);
  }

  /**
   * Every element 0 with a probability, and otherwise over the probability of the others, so that
   * the mean stays.
   *
   * @param probability from 0, below 1; 0 draws nothing
   * @param rng which elements: one number is taken for each, of float32 whatever the type
   */
  public static Tensor dropout(Tensor x, double probability, Rng rng) {
    return masked("dropout", x, probability, rng, x.shape().toArray());
  }

  /**
   * As {@link #dropout}, but whole channels of a sample.
   *
   * @param x [n, channels, ...]
   */
  public static Tensor channelDropout(Tensor x, double probability, Rng rng) {
    if (x.rank() < 2) {
      throw new IllegalArgumentException(
          "channelDropout of " + x.signature() + "; it takes [n, channels, ...]");
    }
    long[] sizes = x.shape().toArray();
    for (int i = 2; i < sizes.length; i++) {
      sizes[i] = 1;
    }
    return masked("channelDropout", x, probability, rng, sizes);
  }

  private static Tensor masked(
      String caller, Tensor x, double probability, Rng rng, long... sizes) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          caller + " with probability " + probability + "; it is from 0 and below 1");
    }
    Inputs.floats(caller, x);
    if (probability == 0) {
      return x;
    }
    Tensor chance = rng.uniform(DType.FLOAT32, sizes).to(x.device());
    Tensor limit = Tensor.scalar(probability, DType.FLOAT32).to(x.device());
    return x.mul(chance.greaterEqual(limit).to(x.dtype()).mul(1 / (1 - probability)));
  }
}
