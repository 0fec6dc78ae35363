package scoria.autodiff.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scoria.autodiff.nn.Parameters;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

class EmaTest {
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void averagesWithItsDecay(boolean warmUp) {
    double[] values = {1, -2, 3};
    Parameters parameters = Parameters.of("p", Tensor.of(values).tracked());
    Ema ema = warmUp ? Ema.of(parameters, 0.5).withWarmUp() : Ema.of(parameters, 0.5);
    double[] average = values.clone();
    for (int t = 0; t < 20; t++) {
      Tensor next = Rng.of(t).normal(DType.FLOAT64, 3);
      parameters.assign(Parameters.of("p", next));
      // The warm-up ends at (1 + t)/(10 + t) = 1/2, which is t = 8.
      double decay = warmUp && t < 8 ? (1.0 + t) / (10 + t) : 0.5;
      for (int i = 0; i < 3; i++) {
        average[i] = decay * average[i] + (1 - decay) * next.toFloat64(i);
      }
      ema.update();
      assertArrayEquals(average, ema.average().get("p").toDoubles(), 1e-15);
    }
    assertEquals(20, ema.updates());
    Ema other = Ema.of(parameters, 0.5);
    other.restore(ema.average(), ema.updates());
    assertArrayEquals(average, other.average().get("p").toDoubles(), 1e-15);
    assertEquals(20, other.updates());
  }

  @Test
  void decayIsAFraction() {
    assertThrows(IllegalArgumentException.class, () -> Ema.of(Parameters.none(), 1.1));
  }
}
