package scoria.autodiff.nn;

import scoria.engine.op.Places;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * A vector for every number: int64 [...] to [..., size].
 *
 * @param weight [count, size]; tracked from here on if it was not
 */
public record EmbeddingTable(Tensor weight) implements Layer {
  /** Checks the shape. */
  public EmbeddingTable {
    if (weight.rank() != 2) {
      throw new IllegalArgumentException(
          "the weight of an embedding is "
              + weight.signature()
              + "; it must have shape [count, size]");
    }
    weight = Leaves.tracked(weight);
  }

  /** A table of normal numbers. */
  public static EmbeddingTable of(Rng rng, DType dtype, long count, long size) {
    return new EmbeddingTable(rng.normal(dtype, count, size));
  }

  /**
   * The vectors.
   *
   * @param index int64, from 0, below count; another throws {@link IndexOutOfBoundsException}
   */
  @Override
  public Tensor forward(Tensor index) {
    return weight.take(0, index.apply(new Places("embedding", weight.size(0), false)));
  }

  @Override
  public Parameters parameters() {
    return Parameters.of("weight", weight);
  }
}
