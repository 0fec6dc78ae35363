package scoria.engine.function;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * Values brought to mean 0 and variance 1 over some axes, then scaled and shifted. Variances are
 * means of squared differences from the mean, taken in a second pass, so that a large mean costs no
 * accuracy; {@code eps} is added to them and keeps what does not vary at 0.
 *
 * <p>Channels are axis 1: tensors are [n, channels, ...], as in PyTorch and ONNX.
 */
public final class Normalization implements Functions {
  private Normalization() {}

  /** The test points. */
  static List<Composed> cases() {
    return NormalizationCases.all();
  }

  /**
   * Over the last axes of every sample (Ba, Kiros and Hinton 2016).
   *
   * @param axes how many of the last axes, at least 1
   * @param weight of their shape, or null for 1
   * @param bias of their shape, or null for 0
   * @param eps above 0
   */
  public static Tensor layerNorm(
      Tensor x, int axes, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    Inputs.floats("layerNorm", x, weight, bias);
    Tensor rows = lastAxes("layerNorm", x, axes, eps);
    sameAxes("layerNorm", x, axes, weight);
    sameAxes("layerNorm", x, axes, bias);
    return affine(standard(rows, eps).reshape(x.shape()), weight, bias);
  }

  /**
   * Over the last axes of every sample, without taking the mean away: x / sqrt(mean(x<sup>2</sup>)
   * + eps) (Zhang and Sennrich 2019).
   *
   * @param axes how many of the last axes, at least 1
   * @param weight of their shape, or null for 1
   * @param eps above 0
   */
  public static Tensor rmsNorm(Tensor x, int axes, @Nullable Tensor weight, double eps) {
    Inputs.floats("rmsNorm", x, weight);
    Tensor rows = lastAxes("rmsNorm", x, axes, eps);
    sameAxes("rmsNorm", x, axes, weight);
    Tensor scale = rows.square().mean(new int[] {-1}, true).add(eps).rsqrt();
    return affine(rows.mul(scale).reshape(x.shape()), weight, null);
  }

  /**
   * Over groups of neighbouring channels of every sample, with all their places (Wu and He 2018).
   *
   * @param x [n, channels, ...]
   * @param groups a divisor of the number of channels
   * @param weight [channels], or null for 1
   * @param bias [channels], or null for 0
   * @param eps above 0
   */
  public static Tensor groupNorm(
      Tensor x, long groups, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    return groupNorm("groupNorm", x, groups, weight, bias, eps);
  }

  private static Tensor groupNorm(
      String caller,
      Tensor x,
      long groups,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      double eps) {
    Inputs.floats(caller, x, weight, bias);
    checkChannels(caller, x, eps);
    if (groups < 1 || x.size(1) % groups != 0) {
      throw new IllegalArgumentException(
          caller + " of " + x.signature() + ": " + groups + " groups do not divide the channels");
    }
    long inner = x.elements() / Math.max(1, x.size(0) * groups);
    Tensor rows = x.reshape(x.size(0), groups, inner);
    return channels(caller, standard(rows, eps).reshape(x.shape()), weight, bias);
  }

  /** Over every channel of every sample: {@link #groupNorm} with a group a channel. */
  public static Tensor instanceNorm(
      Tensor x, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    checkChannels("instanceNorm", x, eps);
    return groupNorm("instanceNorm", x, Math.max(1, x.size(1)), weight, bias, eps);
  }

  /**
   * What {@link #batchNorm(Tensor, Tensor, Tensor, double)} found.
   *
   * @param values of the shape that was given
   * @param mean of every channel, [channels]
   * @param variance of every channel, [channels]: the mean of squared differences, not the unbiased
   *     estimate
   */
  public record Batch(Tensor values, Tensor mean, Tensor variance) {}

  /**
   * Over a whole batch, every channel by itself, as in training (Ioffe and Szegedy 2015).
   *
   * @param x [n, channels, ...]
   * @param weight [channels], or null for 1
   * @param bias [channels], or null for 0
   * @param eps above 0
   */
  public static Batch batchNorm(
      Tensor x, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    Inputs.floats("batchNorm", x, weight, bias);
    checkChannels("batchNorm", x, eps);
    int[] axes = IntStream.range(0, x.rank()).filter(i -> i != 1).toArray();
    Tensor mean = x.mean(axes, true);
    Tensor centred = x.sub(mean);
    Tensor variance = centred.square().mean(axes, true);
    Tensor y = channels("batchNorm", centred.mul(variance.add(eps).rsqrt()), weight, bias);
    return new Batch(y, mean.reshape(x.size(1)), variance.reshape(x.size(1)));
  }

  /**
   * With statistics that are given, as after training.
   *
   * @param x [n, channels, ...]
   * @param mean [channels]
   * @param variance [channels]
   * @param weight [channels], or null for 1
   * @param bias [channels], or null for 0
   * @param eps above 0
   */
  public static Tensor batchNorm(
      Tensor x,
      Tensor mean,
      Tensor variance,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      double eps) {
    Inputs.floats("batchNorm", x, mean, variance, weight, bias);
    checkChannels("batchNorm", x, eps);
    Tensor centre = Convolutions.channels("batchNorm", mean, x);
    Tensor scale = Convolutions.channels("batchNorm", variance, x).add(eps).rsqrt();
    Tensor y = x.sub(centre).mul(scale);
    return channels("batchNorm", y, weight, bias);
  }

  /**
   * Every element over a power of the squares around it in neighbouring channels: x / (k + alpha /
   * size sum x<sup>2</sup>)<sup>beta</sup>, the sum being over {@code size} channels from {@code
   * floor((size - 1) / 2)} before (Krizhevsky et al. 2012; ONNX for even sizes).
   *
   * @param x [n, channels, ...]
   * @param size at least 1
   * @param k above 0
   */
  public static Tensor localResponseNorm(Tensor x, long size, double alpha, double beta, double k) {
    Inputs.floats("localResponseNorm", x);
    checkChannels("localResponseNorm", x, k);
    if (size < 1) {
      throw new IllegalArgumentException(
          "localResponseNorm over " + size + " channels; they are at least 1");
    }
    Tensor squares = SlidingViews.pad(x.square(), 1, (size - 1) / 2, size / 2, 0);
    Tensor base = squares.windows(1, size, 1, 1).sum(2).mul(alpha / size).add(k);
    return x.mul(base.log().mul(-beta).exp());
  }

  /** Rows of mean 0 and variance 1. */
  private static Tensor standard(Tensor rows, double eps) {
    int[] last = {-1};
    Tensor centred = rows.sub(rows.mean(last, true));
    return centred.mul(centred.square().mean(last, true).add(eps).rsqrt());
  }

  private static Tensor lastAxes(String what, Tensor x, int axes, double eps) {
    checkEps(what, x, eps);
    if (axes < 1 || axes > x.rank()) {
      throw new IllegalArgumentException(
          what + " over the last " + axes + " axes of " + x.signature() + "; it has " + x.rank());
    }
    long rows = 1;
    for (int i = 0; i < x.rank() - axes; i++) {
      rows *= x.size(i);
    }
    return x.reshape(rows, x.elements() / Math.max(1, rows));
  }

  private static void checkChannels(String what, Tensor x, double eps) {
    checkEps(what, x, eps);
    if (x.rank() < 2) {
      throw new IllegalArgumentException(
          what + " of " + x.signature() + "; it takes [n, channels, ...]");
    }
  }

  private static void checkEps(String what, Tensor x, double eps) {
    if (!(eps > 0)) {
      throw new IllegalArgumentException(
          what
              + " of "
              + x.signature()
              + ": "
              + eps
              + " is added to what it divides by; it must"
              + " be above 0");
    }
  }

  private static Tensor channels(
      String what, Tensor x, @Nullable Tensor weight, @Nullable Tensor bias) {
    return affine(
        x,
        weight == null ? null : Convolutions.channels(what, weight, x),
        bias == null ? null : Convolutions.channels(what, bias, x));
  }

  private static Tensor affine(Tensor x, @Nullable Tensor weight, @Nullable Tensor bias) {
    Tensor y = weight == null ? x : x.mul(weight);
    return bias == null ? y : y.add(bias);
  }

  /** Refuses what would broadcast otherwise than axis by axis. */
  private static void sameAxes(String what, Tensor x, int axes, @Nullable Tensor given) {
    if (given == null) {
      return;
    }
    long[] last = Arrays.copyOfRange(x.shape().toArray(), x.rank() - axes, x.rank());
    if (!given.shape().equals(Shape.of(last))) {
      throw new IllegalArgumentException(
          what
              + " of "
              + x.signature()
              + " was given "
              + given.signature()
              + "; weight and bias have the shape "
              + Arrays.toString(last));
    }
  }
}
