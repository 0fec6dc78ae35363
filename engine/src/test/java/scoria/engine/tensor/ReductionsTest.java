package scoria.engine.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Reductions of whole numbers and truth values, over all kinds of axes; values from NumPy. */
class ReductionsTest {
  private static final int[] ALL = {};

  private static Tensor whole(DType dtype) {
    return Tensor.of(new int[] {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8}, 2, 3, 2).to(dtype);
  }

  private static void is(Tensor got, DType dtype, Shape shape, double... values) {
    assertEquals(dtype, got.dtype());
    assertEquals(shape, got.shape());
    assertArrayEquals(values, got.toDoubles());
  }

  @Test
  void integers() {
    for (DType dtype : new DType[] {DType.INT64, DType.INT32, DType.UINT8}) {
      Tensor x = whole(dtype);
      is(x.sum(0, 2), DType.INT64, Shape.of(3), 12, 13, 27);
      is(x.prod(1), DType.INT64, Shape.of(2, 2), 60, 9, 50, 144);
      is(x.prod(new int[] {0, 2}, true), DType.INT64, Shape.of(1, 3, 1), 36, 60, 1800);
      is(x.amax(0, 2), dtype, Shape.of(3), 6, 5, 9);
      is(x.amin(new int[] {0, 2}, true), dtype, Shape.of(1, 3, 1), 1, 1, 5);
      is(x.argMax(1), DType.INT64, Shape.of(2, 2), 2, 2, 1, 2);
      is(x.argMax(1, true), DType.INT64, Shape.of(2, 1, 2), 2, 2, 1, 2);
      is(x.argMin(1, false), DType.INT64, Shape.of(2, 2), 0, 0, 0, 1);
      is(x.argMinLast(1, false), DType.INT64, Shape.of(2, 2), 0, 1, 0, 1);
      is(x.argMaxLast(1, true), DType.INT64, Shape.of(2, 1, 2), 2, 2, 2, 2);
      is(x.cumSum(1), DType.INT64, Shape.of(2, 3, 2), 3, 1, 7, 2, 12, 11, 2, 6, 7, 9, 12, 17);
      is(
          x.cumProd(0, true, true),
          DType.INT64,
          Shape.of(2, 3, 2),
          2,
          6,
          5,
          3,
          5,
          8,
          1,
          1,
          1,
          1,
          1,
          1);
      Picked most = x.maxWithIndex(2);
      is(most.values(), dtype, Shape.of(2, 3), 3, 4, 9, 6, 5, 8);
      is(most.indices(), DType.INT64, Shape.of(2, 3), 0, 0, 1, 1, 0, 1);
    }
    is(Tensor.of(new byte[] {-1, 1}).amax(), DType.UINT8, Shape.scalar(), 255);
    is(Tensor.of(new long[] {1L << 62, 4}).prod(), DType.INT64, Shape.scalar(), 0);
    long[] large = {Long.MIN_VALUE, Long.MAX_VALUE};
    assertEquals(Long.MAX_VALUE, Tensor.of(large).amax().toLongs()[0]);
    is(whole(DType.INT64).diff(1), DType.INT64, Shape.of(2, 2, 2), 1, 0, 1, 8, 3, -3, 0, 5);
  }

  @Test
  void truthValues() {
    Tensor x = Tensor.of(new boolean[] {true, false, true, true, false, false}, 2, 3);
    is(x.any(0), DType.BOOL, Shape.of(3), 1, 0, 1);
    is(x.all(1), DType.BOOL, Shape.of(2), 0, 0);
    is(x.all(new int[] {0}, true), DType.BOOL, Shape.of(1, 3), 1, 0, 0);
    is(x.any(), DType.BOOL, Shape.scalar(), 1);
    is(x.sum(), DType.INT64, Shape.scalar(), 3);
    is(x.prod(1), DType.INT64, Shape.of(2), 0, 0);
    is(x.amax(1), DType.BOOL, Shape.of(2), 1, 1);
    is(x.amin(0), DType.BOOL, Shape.of(3), 1, 0, 0);
    is(x.countNonzero(1), DType.INT64, Shape.of(2), 2, 1);
    is(x.argMax(1), DType.INT64, Shape.of(2), 0, 0);
    // NaN differs from 0, and -0 does not.
    is(
        Tensor.of(new double[] {Double.NaN, -0.0, 0.5, 1e-310}).countNonzero(),
        DType.INT64,
        Shape.scalar(),
        3);
  }

  @Test
  void ofNothing() {
    Tensor none = Tensor.zeros(2, 0);
    is(none.prod(1), DType.FLOAT32, Shape.of(2), 1, 1);
    is(none.any(1), DType.BOOL, Shape.of(2), 0, 0);
    is(none.all(1), DType.BOOL, Shape.of(2), 1, 1);
    is(none.all(0), DType.BOOL, Shape.of(0));
    is(none.to(DType.INT32).prod(ALL, true), DType.INT64, Shape.of(1, 1), 1);
    is(none.norm(), DType.FLOAT32, Shape.scalar(), 0);
    is(none.var(1), DType.FLOAT32, Shape.of(2), Double.NaN, Double.NaN);
    is(none.logSumExp(new int[] {0, 1}, false), DType.FLOAT32, Shape.scalar(), -1 / 0.0);
    is(none.cumSum(1), DType.FLOAT32, Shape.of(2, 0));
    is(none.diff(1), DType.FLOAT32, Shape.of(2, 0));
    is(none.amax(0), DType.FLOAT32, Shape.of(0));
    assertThrows(IllegalArgumentException.class, () -> none.amax(1));
    assertThrows(IllegalArgumentException.class, () -> none.argMaxLast(1, false));
  }

  @Test
  void ofOneNumber() {
    Tensor x = Tensor.scalar(-3, DType.FLOAT64);
    is(x.prod(), DType.FLOAT64, Shape.scalar(), -3);
    is(x.norm(), DType.FLOAT64, Shape.scalar(), 3);
    is(x.var(), DType.FLOAT64, Shape.scalar(), 0);
    is(x.any(), DType.BOOL, Shape.scalar(), 1);
    assertThrows(IllegalArgumentException.class, () -> x.cumSum(0));
  }

  @Test
  void placesOfNaN() {
    Tensor x = Tensor.of(new double[] {1, Double.NaN, 3, Double.NaN, 2});
    assertEquals(1, x.argMax(0).item());
    assertEquals(3, x.argMaxLast(0, false).item());
  }
}
