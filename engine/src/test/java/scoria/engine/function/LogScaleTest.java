package scoria.engine.function;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import scoria.engine.tensor.Tensor;

class LogScaleTest {
  @Test
  void sumsOfAnySize() {
    double inf = Double.POSITIVE_INFINITY;
    Tensor a = Tensor.of(new double[] {1000, -1000, -inf, -inf, inf, inf, inf, 3});
    Tensor b = Tensor.of(new double[] {1000, -1001, -inf, 2, -inf, inf, 5, -inf});
    double[] want = {
      1000 + Math.log(2), -1000 + Math.log1p(Math.exp(-1)), -inf, 2, inf, inf, inf, 3
    };
    assertArrayEquals(want, LogScale.logAddExp(a, b).toDoubles(), 1e-12);
    assertArrayEquals(want, LogScale.logAddExp(b, a).toDoubles(), 1e-12);
  }
}
