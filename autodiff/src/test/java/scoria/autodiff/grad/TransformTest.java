package scoria.autodiff.grad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import scoria.autodiff.nn.Activation;
import scoria.autodiff.nn.Mlp;
import scoria.autodiff.nn.Parameters;
import scoria.autodiff.nn.Sequential;
import scoria.engine.exec.Program;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;
import scoria.engine.tensor.Tracking;

/** Derivatives of values and of functions, against derivatives worked out by hand. */
class TransformTest {
  private static final Tensor X = Tensor.of(new double[] {0.3, -1.2, 2});
  private static final Tensor V = Tensor.of(new double[] {0.5, 1, -2});

  /** (sum x)^3 + sum x^4: Hessian 6 (sum x) ones + diag(12 x^2). */
  private static Tensor quartic(Tensor x) {
    Tensor s = x.sum();
    return s.square().mul(s).add(x.square().square().sum());
  }

  private static double[] quarticHessian() {
    double[] x = X.toDoubles();
    double sum = x[0] + x[1] + x[2];
    double[] h = new double[9];
    for (int i = 0; i < 9; i++) {
      h[i] = 6 * sum + (i / 3 == i % 3 ? 12 * x[i / 3] * x[i / 3] : 0);
    }
    return h;
  }

  private static void near(double[] want, Tensor got) {
    assertArrayEquals(want, got.toDoubles(), 1e-11);
  }

  private static void same(Tensor want, Tensor got) {
    assertEquals(want.shape(), got.shape());
    assertArrayEquals(want.toDoubles(), got.toDoubles());
  }

  @ParameterizedTest
  @EnumSource(Hvp.Mode.class)
  void hessianTimesVector(Hvp.Mode mode) {
    Tensor x = X.tracked();
    Tensor v = V.tracked();
    double[] h = quarticHessian();
    double[] want = new double[3];
    double[] vs = V.toDoubles();
    for (int i = 0; i < 9; i++) {
      want[i / 3] += h[i] * vs[i % 3];
    }
    Tensor plain = Hvp.of(mode, quartic(x), List.of(x), List.of(v)).get(0);
    near(want, plain);
    assertFalse(plain.isTracked());
    Tensor again = Hvp.differentiable(mode, quartic(x), List.of(x), List.of(v)).get(0);
    near(want, again);
    // The sum of H v has the gradient H 1 in v, and 6 (sum v) n + 24 x v in x for n = 3 elements.
    near(
        new double[] {h[0] + h[1] + h[2], h[3] + h[4] + h[5], h[6] + h[7] + h[8]},
        Gradient.of(again.sum(), v));
    double sumV = vs[0] + vs[1] + vs[2];
    double[] third = new double[3];
    for (int i = 0; i < 3; i++) {
      third[i] = 18 * sumV + 24 * X.toFloat64(i) * vs[i];
    }
    near(third, Gradient.of(again.sum(), x));
  }

  @Test
  void hessianTimesVectorsOfSeveralTensorsHasTheMixedBlocks() {
    Tensor a = Tensor.scalar(2, DType.FLOAT64).tracked();
    Tensor b = Tensor.scalar(3, DType.FLOAT64).tracked();
    // y = a^2 b: H = [[2b, 2a], [2a, 0]].
    Tensor y = a.square().mul(b);
    Tensor va = Tensor.scalar(5, DType.FLOAT64);
    Tensor vb = Tensor.scalar(7, DType.FLOAT64);
    for (Hvp.Mode mode : Hvp.Mode.values()) {
      List<Tensor> hv = Hvp.of(mode, y, List.of(a, b), List.of(va, vb));
      assertEquals(6 * 5 + 4 * 7, hv.get(0).item(), 1e-12);
      assertEquals(4 * 5, hv.get(1).item(), 1e-12);
    }
    List<List<Tensor>> h = Hessian.of(y, List.of(a, b));
    assertEquals(6, h.get(0).get(0).item(), 1e-12);
    assertEquals(4, h.get(0).get(1).item(), 1e-12);
    assertEquals(4, h.get(1).get(0).item(), 1e-12);
    assertEquals(0, h.get(1).get(1).item(), 1e-12);
  }

  @Test
  void hessianOfAFunction() {
    Tensor h = Hessian.at(TransformTest::quartic, X);
    assertEquals(Shape.of(3, 3), h.shape());
    near(quarticHessian(), h);
    Tensor x = X.tracked();
    Tensor again = Hessian.differentiableAt(TransformTest::quartic, x);
    // Its sum is 54 sum x + 12 sum x^2.
    near(new double[] {54 + 24 * 0.3, 54 - 24 * 1.2, 54 + 48}, Gradient.of(again.sum(), x));
  }

  @Test
  void jacobiansOfBothModesAreTheMatrix() {
    Tensor m = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
    Tensor x = X.tracked();
    Tensor y = m.matmul(x.exp());
    double[] want = new double[6];
    for (int i = 0; i < 6; i++) {
      want[i] = (i + 1) * Math.exp(X.toFloat64(i % 3));
    }
    for (Jacobian.Mode mode : Jacobian.Mode.values()) {
      Tensor j = Jacobian.of(mode, y, List.of(x)).get(0);
      assertEquals(Shape.of(2, 3), j.shape());
      near(want, j);
      Tensor again = Jacobian.differentiable(mode, y, List.of(x)).get(0);
      near(
          new double[] {5 * Math.exp(0.3), 7 * Math.exp(-1.2), 9 * Math.exp(2)},
          Gradient.of(again.sum(), x));
    }
    near(want, Jacobian.of(y, x));
    near(want, Jacobian.at(z -> m.matmul(z.exp()), X));
  }

  @Test
  void jacobiansOfScalarsAndOfNothing() {
    Tensor x = X.tracked();
    Tensor s = Tensor.scalar(2, DType.FLOAT64).tracked();
    near(new double[] {0.6, -2.4, 4}, Jacobian.of(x.square().sum(), x));
    assertEquals(Shape.of(3), Jacobian.of(x.mul(s), s).shape());
    near(X.toDoubles(), Jacobian.of(x.mul(s), s));
    assertEquals(Shape.of(), Jacobian.at(Tensor::square, s.detach()).shape());
    assertEquals(Shape.of(3, 0), Jacobian.at(z -> X.mul(z.sum()), X.narrow(0, 0, 0)).shape());
    assertEquals(Shape.of(0, 3), Jacobian.at(z -> z.narrow(0, 1, 0), X).shape());
    for (Jacobian.Mode mode : Jacobian.Mode.values()) {
      Tensor j = Jacobian.of(mode, X.exp(), List.of(x)).get(0);
      near(new double[9], j);
    }
  }

  @Test
  void jacobianInAMatrixHasItsAxes() {
    Tensor w = Tensor.of(new double[] {1, 2, 3, 4}, 2, 2);
    Tensor j = Jacobian.at(z -> z.transpose().mul(w), w);
    assertEquals(Shape.of(2, 2, 2, 2), j.shape());
    // d (w^T_ij w_ij) / d z_kl = w_ij where k = j and l = i.
    assertEquals(2, j.toFloat64(0, 1, 1, 0));
    assertEquals(0, j.toFloat64(0, 1, 0, 1));
    assertEquals(10, j.sum().item());
  }

  @Test
  void nestedDerivativesDoNotConfuseTheirInputs() {
    Tensor one = Tensor.scalar(1, DType.FLOAT64);
    // d/dx (x d/dy (x + y)) = 1, and 2 if the two perturbations are taken for one.
    UnaryOperator<Tensor> classic = x -> x.mul(Gradient.at(y -> x.add(y), one));
    assertEquals(1, Gradient.at(classic, one).item());
    assertEquals(1, Jvp.at(classic, one, one).item());
    UnaryOperator<Tensor> forward = x -> x.mul(Jvp.at(y -> x.add(y), one, one));
    assertEquals(1, Gradient.at(forward, one).item());
    assertEquals(1, Jvp.at(forward, one, one).item());
    // d/dx (x d/dy (x y)) at y = x: x^2, with derivative 2x.
    Tensor three = Tensor.scalar(3, DType.FLOAT64);
    assertEquals(6, Gradient.at(x -> x.mul(Gradient.at(y -> x.mul(y), x)), three).item());
    // The same where only the value is closed over, and the inner point is the outer input:
    // d/dx (d/dy y^3 at x) = 6x.
    assertEquals(18, Gradient.at(x -> Gradient.at(y -> cube(y), x), three).item(), 1e-12);
    assertEquals(
        6,
        Jvp.at(x -> Gradient.at(z -> Gradient.at(y -> cube(y), z), x), three, one).item(),
        1e-12);
  }

  private static Tensor cube(Tensor x) {
    return x.square().mul(x);
  }

  @Test
  void gradientInAGradientOfATrackedTensorFromOutside() {
    Tensor x = Tensor.scalar(3, DType.FLOAT64).tracked();
    Tensor at = Tensor.scalar(5, DType.FLOAT64);
    Tensor inner = Gradient.differentiableAt(y -> x.square().mul(y.square()), at);
    assertEquals(9 * 10, inner.item());
    assertEquals(6 * 10, Gradient.of(inner, x).item());
    assertFalse(Gradient.at(y -> x.mul(y), at).isTracked());
    // The point is a result on the way, and the function uses what it was made from.
    Tensor h = x.square();
    Tensor mixed = Gradient.differentiableAt(y -> x.mul(y.square()), h);
    // 2 x h = 2 x^3.
    assertEquals(54, Gradient.of(mixed, x).item(), 1e-12);
  }

  @Test
  void stopGradientStopsInsideOfFunctions() {
    UnaryOperator<Tensor> f = x -> x.stopGradient().square().mul(x).sum();
    near(X.square().toDoubles(), Gradient.at(f, X));
    near(X.square().mul(V).sum().toDoubles(), Jvp.at(f, X, V));
    near(new double[3], Hvp.at(f, X, V));
    near(new double[9], Hessian.at(f, X));
    // What an inner derivative gives may be stopped too.
    near(
        X.square().mul(3).toDoubles(),
        Gradient.at(x -> Gradient.at(y -> cube(y).sum(), x).stopGradient().mul(x).sum(), X));
  }

  @Test
  void valuesComeWithGradients() {
    ValueAndGradient<Tensor> at = Gradient.valueAndGradient(TransformTest::quartic, X);
    assertEquals(quartic(X).item(), at.value().item());
    assertFalse(at.value().isTracked());
    assertFalse(at.gradient().isTracked());
    same(Gradient.at(TransformTest::quartic, X), at.gradient());
    Tensor x = X.tracked();
    ValueAndGradient<Tensor> again =
        Gradient.differentiableValueAndGradient(TransformTest::quartic, x);
    Tensor sum = again.value().add(again.gradient().mul(V).sum());
    near(at.gradient().add(Hvp.at(TransformTest::quartic, X, V)).toDoubles(), Gradient.of(sum, x));
  }

  @Test
  void derivativesOfFunctionsAreTakenInsideOfPauses() {
    try (Tracking.Pause pause = Tracking.pause()) {
      near(new double[] {0.6, -2.4, 4}, Gradient.at(x -> x.square().sum(), X));
      near(quarticHessian(), Hessian.at(TransformTest::quartic, X));
      assertFalse(Tracking.isOn());
      assertFalse(Gradient.differentiableAt(TransformTest::quartic, X.tracked()).isTracked());
    }
    Tensor x = X.tracked();
    Tensor y = quartic(x);
    try (Tracking.Pause pause = Tracking.pause()) {
      near(quarticHessian(), Hessian.of(y, x));
      same(Hvp.at(TransformTest::quartic, X, V), Hvp.of(y, x, V));
    }
    assertTrue(Tracking.isOn());
  }

  @Test
  void functionsOfSeveralTensors() {
    Function<List<Tensor>, Tensor> f = in -> in.get(0).mul(in.get(1).square()).sum();
    Tensor a = X;
    Tensor b = V;
    near(b.square().toDoubles(), Gradient.at(f, List.of(a, b)).get(0));
    near(a.mul(b).mul(2).toDoubles(), Gradient.at(f, List.of(a, b)).get(1));
    near(
        a.mul(b).sum().mul(2).toDoubles(),
        Jvp.at(f, List.of(a, b), List.of(a.zerosLike(), a.onesLike())));
    near(
        b.mul(2).toDoubles(),
        Hvp.at(f, List.of(a, b), List.of(a.zerosLike(), a.onesLike())).get(0));
    near(
        a.mul(2).toDoubles(),
        Hvp.at(f, List.of(a, b), List.of(a.zerosLike(), a.onesLike())).get(1));
    Tensor w = Tensor.scalar(3, DType.FLOAT64);
    near(b.square().mul(3).toDoubles(), Vjp.at(f, List.of(a, b), w).get(0));
    near(a.mul(b).mul(2).toDoubles(), Jacobian.at(f, List.of(a, b)).get(1));
    near(new double[9], Hessian.at(f, List.of(a, b)).get(0).get(0));
  }

  @Test
  void functionsOfParameters() {
    Sequential net = Mlp.of(Rng.of(1), Activation.TANH, DType.FLOAT64, 2, 3, 1);
    Parameters p = net.parameters();
    Tensor x = Rng.of(2).normal(DType.FLOAT64, 5, 2);
    Function<Parameters, Tensor> f =
        q -> {
          Tensor h = x.matmul(q.get("layers.0.weight")).add(q.get("layers.0.bias")).tanh();
          return h.matmul(q.get("layers.2.weight")).add(q.get("layers.2.bias")).square().mean();
        };
    Tensor y = net.forward(x).square().mean();
    Parameters v = p.map(t -> Rng.of(t.elements()).normal(DType.FLOAT64, t.shape().toArray()));
    Parameters gradients = Gradient.of(y, p);
    assertEquals(p.names(), gradients.names());
    compare(gradients, Gradient.at(f, p.copy()));
    compare(Hvp.of(y, p, v), Hvp.at(f, p.copy(), v));
    compare(Jacobian.of(y, p), gradients);
    compare(Gradient.of(Jvp.differentiable(y, p, v), p), Hvp.of(y, p, v));
    compare(Vjp.of(y, p, Tensor.scalar(2, DType.FLOAT64)), gradients.map(t -> t.mul(2)));
    // Differentiable once more, in the parameters themselves.
    compare(Gradient.of(Jvp.differentiableAt(f, p, v), p), Hvp.of(y, p, v));
    // Names may come in another order.
    Parameters turned = Parameters.none();
    for (String name : p.names().reversed()) {
      turned = turned.and(Parameters.of(name, v.get(name)));
    }
    compare(Hvp.of(y, p, v), Hvp.of(y, p, turned));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Hvp.of(y, p, v.under("layers")));
    assertTrue(String.valueOf(e.getMessage()).contains("0.weight"), e.getMessage());
  }

  private static void compare(Parameters want, Parameters got) {
    assertEquals(want.names(), got.names());
    for (String name : want.names()) {
      assertArrayEquals(want.get(name).toDoubles(), got.get(name).toDoubles(), 1e-12, name);
    }
  }

  @Test
  void recordedTheyHaveTheSameBits() {
    Sequential net = Mlp.of(Rng.of(1), Activation.SILU, 2, 24, 2);
    Tensor x = Rng.of(2).normal(600, 2);
    Tensor v = Rng.of(3).normal(600, 2);
    Parameters p = net.parameters();
    Parameters u = p.map(t -> Rng.of(t.elements()).normal(t.shape().toArray()));
    Program.Body body =
        in -> {
          UnaryOperator<Tensor> energy = z -> net.forward(z).square().sum();
          Tensor inputs = Hvp.at(energy, in.get(0), in.get(1));
          Tensor loss = energy.apply(in.get(0));
          Parameters weights = Hvp.of(loss, p, u);
          Tensor moved = Jvp.at(net::forward, in.get(0), in.get(1));
          return List.of(
              inputs, weights.get("layers.0.weight"), weights.get("layers.2.bias"), moved);
        };
    List<Tensor> eager = body.run(List.of(x, v));
    List<Tensor> recorded = Program.record(body).run(x, v);
    for (int i = 0; i < eager.size(); i++) {
      same(eager.get(i), recorded.get(i));
    }
  }
}
