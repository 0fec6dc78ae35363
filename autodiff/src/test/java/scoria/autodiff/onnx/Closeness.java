package scoria.autodiff.onnx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Tensor;

/**
 * What ONNX's own test runner asks of an output: the type, the shape, and elements that numpy's
 * {@code assert_allclose} accepts with the tolerances that the runner gives a case that names none
 * ({@code onnx.backend.test.loader}); no node test names any. Whole numbers and truth values must
 * be equal here.
 */
final class Closeness {
  private static final double RELATIVE = 1e-3;
  private static final double ABSOLUTE = 1e-7;

  private Closeness() {}

  /** What is wrong with an output, or null if nothing is. */
  static @Nullable String complaint(Tensor actual, Tensor expected) {
    if (actual.dtype() != expected.dtype() || !actual.shape().equals(expected.shape())) {
      return actual.signature() + " instead of " + expected.signature();
    }
    if (!expected.dtype().isFloat()) {
      long[] got = actual.toLongs();
      long[] wanted = expected.toLongs();
      int at = Arrays.mismatch(got, wanted);
      return at < 0 ? null : "element " + at + " is " + got[at] + " instead of " + wanted[at];
    }
    double[] got = actual.toDoubles();
    double[] wanted = expected.toDoubles();
    for (int i = 0; i < got.length; i++) {
      if (!isClose(got[i], wanted[i])) {
        return "element " + i + " is " + got[i] + " instead of " + wanted[i];
      }
    }
    return null;
  }

  private static boolean isClose(double got, double wanted) {
    if (Double.isNaN(wanted) || Double.isInfinite(wanted)) {
      return Double.compare(got, wanted) == 0;
    }
    return Math.abs(got - wanted) <= ABSOLUTE + RELATIVE * Math.abs(wanted);
  }
}
