package scoria.samplers.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;
import scoria.samplers.Refusals;

class EnergyDistanceTest {
  @Test
  void smallSetsAgreeWithNumPy() {
    Tensor x = Tensor.of(new double[] {0, 0, 1, 2, -1, 0, 0.5, 3, -2, 1, 1, 1}, 4, 3);
    Tensor y = Tensor.of(new double[] {1, 0, 0, -2, 0.5, 4, 0, 0, 0.25}, 3, 3);
    assertEquals(-0.4361710265890495, EnergyDistance.unbiased(x, y), 1e-14);
    assertEquals(-0.4361710265890495, EnergyDistance.unbiased(y, x), 1e-14);
  }

  @Test
  void setsOfManyBlocksAgreeWithNumPy() {
    assertEquals(
        -0.0003860719901669363, EnergyDistance.unbiased(wave(700, 0.37), wave(1301, 0.91)), 1e-12);
  }

  private static Tensor wave(int n, double a) {
    double[] values = new double[n * 5];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.sin(a * Math.pow(i + 1, 1.5));
    }
    return Tensor.of(values, n, 5);
  }

  @Test
  void aShiftIsSeenAndEqualLawsAreNot() {
    Tensor x = Rng.of(1).normal(DType.FLOAT64, 2000, 2);
    Tensor y = Rng.of(2).normal(DType.FLOAT64, 2000, 2);
    // Standard deviation of the estimate for equal normal laws in the plane, by repetition: 0.0008.
    assertEquals(0, EnergyDistance.unbiased(x, y), 0.004);
    // A shift by m in the plane adds about |m|^2 E[1 / |X - X'|] / 2 = m^2 sqrt(pi) / 4: 0.11 at
    // 0.5.
    assertEquals(0.11, EnergyDistance.unbiased(x, y.add(0.5 / Math.sqrt(2))), 0.02);
  }

  @Test
  void benchmarkSizesAreQuick() {
    Tensor x = Rng.of(3).normal(2000, 64);
    Tensor y = Rng.of(4).normal(10_000, 64);
    Assertions.assertTimeout(
        Duration.ofSeconds(20), () -> assertEquals(0, EnergyDistance.unbiased(x, y), 0.01));
  }

  @Test
  void wrongShapesAreNamed() {
    Tensor x = Rng.of(5).normal(10, 3);
    String message =
        Refusals.message(
            IllegalArgumentException.class,
            () -> EnergyDistance.unbiased(x, Rng.of(6).normal(10, 2)));
    assertTrue(message.contains("[n, d] and [m, d]"), message);
    assertThrows(
        IllegalArgumentException.class, () -> EnergyDistance.unbiased(x, x.narrow(0, 0, 1)));
  }
}
