package scoria.autodiff.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import scoria.engine.tensor.Tensor;

class ClipTest {
  private static final List<Tensor> GRADIENTS =
      List.of(
          Tensor.of(new float[] {2, -4, 5, 6}, 2, 2),
          Tensor.of(new double[] {-8}, 1),
          Tensor.of(new float[] {0, 6}));

  // 4 + 16 + 25 + 36 + 64 + 36 = 181.
  private static final double NORM = Math.sqrt(181);

  @Test
  void scalesTheWholeToTheBound() {
    Clip clip = Clip.byGlobalNorm(GRADIENTS, 0.5);
    assertEquals(NORM, clip.norm().item(), 1e-15 * NORM);
    double square = 0;
    for (int i = 0; i < 3; i++) {
      double[] before = GRADIENTS.get(i).toDoubles();
      double[] after = clip.gradients().get(i).toDoubles();
      for (int k = 0; k < after.length; k++) {
        assertEquals(before[k] * 0.5 / NORM, after[k], 1e-7);
        square += after[k] * after[k];
      }
    }
    assertEquals(0.5, Math.sqrt(square), 1e-7);
  }

  @Test
  void leavesShortOnesAsTheyAre() {
    for (double max : new double[] {NORM * 1.001, 49, 1e30, Double.MAX_VALUE}) {
      Clip clip = Clip.byGlobalNorm(GRADIENTS, max);
      for (int i = 0; i < 3; i++) {
        assertArrayEquals(GRADIENTS.get(i).toDoubles(), clip.gradients().get(i).toDoubles());
      }
    }
  }

  @Test
  void zerosStayAndNanSpreads() {
    assertEquals(0, Clip.byGlobalNorm(List.of(Tensor.zeros(3)), 1).gradients().get(0).sum().item());
    assertEquals(0, Clip.byGlobalNorm(List.of(), 1).norm().item());
    Clip clip = Clip.byGlobalNorm(List.of(Tensor.of(new float[] {Float.NaN}), Tensor.ones(1)), 1);
    assertEquals(Double.NaN, clip.gradients().get(1).item());
    assertThrows(IllegalArgumentException.class, () -> Clip.byGlobalNorm(GRADIENTS, 0));
  }
}
