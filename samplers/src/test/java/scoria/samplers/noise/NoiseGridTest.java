package scoria.samplers.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class NoiseGridTest {
  @Test
  void karrasLevels() {
    double[] sigma = NoiseGrid.karras(80, 0.002, 7, 18);
    assertEquals(18, sigma.length);
    assertEquals(80, sigma[0]);
    assertEquals(0.002, sigma[17]);
    // By NumPy.
    assertEquals(57.5859847, sigma[1], 1e-6);
    assertEquals(12.9100824, sigma[5], 1e-6);
    assertEquals(7.52801996e-3, sigma[16], 1e-10);
  }

  @Test
  void geometricLevelsHaveOneRatio() {
    double[] sigma = NoiseGrid.geometric(10, 0.01, 7);
    for (int i = 1; i < 7; i++) {
      assertEquals(Math.pow(10, -0.5), sigma[i] / sigma[i - 1], 1e-12);
    }
  }

  @Test
  void aGridHasTwoLevels() {
    assertThrows(IllegalArgumentException.class, () -> NoiseGrid.karras(80, 0.002, 7, 1));
    assertThrows(IllegalArgumentException.class, () -> NoiseGrid.karras(80, 0.002, 0.5, 5));
    assertThrows(IllegalArgumentException.class, () -> NoiseGrid.geometric(1, 2, 5));
  }
}
