package scoria.autodiff.grad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import scoria.autodiff.nn.Activation;
import scoria.autodiff.nn.Mlp;
import scoria.autodiff.nn.Sequential;
import scoria.engine.exec.Program;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Divergences against those of known fields, and their random errors against theory. */
class DivergenceTest {
  private static Sequential net(long d) {
    return Mlp.of(Rng.of(4), Activation.TANH, DType.FLOAT64, d, 12, d);
  }

  private static Tensor points(long n, long d) {
    return Rng.of(5).normal(DType.FLOAT64, n, d);
  }

  static Stream<Divergence> all() {
    return Stream.of(
        Divergence.exact(),
        Divergence.hutchinson(Probe.RADEMACHER, 3),
        Divergence.hutchinson(Probe.GAUSSIAN, 3),
        Divergence.hutchPlusPlus(Probe.RADEMACHER, 6),
        Divergence.hutchPlusPlus(Probe.GAUSSIAN, 9));
  }

  /** (x^3 + y, x y): divergence 3 x^2 + x. */
  private static Tensor polynomial(Tensor p) {
    Tensor x = p.narrow(1, 0, 1);
    Tensor y = p.narrow(1, 1, 1);
    return Tensor.concat(1, x.square().mul(x).add(y), x.mul(y));
  }

  @Test
  void ofAPolynomial() {
    Tensor p = points(7, 2);
    Tensor x = p.get(1, 0);
    DivergenceEstimate exact = Divergence.exact().at(DivergenceTest::polynomial, p, Rng.of(1));
    double[] want = x.square().mul(3).add(x).toDoubles();
    assertArrayEquals(want, exact.divergence().toDoubles(), 1e-14);
    assertArrayEquals(new double[7], exact.standardError().toDoubles());
    assertArrayEquals(polynomial(p).toDoubles(), exact.field().toDoubles());
    // Its gradient is (6 x + 1, 0).
    Tensor q = p.tracked();
    DivergenceEstimate again =
        Divergence.exact()
            .differentiable(polynomial(q), q, Divergence.exact().probes(Rng.of(1), q));
    Tensor gradient = Gradient.of(again.divergence().sum(), q);
    assertArrayEquals(x.mul(6).add(1).toDoubles(), gradient.get(1, 0).toDoubles(), 1e-13);
    assertArrayEquals(new double[7], gradient.get(1, 1).toDoubles());
  }

  @Test
  void exactIsTheTraceOfTheJacobian() {
    Sequential net = net(5);
    Tensor x = points(3, 5);
    double[] got = Divergence.exact().at(net::forward, x, Rng.of(1)).divergence().toDoubles();
    for (int i = 0; i < 3; i++) {
      double[] jacobian = Jacobian.at(net::forward, x.narrow(0, i, 1)).toDoubles();
      double trace = 0;
      for (int j = 0; j < 5; j++) {
        trace += jacobian[6 * j];
      }
      assertEquals(trace, got[i], 1e-13);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void derivativesAreThoseOfTheEstimate(Divergence how) {
    Tensor x = points(4, 5);
    // Linear in the point: what Hutch++ holds fixed does not depend on it.
    Tensor m = Rng.of(8).normal(DType.FLOAT64, 5, 5);
    Tensor probes = how.probes(Rng.of(3), x);
    Tensor a = Tensor.scalar(0.7, DType.FLOAT64);
    UnaryOperator<Tensor> f =
        s -> {
          Tensor z = Structure.alias(x);
          return how.differentiable(z.matmul(m).mul(s.exp()), z, probes).divergence().sum();
        };
    double step = 1e-5;
    double difference = (f.apply(a.add(step)).item() - f.apply(a.sub(step)).item()) / (2 * step);
    assertEquals(difference, Gradient.at(f, a).item(), 1e-7);
    assertEquals(f.apply(a).item(), Hvp.at(f, a, a.onesLike()).item(), 1e-10);
  }

  @ParameterizedTest
  @MethodSource("all")
  void sameSeedSameBitsAlsoRecordedAndForFirstRows(Divergence how) {
    Sequential net = Mlp.of(Rng.of(4), Activation.SILU, 4, 24, 4);
    Tensor x = Rng.of(5).normal(600, 4);
    Rng rng = Rng.of(9);
    Program program =
        Program.record(
            in -> {
              DivergenceEstimate e = how.at(net::forward, in.get(0), rng);
              return List.of(e.divergence(), e.samples(), e.standardError(), e.field());
            });
    DivergenceEstimate eager = how.at(net::forward, x, Rng.of(9));
    List<Tensor> recorded = program.run(x);
    assertArrayEquals(eager.divergence().toFloats(), recorded.get(0).toFloats());
    assertArrayEquals(eager.samples().toFloats(), recorded.get(1).toFloats());
    assertArrayEquals(eager.standardError().toFloats(), recorded.get(2).toFloats());
    assertArrayEquals(net.forward(x).toFloats(), recorded.get(3).toFloats());
    DivergenceEstimate few = how.at(net::forward, x.narrow(0, 0, 3), Rng.of(9));
    assertArrayEquals(eager.divergence().narrow(0, 0, 3).toFloats(), few.divergence().toFloats());
    assertFalse(few.divergence().isTracked());
  }

  /** Of one matrix in all rows: the mean and the spread over rows, and the reported errors. */
  @ParameterizedTest
  @EnumSource(Probe.class)
  void varianceIsThatOfTheory(Probe probe) {
    int d = 6;
    int n = 20_000;
    Tensor m = Rng.of(8).normal(DType.FLOAT64, d, d);
    Tensor x = Tensor.full(0.5, DType.FLOAT64, n, d);
    DivergenceEstimate e = Divergence.hutchinson(probe, 8).at(z -> z.matmul(m), x, Rng.of(2));
    double trace = 0;
    double variance = 0;
    for (int i = 0; i < d; i++) {
      trace += m.toFloat64(i, i);
      for (int j = 0; j < d; j++) {
        double s = (m.toFloat64(i, j) + m.toFloat64(j, i)) / 2;
        variance += i == j && probe == Probe.RADEMACHER ? 0 : 2 * s * s;
      }
    }
    double mean = e.divergence().mean().item();
    double spread = e.divergence().sub(mean).square().mean().item();
    assertEquals(trace, mean, 4 * Math.sqrt(variance / 8 / n));
    assertEquals(variance / 8, spread, 0.05 * variance / 8);
    assertEquals(variance / 8, e.standardError().square().mean().item(), 0.05 * variance / 8);
  }

  @Test
  void hutchPlusPlusFindsLowRanksAndIsExactWithEnoughProducts() {
    int d = 8;
    Tensor u = Rng.of(8).normal(DType.FLOAT64, d, 2);
    Tensor low = u.matmul(Rng.of(9).normal(DType.FLOAT64, 2, d));
    Tensor full = Rng.of(10).normal(DType.FLOAT64, d, d);
    Tensor x = points(5, d);
    assertEquals(0, worst(Divergence.hutchPlusPlus(Probe.GAUSSIAN, 6), low, x), 1e-11);
    // More directions than the rank: those of no length count nothing.
    assertEquals(0, worst(Divergence.hutchPlusPlus(Probe.RADEMACHER, 12), low, x), 1e-11);
    assertEquals(0, worst(Divergence.hutchPlusPlus(Probe.GAUSSIAN, 3 * d), full, x), 1e-11);
    assertEquals(0, worst(Divergence.hutchPlusPlus(Probe.GAUSSIAN, 300), full, x), 1e-11);
    assertEquals(0, worst(Divergence.hutchPlusPlus(Probe.GAUSSIAN, 6), full.mul(0), x));
    assertTrue(worst(Divergence.hutchPlusPlus(Probe.GAUSSIAN, 6), full, x) > 0.01);
  }

  @Test
  void hutchPlusPlusHasNoBiasAndLessSpreadWhereFewDirectionsMatter() {
    int d = 10;
    int n = 4000;
    double[] diagonal = new double[d * d];
    for (int i = 0; i < d; i++) {
      diagonal[i * d + i] = Math.pow(0.4, i);
    }
    Tensor turn = Rng.of(1).normal(DType.FLOAT64, d, d).mul(0.1).add(Tensor.eye(d, DType.FLOAT64));
    // Symmetric, with quickly decreasing eigenvalues.
    Tensor m = turn.matmul(Tensor.of(diagonal, d, d)).matmul(turn.transpose());
    Tensor x = Tensor.full(1, DType.FLOAT64, n, d);
    double trace =
        Divergence.exact().at(z -> z.matmul(m), x.narrow(0, 0, 1), Rng.of(1)).divergence().item();
    DivergenceEstimate plain =
        Divergence.hutchinson(Probe.GAUSSIAN, 9).at(z -> z.matmul(m), x, Rng.of(2));
    DivergenceEstimate better =
        Divergence.hutchPlusPlus(Probe.GAUSSIAN, 9).at(z -> z.matmul(m), x, Rng.of(2));
    double spread = Math.sqrt(better.divergence().sub(trace).square().mean().item());
    assertEquals(trace, better.divergence().mean().item(), 4 * spread / Math.sqrt(n));
    double plainSpread = Math.sqrt(plain.divergence().sub(trace).square().mean().item());
    assertTrue(spread < plainSpread / 3, spread + " and " + plainSpread);
  }

  private static double worst(Divergence how, Tensor m, Tensor x) {
    Tensor exact = Divergence.exact().at(z -> z.matmul(m), x, Rng.of(1)).divergence();
    Tensor got = how.at(z -> z.matmul(m), x, Rng.of(6)).divergence();
    return got.sub(exact).abs().amax().item();
  }

  @Test
  void emptyBatches() {
    for (Divergence how : all().toList()) {
      DivergenceEstimate e = how.at(Tensor::exp, Tensor.zeros(0, 3), Rng.of(1));
      assertEquals(Shape.of(0), e.divergence().shape());
      assertEquals(Shape.of(0), e.standardError().shape());
    }
  }

  @Test
  void errorsSayWhatWouldBeRight() {
    Tensor x = Tensor.ones(4, 2);
    refused("from [n, d] to [n, d]", () -> Divergence.exact().at(z -> z.sum(1), x, Rng.of(1)));
    refused("at least 1", () -> Divergence.hutchinson(Probe.GAUSSIAN, 0));
    refused("at least 3", () -> Divergence.hutchPlusPlus(Probe.GAUSSIAN, 2));
    Divergence two = Divergence.hutchinson(Probe.GAUSSIAN, 2);
    refused("float32[4, 2, 2]", () -> two.at(z -> z, x, Tensor.ones(4, 3, 2)));
    refused("points [n, d]", () -> two.at(z -> z, Tensor.ones(4), Rng.of(1)));
    Tensor whole = Tensor.arange(4).reshape(2, 2);
    refused("float32 or float64", () -> Divergence.exact().at(z -> z, whole, Rng.of(1)));
    DivergenceEstimate one = Divergence.hutchinson(Probe.GAUSSIAN, 1).at(z -> z, x, Rng.of(1));
    assertThrows(IllegalStateException.class, one::standardError);
  }

  private static void refused(String part, Runnable call) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
  }
}
