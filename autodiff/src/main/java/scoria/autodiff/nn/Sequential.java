package scoria.autodiff.nn;

import java.util.List;
import scoria.engine.tensor.Tensor;

/**
 * Layers one after the other. Names are {@code layers.0.weight} and so on; a layer without
 * parameters has a number too.
 *
 * @param layers the first is applied first; none give the identity
 */
public record Sequential(List<? extends Layer> layers) implements Layer {
  /** Copies the list. */
  public Sequential {
    layers = List.copyOf(layers);
  }

  /** Layers one after the other. */
  public static Sequential of(Layer... layers) {
    return new Sequential(List.of(layers));
  }

  @Override
  public Tensor forward(Tensor x) {
    Tensor y = x;
    for (Layer layer : layers) {
      y = layer.forward(y);
    }
    return y;
  }

  @Override
  public Parameters parameters() {
    return Parameters.nested("layers", layers);
  }

  @Override
  public Parameters buffers() {
    return Parameters.nested("layers", layers, Layer::buffers);
  }
}
