package scoria.autodiff.nn;

import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Checks of layers' parameters. */
final class Leaves {
  private Leaves() {}

  static Tensor tracked(Tensor x) {
    return x.isTracked() ? x : x.tracked();
  }

  static @Nullable Tensor trackedIfAny(@Nullable Tensor x) {
    return x == null ? null : tracked(x);
  }

  /** Refuses a parameter of another shape or type than the weight asks for. */
  static void fits(String layer, String name, @Nullable Tensor x, Tensor weight, long... sizes) {
    if (x != null && !(x.shape().equals(Shape.of(sizes)) && x.dtype() == weight.dtype())) {
      throw new IllegalArgumentException(
          "the "
              + name
              + " of a "
              + layer
              + " is "
              + x.signature()
              + "; with a weight "
              + weight.signature()
              + " it must be "
              + weight.dtype()
              + Shape.of(sizes));
    }
  }

  /** Refuses what would not keep a norm from dividing by 0. */
  static void eps(String layer, double eps) {
    if (!(eps > 0)) {
      throw new IllegalArgumentException(
          layer + " that adds " + eps + " to what it divides by; it must be above 0");
    }
  }

  static Parameters of(Tensor weight, @Nullable Tensor bias) {
    return bias == null
        ? Parameters.of("weight", weight)
        : Parameters.of("weight", weight, "bias", bias);
  }
}
