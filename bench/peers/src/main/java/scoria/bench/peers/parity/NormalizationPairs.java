package scoria.bench.peers.parity;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LocalResponseNormOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import scoria.engine.function.Normalization;
import scoria.engine.tensor.Tensor;

/** Normalisations; over at least four elements, so that there is a spread. */
final class NormalizationPairs {
  private static final double EPS = 1e-5;
  private static final TensorOptional NONE = new TensorOptional();

  private NormalizationPairs() {}

  static List<Pair> all() {
    return List.of(
        Pair.of("layerNorm", NormalizationPairs::layer),
        Pair.of("rmsNorm", NormalizationPairs::rms),
        Pair.of("groupNorm", NormalizationPairs::group),
        Pair.of("instanceNorm", NormalizationPairs::instance),
        Pair.of("batchNorm", NormalizationPairs::batch),
        Pair.of("batchNorm, after training", NormalizationPairs::trained),
        // libtorch's windows lie otherwise where their size is even.
        Pair.of("localResponseNorm, odd size", NormalizationPairs::localResponse));
  }

  private static Trial layer(Chance chance) {
    int axes = chance.between(1, 2);
    long[] last = new long[axes];
    Arrays.setAll(last, _ -> chance.between(4, 6));
    return Trial.of(
        xs -> Normalization.layerNorm(xs[0], axes, xs[1], xs[2], EPS),
        xs -> torch.layer_norm(xs[0], last, some(xs[1]), some(xs[2]), EPS, false),
        chance.apart(ProductPairs.with(chance.sizes(0, 1), last)),
        chance.real(last),
        chance.real(last));
  }

  private static Trial rms(Chance chance) {
    int axes = chance.between(1, 2);
    long[] last = new long[axes];
    Arrays.setAll(last, _ -> chance.between(4, 6));
    return Trial.of(
        xs -> Normalization.rmsNorm(xs[0], axes, xs[1], EPS),
        xs -> torch.rms_norm(xs[0], last, some(xs[1]), new DoubleOptional(EPS)),
        chance.apart(ProductPairs.with(chance.sizes(0, 1), last)),
        chance.real(last));
  }

  private static Trial group(Chance chance) {
    int groups = chance.between(1, 3);
    int channels = groups * chance.between(1, 2);
    return Trial.of(
            xs -> Normalization.groupNorm(xs[0], groups, xs[1], xs[2], EPS),
            xs -> torch.group_norm(xs[0], groups, some(xs[1]), some(xs[2]), EPS, false),
            images(chance, channels),
            chance.real(channels),
            chance.real(channels))
        .with("groups " + groups);
  }

  private static Trial instance(Chance chance) {
    int channels = chance.between(1, 3);
    return Trial.of(
        xs -> Normalization.instanceNorm(xs[0], xs[1], xs[2], EPS),
        xs ->
            torch.instance_norm(xs[0], some(xs[1]), some(xs[2]), NONE, NONE, true, 0.1, EPS, false),
        images(chance, channels),
        chance.real(channels),
        chance.real(channels));
  }

  private static Trial batch(Chance chance) {
    int channels = chance.between(1, 3);
    return Trial.several(
        xs -> {
          Normalization.Batch y = Normalization.batchNorm(xs[0], xs[1], xs[2], EPS);
          return new Tensor[] {y.values(), y.mean(), y.variance()};
        },
        xs -> {
          long[] axes = {0, 2, 3};
          return new org.bytedeco.pytorch.Tensor[] {
            torch.batch_norm(xs[0], some(xs[1]), some(xs[2]), NONE, NONE, true, 0.1, EPS, false),
            torch.mean(xs[0], axes),
            torch.var(xs[0], axes, new ScalarOptional(new Scalar(0)), false)
          };
        },
        images(chance, channels),
        chance.real(channels),
        chance.real(channels));
  }

  /** libtorch has no derivatives in the statistics, which are counted and not learned. */
  private static Trial trained(Chance chance) {
    int channels = chance.between(1, 3);
    return Trial.of(
        xs -> Normalization.batchNorm(xs[0], xs[3].detach(), xs[4].detach(), xs[1], xs[2], EPS),
        xs ->
            torch.batch_norm(
                xs[0],
                some(xs[1]),
                some(xs[2]),
                some(xs[3].detach()),
                some(xs[4].detach()),
                false,
                0.1,
                EPS,
                false),
        images(chance, channels),
        chance.real(channels),
        chance.real(channels),
        chance.real(channels),
        chance.positive(channels));
  }

  private static Trial localResponse(Chance chance) {
    int size = 2 * chance.between(0, 2) + 1;
    double alpha = 0.3;
    double beta = 0.75;
    double k = 1.5;
    LocalResponseNormOptions options = new LocalResponseNormOptions(size);
    options.alpha().put(alpha);
    options.beta().put(beta);
    options.k().put(k);
    return Trial.of(
            xs -> Normalization.localResponseNorm(xs[0], size, alpha, beta, k),
            xs -> torch.local_response_norm(xs[0], options),
            images(chance, chance.between(1, 6)))
        .with("size " + size);
  }

  private static Input images(Chance chance, int channels) {
    return chance.apart(chance.between(2, 3), channels, chance.between(2, 4), chance.between(2, 4));
  }

  private static TensorOptional some(org.bytedeco.pytorch.Tensor x) {
    return new TensorOptional(x);
  }
}
