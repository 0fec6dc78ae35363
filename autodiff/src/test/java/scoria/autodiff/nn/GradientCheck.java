package scoria.autodiff.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import scoria.autodiff.grad.Gradient;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/** Compares gradients with central differences in float64. */
final class GradientCheck {
  private static final double STEP = 1e-5;

  private GradientCheck() {}

  /**
   * Checks the gradients of a weighted sum of all outputs, element by element.
   *
   * @param output computes the outputs from the values that the inputs have now
   * @param inputs float64 leaves, which are changed and put back
   */
  static void check(Supplier<Tensor> output, Parameters inputs) {
    Tensor weights = Rng.of(77).normal(DType.FLOAT64, output.get().shape().toArray());
    Supplier<Tensor> loss = () -> output.get().mul(weights).sum();
    List<Tensor> gradients = Gradient.of(loss.get(), inputs.tensors());
    for (int k = 0; k < gradients.size(); k++) {
      String name = inputs.names().get(k);
      double[] values = inputs.tensors().get(k).toDoubles();
      double[] gradient = gradients.get(k).toDoubles();
      for (int i = 0; i < values.length; i++) {
        double up = at(loss, inputs, name, values, i, STEP);
        double down = at(loss, inputs, name, values, i, -STEP);
        double slope = (up - down) / (2 * STEP);
        assertEquals(
            slope, gradient[i], 1e-7 * Math.max(1, Math.abs(slope)), name + " element " + i);
      }
    }
  }

  private static double at(
      Supplier<Tensor> loss, Parameters inputs, String name, double[] values, int i, double step) {
    Parameters one = Parameters.of(Map.of(name, inputs.get(name)));
    long[] sizes = inputs.get(name).shape().toArray();
    double[] moved = values.clone();
    moved[i] += step;
    one.assign(Parameters.of(name, Tensor.of(moved, sizes)));
    double value = loss.get().item();
    one.assign(Parameters.of(name, Tensor.of(values, sizes)));
    return value;
  }

  /** Gives all parameters random values, so that none has a gradient of zero by its beginning. */
  static void scramble(Parameters parameters) {
    Rng rng = Rng.of(78);
    parameters.assign(parameters.map(p -> rng.normal(p.dtype(), p.shape().toArray()).mul(0.7)));
  }
}
