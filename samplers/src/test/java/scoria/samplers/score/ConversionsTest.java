package scoria.samplers.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;
import scoria.samplers.Refusals;
import scoria.samplers.density.Gaussian;
import scoria.samplers.noise.NoiseSchedule;
import scoria.samplers.noise.VariancePreserving;

class ConversionsTest {
  private static final double[] MEAN = {1, -2};
  private static final double[][] COVARIANCE = {{0.6, 0.2}, {0.2, 0.3}};
  private static final Gaussian DATA = Gaussian.of(MEAN, COVARIANCE);
  private Tensor x;
  private Tensor sigma;

  @BeforeEach
  void points() {
    x = Rng.of(1).normal(DType.FLOAT64, 50, 2).mul(2);
    sigma = Rng.of(2).uniform(DType.FLOAT64, 50).mul(3).add(0.05);
  }

  private static void assertClose(Tensor expected, Tensor actual) {
    assertEquals(expected.signature(), actual.signature());
    double[] e = expected.toDoubles();
    double[] a = actual.toDoubles();
    for (int i = 0; i < e.length; i++) {
      assertEquals(e[i], a[i], 1e-11 * (1 + Math.abs(e[i])), "at " + i);
    }
  }

  @Test
  void allWaysRoundAreTheSame() {
    Denoiser denoiser = DATA.asDenoiser();
    Score score = DATA.asScore();
    assertClose(score.score(x, sigma), denoiser.toScore().score(x, sigma));
    assertClose(
        denoiser.denoise(x, sigma), denoiser.toNoisePrediction().toDenoiser().denoise(x, sigma));
    assertClose(score.score(x, sigma), score.toNoisePrediction().toScore().score(x, sigma));
    assertClose(score.score(x, sigma), score.toDenoiser().toScore().score(x, sigma));
    NoisePrediction noise = score.toNoisePrediction();
    assertClose(denoiser.toNoisePrediction().noise(x, sigma), noise.noise(x, sigma));
  }

  @Test
  void scaledDataHaveScaledScores() {
    NoiseSchedule schedule = new VariancePreserving(0.1, 20);
    TimeScore score = DATA.asScore().along(schedule);
    for (double t : new double[] {0.001, 0.2, 0.9}) {
      double alpha = schedule.alpha(t);
      // alpha x0 + sigma eps is N(alpha m, alpha^2 S + sigma^2 I).
      double[] m = {alpha * MEAN[0], alpha * MEAN[1]};
      double[][] s = new double[2][2];
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 2; j++) {
          s[i][j] = alpha * alpha * COVARIANCE[i][j];
        }
      }
      Tensor expected = Gaussian.of(m, s).noised(schedule.sigma(t)).score(x);
      assertClose(expected, score.score(x, t));
      // E[x0 | x] of the scaled problem is that of the unscaled one at x / alpha, sigma / alpha.
      Tensor a = Tensor.full(alpha, DType.FLOAT64, 50);
      Tensor g = Tensor.full(schedule.sigma(t), DType.FLOAT64, 50);
      Tensor mean = DATA.asDenoiser().denoise(x.div(alpha), schedule.level(t));
      assertClose(mean, Tweedie.denoised(x, expected, a, g));
      assertClose(mean, Tweedie.denoisedFromNoise(x, Tweedie.noise(x, mean, a, g), a, g));
      assertClose(mean, Tweedie.denoised(x, Tweedie.score(x, mean, a, g), a, g));
    }
  }

  @Test
  void imagesHaveOneLevelEach() {
    Tensor images = Rng.of(3).normal(DType.FLOAT64, 4, 1, 3, 3);
    Tensor levels = Tensor.of(new double[] {0.5, 1, 2, 4});
    Score score = (y, s) -> y.neg();
    Tensor denoised = score.toDenoiser().denoise(images, levels);
    double[] before = images.toDoubles();
    double[] after = denoised.toDoubles();
    for (int i = 0; i < before.length; i++) {
      assertEquals(before[i] * (1 - Math.pow(Math.pow(2, i / 9 - 1), 2)), after[i], 1e-12);
    }
  }

  @Test
  void aFloat32ModelServesAFloat64State() {
    Denoiser narrow =
        (y, s) -> {
          assertEquals(DType.FLOAT32, y.dtype());
          assertEquals(DType.FLOAT32, s.dtype());
          return y.mul(0.5);
        };
    assertClose(
        x.to(DType.FLOAT32).to(DType.FLOAT64).mul(0.5),
        narrow.computedIn(DType.FLOAT32).denoise(x, sigma));
  }

  @Test
  void oneLevelASampleIsAskedFor() {
    Tensor wrong = Tensor.full(1, DType.FLOAT64, 50, 1);
    String message =
        Refusals.message(
            IllegalArgumentException.class, () -> DATA.asDenoiser().toScore().score(x, wrong));
    assertTrue(message.contains("one level"), message);
  }

  @Test
  void preconditioningHasUnitScales() {
    double sd = 0.5;
    Preconditioning c = new Preconditioning(sd);
    double[] levels = {0.002, 0.1, 0.5, 3, 80};
    Tensor s = Tensor.of(levels);
    double[] skip = c.skip(s).toDoubles();
    double[] out = c.out(s).toDoubles();
    double[] in = c.in(s).toDoubles();
    double[] noise = c.noise(s).toDoubles();
    for (int i = 0; i < levels.length; i++) {
      double v = levels[i] * levels[i];
      // The defining properties: the network's input and target have variance 1, and c_skip makes
      // c_out smallest, where the derivative of the target's variance is 0.
      assertEquals(1, in[i] * in[i] * (v + sd * sd), 1e-12);
      assertEquals(
          out[i] * out[i], Math.pow(1 - skip[i], 2) * sd * sd + skip[i] * skip[i] * v, 1e-12);
      assertEquals(0, -(1 - skip[i]) * sd * sd + skip[i] * v, 1e-9);
      assertEquals(Math.log(levels[i]) / 4, noise[i], 1e-12);
      assertEquals(1 / (out[i] * out[i]), Weighting.edm(sd).weight(s).toDoubles()[i], 1e-6 / v);
    }
    // A network that gives 0 leaves the exact denoiser of N(0, sd^2).
    Gaussian data = Gaussian.isotropic(sd, 0, 0);
    assertClose(
        data.asDenoiser().denoise(x, sigma), c.denoiser((y, l) -> y.zerosLike()).denoise(x, sigma));
    // And the network is asked with scaled inputs, its result scaled and added.
    Tensor scaled = x.mul(c.in(sigma).unsqueeze(1));
    Tensor expected =
        x.mul(c.skip(sigma).unsqueeze(1))
            .add(scaled.mul(sigma.log().mul(0.25).unsqueeze(1)).mul(c.out(sigma).unsqueeze(1)));
    assertClose(expected, c.denoiser((y, l) -> y.mul(l.unsqueeze(1))).denoise(x, sigma));
  }
}
