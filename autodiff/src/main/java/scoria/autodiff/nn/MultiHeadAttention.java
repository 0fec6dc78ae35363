package scoria.autodiff.nn;

import org.jspecify.annotations.Nullable;
import scoria.engine.function.Attention;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * Attention of several heads, each of which sees a part of the features (Vaswani et al. 2017).
 * Parameters are named as PyTorch names them, {@code in_proj_weight} and so on, and lie as those of
 * {@link Linear}: [in, out].
 *
 * @param inWeight [size, 3 size], for queries, keys and values side by side; tracked from here on
 *     if it was not
 * @param inBias [3 size]
 * @param out from all heads together, size to size
 * @param heads a divisor of the size
 * @param causal whether {@link #forward} lets an element see those before it and itself only
 */
public record MultiHeadAttention(
    Tensor inWeight, Tensor inBias, Linear out, long heads, boolean causal) implements Layer {
  /** Checks that shapes and types fit. */
  public MultiHeadAttention {
    long size = out.in();
    if (out.out() != size || heads < 1 || size % heads != 0) {
      throw new IllegalArgumentException(
          "attention of "
              + heads
              + " heads over a layer from "
              + size
              + " to "
              + out.out()
              + " features; sizes are equal, and heads divide them");
    }
    Leaves.fits("attention", "in_proj_weight", inWeight, out.weight(), size, 3 * size);
    Leaves.fits("attention", "in_proj_bias", inBias, out.weight(), 3 * size);
    inWeight = Leaves.tracked(inWeight);
    inBias = Leaves.tracked(inBias);
  }

  /** A layer with Xavier's weights and biases of zeros. */
  public static MultiHeadAttention of(Rng rng, DType dtype, long size, long heads, boolean causal) {
    Tensor weight = Init.xavierUniform(1).draw(rng, dtype, size, 3 * size, size, 3 * size);
    Linear out = Linear.of(rng, size, size, Init.xavierUniform(1), dtype);
    return new MultiHeadAttention(weight, Tensor.full(0, dtype, 3 * size), out, heads, causal);
  }

  /**
   * Every element looks at all of its sample.
   *
   * @param x [n, length, size]
   * @return [n, length, size]
   */
  @Override
  public Tensor forward(Tensor x) {
    return forward(x, x, null);
  }

  /**
   * Every element looks at all elements of another sequence.
   *
   * @param x [n, length, size]
   * @param context what is looked at, [n, other length, size]
   * @param mask broadcasts to [n, heads, length, other length], or null; see {@link
   *     Attention#scaledDotProduct}
   * @return [n, length, size]
   */
  public Tensor forward(Tensor x, Tensor context, @Nullable Tensor mask) {
    check(x);
    check(context);
    Tensor q;
    Tensor k;
    Tensor v;
    if (x == context) {
      // One product for all three.
      Tensor all = x.matmul(inWeight).add(inBias);
      q = part(all, 0);
      k = part(all, 1);
      v = part(all, 2);
    } else {
      long size = out.in();
      q = x.matmul(inWeight.narrow(1, 0, size)).add(inBias.narrow(0, 0, size));
      Tensor both =
          context.matmul(inWeight.narrow(1, size, 2 * size)).add(inBias.narrow(0, size, 2 * size));
      k = part(both, 0);
      v = part(both, 1);
    }
    Tensor y = Attention.scaledDotProduct(split(q), split(k), split(v), mask, causal);
    return out.forward(y.transpose(1, 2).reshape(x.shape()));
  }

  private void check(Tensor x) {
    if (x.rank() != 3 || x.size(2) != out.in() || x.dtype() != inWeight.dtype()) {
      throw new IllegalArgumentException(
          "attention was given "
              + x.signature()
              + "; it takes "
              + inWeight.dtype()
              + "[n, length, "
              + out.in()
              + "]");
    }
  }

  private Tensor part(Tensor all, long which) {
    return all.narrow(2, which * out.in(), out.in());
  }

  /** [n, length, size] to [n, heads, length, size / heads]. */
  private Tensor split(Tensor x) {
    return x.reshape(x.size(0), x.size(1), heads, out.in() / heads).transpose(1, 2);
  }

  @Override
  public Parameters parameters() {
    return Parameters.of("in_proj_weight", inWeight, "in_proj_bias", inBias)
        .and(out.parameters().prefixed("out_proj"));
  }
}
