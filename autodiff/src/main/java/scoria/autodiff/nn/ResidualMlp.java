package scoria.autodiff.nn;

import java.util.List;
import java.util.stream.Stream;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * A residual network conditioned on noise, for data without a spatial structure.
 *
 * <p>h = input(x); e = condition(embedding(noise)); h = block(h, e) for every block; the value is
 * output(silu(h)). Blocks and the way of conditioning are those of residual networks with
 * pre-activation (He et al. 2016) as diffusion models use them (Ho et al. 2020, appendix B).
 *
 * @param input from the features of x to the width
 * @param embedding of the noise
 * @param condition two linear layers with SiLU after each, from the embedding's size
 * @param blocks any number, of the width
 * @param output from the width back to the features of x
 */
public record ResidualMlp(
    Linear input,
    Embedding embedding,
    Sequential condition,
    List<ResidualBlock> blocks,
    Linear output)
    implements NoiseConditioned {
  /** Checks that the sizes fit together. */
  public ResidualMlp {
    blocks = List.copyOf(blocks);
    long width = input.out();
    for (int i = 0; i < blocks.size(); i++) {
      if (blocks.get(i).first().in() != width) {
        throw new IllegalArgumentException(
            "block "
                + i
                + " has width "
                + blocks.get(i).first().in()
                + " and the input layer gives "
                + width);
      }
    }
    if (output.in() != width) {
      throw new IllegalArgumentException(
          "the output layer takes " + output.in() + " features and the width is " + width);
    }
  }

  /**
   * A float32 network with Gaussian Fourier features of the noise, as many as the width (or one
   * more if that is odd), of scale 1.
   *
   * @param features elements of one sample
   * @param width of the hidden layers
   * @param blocks number of residual blocks, at least 0
   */
  public static ResidualMlp of(Rng rng, long features, long width, int blocks) {
    return of(
        rng,
        features,
        width,
        blocks,
        FourierEmbedding.of(rng, width + width % 2, 1, DType.FLOAT32),
        DType.FLOAT32);
  }

  /**
   * A network.
   *
   * <p>Weights are Kaiming normal. The output layer begins with zeros, so that the first value is 0
   * everywhere; the last layers of the blocks are divided by the root of their number, so that the
   * size of h does not grow with it.
   *
   * @param features elements of one sample
   * @param width of the hidden layers
   * @param blocks number of residual blocks, at least 0
   * @param embedding of the noise
   * @param dtype float32 or float64, the embedding's too
   */
  public static ResidualMlp of(
      Rng rng, long features, long width, int blocks, Embedding embedding, DType dtype) {
    if (features < 1 || width < 1 || blocks < 0) {
      throw new IllegalArgumentException(
          "a residual MLP of "
              + features
              + " features, width "
              + width
              + " and "
              + blocks
              + " blocks; features and width are at least 1, blocks at least 0");
    }
    Init plain = Init.kaimingNormal(1);
    Init afterSilu = Init.kaimingNormal(Activation.SILU.gain());
    Init last = Init.kaimingNormal(Activation.SILU.gain() / Math.sqrt(Math.max(1, blocks)));
    // Cosines and sines have mean square 1/2.
    Init afterWaves = Init.kaimingNormal(Math.sqrt(2));
    Linear input = Linear.of(rng, features, width, plain, dtype);
    Sequential condition =
        Sequential.of(
            Linear.of(rng, embedding.size(), width, afterWaves, dtype),
            Activation.SILU,
            Linear.of(rng, width, width, afterSilu, dtype),
            Activation.SILU);
    List<ResidualBlock> steps =
        Stream.generate(
                () ->
                    new ResidualBlock(
                        Linear.of(rng, width, width, afterSilu, dtype),
                        Linear.withoutBias(rng, width, width, afterSilu, dtype),
                        Linear.of(rng, width, width, last, dtype)))
            .limit(blocks)
            .toList();
    Linear output = Linear.of(rng, width, features, Init.zeros(), dtype);
    return new ResidualMlp(input, embedding, condition, steps, output);
  }

  /**
   * The value.
   *
   * @param x [n, d...], of as many elements a sample as the network has features
   * @param noise [n], or [1] for all samples
   * @return of the shape of {@code x}
   */
  @Override
  public Tensor forward(Tensor x, Tensor noise) {
    long features = input.in();
    long n = x.rank() == 0 ? 0 : x.size(0);
    if (x.rank() < 2 || x.elements() != n * features) {
      throw new IllegalArgumentException(
          "a residual MLP of "
              + features
              + " features was given "
              + x.signature()
              + "; it takes [n, ...] with "
              + features
              + " elements a sample");
    }
    if (noise.rank() != 1 || (noise.size(0) != n && noise.size(0) != 1)) {
      throw new IllegalArgumentException(
          "the noise of "
              + n
              + " samples is "
              + noise.signature()
              + "; it must be ["
              + n
              + "] or [1]");
    }
    Tensor e = condition.forward(embedding.forward(noise));
    Tensor h = input.forward(x.reshape(n, features));
    for (ResidualBlock block : blocks) {
      h = block.forward(h, e);
    }
    return output.forward(h.silu()).reshape(x.shape());
  }

  @Override
  public Parameters parameters() {
    return input
        .parameters()
        .prefixed("input")
        .and(condition.parameters().prefixed("condition"))
        .and(Parameters.nested("blocks", blocks))
        .and(output.parameters().prefixed("output"));
  }

  @Override
  public Parameters buffers() {
    return embedding.buffers().prefixed("embedding");
  }
}
