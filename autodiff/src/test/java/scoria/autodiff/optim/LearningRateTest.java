package scoria.autodiff.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LearningRateTest {
  @Test
  void warmUpIsAStraightLine() {
    LearningRate rate = LearningRate.constant(0.2).warmUp(4);
    assertEquals(0.05, rate.at(0), 1e-17);
    assertEquals(0.1, rate.at(1), 1e-17);
    assertEquals(0.15, rate.at(2), 1e-16);
    assertEquals(0.2, rate.at(3));
    assertEquals(0.2, rate.at(1_000_000));
    assertEquals(0.2, LearningRate.constant(0.2).warmUp(0).at(0));
  }

  @Test
  void cosineFallsToItsEndAndStaysThere() {
    LearningRate rate = LearningRate.constant(2).cosine(100);
    assertEquals(2, rate.at(0));
    assertEquals(2 * (1 + Math.sqrt(0.5)) / 2, rate.at(25), 1e-15);
    assertEquals(1, rate.at(50), 1e-15);
    assertEquals(0, rate.at(100));
    assertEquals(0, rate.at(150));
    LearningRate tenth = LearningRate.constant(2).cosine(100, 0.1);
    assertEquals(2, tenth.at(0));
    assertEquals(1.1, tenth.at(50), 1e-15);
    assertEquals(0.2, tenth.at(101), 1e-15);
  }

  @Test
  void theyAreFactorsInAnyOrder() {
    LearningRate one = LearningRate.constant(1e-3).warmUp(10).cosine(50);
    LearningRate other = LearningRate.constant(1e-3).cosine(50).warmUp(10);
    for (int step = 0; step < 60; step++) {
      assertEquals(one.at(step), other.at(step), 1e-18);
    }
    assertEquals(1e-3 * 0.5 * (1 + Math.cos(Math.PI * 0.08)) / 2, one.at(4), 1e-18);
  }

  @Test
  void nonsenseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> LearningRate.constant(-1));
    assertThrows(IllegalArgumentException.class, () -> LearningRate.constant(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> LearningRate.constant(1).warmUp(-1));
    assertThrows(IllegalArgumentException.class, () -> LearningRate.constant(1).cosine(0));
    assertThrows(IllegalArgumentException.class, () -> LearningRate.constant(1).cosine(9, 2));
  }
}
