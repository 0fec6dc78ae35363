package scoria.autodiff.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static scoria.engine.tensor.DType.FLOAT32;
import static scoria.engine.tensor.DType.FLOAT64;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import scoria.autodiff.grad.Gradient;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Values, shapes, names and refusals of the layers. */
class LayerTest {
  private final Rng rng = Rng.of(11);

  private static void refused(String why, Executable call) {
    var e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
  }

  @Test
  void linearIsWeightAndBias() {
    Linear layer =
        new Linear(
            Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3), Tensor.of(new float[] {10, 20, 30}));
    Tensor y = layer.forward(Tensor.of(new float[] {1, -1, 0, 2}, 2, 2));
    assertEquals(Shape.of(2, 3), y.shape());
    assertArrayEquals(new float[] {7, 17, 27, 18, 30, 42}, y.toFloats());
    assertEquals(List.of("weight", "bias"), layer.parameters().names());
    assertEquals(Shape.of(5, 4, 3), layer.forward(Tensor.ones(5, 4, 2)).shape());
    assertTrue(layer.parameters().tensors().stream().allMatch(Tensor::isTracked));
  }

  @Test
  void linearRefusesWhatDoesNotFit() {
    Linear layer = Linear.of(rng, 2, 3);
    refused(
        "from 2 to 3 features was given float32[4, 3]; it takes float32[..., 2]",
        () -> layer.forward(Tensor.ones(4, 3)));
    refused("float64[4, 2]", () -> layer.forward(Tensor.full(1, FLOAT64, 4, 2)));
    refused("[in, out]", () -> new Linear(Tensor.ones(3), null));
    refused("it must be float32[3]", () -> new Linear(Tensor.ones(2, 3), Tensor.ones(2)));
    refused("at least 1", () -> Linear.of(rng, 0, 3));
  }

  @Test
  void sequentialNumbersItsLayers() {
    Sequential net = Mlp.of(rng, Activation.TANH, 3, 8, 8, 2);
    assertEquals(
        List.of(
            "layers.0.weight",
            "layers.0.bias",
            "layers.2.weight",
            "layers.2.bias",
            "layers.4.weight",
            "layers.4.bias"),
        net.parameters().names());
    assertEquals(3 * 8 + 8 + 8 * 8 + 8 + 8 * 2 + 2, net.parameters().count());
    assertEquals(Shape.of(7, 2), net.forward(Tensor.ones(7, 3)).shape());
    refused("at least two", () -> Mlp.of(rng, Activation.TANH, 3));
    Sequential embedded = Sequential.of(FourierEmbedding.of(rng, 8, 1, FLOAT32), net);
    assertEquals(List.of("layers.0.frequencies"), embedded.buffers().names());
    assertEquals(7, embedded.saved().size());
  }

  /** The gain by its definition, integrated by the trapezium rule. */
  @ParameterizedTest
  @EnumSource
  void gainGivesMeanSquareOne(Activation activation) {
    int n = 200_001;
    Tensor z = Tensor.linspace(-12, 12, n);
    Tensor density = z.square().mul(-0.5).exp().div(Math.sqrt(2 * Math.PI));
    double square = activation.forward(z).square().mul(density).sum().item() * 24 / (n - 1);
    assertEquals(1, activation.gain() * activation.gain() * square, 1e-8);
  }

  @Test
  void embeddingsAreWaves() {
    Tensor x = Tensor.of(new double[] {0.25, -1.5});
    FourierEmbedding fourier = new FourierEmbedding(Tensor.of(new double[] {1, 3}));
    double[] expected = new double[8];
    for (int i = 0; i < 2; i++) {
      for (int k = 0; k < 2; k++) {
        double angle = x.toFloat64(i) * (k == 0 ? 1 : 3);
        expected[4 * i + k] = Math.cos(angle);
        expected[4 * i + 2 + k] = Math.sin(angle);
      }
    }
    assertArrayEquals(expected, fourier.forward(x).toDoubles(), 1e-15);
    assertEquals(4, fourier.size());
    assertEquals(List.of("frequencies"), fourier.saved().names());

    SinusoidalEmbedding ladder = SinusoidalEmbedding.of(6, 100, 1, FLOAT64);
    assertArrayEquals(new double[] {100, 10, 1}, ladder.frequencies().toDoubles(), 1e-12);
    assertEquals(0, ladder.saved().size());
    refused("even", () -> FourierEmbedding.of(rng, 5, 1, FLOAT32));
    refused("0 < lowest", () -> SinusoidalEmbedding.of(6, 1, 0, FLOAT32));
    refused("float64[n]", () -> fourier.forward(Tensor.ones(3)));
  }

  @Test
  void fourierFrequenciesHaveTheScaleAskedFor() {
    double[] w = FourierEmbedding.of(rng, 40_000, 3, FLOAT64).frequencies().toDoubles();
    double square = 0;
    for (double v : w) {
      square += v * v;
    }
    // The mean square of n normal numbers is off by sqrt(2/n), here 1%.
    assertEquals(1, square / w.length / Math.pow(6 * Math.PI, 2), 0.05);
  }

  @Test
  void initialisersHaveTheirVariance() {
    long in = 300;
    long out = 100;
    variance(Init.kaimingUniform(1.5), 2.25 / in, true, in, out);
    variance(Init.kaimingNormal(1.5), 2.25 / in, false, in, out);
    variance(Init.xavierUniform(1.5), 2 * 2.25 / (in + out), true, in, out);
    variance(Init.xavierNormal(1.5), 2 * 2.25 / (in + out), false, in, out);
    assertEquals(0, Init.zeros().draw(rng, FLOAT64, in, out, in, out).abs().amax().item());
  }

  private void variance(Init init, double variance, boolean uniform, long in, long out) {
    Tensor w = init.draw(rng, FLOAT64, in, out, in, out);
    assertEquals(Shape.of(in, out), w.shape());
    // Six standard errors of 30,000 draws.
    assertEquals(0, w.mean().item(), 6 * Math.sqrt(variance / (in * out)));
    assertEquals(1, w.square().mean().item() / variance, 0.05);
    double largest = w.abs().amax().item() / Math.sqrt(variance);
    assertEquals(uniform, largest <= Math.sqrt(3), "largest is " + largest + " deviations");
  }

  @Test
  void residualMlpNamesItsParts() {
    ResidualMlp net = ResidualMlp.of(rng, 2, 16, 2);
    assertEquals(
        List.of(
            "input.weight",
            "input.bias",
            "condition.layers.0.weight",
            "condition.layers.0.bias",
            "condition.layers.2.weight",
            "condition.layers.2.bias",
            "blocks.0.first.weight",
            "blocks.0.first.bias",
            "blocks.0.noise.weight",
            "blocks.0.second.weight",
            "blocks.0.second.bias",
            "blocks.1.first.weight",
            "blocks.1.first.bias",
            "blocks.1.noise.weight",
            "blocks.1.second.weight",
            "blocks.1.second.bias",
            "output.weight",
            "output.bias"),
        net.parameters().names());
    assertEquals(List.of("embedding.frequencies"), net.buffers().names());
  }

  @Test
  void residualMlpBeginsAtZeroAndCanLeaveIt() {
    ResidualMlp net = ResidualMlp.of(rng, 12, 16, 3);
    Tensor x = rng.normal(5, 3, 2, 2);
    Tensor y = net.forward(x, rng.normal(5));
    assertEquals(x.shape(), y.shape());
    assertArrayEquals(new float[60], y.toFloats());
    Tensor weight = net.parameters().get("output.weight");
    Tensor gradient = Gradient.of(y.sum(), weight);
    assertTrue(gradient.abs().amin().item() > 0);
  }

  @Test
  void residualMlpKeepsTheSizeOfSignals() {
    for (int blocks : new int[] {1, 16}) {
      ResidualMlp net = ResidualMlp.of(rng, 32, 256, blocks);
      Parameters output = net.output().parameters();
      Init init = Init.kaimingNormal(1);
      output.assign(
          Parameters.of(
              "weight", init.draw(rng, FLOAT32, 256, 32, 256, 32), "bias", Tensor.zeros(32)));
      double size = net.forward(rng.normal(64, 32), rng.normal(64)).square().mean().item();
      assertTrue(size > 0.1 && size < 10, blocks + " blocks give mean square " + size);
    }
  }

  @Test
  void residualMlpRefusesWhatDoesNotFit() {
    ResidualMlp net = ResidualMlp.of(rng, 4, 8, 1);
    refused("4 elements a sample", () -> net.forward(Tensor.ones(3, 5), Tensor.ones(3)));
    refused("it must be [3] or [1]", () -> net.forward(Tensor.ones(3, 4), Tensor.ones(2)));
    refused("blocks at least 0", () -> ResidualMlp.of(rng, 4, 8, -1));
    refused(
        "the width is 8",
        () ->
            new ResidualMlp(
                net.input(), net.embedding(), net.condition(), List.of(), Linear.of(rng, 7, 4)));
    refused(
        "block 0 has width 8",
        () ->
            new ResidualMlp(
                Linear.of(rng, 4, 7),
                net.embedding(),
                net.condition(),
                net.blocks(),
                Linear.of(rng, 7, 4)));
    refused(
        "[embedding, inner]",
        () -> new ResidualBlock(Linear.of(rng, 4, 4), Linear.of(rng, 4, 5), Linear.of(rng, 4, 4)));
  }

  /** A sample's value has the same bits alone as in a batch, and with one noise level for all. */
  @Test
  void samplesDoNotInfluenceEachOther() {
    ResidualMlp net = ResidualMlp.of(rng, 3, 32, 2);
    GradientCheck.scramble(net.parameters());
    Tensor x = rng.normal(37, 3);
    Tensor noise = Tensor.full(0.3, FLOAT32, 37);
    Tensor all = net.forward(x, noise);
    assertArrayEquals(all.toFloats(), net.forward(x, Tensor.full(0.3, FLOAT32, 1)).toFloats());
    for (int i : new int[] {0, 17, 36}) {
      Tensor one = net.forward(x.narrow(0, i, 1), noise.narrow(0, i, 1));
      assertArrayEquals(all.narrow(0, i, 1).toFloats(), one.toFloats());
    }
  }
}
