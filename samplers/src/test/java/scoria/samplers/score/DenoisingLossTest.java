package scoria.samplers.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import scoria.autodiff.grad.Gradient;
import scoria.autodiff.nn.ResidualMlp;
import scoria.autodiff.optim.Adam;
import scoria.autodiff.optim.LearningRate;
import scoria.engine.memory.Scope;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;
import scoria.samplers.Refusals;
import scoria.samplers.density.Gaussian;
import scoria.samplers.density.Mixture;

class DenoisingLossTest {
  private static final double[][] S = {{1, 0.6}, {0.6, 0.5}};
  private static final Gaussian DATA = Gaussian.of(new double[] {0, 0}, S);

  @Test
  void theMinimumOnALinearModelIsTheInverseOfTheNoisedCovariance() {
    double sigma = 0.5;
    int n = 10_000;
    // With lambda = 1 / sigma^4 the loss is |eps / sigma - K x|^2: least squares. Its solution on
    // a sample is off (S + sigma^2 I)^-1 by about sqrt(r / (n v)), 0.034 at most: residual
    // variance r below 1 / sigma^2 = 4, smallest noised variance v = 0.35.
    DenoisingLoss loss =
        new DenoisingLoss(NoiseLevels.fixed(sigma), s -> s.square().square().reciprocal());
    Tensor x0 = DATA.sample(Rng.of(1), DType.FLOAT64, n);
    double[] k = new double[4];
    double value = 0;
    // The Hessian is twice the noised covariance, of eigenvalues 0.35 and 1.65: with the step
    // 1 / 2 the slower mode shrinks by 0.65 a step.
    for (int step = 0; step < 40; step++) {
      try (Scope _ = Scope.open("step")) {
        Tensor at = Tensor.of(k, 2, 2).tracked();
        Score model = (x, s) -> x.matmul(at, false, true).neg();
        Tensor l = loss.loss(model.toDenoiser(), x0, Rng.of(2));
        value = l.item();
        double[] g = Gradient.of(l, at).toDoubles();
        for (int i = 0; i < 4; i++) {
          k[i] -= 0.5 * g[i];
        }
      }
    }
    double a = S[0][0] + sigma * sigma;
    double b = S[0][1];
    double c = S[1][1] + sigma * sigma;
    double det = a * c - b * b;
    double[] exact = {c / det, -b / det, -b / det, a / det};
    for (int i = 0; i < 4; i++) {
      assertEquals(exact[i], k[i], 0.1, "element " + i);
    }
    // S^-1, the solution without noise, has 3.57 in place of 1.30 at the first element. At the
    // minimum the loss is d / sigma^2 - tr K; a sample's |eps|^2 / sigma^2 has standard deviation
    // 8.
    assertEquals(2 / (sigma * sigma) - exact[0] - exact[3], value, 4 * 8 / Math.sqrt(n));
  }

  @Test
  void aNetworkLearnsTheDenoiser() {
    Mixture data = Mixture.even(Gaussian.isotropic(0.2, -1, 0), Gaussian.isotropic(0.2, 1, 0));
    double sd = 0.75;
    DenoisingLoss loss = DenoisingLoss.edm(sd);
    ResidualMlp network = ResidualMlp.of(Rng.of(10), 2, 32, 1);
    Denoiser model = new Preconditioning(sd).denoiser(network);
    Tensor test = data.sample(Rng.of(11), DType.FLOAT32, 2000);
    double exact = loss.loss(data.asDenoiser(), test, Rng.of(12)).item();
    double before = loss.loss(model, test, Rng.of(12)).item() - exact;
    Adam adam = Adam.of(network.parameters(), LearningRate.constant(5e-3));
    Rng rng = Rng.of(13);
    for (int step = 0; step < 120; step++) {
      try (Scope _ = Scope.open("step")) {
        Tensor x0 = data.sample(rng, DType.FLOAT32, 128);
        adam.step(Gradient.of(loss.loss(model, x0, rng), network.parameters().tensors()));
      }
    }
    double after = loss.loss(model, test, Rng.of(12)).item() - exact;
    // The same points and noise for all three. What is left above the exact model is the
    // network's error.
    assertTrue(after < before / 5, "excess loss " + before + " before, " + after + " after");
  }

  @Test
  void theExactModelIsBetterThanItsNeighbours() {
    DenoisingLoss loss = DenoisingLoss.edm(0.8);
    Tensor x0 = DATA.sample(Rng.of(3), DType.FLOAT64, 20_000);
    Denoiser exact = DATA.asDenoiser();
    double best = loss.loss(exact, x0, Rng.of(4)).item();
    for (double scale : new double[] {0.9, 1.1}) {
      Denoiser off = (x, s) -> exact.denoise(x, s).mul(scale);
      // The same noise on both sides, so that the difference is that of the models.
      assertTrue(loss.loss(off, x0, Rng.of(4)).item() > best * 1.005, "scale " + scale);
    }
  }

  @Test
  void theLossInScoresIsTheLossInDenoisers() {
    Tensor x0 = DATA.sample(Rng.of(5), DType.FLOAT64, 100);
    NoiseLevels levels = NoiseLevels.logUniform(0.1, 2);
    double loss =
        new DenoisingLoss(levels, Weighting.noise()).loss(DATA.asDenoiser(), x0, Rng.of(6)).item();
    // |sigma s(x0 + sigma eps) + eps|^2 with the same draws, levels first.
    Rng rng = Rng.of(6);
    Tensor sigma = levels.draw(rng, DType.FLOAT64, 100);
    Tensor eps = rng.normal(DType.FLOAT64, 100, 2);
    Tensor column = sigma.unsqueeze(1);
    Tensor s = DATA.asScore().score(x0.add(eps.mul(column)), sigma);
    double expected = s.mul(column).add(eps).square().sum(1).mean().item();
    assertEquals(expected, loss, 1e-12 * expected);
    double inData =
        new DenoisingLoss(NoiseLevels.fixed(2), Weighting.data())
            .loss((x, l) -> x.zerosLike(), x0, Rng.of(7))
            .item();
    assertEquals(x0.square().sum(1).mean().item(), inData, 1e-12);
  }

  @Test
  void levelsFollowTheirDistributions() {
    int n = 40_000;
    double[] normal =
        NoiseLevels.logNormal(-1.2, 1.2).draw(Rng.of(8), DType.FLOAT64, n).toDoubles();
    double sum = 0;
    double squares = 0;
    for (double s : normal) {
      sum += Math.log(s);
      squares += Math.pow(Math.log(s) + 1.2, 2);
    }
    assertEquals(-1.2, sum / n, 4 * 1.2 / Math.sqrt(n));
    assertEquals(1.44, squares / n, 4 * 1.44 * Math.sqrt(2.0 / n));
    double[] even = NoiseLevels.logUniform(0.01, 100).draw(Rng.of(9), DType.FLOAT32, n).toDoubles();
    int below = 0;
    for (double s : even) {
      assertTrue(s > 0.00999 && s < 100.01, "level " + s);
      below += s < 0.1 ? 1 : 0;
    }
    // A quarter of four decades: a binomial share.
    assertEquals(0.25, below / (double) n, 4 * Math.sqrt(0.25 * 0.75 / n));
  }

  @Test
  void wrongInputsAreNamed() {
    assertThrows(IllegalArgumentException.class, () -> NoiseLevels.fixed(0));
    assertThrows(IllegalArgumentException.class, () -> NoiseLevels.logUniform(2, 1));
    assertThrows(IllegalArgumentException.class, () -> new Preconditioning(-1));
    Tensor flat = Tensor.full(0, DType.FLOAT64, 5);
    String message =
        Refusals.message(
            IllegalArgumentException.class,
            () -> DenoisingLoss.edm(0.5).loss(DATA.asDenoiser(), flat, Rng.of(1)));
    assertTrue(message.contains("[n, d]"), message);
    Tensor x0 = Tensor.full(0, DType.FLOAT64, 5, 2);
    message =
        Refusals.message(
            IllegalArgumentException.class,
            () -> DenoisingLoss.edm(0.5).loss((x, l) -> x.narrow(1, 0, 1), x0, Rng.of(1)));
    assertTrue(message.contains("the model gave"), message);
    DenoisingLoss columns = new DenoisingLoss(NoiseLevels.fixed(1), sigma -> sigma.unsqueeze(1));
    message =
        Refusals.message(
            IllegalArgumentException.class, () -> columns.loss(DATA.asDenoiser(), x0, Rng.of(1)));
    assertTrue(message.contains("the weighting gave"), message);
  }
}
