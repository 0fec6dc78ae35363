package scoria.engine.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import scoria.engine.exec.Execute;
import scoria.engine.op.AssignUpdate;

/** Nothing, one, too many: what the sizes between which code is usually tried hide. */
class CornerCaseTest {
  private static void refuses(Runnable call, String... parts) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call::run);
    String message = String.valueOf(e.getMessage());
    for (String part : parts) {
      assertTrue(message.contains(part), part + " in: " + message);
    }
    assertEquals(-1, message.indexOf('\n'), message);
  }

  @Test
  void emptyTensors() {
    assertEquals("[]", Tensor.of(new float[0], 0).toString());
    assertEquals(Shape.of(0), Tensor.zeros(0, 3).reshape(-1).shape());
    assertEquals(0, Tensor.zeros(0, 3).sum().item());
    assertArrayEquals(new float[3], Tensor.zeros(0, 3).sum(0).toFloats());
    for (int axis = 0; axis < 3; axis++) {
      for (Tensor x :
          List.of(Tensor.zeros(2, 0, 0), Tensor.zeros(0, 2, 0), Tensor.zeros(0, 0, 2))) {
        assertEquals(x.shape().reduce(new int[] {axis}, false), x.sum(axis).shape());
        assertEquals(x.elements() == 0, x.sum(axis).sum().item() == 0);
      }
    }
    assertTrue(Double.isNaN(Tensor.zeros(0).mean().item()));
    assertEquals(Shape.of(2, 3, 4), Tensor.zeros(2, 3, 0).matmul(Tensor.zeros(0, 4)).shape());
    assertArrayEquals(new float[2], Tensor.zeros(1, 2, 0).matmul(Tensor.zeros(0, 1)).toFloats());
    assertEquals(Shape.of(0, 5, 2), Tensor.zeros(0, 5, 3).matmul(Tensor.zeros(3, 2)).shape());
    assertEquals(
        Double.NEGATIVE_INFINITY, Tensor.zeros(1, 0).logSumExp(1).item(), "a sum of nothing");
    assertEquals(Shape.of(2, 3), Tensor.concat(0, Tensor.zeros(0, 3), Tensor.ones(2, 3)).shape());
    refuses(() -> Tensor.zeros(3, 0).amax(1), "'amax'", "[3, 0]");
    refuses(() -> Tensor.zeros(3, 0).argMax(1), "'argmax'", "[3, 0]");
    refuses(() -> Tensor.stack(0), "stack of no tensors");
    refuses(() -> Tensor.stack(-1), "stack of no tensors");
    refuses(() -> Tensor.zeros(2, 0).reshape(-1, 0), "-1");
    refuses(() -> Tensor.arange(-1), "arange of -1");
  }

  @Test
  void scalarsHaveNoAxes() {
    Tensor x = Tensor.scalar(3, DType.FLOAT64);
    assertEquals(3, x.sum().item());
    assertEquals(3, x.mean().item());
    assertEquals(3, x.amax().item());
    refuses(() -> x.sum(0), "axis 0", "[]");
    refuses(() -> x.amax(-1), "axis -1", "[]");
  }

  @Test
  void sizesThatOverflow() {
    refuses(() -> Tensor.zeros(1L << 40, 1L << 40), "more elements than a long");
    refuses(() -> Shape.of(Long.MAX_VALUE, 2), "more elements than a long");
    assertEquals(0, Shape.of(0, 1L << 40).elements());
    refuses(() -> Tensor.zeros(1L << 61), "float32[2305843009213693952]", "bytes");
    assertThrows(OutOfMemoryError.class, () -> Tensor.zeros(1L << 60));
    Tensor x = Tensor.zeros(2, 3);
    refuses(() -> x.slice(0, 0, 1L << 62, 5), "'slice'", "axis 0");
    refuses(() -> x.slice(1, 2, Long.MIN_VALUE, 3), "'slice'", "axis 1");
    refuses(() -> x.slice(1, 1, 1, Long.MAX_VALUE), "'slice'", "axis 1");
    assertEquals(Shape.of(2, 1), x.slice(1, 2, Long.MIN_VALUE, 1).shape());
    assertEquals(Shape.of(2, 2), x.slice(1, 0, 2, 2).shape());
    refuses(() -> x.slice(1, 0, 2, 3), "'slice'");
    refuses(() -> x.reshape(-1, -1), "only one may be -1");
    refuses(() -> Tensor.ones(1).expand(1L << 40).toFloats(), "narrow");
  }

  @Test
  void wrapChecksWhatItIsGiven() {
    MemorySegment segment = Arena.ofAuto().allocate(16, 8);
    refuses(() -> Tensor.wrap(segment, DType.FLOAT32, 1L << 62), "bytes");
    refuses(() -> Tensor.wrap(segment, DType.FLOAT32, 5), "16 bytes", "20");
    refuses(() -> Tensor.wrap(segment.asSlice(1), DType.FLOAT32, 3), "multiple of 4");
    assertEquals(15, Tensor.wrap(segment.asSlice(1), DType.UINT8, 15).elements());
  }

  @Test
  void integersAndTruthValuesAreCounted() {
    assertEquals(255 + 2, Tensor.of(new byte[] {(byte) 255, 2}).sum().item());
    Tensor mask = Tensor.of(new boolean[] {true, false, true, true}, 2, 2);
    assertArrayEquals(new long[] {2, 1}, mask.sum(0).toLongs());
    assertEquals(DType.INT64, mask.get(0, 0).get(0, 0).sum().dtype());
    int large = Integer.MAX_VALUE;
    assertEquals(2L * large, Tensor.of(new int[] {large, large}).sum().item());
    refuses(() -> mask.mean(), "'mean'", "bool[2, 2]", "to(dtype)");
    refuses(() -> Tensor.arange(3).mean(), "'mean'", "int64[3]");
    refuses(() -> mask.add(mask), "'add'", "bool", "to(dtype)");
    assertArrayEquals(new long[] {255, 255}, Tensor.full(300, DType.UINT8, 2).toLongs());
  }

  @Test
  void messagesNameTheCallersShapes() {
    refuses(
        () -> Tensor.ones(2, 3, 4).matmul(Tensor.ones(5, 6)), "float32[2, 3, 4], float32[5, 6]");
  }

  @Test
  void extremesOfEqualsAndNaN() {
    assertEquals(1, Tensor.of(new float[] {1, 3, 3}).argMax(0).item());
    assertEquals(1, Tensor.of(new double[] {1, Double.NaN, 5, Double.NaN}).argMin(0).item());
    assertArrayEquals(
        new long[] {1, 2},
        Tensor.of(new float[] {1, 3, Float.NaN, 0, 2, Float.NaN}, 3, 2).argMax(0).toLongs());
    assertTrue(Double.isNaN(Tensor.of(new float[] {1, Float.NaN}).amin().item()));
  }

  @Test
  void assigningToOverlappingMemoryCopiesFirst() {
    Tensor x = Tensor.arange(64).to(DType.FLOAT32);
    Execute.update(AssignUpdate.ASSIGN, List.of(x.narrow(0, 0, 60)), List.of(x.narrow(0, 2, 60)));
    assertArrayEquals(
        Tensor.arange(60).toFloats(), x.narrow(0, 2, 60).toFloats(), "shifted by two");
    Tensor y = Tensor.arange(5).to(DType.FLOAT64);
    Execute.update(AssignUpdate.ASSIGN, List.of(y.slice(0, 4, -1, 5)), List.of(y));
    assertArrayEquals(new double[] {4, 3, 2, 1, 0}, y.toDoubles());
  }

  @Test
  void identityMatrix() {
    assertArrayEquals(
        new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, Tensor.eye(3, DType.FLOAT32).toDoubles());
    assertEquals(0, Tensor.eye(0, DType.FLOAT64).elements());
  }

  /** As numpy.linspace. */
  @Test
  void evenlySpacedNumbers() {
    assertArrayEquals(new double[] {}, Tensor.linspace(2, 3, 0).toDoubles());
    assertArrayEquals(new double[] {2}, Tensor.linspace(2, 3, 1).toDoubles());
    assertArrayEquals(new double[] {2, 3}, Tensor.linspace(2, 3, 2).toDoubles());
    assertArrayEquals(new double[] {3, 2.5, 2}, Tensor.linspace(3, 2, 3).toDoubles());
    assertEquals(
        "linspace of -1 numbers; it takes at least 0",
        assertThrows(IllegalArgumentException.class, () -> Tensor.linspace(2, 3, -1)).getMessage());
  }
}
