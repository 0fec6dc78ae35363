package scoria.engine.function;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/** Special numbers in composed functions, and what they refuse. */
class FunctionEdgesTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  /** A window's mean depends on its own elements alone. */
  @Test
  void meansOfOtherWindowsStay() {
    Tensor x = Tensor.of(new double[] {1, NAN, 3, 2, 5, -INF, 4}, 1, 1, 7);
    assertArrayEquals(
        new double[] {NAN, 10 / 3.0, -INF}, Pooling.adaptiveAvgPool(x, 3).toDoubles(), 1e-15);
    assertArrayEquals(
        new double[] {1, NAN, NAN, NAN, 3},
        Pooling.adaptiveAvgPool(x.narrow(2, 0, 3), 5).toDoubles());
    assertEquals(
        8.5,
        Pooling.adaptiveAvgPool(Tensor.arange(18).to(DType.FLOAT64).reshape(1, 1, 3, 6), 1, 1)
            .item());
  }

  @Test
  void shrinkingKeepsNaN() {
    Tensor x = Tensor.of(new double[] {NAN, 0.5, -0.5, 0.6, -INF});
    assertArrayEquals(
        new double[] {NAN, 0, 0, 0.6, -INF}, Activations.hardShrink(x, 0.5).toDoubles());
    assertArrayEquals(
        new double[] {NAN, 0, 0, 0.6 - 0.5, -INF}, Activations.softShrink(x, 0.5).toDoubles());
  }

  /** Their weights would be rounded to whole numbers. */
  @Test
  void wholeNumbersAreRefusedWhereWeightsAreNot() {
    Tensor whole = Tensor.arange(4).reshape(1, 1, 4);
    refused(
        "resize of int64[1, 1, 4] by mode LINEAR; it takes float32 or float64, and other types by"
            + " mode NEAREST",
        () -> Resize.resize(whole, List.of(2L), Resize.How.LINEAR));
    assertArrayEquals(
        new long[] {0, 2}, Resize.resize(whole, List.of(2L), Resize.How.NEAREST).toLongs());
    refused("'realDft' of int64; it takes float32 or float64", () -> Spectra.realDft(whole));
    refused(
        "'dft' of int64; it takes float32 or float64",
        () -> Spectra.dft(whole.reshape(2, 2), 0, false));
    refused(
        "'cosines' of int64; it takes float32 or float64",
        () -> Spectra.hann(3, true, DType.INT64));
    refused(
        "'dropout' of int64[1, 1, 4]: it works on float32 and float64, not on int64; convert with"
            + " to(dtype)",
        () -> Dropouts.dropout(whole, 0.5, Rng.of(1)));
  }

  @Test
  void whatDoesNotFitTogether() {
    Tensor x = Tensor.ones(1, 1, 2);
    refused(
        "maxUnpool of float32[1, 1, 2] at int64[1, 1, 1] to [6]; it takes indices of the values'"
            + " shape, and a size for each axis behind samples and channels",
        () -> Pooling.maxUnpool(x, Tensor.arange(1).reshape(1, 1, 1), List.of(6L)));
    refused(
        "a window of -1 elements; it takes at least 0",
        () -> Spectra.hann(-1, true, DType.FLOAT32));
    refused(
        "'stft' of float32[1, 1, 2] with a window float32[1, 2]; it takes signals [..., length] and"
            + " a window [size] of their type",
        () -> Spectra.stft(x, Tensor.ones(1, 2), 1));
    refused(
        "mel weights of 2 bands from 9000.0 to 8000.0 hertz for frames of 8 at a rate of 16000.0;"
            + " numbers are at least 0, the rate is above 0, and frequencies rise from 0",
        () -> Spectra.melWeights(2, 8, 16000, 9000, 8000, DType.FLOAT32));
  }

  @Test
  void convolutionsSayWhatTheyTake() {
    Tensor x = Tensor.ones(1, 2, 4);
    Tensor weight = Tensor.ones(3, 2, 2);
    String takes = "; it takes [n, channels, ...] and weights of its type with as many axes";
    refused(
        "conv of float32[] with weights float32[3, 2, 2]" + takes,
        () -> Convolutions.conv(Tensor.full(1, DType.FLOAT32), weight, null, Sliding.UNIT, 1));
    refused(
        "convTranspose of float32[1, 2, 4] with weights float32[]" + takes,
        () ->
            Convolutions.convTranspose(
                x, Tensor.full(1, DType.FLOAT32), null, Sliding.UNIT, List.of(), 1));
    refused(
        "conv of float32[1, 2, 4] with weights float64[3, 2, 2]" + takes,
        () -> Convolutions.conv(x, weight.to(DType.FLOAT64), null, Sliding.UNIT, 1));
    refused(
        "'conv' of int64[1, 2, 4], int64[3, 2, 2]: it works on float32 and float64, not on int64;"
            + " convert with to(dtype)",
        () -> Convolutions.conv(x.to(DType.INT64), weight.to(DType.INT64), null, Sliding.UNIT, 1));
    refused(
        "conv of float32[1, 2, 4] with weights [3, 2, 2]: 2 groups do not divide the channels and"
            + " the outputs",
        () -> Convolutions.conv(x, weight, null, Sliding.UNIT, 2));
    refused(
        "localResponseNorm over 0 channels; they are at least 1",
        () -> Normalization.localResponseNorm(x, 0, 1, 1, 1));
  }

  @Test
  void cellsSayWhatTheyTake() {
    Tensor x = Tensor.ones(2, 3);
    Tensor h = Tensor.ones(2, 1);
    Tensor w = Tensor.ones(3, 3);
    Tensor r = Tensor.ones(3, 1);
    refused(
        "gruCell of float32[2, 3] and a state float32[2, 1] with weights [3, 3] and [3, 1] and a"
            + " bias [1]; it takes [n, inputs], [n, hidden], [3 hidden, inputs], [3 hidden,"
            + " hidden] and [3 hidden]",
        () -> Recurrent.gruCell(x, h, w, r, Tensor.ones(3), Tensor.ones(1), true));
    refused(
        "rnnCell of float32[2, 3] and a state float32[2, 1] with weights [3, 3] and [3, 1] and a"
            + " bias [3]; it takes [n, inputs], [n, hidden], [hidden, inputs], [hidden, hidden]"
            + " and [hidden]",
        () -> Recurrent.rnnCell(x, h, w, r, Tensor.ones(3)));
    refused(
        "lstmCell of a state float32[2, 1] with a memory float32[2, 1] and peepholes float32[1]; a"
            + " memory is as the state, [n, hidden], and peepholes are [3 hidden]",
        () ->
            Recurrent.lstmCell(
                x,
                new Recurrent.LstmState(h, h),
                Tensor.ones(4, 3),
                Tensor.ones(4, 1),
                Tensor.ones(4),
                Tensor.ones(1)));
  }

  /** Targets of a whole type are classes, as PyTorch has it. */
  @Test
  void crossEntropyOfClasses() {
    Tensor logits = Tensor.of(new double[] {0, 1, 2, 3, 4, 5}, 2, 3);
    Tensor classes = Tensor.of(new long[] {0, 2});
    double want =
        Losses.crossEntropy(logits, classes.oneHot(3, DType.FLOAT64), Losses.Over.MEAN).item();
    assertEquals(want, Losses.crossEntropy(logits, classes, Losses.Over.MEAN).item(), 1e-15);
    refused(
        "crossEntropy of float64[2, 3] was given float64[2] for its classes; it takes float64[3]",
        () ->
            Losses.crossEntropy(
                logits, classes, Tensor.of(new double[] {1, 2}), null, Losses.Over.MEAN));
  }
}
