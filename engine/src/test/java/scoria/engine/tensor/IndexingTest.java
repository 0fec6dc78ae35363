package scoria.engine.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import scoria.engine.exec.Execute;
import scoria.engine.op.TakeAdjoint;

/** What indices name: from the end too, twice, in every type; values from NumPy. */
class IndexingTest {
  private static Tensor index(long... values) {
    return Tensor.of(values);
  }

  @Test
  void indicesFromTheEnd() {
    Tensor x = Tensor.arange(6).reshape(2, 3);
    assertArrayEquals(new long[] {2, 0, 5, 3}, x.take(1, index(-1, -3)).toLongs());
    assertArrayEquals(new long[] {2, 3}, x.takeAlong(1, index(-1, 0).reshape(2, 1)).toLongs());
    // An index may be smaller beside its axis.
    assertArrayEquals(new long[] {2}, x.takeAlong(1, index(2).reshape(1, 1)).toLongs());
    assertArrayEquals(
        new double[] {0, 1, 2},
        Execute.run(new TakeAdjoint(0, 3), Tensor.of(new double[] {2, 1}), index(-1, 1))
            .toDoubles());
    for (long bad : new long[] {3, -4, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertThrows(IndexOutOfBoundsException.class, () -> x.take(1, index(bad)).toLongs());
    }
    assertThrows(
        IndexOutOfBoundsException.class, () -> Tensor.arange(0).take(0, index(0)).toLongs());
    assertEquals(0, Tensor.arange(0).take(0, index(new long[0])).elements());
  }

  @Test
  void scatteredInEveryType() {
    for (DType dtype : List.of(DType.values())) {
      Tensor x = Tensor.of(new int[] {1, 2, 3, 4, 5, 6}, 2, 3).to(dtype);
      Tensor more = Tensor.of(new int[] {2, 3, 4, 1}, 2, 2).to(dtype);
      Tensor at = index(1, 1, -3, 2).reshape(2, 2);
      boolean truth = dtype == DType.BOOL;
      check(x, at, more, ScatterMode.REPLACE, truth, 1, 3, 3, 4, 5, 1);
      check(x, at, more, ScatterMode.ADD, truth, 1, 7, 3, 8, 5, 7);
      check(x, at, more, ScatterMode.MUL, truth, 1, 12, 3, 16, 5, 6);
      check(x, at, more, ScatterMode.MAX, truth, 1, 3, 3, 4, 5, 6);
      check(x, at, more, ScatterMode.MIN, truth, 1, 2, 3, 4, 5, 1);
      assertArrayEquals(
          x.toDoubles(),
          x.scatter(0, Tensor.arange(0).reshape(0, 3), x.narrow(0, 0, 0), ScatterMode.MAX)
              .toDoubles());
    }
    Tensor bytes = Tensor.of(new byte[] {(byte) 250});
    assertEquals(4, bytes.scatterAdd(0, index(0), Tensor.of(new byte[] {10})).item());
    Tensor long62 = index(1L << 62);
    assertEquals((1L << 62) + 1, long62.scatterAdd(0, index(0), index(1)).toLongs()[0]);
  }

  private static void check(
      Tensor x, Tensor at, Tensor more, ScatterMode mode, boolean truth, double... wanted) {
    Tensor got = x.scatter(1, at, more, mode);
    assertEquals(x.signature(), got.signature());
    double[] values = got.toDoubles();
    for (int i = 0; i < values.length; i++) {
      assertEquals(truth ? 1 : wanted[i], values[i], mode + " of " + x.dtype() + " at " + i);
    }
  }

  @Test
  void indicesSmallerThanTheTensor() {
    Tensor zeros = Tensor.zeros(3, 3);
    Tensor y =
        zeros.scatter(
            0, index(1, 0, 0, 2).reshape(2, 2), Tensor.of(new float[] {1, 2, 3, 4}, 2, 2));
    assertArrayEquals(new double[] {3, 2, 0, 1, 0, 0, 0, 4, 0}, y.toDoubles());
    assertThrows(
        IllegalArgumentException.class,
        () -> zeros.scatter(0, Tensor.arange(4).reshape(1, 4), Tensor.zeros(1, 4)));
    assertThrows(
        IndexOutOfBoundsException.class,
        () ->
            zeros
                .scatter(0, index(3).reshape(1, 1), Tensor.zeros(1, 1), ScatterMode.MAX)
                .toFloats());
  }

  @Test
  void severalIndicesEach() {
    Tensor x = Tensor.arange(12).reshape(2, 3, 2);
    assertArrayEquals(
        new long[] {10, 11, 2, 3}, x.gatherNd(index(-1, 2, 0, 1).reshape(2, 2), 0).toLongs());
    assertArrayEquals(
        new long[] {2, 3, 10, 11}, x.gatherNd(index(1, -1).reshape(2, 1), 1).toLongs());
    assertArrayEquals(new long[] {3, 10}, x.gatherNd(index(1, 1, 2, 0).reshape(2, 2), 1).toLongs());
    assertThrows(
        IndexOutOfBoundsException.class, () -> x.gatherNd(index(0, 3).reshape(1, 2), 0).toLongs());
    Tensor y =
        x.scatterNd(index(1, 1).reshape(2, 1), Tensor.arange(12).reshape(2, 3, 2), ScatterMode.ADD);
    assertArrayEquals(new long[] {0, 1, 2, 3, 4, 5, 12, 15, 18, 21, 24, 27}, y.toLongs());
    Tensor z = x.scatterNd(index(0, 0, 0), Tensor.scalar(9, DType.INT64), ScatterMode.MUL);
    assertArrayEquals(new long[] {0, 1, 2}, z.flatten().narrow(0, 0, 3).toLongs());
    assertThrows(
        IllegalArgumentException.class,
        () -> x.scatterNd(index(0).reshape(1, 1), Tensor.arange(6), ScatterMode.REPLACE));
    assertArrayEquals(
        new long[] {8, 1, 8, 3, 4, 5},
        Tensor.arange(6)
            .reshape(2, 3)
            .indexAdd(1, index(0, -1), Tensor.of(new long[] {8, 6, 1, 0}, 2, 2))
            .sub(Tensor.of(new long[] {0, 0, 0, 1, 0, 0}, 2, 3))
            .toLongs());
  }

  @Test
  void masksAndRows() {
    Tensor x = Tensor.arange(6).reshape(2, 3);
    assertArrayEquals(new long[] {0, 1, 0, 2, 1, 0, 1, 1, 1, 2}, x.nonzero().toLongs());
    assertEquals(Shape.of(1, 0), Tensor.scalar(2, DType.FLOAT32).nonzero().shape());
    assertEquals(Shape.of(0, 2), Tensor.zeros(2, 2).nonzero().shape());
    assertArrayEquals(
        new long[] {2, 5}, x.maskedSelect(Tensor.of(new boolean[] {false, false, true})).toLongs());
    assertArrayEquals(
        new long[] {9, 1, 2, 9, 4, 5},
        x.maskedFill(Tensor.of(new boolean[] {true, false, false}), 9).toLongs());
    Tensor rows = Tensor.of(new int[] {1, -1, 3, -4}).oneHot(3, DType.FLOAT32);
    assertArrayEquals(new double[] {0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0}, rows.toDoubles());
  }

  /** What does not fit is refused; nothing broadcasts. */
  @Test
  void addedSlicesFit() {
    Tensor x = Tensor.zeros(2, 3);
    Tensor one = Tensor.of(new long[] {1});
    for (Tensor source : List.of(Tensor.ones(1, 1), Tensor.ones(2, 3), Tensor.ones(3))) {
      assertThrows(IllegalArgumentException.class, () -> x.indexAdd(0, one, source));
      assertThrows(
          IllegalArgumentException.class,
          () -> x.to(DType.INT64).indexAdd(0, one, source.to(DType.INT64)));
    }
    Tensor whole = Tensor.ones(1, 3).to(DType.INT64);
    assertEquals(
        "'indexAdd' into axis 0 of float32[2, 3] by int64[1] of int64[1, 3]; it takes a vector of"
            + " indices, and slices of one type and shape with the tensor but for the axis, one"
            + " for each index",
        assertThrows(IllegalArgumentException.class, () -> x.indexAdd(0, one, whole)).getMessage());
  }

  @Test
  void scatteringSaysWhatItTakes() {
    Tensor x = Tensor.zeros(2, 3);
    Tensor wide = Tensor.zeros(3, 1);
    for (ScatterMode mode : ScatterMode.values()) {
      assertEquals(
          "'scatter' into float32[2, 3] of elements [3, 1] by an index [3, 1]: these two must be of"
              + " one shape, with as many axes as the first, and no larger than it outside of axis"
              + " 1",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> x.scatter(1, wide.to(DType.INT64), wide, mode))
              .getMessage());
    }
    assertEquals(
        "'gatherNd' with -1 axes of a batch; there are at least 0",
        assertThrows(IllegalArgumentException.class, () -> x.gatherNd(index(0), -1)).getMessage());
    assertEquals(
        "'oneHot' of depth -1; it is at least 0",
        assertThrows(IllegalArgumentException.class, () -> index(0).oneHot(-1, DType.BOOL))
            .getMessage());
    assertEquals(
        "'maskedSelect' by float32[2, 3]; the mask must be bool",
        assertThrows(IllegalArgumentException.class, () -> x.maskedSelect(x)).getMessage());
    assertEquals(
        "index -4 of axis 1 of float32[2, 3] is outside of it: it has 3",
        assertThrows(IllegalArgumentException.class, () -> x.get(1, -4)).getMessage());
  }
}
