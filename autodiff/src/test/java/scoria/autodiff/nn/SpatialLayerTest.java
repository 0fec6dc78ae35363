package scoria.autodiff.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static scoria.engine.tensor.DType.FLOAT64;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import scoria.autodiff.grad.Gradient;
import scoria.engine.exec.Program;
import scoria.engine.function.Convolutions;
import scoria.engine.function.Sliding;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Layers over space, norms, attention and what changes while training. */
class SpatialLayerTest {
  private static final Init INIT = Init.kaimingUniform(1);

  private final Rng rng = Rng.of(5);

  private void check(Layer layer, Tensor x) {
    GradientCheck.scramble(layer.parameters());
    Tensor input = x.tracked();
    GradientCheck.check(
        () -> layer.forward(input), layer.parameters().and(Parameters.of("input", input)));
  }

  @Test
  void convolutions() {
    check(
        Conv.of(rng, 2, 4, 2, Sliding.UNIT.stride(2).padding(1), INIT, FLOAT64, 3, 2),
        rng.normal(FLOAT64, 2, 2, 4, 3));
    check(
        ConvTranspose.of(rng, 2, 1, Sliding.UNIT.stride(2), INIT, FLOAT64, 2, 2),
        rng.normal(FLOAT64, 1, 2, 2, 3));
    Conv conv = Conv.of(rng, 3, 8, Sliding.UNIT.padding(1), 3, 3);
    assertEquals(Shape.of(8, 3, 3, 3), conv.weight().shape());
    assertEquals(List.of("weight", "bias"), conv.parameters().names());
    assertEquals(Shape.of(2, 8, 5, 6), conv.forward(Tensor.ones(2, 3, 5, 6)).shape());
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Conv(Tensor.ones(4, 2, 3), Tensor.ones(3), Sliding.UNIT, 1));
    assertEquals(
        "the bias of a convolution is float32[3]; with a weight float32[4, 2, 3] it must be"
            + " float32[4]",
        e.getMessage());
  }

  /** Where there are many places, products go sample by sample. */
  @Test
  void convolutionsOfManyPlaces() {
    Sliding sliding = Sliding.UNIT.padding(1);
    check(Conv.of(rng, 1, 2, 1, sliding, INIT, FLOAT64, 3), rng.normal(FLOAT64, 2, 1, 260));
    check(Conv.of(rng, 2, 1, 1, Sliding.UNIT, INIT, FLOAT64, 1), rng.normal(FLOAT64, 1, 2, 260));
    check(ConvTranspose.of(rng, 1, 2, sliding, INIT, FLOAT64, 3), rng.normal(FLOAT64, 2, 1, 260));
    for (long n : new long[] {9, 300}) {
      // The transposed convolution is the adjoint, which gradients find another way.
      Tensor w = rng.normal(FLOAT64, 2, 3, 3);
      Tensor x = rng.normal(FLOAT64, 2, 3, n).tracked();
      Tensor y = Convolutions.conv(x, w, null, sliding, 1);
      Tensor g = rng.normal(FLOAT64, 2, 2, n);
      assertArrayEquals(
          Gradient.vjp(y, List.of(x), g).get(0).toDoubles(),
          Convolutions.convTranspose(g, w, null, sliding, List.of(), 1).toDoubles(),
          1e-13);
      // Any three places in their own.
      assertArrayEquals(
          y.narrow(2, 3, 1).toDoubles(),
          Convolutions.conv(x.narrow(2, 2, 3), w, null, Sliding.UNIT, 1).toDoubles(),
          0);
    }
  }

  @Test
  void norms() {
    check(LayerNorm.of(FLOAT64, 3, 2), rng.normal(FLOAT64, 2, 3, 2));
    check(RmsNorm.of(FLOAT64, 4), rng.normal(FLOAT64, 3, 4));
    check(GroupNorm.of(FLOAT64, 2, 4), rng.normal(FLOAT64, 2, 4, 3));
    check(BatchNorm.of(FLOAT64, 2), rng.normal(FLOAT64, 3, 2, 2));
  }

  @Test
  void nothingVariesIsZero() {
    for (DType dtype : new DType[] {DType.FLOAT32, FLOAT64}) {
      Tensor same = Tensor.full(1000.25, dtype, 2, 4, 3);
      for (Layer layer : new Layer[] {LayerNorm.of(dtype, 3), GroupNorm.of(dtype, 2, 4)}) {
        assertArrayEquals(new double[24], layer.forward(same).toDoubles());
      }
    }
  }

  @Test
  void batchNormLearnsItsStatistics() {
    BatchNorm norm = BatchNorm.of(FLOAT64, 1);
    Tensor x = Tensor.of(new double[] {1, 2, 3, 6}, 2, 1, 2);
    double before = norm.forward(x).toDoubles()[3];
    assertEquals(6 / Math.sqrt(1 + 1e-5), before, 1e-14);
    try (TrainingMode.On _ = TrainingMode.on()) {
      // Mean 3, variance 3.5, of an unbiased estimate 14/3.
      double[] y = norm.forward(x).toDoubles();
      assertEquals(3 / Math.sqrt(3.5 + 1e-5), y[3], 1e-14);
      assertEquals(0, y[2], 1e-14);
    }
    assertEquals(0.3, norm.runningMean().item(), 1e-14);
    assertEquals(0.9 + 0.1 * 14 / 3, norm.runningVariance().item(), 1e-14);
    assertEquals(List.of("running_mean", "running_var"), norm.buffers().names());
    assertThrows(
        IllegalArgumentException.class,
        () -> {
          try (TrainingMode.On _ = TrainingMode.on()) {
            norm.forward(Tensor.full(1, FLOAT64, 1, 1));
          }
        });
  }

  @Test
  void dropoutOnlyWhileTraining() {
    Dropout dropout = new Dropout(0.25, Rng.of(3));
    Tensor x = Tensor.ones(1000);
    assertSame(x, dropout.forward(x));
    try (TrainingMode.On _ = TrainingMode.on()) {
      float[] y = dropout.forward(x).toFloats();
      long none = 0;
      for (float v : y) {
        assertTrue(v == 0 || v == (float) (1 / 0.75), () -> "element " + v);
        none += v == 0 ? 1 : 0;
      }
      // 250 expected with a standard deviation of 14.
      assertEquals(250, none, 70);
      assertTrue(!Arrays.equals(y, dropout.forward(x).toFloats()), "the same elements again");
    }
    assertThrows(IllegalArgumentException.class, () -> new Dropout(1, Rng.of(3)));
  }

  /** A program takes the stream's next numbers in every run, as calls do. */
  @Test
  void aRecordedDropoutIsTheEagerOne() {
    Tensor x = Rng.of(9).normal(40);
    try (TrainingMode.On _ = TrainingMode.on()) {
      Dropout eager = new Dropout(0.5, Rng.of(3));
      Dropout recorded = new Dropout(0.5, Rng.of(3));
      Program program = Program.record(in -> List.of(recorded.forward(in.get(0))));
      for (int run = 0; run < 3; run++) {
        assertArrayEquals(
            eager.forward(x).toFloats(), program.run(x).get(0).toFloats(), 0, "run " + run);
      }
    }
  }

  @Test
  void attention() {
    check(MultiHeadAttention.of(rng, FLOAT64, 4, 2, true), rng.normal(FLOAT64, 2, 3, 4));
    MultiHeadAttention layer = MultiHeadAttention.of(rng, FLOAT64, 4, 2, false);
    assertEquals(
        List.of("in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"),
        layer.parameters().names());
    GradientCheck.scramble(layer.parameters());
    Tensor x = rng.normal(FLOAT64, 2, 3, 4);
    // Another tensor of the same values takes the other way.
    assertArrayEquals(
        layer.forward(x).toDoubles(), layer.forward(x, x.copy(), null).toDoubles(), 1e-13);
    assertEquals(Shape.of(2, 3, 4), layer.forward(x, rng.normal(FLOAT64, 2, 5, 4), null).shape());
  }

  @Test
  void embeddingTable() {
    EmbeddingTable table = EmbeddingTable.of(rng, FLOAT64, 4, 3);
    assertEquals(
        "'embedding' of int64[2]: index -1 at position 0 is outside 0 .. 3 (an axis of length 4)",
        assertThrows(
                IndexOutOfBoundsException.class, () -> table.forward(Tensor.of(new long[] {-1, 0})))
            .getMessage());
    Tensor index = Tensor.of(new long[] {3, 0, 3, 1}, 2, 2);
    assertEquals(Shape.of(2, 2, 3), table.forward(index).shape());
    GradientCheck.check(() -> table.forward(index), table.parameters());
  }

  private static void refused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  /** What no input could make right is refused before there is one. */
  @Test
  void layersAreCheckedWhenBuilt() {
    Tensor w = Tensor.ones(4, 2, 3);
    refused("strides [0]; they are at least 1", () -> Sliding.UNIT.stride(0));
    refused("dilations [1, 0]; they are at least 1", () -> Sliding.UNIT.dilation(1, 0));
    refused("paddings [-1]; they are at least 0", () -> Sliding.UNIT.padding(-1));
    refused(
        "paddings [-2]; they are at least 0",
        () -> Sliding.UNIT.padding(new long[] {0}, new long[] {-2}));
    refused(
        "strides [1, 2] for 1 axes; give one, or one an axis",
        () -> new Conv(w, null, Sliding.UNIT.stride(1, 2), 1));
    refused(
        "dilations [1, 2] for 1 axes; give one, or one an axis",
        () -> new ConvTranspose(w, null, Sliding.UNIT.dilation(1, 2), List.of(), 1));
    refused(
        "a transposed convolution with output paddings [-1] over 1 axes; they are at least 0, and"
            + " one for all or one an axis",
        () -> new ConvTranspose(w, null, Sliding.UNIT, List.of(-1L), 1));
    Tensor one = Tensor.ones(4);
    String wrong = " to what it divides by; it must be above 0";
    for (double eps : new double[] {-1e-5, 0, Double.NaN}) {
      refused("a layer norm that adds " + eps + wrong, () -> new LayerNorm(one, null, eps));
      refused("a group norm that adds " + eps + wrong, () -> new GroupNorm(2, one, null, eps));
      refused("an RMS norm that adds " + eps + wrong, () -> new RmsNorm(one, eps));
      refused(
          "a batch norm that adds " + eps + wrong,
          () -> new BatchNorm(one, one, one, one, 0.1, eps));
    }
    refused(
        "a batch norm with momentum NaN; it is from 0 to 1",
        () -> new BatchNorm(one, one, one, one, Double.NaN, 1e-5));
  }

  @Test
  void layersThatCannotBe() {
    String both = "; all are at least 1, and groups divide both numbers of channels";
    refused(
        "a convolution from 4 to 3 channels in 2 groups with a kernel [2]" + both,
        () -> Conv.of(rng, 4, 3, 2, Sliding.UNIT, INIT, FLOAT64, 2));
    refused(
        "a convolution from 4 to 2 channels in 2 groups with a kernel [0]" + both,
        () -> Conv.of(rng, 4, 2, 2, Sliding.UNIT, INIT, FLOAT64, 0));
    Tensor weight = Tensor.ones(3, 2, 2);
    refused(
        "a convolution in 0 groups with a weight float32[3, 2, 2]; groups are at least 1 and divide"
            + " the outputs",
        () -> new Conv(weight, null, Sliding.UNIT, 0));
    refused(
        "a transposed convolution in 2 groups with a weight float32[3, 2, 2]; groups are at least 1"
            + " and divide the channels",
        () -> new ConvTranspose(weight, null, Sliding.UNIT, List.of(), 2));
    refused(
        "a transposed convolution from 1 to 1 channels with a kernel [0]; all are at least 1",
        () -> ConvTranspose.of(rng, 1, 1, Sliding.UNIT, INIT, FLOAT64, 0));
    refused(
        "a group norm of 3 groups with a weight float64[4]; a weight is [channels], and groups"
            + " divide the channels",
        () -> GroupNorm.of(FLOAT64, 3, 4));
    refused(
        "attention was given float32[2, 3, 4]; it takes float64[n, length, 4]",
        () -> MultiHeadAttention.of(rng, FLOAT64, 4, 2, false).forward(Tensor.ones(2, 3, 4)));
  }
}
