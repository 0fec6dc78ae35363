package scoria.autodiff.grad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import scoria.autodiff.nn.Activation;
import scoria.autodiff.nn.Mlp;
import scoria.autodiff.nn.Sequential;
import scoria.engine.exec.Program;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * What {@link Divergence#hutchinson} says of its own error, on a random network in 64 dimensions:
 * many repeats of an estimate from many probes, each beside the exact divergence.
 *
 * <p>All rows of the batch are one point, so all samples are independent, and a column of them is
 * one repeat of an estimate from as many probes as there are rows.
 */
class HutchinsonErrorTest {
  private static final int D = 64;
  private static final int PROBES = 10_000;
  private static final int REPEATS = 1_000;

  /** Repeats in one run. */
  private static final int TOGETHER = 50;

  @ParameterizedTest
  @EnumSource(Probe.class)
  void theErrorIsWhatIsReported(Probe probe) {
    Sequential net = Mlp.of(Rng.of(64), Activation.TANH, D, 48, D);
    Tensor point = Rng.of(65).normal(1, D);
    double exact = Divergence.exact().at(net::forward, point, Rng.of(1)).divergence().item();
    double[] jacobian = Jacobian.at(net::forward, point).toDoubles();
    double trace = 0;
    double variance = 0;
    for (int i = 0; i < D; i++) {
      trace += jacobian[i * D + i];
      for (int j = 0; j < D; j++) {
        double s = (jacobian[i * D + j] + jacobian[j * D + i]) / 2;
        variance += i == j && probe == Probe.RADEMACHER ? 0 : 2 * s * s;
      }
    }
    assertEquals(trace, exact, 1e-5 * Math.sqrt(variance));
    double theory = Math.sqrt(variance / PROBES);

    Divergence hutchinson = Divergence.hutchinson(probe, TOGETHER);
    Rng rng = Rng.of(66);
    Tensor rows = point.expand(PROBES, D).contiguous();
    Program program =
        Program.record(in -> List.of(hutchinson.at(net::forward, in.get(0), rng).samples()));
    int within = 0;
    double squares = 0;
    for (int run = 0; run < REPEATS / TOGETHER; run++) {
      Tensor samples = program.run(rows).get(0).transpose().to(DType.FLOAT64);
      DivergenceEstimate estimates = new DivergenceEstimate(rows, samples.mean(1), samples);
      double[] found = estimates.divergence().toDoubles();
      double[] reported = estimates.standardError().toDoubles();
      for (int i = 0; i < TOGETHER; i++) {
        double error = found[i] - exact;
        squares += error * error;
        within += Math.abs(error) <= 3 * reported[i] ? 1 : 0;
        assertEquals(theory, reported[i], 0.1 * theory, "reported error");
      }
    }
    double spread = Math.sqrt(squares / REPEATS);
    assertEquals(theory, spread, 0.1 * theory, "spread of the errors");
    assertTrue(within >= 0.99 * REPEATS, within + " of " + REPEATS);
  }
}
