package scoria.autodiff.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

class ParametersTest {
  private final Tensor weight = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
  private final Tensor bias = Tensor.of(new float[] {7, 8, 9});
  private final Parameters parameters = Parameters.of("weight", weight, "bias", bias);

  @Test
  void keepsOrderAndCountsElements() {
    assertEquals(List.of("weight", "bias"), parameters.names());
    assertEquals(List.of(weight, bias), parameters.tensors());
    assertSame(bias, parameters.get("bias"));
    assertEquals(9, parameters.count());
    assertEquals("{weight=float32[2, 3], bias=float32[3]}", parameters.toString());
  }

  @Test
  void prefixesNestAndComeOffAgain() {
    Parameters two = parameters.prefixed("a").and(parameters.prefixed("a.b"));
    assertEquals(List.of("a.weight", "a.bias", "a.b.weight", "a.b.bias"), two.names());
    assertEquals(List.of("weight", "bias"), two.under("a.b").names());
    assertEquals(List.of("weight", "bias", "b.weight", "b.bias"), two.under("a").names());
  }

  @Test
  void aNameUsedTwiceIsAnError() {
    var e = assertThrows(IllegalArgumentException.class, () -> parameters.and(parameters));
    assertTrue(String.valueOf(e.getMessage()).contains("'weight'"), e.getMessage());
  }

  @Test
  void anUnknownNameIsAnErrorThatListsThoseThereAre() {
    var e = assertThrows(IllegalArgumentException.class, () -> parameters.get("wieght"));
    assertEquals("there is no parameter 'wieght'; there are weight, bias", e.getMessage());
  }

  @Test
  void copiesDoNotShareValues() {
    Parameters copy = parameters.copy();
    parameters.assign(parameters.map(Tensor::zerosLike));
    assertArrayEquals(new float[3], bias.toFloats());
    assertArrayEquals(new float[] {7, 8, 9}, copy.get("bias").toFloats());
  }

  @Test
  void assignsByNameAndOnlyWhatFits() {
    Parameters other =
        Parameters.of("bias", Tensor.of(new float[] {1, 0, 1}), "weight", weight.neg());
    parameters.assign(other);
    assertArrayEquals(new float[] {1, 0, 1}, bias.toFloats());
    assertArrayEquals(new float[] {-1, -2, -3, -4, -5, -6}, weight.toFloats());

    refused(Parameters.of("bias", bias), "'weight', float32[2, 3], is missing");
    refused(
        Parameters.of("weight", weight, "bias", Tensor.ones(4)),
        "'bias' is float32[4] and should be float32[3]");
    refused(
        Parameters.of("weight", weight, "bias", Tensor.of(new double[3])),
        "'bias' is float64[3] and should be float32[3]");
    refused(other.and(Parameters.of("gain", bias)), "none named 'gain'");
    assertArrayEquals(new float[] {1, 0, 1}, bias.toFloats());
  }

  private void refused(Parameters values, String why) {
    var e = assertThrows(IllegalArgumentException.class, () -> parameters.assign(values));
    assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
  }

  @Test
  void assigningToALayerChangesWhatItComputes() {
    Linear from = Linear.of(Rng.of(1), 3, 2);
    Linear to = Linear.of(Rng.of(2), 3, 2);
    Tensor x = Rng.of(3).normal(4, 3);
    to.parameters().assign(from.parameters());
    assertArrayEquals(from.forward(x).toFloats(), to.forward(x).toFloats());
  }
}
