package scoria.autodiff.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;

/** Builds plain networks: linear layers with an activation between any two. */
public final class Mlp {
  private Mlp() {}

  /**
   * A float32 network.
   *
   * @param sizes features of the input, of the hidden layers, and of the output: at least two
   */
  public static Sequential of(Rng rng, Activation activation, long... sizes) {
    return of(rng, activation, DType.FLOAT32, sizes);
  }

  /** A network of a given type; weights are Kaiming uniform with the activation's gain. */
  public static Sequential of(Rng rng, Activation activation, DType dtype, long... sizes) {
    if (sizes.length < 2) {
      throw new IllegalArgumentException(
          "an MLP of sizes "
              + Arrays.toString(sizes)
              + "; it needs at least two: those of its input and its output");
    }
    List<Layer> layers = new ArrayList<>();
    for (int i = 1; i < sizes.length; i++) {
      boolean first = i == 1;
      if (!first) {
        layers.add(activation);
      }
      Init init = Init.kaimingUniform(first ? 1 : activation.gain());
      layers.add(Linear.of(rng, sizes[i - 1], sizes[i], init, dtype));
    }
    return new Sequential(layers);
  }
}
