package scoria.engine.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Orders: stable, NaN last, of every type; values from NumPy. */
class OrderingTest {
  private static final double NAN = Double.NaN;

  @Test
  void specialNumbers() {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Tensor x =
          Tensor.of(new double[] {NAN, 1, -0.0, -1 / 0.0, 0, -1, 1 / 0.0, NAN, 1, 1e-300})
              .to(dtype);
      boolean wide = dtype == DType.FLOAT64;
      assertArrayEquals(new long[] {3, 5, 2, 4, 9, 1, 8, 6, 0, 7}, x.argSort(0, false).toLongs());
      assertArrayEquals(
          wide
              ? new long[] {6, 1, 8, 9, 2, 4, 5, 3, 0, 7}
              : new long[] {6, 1, 8, 2, 4, 9, 5, 3, 0, 7},
          x.argSort(0, true).toLongs());
      assertTrue(Double.isNaN(x.median(0).item()));
    }
  }

  @Test
  void everyType() {
    for (DType dtype : DType.values()) {
      Tensor x = Tensor.of(new long[] {3, 0, 1, 0, 2, 7, 0, 7}, 2, 4).to(dtype);
      Tensor sorted = x.sort(1, true);
      assertEquals(dtype, sorted.dtype());
      assertArrayEquals(
          dtype == DType.BOOL
              ? new double[] {1, 1, 0, 0, 1, 1, 1, 0}
              : new double[] {3, 1, 0, 0, 7, 7, 2, 0},
          sorted.toDoubles());
      Picked least = x.topK(0, 1, false);
      assertArrayEquals(
          dtype == DType.BOOL ? new long[] {0, 0, 1, 0} : new long[] {1, 0, 1, 0},
          least.indices().toLongs());
      assertEquals(Shape.of(1, 4), least.values().shape());
    }
    Tensor large = Tensor.of(new long[] {Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1});
    assertArrayEquals(new long[] {1, 2, 0}, large.argSort(0, false).toLongs());
    assertArrayEquals(new long[] {0, 2, 1}, large.argSort(0, true).toLongs());
  }

  @Test
  void longRows() {
    for (int n : new int[] {0, 1, 2, 15, 16, 17, 33, 1000}) {
      Tensor x = Rng.of(n).integers(50, 3, n);
      for (boolean descending : new boolean[] {false, true}) {
        long[] order = x.argSort(1, descending).toLongs();
        long[] values = x.toLongs();
        for (int row = 0; row < 3; row++) {
          Integer[] want = new Integer[n];
          Arrays.setAll(want, i -> i);
          int from = row * n;
          Arrays.sort(
              want,
              (a, b) ->
                  descending
                      ? Long.compare(values[from + b], values[from + a])
                      : Long.compare(values[from + a], values[from + b]));
          for (int i = 0; i < n; i++) {
            assertEquals(want[i].longValue(), order[from + i], n + " at " + i);
          }
        }
      }
    }
  }

  @Test
  void quantiles() {
    Tensor x = Tensor.of(new double[] {7, 1, 5, 3, 9});
    assertEquals(5, x.median(0).item());
    assertEquals(1, x.quantile(0, 0, false).item());
    assertEquals(9, x.quantile(1, 0, false).item());
    assertEquals(3 + 0.2 * 2, x.quantile(0.3, 0, false).item(), 1e-15);
    assertThrows(IllegalArgumentException.class, () -> x.quantile(1.1, 0, false));
    assertThrows(IllegalArgumentException.class, () -> Tensor.zeros(2, 0).median(1));
    Tensor sorted = Tensor.of(new double[] {1, 2, 2, 5});
    Tensor values = Tensor.of(new double[] {0, 2, 5, 6}, 2, 2);
    assertArrayEquals(new long[] {0, 1, 3, 4}, sorted.searchSorted(values, false).toLongs());
    assertArrayEquals(new long[] {0, 3, 4, 4}, sorted.searchSorted(values, true).toLongs());
  }

  @Test
  void differentElements() {
    Unique u = Tensor.of(new double[] {2, NAN, 1, 2, NAN, -0.0, 0, 3}, 2, 4).unique();
    assertArrayEquals(new double[] {-0.0, 1, 2, 3, NAN}, u.values().toDoubles());
    assertArrayEquals(new long[] {5, 2, 0, 7, 1}, u.first().toLongs());
    assertArrayEquals(new long[] {2, 4, 1, 2, 4, 0, 0, 3}, u.inverse().toLongs());
    assertEquals(Shape.of(2, 4), u.inverse().shape());
    assertArrayEquals(new long[] {2, 1, 2, 1, 2}, u.counts().toLongs());
    Unique rows = Tensor.of(new int[] {1, 0, 0, 1, 0, 0, 2, 3, 4}, 3, 3).unique(0);
    assertArrayEquals(new long[] {1, 0, 0, 2, 3, 4}, rows.values().toLongs());
    assertArrayEquals(new long[] {0, 0, 1}, rows.inverse().toLongs());
    Unique columns = Tensor.of(new byte[] {1, 0, 1, 1, 1, 1}, 2, 3).unique(-1);
    assertArrayEquals(new long[] {0, 1, 1, 1}, columns.values().toLongs());
    assertEquals(DType.UINT8, columns.values().dtype());
    assertEquals(0, Tensor.zeros(0).unique().counts().elements());
    assertEquals(1, Tensor.of(new boolean[] {true, true}).unique().counts().elements());
  }

  /** As NumPy's searchsorted: NaN belongs behind all numbers. */
  @Test
  void placesOfNaN() {
    Tensor sorted = Tensor.of(new double[] {1, 2, 2, 3, NAN});
    Tensor values = Tensor.of(new double[] {2, NAN, 5, 0});
    assertArrayEquals(new long[] {1, 4, 4, 0}, sorted.searchSorted(values, false).toLongs());
    assertArrayEquals(new long[] {3, 5, 4, 0}, sorted.searchSorted(values, true).toLongs());
    assertArrayEquals(
        new long[] {0, 0, 0, 0}, Tensor.of(new double[0]).searchSorted(values, true).toLongs());
    assertEquals(
        "'searchSorted' in float64[5] of int64[1]: types differ; convert one of them with to(dtype)",
        assertThrows(
                IllegalArgumentException.class,
                () -> sorted.searchSorted(Tensor.of(new long[] {1}), false))
            .getMessage());
  }

  /** As torch.cummax and torch.cummin: of equal ones the last, and NaN stays. */
  @Test
  void runningExtremes() {
    double nan = Double.NaN;
    Tensor x = Tensor.of(new double[] {1, 3, -0.0, 3, nan, 5, nan, 0});
    assertArrayEquals(
        new double[] {1, 3, 3, 3, nan, nan, nan, nan}, x.cumMax(0).values().toDoubles());
    assertArrayEquals(new long[] {0, 1, 1, 3, 4, 4, 6, 6}, x.cumMax(0).indices().toLongs());
    Tensor zeros = Tensor.of(new double[] {0.0, -0.0, 1, 0.0});
    assertArrayEquals(new long[] {0, 1, 1, 3}, zeros.cumMin(0).indices().toLongs());
    assertArrayEquals(
        new long[] {0, 1, 1, 3, 4, 4, 6, 6},
        x.to(DType.FLOAT32).mul(-1).cumMin(0).indices().toLongs());
    for (DType dtype : DType.values()) {
      Tensor whole = Tensor.of(new int[] {1, 0, 1, 0, 1, 1}, 2, 3).to(dtype);
      assertEquals(dtype, whole.cumMax(0).values().dtype());
      assertArrayEquals(new long[] {1, 0, 1, 1, 1, 1}, whole.cumMax(0).values().toLongs());
      assertArrayEquals(new long[] {0, 1, 1, 0, 0, 0}, whole.cumMin(1).indices().toLongs());
    }
    Tensor large = Tensor.of(new long[] {Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 1});
    assertArrayEquals(new long[] {0, 1, 1}, large.cumMax(0).indices().toLongs());
    assertArrayEquals(new long[] {0, 0, 0}, large.cumMin(0).indices().toLongs());
    assertEquals(Shape.of(2, 0), Tensor.zeros(2, 0).cumMax(1).indices().shape());
  }

  /** As torch.logcumsumexp. */
  @Test
  void logarithmsOfRunningSums() {
    double inf = Double.POSITIVE_INFINITY;
    Tensor x = Tensor.of(new double[] {-inf, -1e4, -inf, 1e4, 1e4, -1e4, inf, 3});
    assertArrayEquals(
        new double[] {-inf, -1e4, -1e4, 1e4, 1e4 + Math.log(2), 1e4 + Math.log(2), inf, inf},
        x.logCumSumExp(0).toDoubles(),
        1e-12);
    double nan = Double.NaN;
    assertArrayEquals(
        new double[] {1, nan, nan},
        Tensor.of(new double[] {1, nan, 2}).logCumSumExp(0).toDoubles());
    assertEquals(Shape.of(0, 2), Tensor.zeros(0, 2).logCumSumExp(0).shape());
  }
}
