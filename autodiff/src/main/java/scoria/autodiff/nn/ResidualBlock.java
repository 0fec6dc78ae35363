package scoria.autodiff.nn;

import scoria.engine.tensor.Tensor;

/**
 * h + W<sub>2</sub> silu(W<sub>1</sub> silu(h) + E e): a step that a network adds to what it knows,
 * told the noise level by the embedding e.
 *
 * @param first W<sub>1</sub>, with a bias
 * @param noise E, without a bias
 * @param second W<sub>2</sub>, with a bias
 */
public record ResidualBlock(Linear first, Linear noise, Linear second) implements Parametrized {
  /** Checks that the sizes fit together. */
  public ResidualBlock {
    if (first.out() != noise.out() || first.out() != second.in() || first.in() != second.out()) {
      throw new IllegalArgumentException(
          "a residual block whose layers are "
              + first.parameters().get("weight").shape()
              + ", "
              + noise.parameters().get("weight").shape()
              + " for the noise and "
              + second.parameters().get("weight").shape()
              + "; they must be [width, inner], [embedding, inner] and [inner, width]");
    }
  }

  /**
   * The value.
   *
   * @param h [n, width]
   * @param embedding e, [n, embedding] or [1, embedding]
   * @return [n, width]
   */
  public Tensor forward(Tensor h, Tensor embedding) {
    Tensor inner = first.forward(h.silu()).add(noise.forward(embedding));
    return h.add(second.forward(inner.silu()));
  }

  @Override
  public Parameters parameters() {
    return first
        .parameters()
        .prefixed("first")
        .and(noise.parameters().prefixed("noise"))
        .and(second.parameters().prefixed("second"));
  }
}
