package scoria.autodiff.grad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import scoria.engine.exec.Checks;
import scoria.engine.exec.Execute;
import scoria.engine.exec.NonFiniteException;
import scoria.engine.memory.Scope;
import scoria.engine.op.AssignUpdate;
import scoria.engine.op.LerpUpdate;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;
import scoria.engine.tensor.Tracking;

class GradientTest {
  private static Tensor x() {
    return Tensor.of(new double[] {0.3, -1.2, 2}).tracked();
  }

  @Test
  void gradientOfACube() {
    Tensor x = x();
    Tensor g = Gradient.differentiable(x.square().mul(x).sum(), x);
    assertArrayEquals(new double[] {0.27, 4.32, 12}, g.toDoubles(), 1e-12);
    Tensor h = Gradient.differentiable(g.sum(), x);
    assertArrayEquals(new double[] {1.8, -7.2, 12}, h.toDoubles(), 1e-12);
    assertArrayEquals(new double[] {6, 6, 6}, Gradient.of(h.sum(), x).toDoubles(), 1e-12);
  }

  @Test
  void plainGradientsRememberNothing() {
    Tensor x = x();
    Tensor g = Gradient.of(x.exp().sum(), x);
    assertFalse(g.isTracked());
    assertTrue(Gradient.differentiable(x.exp().sum(), x).isTracked());
  }

  @Test
  void oneTensorUsedManyTimes() {
    Tensor x = Tensor.scalar(1.5, DType.FLOAT64).tracked();
    Tensor y = x.mul(x).add(x).mul(x.add(x));
    // 2 x^3 + 2 x^2.
    assertEquals(6 * 2.25 + 4 * 1.5, Gradient.of(y, x).item(), 1e-12);
    List<Tensor> twice = Gradient.of(y, List.of(x, x));
    assertEquals(twice.get(0).item(), twice.get(1).item());
  }

  @Test
  void gradientInAResultOnTheWay() {
    Tensor x = x();
    Tensor h = x.sin();
    Tensor y = h.square().sum();
    List<Tensor> gradients = Gradient.of(y, List.of(h, x));
    assertArrayEquals(h.mul(2).toDoubles(), gradients.get(0).toDoubles(), 1e-15);
    assertArrayEquals(x.mul(2).sin().toDoubles(), gradients.get(1).toDoubles(), 1e-12);
  }

  @Test
  void whatIsNotReachedHasZeroGradient() {
    Tensor x = x();
    Tensor other = Tensor.ones(2, 2).tracked();
    assertArrayEquals(new double[4], Gradient.of(x.sum(), other).toDoubles());
    assertArrayEquals(
        new double[3],
        Jvp.of(other.exp().sum().to(DType.FLOAT64).add(x.detach()), x, x.onesLike()).toDoubles());
  }

  @Test
  void aLongChainDoesNotOverflowTheStack() {
    Tensor x = Tensor.scalar(1, DType.FLOAT64).tracked();
    Tensor y = x;
    for (int i = 0; i < 50_000; i++) {
      y = y.add(1e-6);
    }
    assertEquals(1, Gradient.of(y, x).item());
    assertEquals(1, Jvp.of(y, x, x.onesLike()).item());
  }

  @Test
  void forwardOverReverseIsReverseOverForward() {
    Tensor x = x();
    Tensor v = Tensor.of(new double[] {0.5, 1, -2});
    Tensor y = x.exp().mul(x.sin()).sum().square();
    Tensor forwardOverReverse = Jvp.of(Gradient.differentiable(y, x), x, v);
    Tensor reverseOverForward = Gradient.of(Jvp.differentiable(y, x, v), x);
    assertArrayEquals(reverseOverForward.toDoubles(), forwardOverReverse.toDoubles(), 1e-9);
  }

  @Test
  void trackingCanPause() {
    Tensor x = x();
    try (Tracking.Pause pause = Tracking.pause()) {
      assertFalse(x.exp().isTracked());
    }
    assertTrue(x.exp().isTracked());
    assertTrue(Tracking.isOn());
  }

  @Test
  void anUpdateBetweenCallAndGradientIsAnError() {
    Tensor w = Tensor.ones(3).tracked();
    Tensor y = w.square().sum();
    Execute.update(
        LerpUpdate.LERP, List.of(Tensor.zeros(3), Tensor.of(new double[] {0.5})), List.of(w));
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> Gradient.of(y, w));
    assertTrue(String.valueOf(e.getMessage()).contains("'square'"), e.getMessage());
    assertArrayEquals(new float[] {1, 1, 1}, Gradient.of(w.square().sum(), w).toFloats());
  }

  @Test
  void anOutputThatARuleNeedsMustNotChangeEither() {
    Tensor x = x();
    Tensor h = x.tanh();
    Tensor y = h.sum();
    Execute.update(AssignUpdate.ASSIGN, List.of(Tensor.of(new double[3])), List.of(h.detach()));
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> Gradient.of(y, x));
    assertTrue(String.valueOf(e.getMessage()).contains("output 0 of 'tanh'"), e.getMessage());
    assertThrows(IllegalStateException.class, () -> Jvp.of(y, x, x.onesLike()));
    // A view of what was changed before is no stale output.
    Tensor w = h.detach().tracked();
    assertArrayEquals(
        new double[] {0, 0, 0}, Gradient.of(w.reshape(3, 1).square().sum(), w).toDoubles());
  }

  @Test
  void anInputNamedTwiceMovesAlongBothDirections() {
    Tensor x = x();
    Tensor v = Tensor.of(new double[] {1, 2, 3});
    Tensor twice = Jvp.of(x.mul(2), List.of(x, x), List.of(v, v.mul(10)));
    assertArrayEquals(new double[] {22, 44, 66}, twice.toDoubles(), 1e-12);
  }

  @Test
  void anOutputThatIsAnInput() {
    Tensor x = Tensor.scalar(2, DType.FLOAT64).tracked();
    assertEquals(1, Gradient.of(x, x).item());
    assertEquals(7, Jvp.of(x, x, Tensor.scalar(7, DType.FLOAT64)).item());
    assertEquals(List.of(), Gradient.of(x, List.of()));
  }

  @Test
  void plainProductsForgetTheirVectorToo() {
    Tensor x = x();
    Tensor w = Tensor.of(new double[] {1, 2, 3}).tracked();
    assertFalse(Gradient.vjp(x.exp(), List.of(x), w).get(0).isTracked());
    assertFalse(Jvp.of(x.exp(), x, w).isTracked());
    assertFalse(Jvp.of(x, x, w).isTracked());
    Tensor again = Gradient.differentiableVjp(x.square(), List.of(x), w).get(0);
    assertArrayEquals(new double[] {0.6, -2.4, 4}, Gradient.of(again.sum(), w).toDoubles(), 1e-12);
  }

  @Test
  void aTangentHasItsOutputsShapeThoughItsInputIsSmaller() {
    Tensor b = x();
    Tensor condition = Tensor.of(new boolean[] {true, false, true});
    Tensor y = Tensor.where(condition, Tensor.of(new double[6], 2, 3), b);
    assertArrayEquals(new double[] {0, 1, 0, 0, 1, 0}, Jvp.of(y, b, b.onesLike()).toDoubles());
    assertArrayEquals(new double[] {0, 2, 0}, Gradient.of(y.sum(), b).toDoubles());
  }

  @Test
  void secondDerivativesThroughViews() {
    Tensor w = Tensor.of(new double[] {1, 2, 3, 4}, 2, 2).tracked();
    // The reversed second row of the transpose is (4, 2), times the first row (1, 2).
    Tensor row = w.transpose().slice(0, 1, -1, 2).get(0, 0).slice(0, 1, -1, 2);
    Tensor y = row.mul(w.get(0, 0)).sum();
    // y = w11 w00 + w01 w01.
    Tensor g = Gradient.differentiable(y, w);
    assertArrayEquals(new double[] {4, 4, 0, 1}, g.toDoubles());
    // |g|^2 = w11^2 + 4 w01^2 + w00^2.
    assertArrayEquals(new double[] {2, 16, 0, 8}, Gradient.of(g.square().sum(), w).toDoubles());
  }

  @Test
  void errorsSayWhatWouldBeRight() {
    Tensor x = x();
    assertThrows(IllegalArgumentException.class, () -> Gradient.of(x.exp(), x));
    assertThrows(IllegalArgumentException.class, () -> Gradient.of(x.sum(), x.detach()));
    assertThrows(IllegalArgumentException.class, () -> Jvp.of(x.exp(), x, Tensor.ones(3)));
    assertThrows(
        IllegalArgumentException.class,
        () -> Gradient.vjp(x.exp(), List.of(x), Tensor.of(new double[2])));
    assertThrows(IllegalArgumentException.class, () -> Tensor.arange(3).tracked());
  }

  @Test
  void gradientsWorkInsideScopes() {
    Tensor x = x();
    Tensor g;
    try (Scope scope = Scope.open("step")) {
      g = scope.keep(Gradient.of(x.mul(x).sum(), x));
    }
    assertArrayEquals(new double[] {0.6, -2.4, 4}, g.toDoubles(), 1e-15);
  }

  @Test
  void firstNonFiniteValueIsNamed() {
    Tensor x = Tensor.of(new float[] {1, 0, -1}).tracked();
    try (Checks checks = Checks.nonFinite()) {
      NonFiniteException e = assertThrows(NonFiniteException.class, () -> x.mul(2).log());
      String message = String.valueOf(e.getMessage());
      assertTrue(message.contains("'log'"), message);
      assertTrue(message.contains("float32[3]"), message);
      assertTrue(message.contains("[1]"), message);
    }
    assertTrue(Float.isNaN(x.log().toFloats()[2]));
  }

  @Test
  void firstNonFiniteGradientIsNamed() {
    Tensor x = Tensor.of(new float[] {1, 0, 4}).tracked();
    try (Checks checks = Checks.nonFinite()) {
      Tensor y = x.sqrt().sum();
      NonFiniteException e = assertThrows(NonFiniteException.class, () -> Gradient.of(y, x));
      String message = String.valueOf(e.getMessage());
      assertTrue(message.contains("gradient of 'sqrt'"), message);
      assertTrue(message.contains("[1]"), message);
      NonFiniteException f =
          assertThrows(NonFiniteException.class, () -> Jvp.of(y, x, Tensor.ones(3)));
      assertTrue(String.valueOf(f.getMessage()).contains("tangent of 'sqrt'"), f.getMessage());
    }
  }

  /** The softmax of what has been seen, summed; what was -infinity has no share. */
  @Test
  void logCumSumExpOfMinusInfinity() {
    double none = Double.NEGATIVE_INFINITY;
    Tensor x = Tensor.of(new double[] {none, 1, none, 1}).tracked();
    assertArrayEquals(
        new double[] {0, 2.5, 0, 0.5}, Gradient.of(x.logCumSumExp(0).sum(), x).toDoubles(), 1e-15);
  }
}
