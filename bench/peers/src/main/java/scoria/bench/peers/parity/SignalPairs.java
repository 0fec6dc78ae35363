package scoria.bench.peers.parity;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.StringViewOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import scoria.engine.function.GridSampling;
import scoria.engine.function.GridSampling.Mode;
import scoria.engine.function.GridSampling.Padding;
import scoria.engine.function.Spectra;

/** Fourier transforms, and images read between their pixels. */
final class SignalPairs {
  private SignalPairs() {}

  static List<Pair> all() {
    List<Pair> pairs = new ArrayList<>();
    pairs.add(Pair.of("dft", chance -> dft(chance, false)));
    pairs.add(Pair.of("dft, inverse", chance -> dft(chance, true)));
    pairs.add(Pair.of("dft, of real rows", SignalPairs::realDft));
    pairs.add(Pair.of("stft", SignalPairs::stft));
    for (Mode mode : Mode.values()) {
      for (Padding padding : Padding.values()) {
        for (boolean corners : new boolean[] {false, true}) {
          String name = "gridSample, " + mode + ", " + padding + (corners ? ", corners" : "");
          pairs.add(Pair.of(name, chance -> gridSample(chance, mode, padding, corners)).once());
        }
      }
    }
    return pairs;
  }

  private static Trial dft(Chance chance, boolean inverse) {
    long[] sizes = ProductPairs.with(chance.sizes(1, 3), 2);
    int axis = chance.between(0, sizes.length - 2);
    LongOptional all = new LongOptional();
    StringViewOptional usual = new StringViewOptional();
    return Trial.of(
            xs -> Spectra.dft(xs[0], axis, inverse),
            xs ->
                torch.view_as_real(
                    inverse
                        ? torch.fft_ifft(torch.view_as_complex(xs[0]), all, axis, usual)
                        : torch.fft_fft(torch.view_as_complex(xs[0]), all, axis, usual)),
            chance.real(sizes))
        .with("axis " + axis);
  }

  private static Trial realDft(Chance chance) {
    return Trial.of(
        xs -> Spectra.realDft(xs[0]),
        xs -> torch.view_as_real(torch.fft_rfft(xs[0])),
        chance.real(ProductPairs.with(chance.sizes(0, 2), chance.between(1, 12))));
  }

  private static Trial stft(Chance chance) {
    int size = chance.between(2, 8);
    int step = chance.between(1, 5);
    return Trial.of(
            xs -> Spectra.stft(xs[0], xs[1], step),
            xs ->
                torch.view_as_real(
                    torch
                        .stft(
                            xs[0],
                            size,
                            new LongOptional(step),
                            new LongOptional(size),
                            new TensorOptional(xs[1]),
                            false,
                            new BoolOptional(true),
                            new BoolOptional(true),
                            new BoolOptional())
                        .transpose(-2, -1)),
            chance.real(ProductPairs.with(chance.sizes(0, 1), size + (long) chance.between(0, 20))),
            chance.positive(size))
        .with("step " + step);
  }

  /** Of small numbers, so that the sizes of a derivative's terms stay about 1 together. */
  private static Trial gridSample(Chance chance, Mode mode, Padding padding, boolean alignCorners) {
    long modeNumber =
        switch (mode) {
          case BILINEAR -> 0;
          case NEAREST -> 1;
          case BICUBIC -> 2;
        };
    long paddingNumber =
        switch (padding) {
          case ZEROS -> 0;
          case BORDER -> 1;
          case REFLECTION -> 2;
        };
    int batch = chance.between(1, 2);
    return Trial.of(
        xs -> GridSampling.gridSample(xs[0], xs[1], mode, padding, alignCorners),
        xs -> torch.grid_sampler_2d(xs[0], xs[1], modeNumber, paddingNumber, alignCorners),
        chance.within(
            -0.3, 0.3, batch, chance.between(1, 3), chance.between(1, 6), chance.between(1, 6)),
        chance.within(-1.7, 1.7, batch, chance.between(1, 4), chance.between(1, 4), 2));
  }
}
