package scoria.engine.function;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** What the test points of einsum do not show. */
class EinsumTest {
  private static void refused(String message, String equation, Tensor... operands) {
    var e = assertThrows(IllegalArgumentException.class, () -> Einsum.einsum(equation, operands));
    assertEquals(message, e.getMessage());
  }

  @Test
  void refusesWhatCannotBeRead() {
    Tensor a = Tensor.ones(2, 3);
    String given = " of float32[2, 3]: ";
    refused("einsum 'ij,jk'" + given + "it names 2 operands, and 1 are given", "ij,jk", a);
    refused("einsum 'ijk'" + given + "'ijk' names 3 axes, and the operand has 2", "ijk", a);
    refused(
        "einsum 'i1->i'" + given + "'i1' holds '1'; axes are letters, and ... stands once for any",
        "i1->i",
        a);
    refused("einsum 'ij->ii'" + given + "the output 'ii' names an axis twice", "ij->ii", a);
    refused("einsum 'ij->k'" + given + "the output names 'k', which no operand has", "ij->k", a);
    refused("einsum 'ii'" + given + "'i' has size 2 and 3", "ii", a);
    refused("einsum 'ij,jk' of float32[2, 3], float32[2, 3]: 'j' has size 3 and 2", "ij,jk", a, a);
  }

  @Test
  void broadcastsAxesOfSizeOne() {
    Tensor a = Tensor.of(new float[] {1, 2, 3}, 3, 1);
    Tensor b = Tensor.of(new float[] {1, 10, 100, 1000}, 2, 2);
    assertArrayEquals(
        new float[] {11, 1100, 22, 2200, 33, 3300}, Einsum.einsum("ij,kj->ik", a, b).toFloats());
    assertEquals(
        Shape.of(2, 3, 2), Einsum.einsum("...ij,...kj", a.unsqueeze(0), b.expand(2, 2, 2)).shape());
  }

  @Test
  void emptyAxes() {
    Tensor none = Tensor.zeros(2, 0);
    assertArrayEquals(
        new float[6], Einsum.einsum("ij,kj->ik", none, Tensor.zeros(3, 0)).toFloats());
    assertEquals(Shape.of(0), Einsum.einsum("ii->i", Tensor.zeros(0, 0)).shape());
  }

  @Test
  void wholeNumbers() {
    Tensor a = Tensor.arange(6).reshape(2, 3);
    Tensor b = Tensor.arange(12).reshape(3, 4);
    assertArrayEquals(
        new long[] {20, 23, 26, 29, 56, 68, 80, 92}, Einsum.einsum("ij,jk->ik", a, b).toLongs());
    assertArrayEquals(new long[] {55}, Einsum.einsum("ij,ij", a, a).toLongs());
    assertArrayEquals(new long[] {5, 14, 14, 50}, Einsum.einsum("ij,kj->ik", a, a).toLongs());
    refused(
        "einsum 'ij,jk' of int64[2, 3], float32[3, 4]: types differ; convert one of them with"
            + " to(dtype)",
        "ij,jk",
        a,
        Tensor.ones(3, 4));
  }
}
