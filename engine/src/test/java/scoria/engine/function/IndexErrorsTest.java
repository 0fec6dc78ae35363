package scoria.engine.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.ScatterMode;
import scoria.engine.tensor.Tensor;

/** Indices outside of an axis are refused in the name of the function that was called. */
class IndexErrorsTest {
  private static Tensor index(long... values) {
    return Tensor.of(values);
  }

  /** Classes do not count back from the end; what is ignored need not be one. */
  @Test
  void classesOutsideAreRefused() {
    Tensor logs = Tensor.of(new double[] {-1, -2, -3, -4, -5, -6}, 2, 3);
    for (long bad : new long[] {-1, 3}) {
      Tensor target = Tensor.of(new long[] {0, bad});
      String wrong =
          " of int64[2]: index " + bad + " at position 1 is outside 0 .. 2 (an axis of length 3)";
      outside("'nll'" + wrong, () -> Losses.nll(logs, target, null, null, Losses.Over.SUM));
      outside(
          "'crossEntropy'" + wrong,
          () -> Losses.crossEntropy(logs, target, logs.get(0, 0), 0L, Losses.Over.SUM));
      assertEquals(1, Losses.nll(logs, target, null, bad, Losses.Over.SUM).item());
    }
  }

  /** The function that was called is named, not what it is composed of. */
  @Test
  void whatIsOutsideIsNamed() {
    Tensor x = Tensor.zeros(2, 3);
    Tensor one = Tensor.ones(2, 1);
    String outside = ": index 3 at position 1 is outside -3 .. 2 (an axis of length 3)";
    for (ScatterMode mode : ScatterMode.values()) {
      outside(
          "'scatter' of int64[2, 1]" + outside,
          () -> x.scatter(1, index(0, 3).reshape(2, 1), one, mode));
      outside(
          "'scatterNd' of int64[2]" + outside,
          () -> x.scatterNd(index(0, 0, 1, 3).reshape(2, 2), one.squeeze(1), mode));
      refused(
          "'scatter' into float32[2, 3] of float64[2, 1]: types differ; convert one of them with"
              + " to(dtype)",
          () -> x.scatter(1, index(0, 2).reshape(2, 1), one.to(DType.FLOAT64), mode));
      refused(
          "'scatter' of float32[2, 1]: the index must be int64, not float32",
          () -> x.scatter(1, one, one, mode));
    }
    outside(
        "'gatherNd' of int64[2]" + outside, () -> x.gatherNd(index(0, 0, 1, 3).reshape(2, 2), 0));
    outside(
        "'indexAdd' of int64[2]" + outside, () -> x.indexAdd(1, index(0, 3), Tensor.ones(2, 2)));
    refused(
        "'gatherNd' by an index of shape [3], which names 3 axes of [2, 3] from axis 0; it must"
            + " name from 1 to 2",
        () -> x.gatherNd(index(0, 0, 1), 0));
  }

  private static void outside(String message, Executable call) {
    assertEquals(message, assertThrows(IndexOutOfBoundsException.class, call).getMessage());
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
