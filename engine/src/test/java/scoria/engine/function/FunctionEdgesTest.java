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
        8.5, Pooling.adaptiveAvgPool(Tensor.arange(18).to(DType.FLOAT64).reshape(1, 1, 3, 6), 1, 1)
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
        "dropout of int64[1, 1, 4]; it takes float32 or float64",
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
}
