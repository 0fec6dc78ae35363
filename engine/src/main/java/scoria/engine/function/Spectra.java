package scoria.engine.function;

import java.util.List;
import scoria.engine.op.Case;
import scoria.engine.op.Reference;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * Discrete Fourier transforms and what goes with them. A complex number is a pair along the last
 * axis: the real and the imaginary part.
 *
 * <p>A transform is a product with a matrix of cosines and sines in float64, so an axis of n
 * elements costs n<sup>2</sup>: right for the hundreds of elements of a frame of sound.
 */
public final class Spectra implements Functions {
  private Spectra() {}

  /** The test points. */
  static List<Composed> cases() {
    return List.of(
        Composed.of(
            "dft", t -> dft(t[0], 1, false), r -> transform(r[0], false), Case.spread(2, 5, 2)),
        Composed.of(
            "dft, inverse",
            t -> dft(t[0], 1, true),
            r -> transform(r[0], true),
            Case.spread(1, 6, 2)),
        Composed.of(
            "stft",
            t -> stft(t[0], t[1], 2),
            r -> frames(r[0], r[1], 2),
            Case.spread(2, 9),
            Case.positive(4)));
  }

  /**
   * The transform X<sub>k</sub> = sum over j of x<sub>j</sub> e<sup>-2 pi i j k / n</sup> along an
   * axis.
   *
   * @param x float, [..., n, ..., 2]
   * @param axis any but the last, which holds the parts
   * @param inverse whether to take +i instead, and to divide by n
   */
  public static Tensor dft(Tensor x, int axis, boolean inverse) {
    checkFloat("dft", x.dtype());
    int last = x.rank() - 1;
    int along = x.shape().axis(axis);
    if (along == last || x.size(last) != 2) {
      throw new IllegalArgumentException(
          "'dft' of "
              + x.signature()
              + " along axis "
              + axis
              + ": the last axis holds real and imaginary part, so its size is 2 and the axis of"
              + " the transform is another");
    }
    long n = x.size(along);
    Tensor moved = x.to(DType.FLOAT64).transpose(along, last - 1);
    Tensor real = moved.get(last, 0);
    Tensor imaginary = moved.get(last, 1);
    Tensor angle = angles(n, n);
    Tensor cos = angle.cos();
    Tensor sin = inverse ? angle.sin() : angle.sin().neg();
    Tensor both =
        Tensor.stack(
            last,
            real.matmul(cos).sub(imaginary.matmul(sin)),
            real.matmul(sin).add(imaginary.matmul(cos)));
    return (inverse ? both.mul(1.0 / n) : both).transpose(along, last - 1).to(x.dtype());
  }

  /**
   * The first n/2 + 1 transforms of real rows; the others are their conjugates.
   *
   * @param x float, [..., n]
   * @return [..., n/2 + 1, 2]
   */
  public static Tensor realDft(Tensor x) {
    checkFloat("realDft", x.dtype());
    Tensor angle = angles(x.size(-1), x.size(-1) / 2 + 1);
    Tensor wide = x.to(DType.FLOAT64);
    return Tensor.stack(-1, wide.matmul(angle.cos()), wide.matmul(angle.sin().neg())).to(x.dtype());
  }

  private static void checkFloat(String what, DType dtype) {
    if (!dtype.isFloat()) {
      throw new IllegalArgumentException(
          "'" + what + "' of " + dtype + "; it takes float32 or float64");
    }
  }

  /** 2 pi j k / n as float64[n, columns], from jk modulo n so that large ones are exact. */
  private static Tensor angles(long n, long columns) {
    Tensor jk = Tensor.arange(n).unsqueeze(1).mul(Tensor.arange(columns)).to(DType.FLOAT64);
    if (n == 0) {
      return jk;
    }
    // jk is less than 2^53, and (jk + 1/2) / n is never within a rounding of a whole number.
    Tensor turns = jk.add(0.5).mul(1.0 / n).floor();
    return jk.sub(turns.mul((double) n)).mul(2 * Math.PI / n);
  }

  /**
   * Transforms of overlapping frames: of frame i, {@code signal[i step .. i step + size)} times the
   * window, as many as lie within the signal.
   *
   * @param signal float, [..., length]
   * @param window float, [size], of the signal's type
   * @param step from one frame's start to the next one's, at least 1
   * @return [..., frames, size/2 + 1, 2]
   */
  public static Tensor stft(Tensor signal, Tensor window, long step) {
    Inputs.floats("stft", signal, window);
    if (window.rank() != 1 || signal.rank() < 1 || window.dtype() != signal.dtype()) {
      throw new IllegalArgumentException(
          "'stft' of "
              + signal.signature()
              + " with a window "
              + window.signature()
              + "; it takes signals [..., length] and a window [size] of their type");
    }
    long size = window.size(0);
    long length = signal.size(-1);
    if (step < 1 || size < 1 || size > length) {
      throw new IllegalArgumentException(
          "'stft' of "
              + signal.signature()
              + " with a window of "
              + size
              + " and steps of "
              + step
              + ": a step is at least 1, and the window is not empty and fits into the signal");
    }
    long frames = (length - size) / step + 1;
    Tensor starts = Tensor.arange(frames).unsqueeze(1);
    Tensor places = starts.mul(Tensor.full(step, DType.INT64)).add(Tensor.arange(size));
    return realDft(signal.take(-1, places).mul(window));
  }

  /** Half a cosine's wave over 0 and 1: 1/2 - 1/2 cos; see {@link #cosines}. */
  public static Tensor hann(long n, boolean periodic, DType dtype) {
    return cosines(n, periodic, dtype, 0.5, -0.5);
  }

  /** 25/46 - 21/46 cos, which has the least first side lobe; see {@link #cosines}. */
  public static Tensor hamming(long n, boolean periodic, DType dtype) {
    return cosines(n, periodic, dtype, 25.0 / 46, -21.0 / 46);
  }

  /** 0.42 - 0.5 cos + 0.08 cos of the double; see {@link #cosines}. */
  public static Tensor blackman(long n, boolean periodic, DType dtype) {
    return cosines(n, periodic, dtype, 0.42, -0.5, 0.08);
  }

  /**
   * A window that is a sum of cosines: element j is the sum over k of a<sub>k</sub> cos(2 pi j k /
   * m).
   *
   * @param n how many elements
   * @param periodic whether m is n, for transforms, rather than n - 1, which is symmetric
   * @param a the weights, from the constant one on
   */
  public static Tensor cosines(long n, boolean periodic, DType dtype, double... a) {
    checkFloat("cosines", dtype);
    if (n < 0) {
      throw new IllegalArgumentException("a window of " + n + " elements; it takes at least 0");
    }
    double m = periodic || n == 1 ? n : n - 1;
    Tensor angle = Tensor.arange(n).to(DType.FLOAT64).mul(2 * Math.PI / m);
    Tensor sum = Tensor.full(0, DType.FLOAT64, n);
    for (int k = 0; k < a.length; k++) {
      sum = sum.add(angle.mul(k).cos().mul(a[k]));
    }
    return sum.to(dtype);
  }

  /**
   * Weights of triangular filters that are evenly wide on the mel scale, 2595 lg(1 + f / 700) for a
   * frequency f in hertz: what a spectrum is multiplied with for its mel spectrum. A triangle
   * begins and ends at its neighbours' peaks, and all three lie at bins of the spectrum.
   *
   * @param bands how many filters
   * @param size how many elements a frame has
   * @param rate how many of them a second has
   * @param low where the first triangle begins, in hertz
   * @param high above all triangles, in hertz
   * @return [size/2 + 1, bands]
   */
  public static Tensor melWeights(
      long bands, long size, double rate, double low, double high, DType dtype) {
    checkFloat("melWeights", dtype);
    if (bands < 0 || size < 0 || !(rate > 0) || !(low >= 0 && low < high)) {
      throw new IllegalArgumentException(
          "mel weights of "
              + bands
              + " bands from "
              + low
              + " to "
              + high
              + " hertz for frames of "
              + size
              + " at a rate of "
              + rate
              + "; numbers are at least 0, the rate is above 0, and frequencies rise from 0");
    }
    double from = mel(low);
    double step = (mel(high) - from) / (bands + 2);
    Tensor mels = Tensor.arange(bands + 2).to(DType.FLOAT64).mul(step).add(from);
    Tensor hertz = mels.mul(StrictMath.log(10) / 2595).expm1().mul(700);
    Tensor bins = hertz.mul((size + 1) / rate).floor();
    Tensor left = bins.narrow(0, 0, bands);
    Tensor peak = bins.narrow(0, 1, bands);
    Tensor right = bins.narrow(0, 2, bands);
    Tensor bin = Tensor.arange(size / 2 + 1).to(DType.FLOAT64).unsqueeze(1);
    return ramp(bin, left, peak).min(ramp(bin.neg(), right.neg(), peak.neg())).max(0).to(dtype);
  }

  /** A line from 0 to 1; from 0 at once to 1 where both ends are the same. */
  private static Tensor ramp(Tensor at, Tensor from, Tensor to) {
    Tensor width = to.sub(from);
    Tensor step = at.greaterEqual(to).to(DType.FLOAT64);
    Tensor line = at.sub(from).div(width.max(1));
    return Tensor.where(width.greater(Tensor.scalar(0, DType.FLOAT64)), line, step);
  }

  private static double mel(double hertz) {
    return 2595 * StrictMath.log10(1 + hertz / 700);
  }

  // ---- The same in plain loops.

  private static Reference transform(Reference x, boolean inverse) {
    int n = (int) x.shape().size(1);
    Reference y = Reference.zeros(x.shape());
    for (int row = 0; row < x.shape().size(0); row++) {
      for (int k = 0; k < n; k++) {
        double real = 0;
        double imaginary = 0;
        for (int j = 0; j < n; j++) {
          double angle = (inverse ? 2 : -2) * Math.PI * j * k / n;
          double a = x.values()[(row * n + j) * 2];
          double b = x.values()[(row * n + j) * 2 + 1];
          real += a * StrictMath.cos(angle) - b * StrictMath.sin(angle);
          imaginary += a * StrictMath.sin(angle) + b * StrictMath.cos(angle);
        }
        y.values()[(row * n + k) * 2] = inverse ? real / n : real;
        y.values()[(row * n + k) * 2 + 1] = inverse ? imaginary / n : imaginary;
      }
    }
    return y;
  }

  private static Reference frames(Reference signal, Reference window, int step) {
    int size = window.values().length;
    int length = (int) signal.shape().size(1);
    int frames = (length - size) / step + 1;
    Reference y = Reference.zeros(Shape.of(signal.shape().size(0), frames, size / 2 + 1, 2));
    long[] place = new long[4];
    for (int at = 0; at < y.values().length; at++) {
      for (int j = 0; j < size; j++) {
        double v = signal.at(place[0], place[1] * step + j) * window.values()[j];
        double angle = -2 * Math.PI * j * place[2] / size;
        y.values()[at] += v * (place[3] == 0 ? StrictMath.cos(angle) : StrictMath.sin(angle));
      }
      Reference.next(place, y.shape());
    }
    return y;
  }
}
