package scoria.autodiff.nn;

import static scoria.engine.tensor.DType.FLOAT64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/** Every layer against central differences, in its parameters and in its inputs. */
class LayerGradientTest {
  private final Rng rng = Rng.of(5);

  private void check(Layer layer, Tensor x) {
    GradientCheck.scramble(layer.parameters());
    Tensor input = x.tracked();
    GradientCheck.check(
        () -> layer.forward(input), layer.parameters().and(Parameters.of("input", input)));
  }

  @Test
  void linear() {
    Init init = Init.xavierNormal(1);
    check(Linear.of(rng, 3, 4, init, FLOAT64), rng.normal(FLOAT64, 5, 3));
    check(Linear.of(rng, 3, 2, init, FLOAT64), rng.normal(FLOAT64, 2, 3, 3));
    check(Linear.withoutBias(rng, 2, 3, init, FLOAT64), rng.normal(FLOAT64, 4, 2));
  }

  @ParameterizedTest
  @EnumSource
  void activation(Activation activation) {
    check(activation, Tensor.of(new double[] {-3.1, -0.7, -0.02, 0.03, 0.9, 4.2}, 3, 2));
  }

  @Test
  void sequential() {
    check(Mlp.of(rng, Activation.GELU, FLOAT64, 3, 5, 4, 2), rng.normal(FLOAT64, 4, 3));
  }

  @Test
  void embeddings() {
    check(FourierEmbedding.of(rng, 6, 0.5, FLOAT64), rng.normal(FLOAT64, 5));
    check(SinusoidalEmbedding.of(8, 4, 0.1, FLOAT64), rng.normal(FLOAT64, 5));
  }

  @Test
  void residualBlock() {
    Init init = Init.kaimingNormal(1);
    ResidualBlock block =
        new ResidualBlock(
            Linear.of(rng, 3, 4, init, FLOAT64),
            Linear.withoutBias(rng, 5, 4, init, FLOAT64),
            Linear.of(rng, 4, 3, init, FLOAT64));
    GradientCheck.scramble(block.parameters());
    Tensor h = rng.normal(FLOAT64, 2, 3).tracked();
    Tensor e = rng.normal(FLOAT64, 2, 5).tracked();
    GradientCheck.check(
        () -> block.forward(h, e), block.parameters().and(Parameters.of("h", h, "e", e)));
  }

  @Test
  void residualMlp() {
    for (int levels : new int[] {3, 1}) {
      ResidualMlp net =
          ResidualMlp.of(rng, 4, 5, 2, FourierEmbedding.of(rng, 6, 0.3, FLOAT64), FLOAT64);
      GradientCheck.scramble(net.parameters());
      Tensor x = rng.normal(FLOAT64, 3, 2, 2).tracked();
      Tensor noise = rng.normal(FLOAT64, levels).tracked();
      GradientCheck.check(
          () -> net.forward(x, noise), net.parameters().and(Parameters.of("x", x, "noise", noise)));
    }
  }
}
