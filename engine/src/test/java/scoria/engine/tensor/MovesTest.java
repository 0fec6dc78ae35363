package scoria.engine.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import scoria.engine.function.Arrangement;

/** Moves do not care about types; corner cases as NumPy has them. */
class MovesTest {
  private static final Map<String, UnaryOperator<Tensor>> MOVES = new LinkedHashMap<>();

  static {
    MOVES.put("flip", x -> x.flip(0, -1));
    MOVES.put("roll", x -> x.roll(1, 2));
    MOVES.put("tile", x -> x.tile(2, 1, 3));
    MOVES.put("repeatInterleave", x -> x.repeatInterleave(0, 3));
    MOVES.put("by counts", x -> x.repeatInterleave(0, new long[] {2, 1}));
    MOVES.put("pad", x -> x.pad(new long[] {1, 0, -1}, new long[] {0, 2, 1}, 0));
    MOVES.put("pad with 1", x -> x.pad(new long[] {1, 0, 0}, new long[] {0, 2, 0}, 1));
    MOVES.put("edge", x -> x.pad(new long[] {1, 0, 2}, new long[] {0, 2, 0}, PadMode.EDGE));
    MOVES.put("reflect", x -> x.pad(new long[] {1, 0, 5}, new long[] {1, 2, 0}, PadMode.REFLECT));
    MOVES.put("wrap", x -> x.pad(new long[] {1, 0, 2}, new long[] {0, 2, -1}, PadMode.WRAP));
    MOVES.put("split", x -> x.split(2, 1, 3).get(1));
    MOVES.put(
        "slice",
        x -> x.slice(new int[] {-1, 1}, new long[] {3, 0}, new long[] {0, 99}, new long[] {-1, 2}));
    MOVES.put("tril", x -> x.tril(1));
    MOVES.put("triu", x -> x.triu(-1));
    MOVES.put("diagonal", x -> x.diagonal(1, 0, 2));
    MOVES.put("diagEmbed", x -> x.diagEmbed(2));
    MOVES.put("moveAxis", x -> x.moveAxis(0, 2));
    MOVES.put("flatten", x -> x.flatten(0, 1));
    MOVES.put("take", x -> x.take(1, Tensor.of(new long[] {2, 0, 0})));
    MOVES.put("takeAlong", x -> x.takeAlong(1, Tensor.of(new long[8], 2, 1, 4)));
    MOVES.put("concat", x -> Tensor.concat(1, x, x.flip(1)));
    MOVES.put("stack", x -> Tensor.stack(-1, x, x));
    MOVES.put("where", x -> Tensor.where(x.to(DType.BOOL), x, x.flip()));
  }

  @Test
  void everyTypeMoves() {
    Tensor numbers = Tensor.arange(24).reshape(2, 3, 4);
    for (DType dtype : DType.values()) {
      Tensor x = dtype == DType.BOOL ? numbers.greater(numbers.flip()) : numbers.to(dtype);
      MOVES.forEach(
          (name, move) -> {
            Tensor got = move.apply(x);
            Tensor want = move.apply(x.to(DType.FLOAT64));
            assertEquals(dtype, got.dtype(), name);
            assertEquals(want.shape(), got.shape(), name);
            assertArrayEquals(want.toDoubles(), got.toDoubles(), name + " of " + dtype);
          });
    }
  }

  @Test
  void sizesOfParts() {
    Tensor x = Tensor.arange(7);
    assertEquals(List.of(2L, 2L, 2L, 1L), x.chunk(0, 4).stream().map(Tensor::elements).toList());
    assertEquals(3, Tensor.arange(5).chunk(0, 4).size());
    assertEquals(1, Tensor.arange(0).chunk(0, 4).size());
    assertArrayEquals(new long[] {5, 6}, x.split(0, 5, 0, 2).get(2).toLongs());
    assertThrows(IllegalArgumentException.class, () -> x.split(0, 5, 1));
  }

  private static long[] range(Tensor x, long start, long stop, long step) {
    return x.slice(new int[] {0}, new long[] {start}, new long[] {stop}, new long[] {step})
        .toLongs();
  }

  @Test
  void rangesAsNumPyHasThem() {
    Tensor x = Tensor.arange(5);
    assertArrayEquals(new long[] {1, 3}, range(x, 1, 99, 2));
    assertArrayEquals(new long[] {4, 2, 0}, range(x, 99, Long.MIN_VALUE, -2));
    assertArrayEquals(new long[] {4, 3}, range(x, -1, -3, -1));
    assertArrayEquals(new long[] {3}, range(x, -2, -1, Long.MAX_VALUE));
    assertArrayEquals(new long[] {4}, range(x, -1, Long.MIN_VALUE, Long.MIN_VALUE));
    assertArrayEquals(new long[0], range(x, 3, 1, 1));
    assertArrayEquals(new long[] {0, 1}, range(x, -99, 2, 1));
    assertArrayEquals(new long[0], range(Tensor.arange(0), 0, 5, 1));
    assertArrayEquals(new long[0], range(Tensor.arange(0), 5, Long.MIN_VALUE, -1));
    assertThrows(IllegalArgumentException.class, () -> range(x, 0, 1, 0));
  }

  @Test
  void ofNothing() {
    Tensor none = Tensor.zeros(2, 0);
    assertEquals(Shape.of(2, 0), none.flip().shape());
    assertEquals(Shape.of(2, 0), none.roll(1, 3).shape());
    assertEquals(Shape.of(4, 0), none.tile(2, 3).shape());
    assertEquals(Shape.of(0, 3), Tensor.zeros(2, 3).tile(0, 1).shape());
    assertEquals(Shape.of(2, 3), none.pad(new long[] {0, 1}, new long[] {0, 2}, 7).shape());
    assertEquals(Shape.of(2, 0), none.pad(new long[2], new long[2], PadMode.WRAP).shape());
    assertEquals(Shape.of(0), none.diagonal().shape());
    assertEquals(0, none.trace().item());
    assertEquals(Shape.of(2, 0), none.tril().shape());
    assertEquals(Shape.of(1, 1), Tensor.zeros(0).diag(1).shape());
    assertEquals(Shape.of(0), Tensor.zeros(2, 3).diagonal(7, 0, 1).shape());
    assertEquals(Shape.of(0), Tensor.zeros(2, 3).diagonal(-2, 0, 1).shape());
    assertEquals(Shape.of(0), none.flatten().shape());
    Tensor one = Tensor.scalar(3, DType.INT32);
    assertEquals(Shape.of(2, 2), one.tile(2, 2).shape());
    assertEquals(Shape.of(1), one.flatten().shape());
    assertEquals(Shape.scalar(), one.flip().shape());
    assertThrows(
        IllegalArgumentException.class,
        () -> none.pad(new long[] {0, 1}, new long[2], PadMode.EDGE));
  }

  @Test
  void numbersInOrder() {
    assertArrayEquals(
        new double[] {1, 1.5, 2, 2.5}, Tensor.arange(1, 3, 0.5, DType.FLOAT64).toDoubles());
    assertArrayEquals(new double[] {10, 7, 4}, Tensor.arange(10, 3, -3, DType.INT32).toDoubles());
    assertEquals(Shape.of(0), Tensor.arange(3, 1, 1, DType.UINT8).shape());
    assertThrows(IllegalArgumentException.class, () -> Tensor.arange(0, 1, 0.5, DType.INT64));
    assertThrows(IllegalArgumentException.class, () -> Tensor.arange(0, 1, 0, DType.INT64));
    List<Tensor> grid = Arrangement.meshGrid(Tensor.arange(2), Tensor.arange(3));
    assertArrayEquals(new long[] {0, 0, 0, 1, 1, 1}, grid.get(0).toLongs());
    assertArrayEquals(new long[] {0, 1, 2, 0, 1, 2}, grid.get(1).toLongs());
  }

  /** The result has {@code before + size + after} elements, whatever is put around or cut off. */
  @Test
  void paddingThatCutsOffEverything() {
    Tensor x = Tensor.of(new double[] {1, 2, 3});
    long[][] cuts = {{-4, 6}, {6, -4}, {-3, 0}, {0, -3}, {-1, 2}};
    double[][] wants = {{9, 9, 9, 9, 9}, {9, 9, 9, 9, 9}, {}, {}, {2, 3, 9, 9}};
    for (int i = 0; i < cuts.length; i++) {
      long[] before = {cuts[i][0]};
      long[] after = {cuts[i][1]};
      assertArrayEquals(wants[i], x.pad(before, after, 9).toDoubles());
      assertEquals(x.pad(before, after, 9).shape(), x.pad(before, after, PadMode.EDGE).shape());
      assertEquals(x.pad(before, after, 9).shape(), x.pad(before, after, 0).shape());
    }
    assertEquals(
        "'pad' of float64[3] by [-2] and [-2] cuts off more than axis 0 has",
        assertThrows(
                IllegalArgumentException.class, () -> x.pad(new long[] {-2}, new long[] {-2}, 0))
            .getMessage());
  }

  @Test
  void numbersBeyondAnyTensor() {
    Tensor x = Tensor.ones(2, 3);
    assertArrayEquals(x.toFloats(), x.tril(Long.MAX_VALUE).toFloats());
    assertArrayEquals(x.toFloats(), x.triu(Long.MIN_VALUE).toFloats());
    assertArrayEquals(new float[6], x.tril(Long.MIN_VALUE).toFloats());
    assertArrayEquals(new float[6], x.triu(Long.MAX_VALUE).toFloats());
    assertArrayEquals(new float[6], x.tril(-2).toFloats());
    assertArrayEquals(new float[] {0, 0, 1, 0, 0, 0}, x.triu(2).toFloats());
    assertEquals(
        "'split' of axis 1 of float32[2, 3] into [-1, 4]; sizes are at least 0 and add up to the"
            + " axis'",
        assertThrows(IllegalArgumentException.class, () -> x.split(1, -1, 4)).getMessage());
  }
}
