package scoria.autodiff.onnx;

import scoria.engine.function.Spectra;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/** Fourier transforms and their windows. */
final class SignalOperators {
  private SignalOperators() {}

  private interface Window {
    Tensor of(long n, boolean periodic, DType dtype);
  }

  static void addTo(Operators table) {
    window(table, "HannWindow", Spectra::hann);
    window(table, "HammingWindow", Spectra::hamming);
    window(table, "BlackmanWindow", Spectra::blackman);
    table.one("DFT", SignalOperators::dft);
    table.one("STFT", SignalOperators::stft);
    table.one("MelWeightMatrix", SignalOperators::melWeights);
  }

  private static void window(Operators table, String name, Window window) {
    table.one(
        name,
        call ->
            window.of(
                (long) call.in(0).item(),
                call.integer("periodic", 1) != 0,
                call.type("output_datatype", DType.FLOAT32)));
  }

  private static Tensor dft(NodeCall call) {
    Tensor x = call.in(0);
    int axis = call.axis(1);
    long length = call.whole(1, x.size(axis));
    if (length != x.size(axis)) {
      throw new IllegalArgumentException("a transform of a part of the axis, or of more than it");
    }
    if (x.size(-1) == 1) {
      x = Tensor.concat(-1, x, x.mul(0));
    }
    Tensor y = Spectra.dft(x, axis, call.flag("inverse"));
    return call.flag("onesided") ? y.narrow(axis, 0, length / 2 + 1) : y;
  }

  private static Tensor stft(NodeCall call) {
    Tensor signal = call.in(0).squeeze(-1);
    long size = call.whole(3, call.has(2) ? call.in(2).elements() : 0);
    Tensor window = call.has(2) ? call.in(2) : Tensor.full(1, signal.dtype(), size);
    return Spectra.stft(signal, window.to(signal.dtype()), (long) call.in(1).item());
  }

  private static Tensor melWeights(NodeCall call) {
    return Spectra.melWeights(
        (long) call.in(0).item(),
        (long) call.in(1).item(),
        call.in(2).item(),
        call.in(3).item(),
        call.in(4).item(),
        call.type("output_datatype", DType.FLOAT32));
  }
}
