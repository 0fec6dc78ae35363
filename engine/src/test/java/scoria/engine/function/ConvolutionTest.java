package scoria.engine.function;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import scoria.engine.exec.Execute;
import scoria.engine.op.AssignUpdate;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** What the test points of convolutions and pools do not show. */
class ConvolutionTest {
  private static void refused(String message, Executable call) {
    var e = assertThrows(IllegalArgumentException.class, call);
    assertEquals(message, e.getMessage());
  }

  @Test
  void manySamplesHaveTheBitsOfOne() {
    Tensor x = Rng.of(1).normal(16, 16, 64, 64);
    Tensor w = Rng.of(2).normal(4, 16, 3, 3);
    Sliding sliding = Sliding.UNIT.padding(1);
    // Without a graph the columns of a few samples are made at a time, with one all of them.
    float[] parts = Convolutions.conv(x, w, null, sliding, 1).toFloats();
    float[] whole = Convolutions.conv(x.tracked(), w, null, sliding, 1).toFloats();
    assertArrayEquals(whole, parts, 0);
    Tensor last = Convolutions.conv(x.narrow(0, 15, 1), w, null, sliding, 1);
    assertArrayEquals(last.toFloats(), Tensor.of(parts, 16, 4, 64, 64).get(0, 15).toFloats(), 0);
  }

  /** PyTorch and ONNX put the odd element of padding at the end, or in front if asked to. */
  @Test
  void samePadding() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 4);
    Tensor w = Tensor.of(new float[] {1, 10}, 1, 1, 2);
    Tensor upper = Convolutions.conv(x, w, null, Sliding.UNIT.same(), 1);
    Tensor lower = Convolutions.conv(x, w, null, Sliding.UNIT.sameLower(), 1);
    assertArrayEquals(new float[] {21, 32, 43, 4}, upper.toFloats());
    assertArrayEquals(new float[] {10, 21, 32, 43}, lower.toFloats());
    Tensor back =
        Convolutions.convTranspose(x, w, null, Sliding.UNIT.stride(2).same(), List.of(), 1);
    assertEquals(Shape.of(1, 1, 8), back.shape());
    assertEquals(
        Shape.of(1, 1, 2), Convolutions.conv(x, w, null, Sliding.UNIT.stride(2).same(), 1).shape());
  }

  @Test
  void refusesWhatDoesNotFit() {
    Tensor x = Tensor.ones(1, 2, 4);
    refused(
        "conv of float32[1, 2, 4] with weights [3, 1, 2] in 1 groups: weights are [outputs,"
            + " channels / groups, ...]",
        () -> Convolutions.conv(x, Tensor.ones(3, 1, 2), null, Sliding.UNIT, 1));
    refused(
        "a window of 5 elements does not fit into an axis of 4 with padding 0 and 0",
        () -> Convolutions.conv(x, Tensor.ones(3, 2, 5), null, Sliding.UNIT, 1));
    refused(
        "conv to float32[1, 3, 3] was given float32[2] for its channels; it takes [3]",
        () -> Convolutions.conv(x, Tensor.ones(3, 2, 2), Tensor.ones(2), Sliding.UNIT, 1));
    refused(
        "strides [1, 2] for 1 axes; give one, or one an axis",
        () -> Pooling.maxPool(x, List.of(2L), Sliding.UNIT.stride(1, 2)));
    refused(
        "a pool over an axis of 4 elements with padding 3 and 3: window 0 has no element but"
            + " padding",
        () -> Pooling.maxPool(x, List.of(2L), Sliding.UNIT.padding(3)));
  }

  @Test
  void theLargestOfNothingButInfinities() {
    float low = Float.NEGATIVE_INFINITY;
    Tensor x = Tensor.of(new float[] {low, low, 1, Float.NaN, 3, 3}, 1, 1, 6);
    Sliding sliding = Sliding.UNIT.stride(2).padding(1);
    Pooling.Indexed max = Pooling.maxPoolIndexed(x, List.of(2L), sliding);
    float[] want = {low, 1, Float.NaN, 3};
    assertArrayEquals(want, max.values().toFloats());
    assertArrayEquals(new long[] {0, 2, 3, 5}, max.indices().toLongs());
    assertArrayEquals(want, Pooling.maxPool(x, List.of(2L), sliding).toFloats());
  }

  /** What updates read through a view of the very memory that they write is copied first. */
  @Test
  void updatesThroughOverlappingViews() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
    Execute.update(AssignUpdate.ASSIGN, List.of(x.transpose()), List.of(x));
    assertArrayEquals(new float[] {1, 3, 2, 4}, x.toFloats());
    Tensor y = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 6);
    Tensor windows = y.windows(0, 2, 1, 1).narrow(0, 0, 3).reshape(Shape.of(6));
    Execute.update(AssignUpdate.ASSIGN, List.of(windows), List.of(y));
    assertArrayEquals(new float[] {1, 2, 2, 3, 3, 4}, y.toFloats());
  }

  @Test
  void windowsOfEveryType() {
    for (DType dtype : DType.values()) {
      Tensor x = Tensor.of(new long[] {0, 1, 1, 0, 1}).to(dtype);
      assertArrayEquals(
          new long[] {0, 1, 1, 0, 1, 1}, x.windows(0, 2, 1, 2).toLongs(), dtype.toString());
      assertEquals(Shape.of(0, 6), x.windows(0, 6, 1, 1).shape());
    }
    refused(
        "'windows' of float32[3]: 4 windows of 0 elements, stride 1, dilation 1; size, stride and"
            + " dilation are at least 1",
        () -> Tensor.ones(3).windows(0, 0, 1, 1));
  }
}
