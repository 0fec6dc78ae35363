package scoria.bench.peers.parity;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import scoria.engine.function.Losses;
import scoria.engine.function.Losses.Over;
import scoria.engine.tensor.Tensor;

/** Losses, their mean, their sum, and one for each element. */
final class LossPairs {
  /** What libtorch has where no class is ignored. */
  private static final long NO_CLASS = -100;

  private LossPairs() {}

  private interface Ours {
    Tensor of(Tensor x, Tensor target, Over over);
  }

  private interface Theirs {
    org.bytedeco.pytorch.Tensor of(
        org.bytedeco.pytorch.Tensor x, org.bytedeco.pytorch.Tensor target, long over);
  }

  static List<Pair> all() {
    return List.of(
        pair("mse", Losses::mse, torch::mse_loss, Chance::real, Chance::real),
        pair("l1", Losses::l1, torch::l1_loss, Chance::real, Chance::real),
        pair(
            "huber",
            (x, t, over) -> Losses.huber(x, t, 0.8, over),
            (x, t, over) -> torch.huber_loss(x, t, over, 0.8),
            Chance::real,
            Chance::real),
        pair(
            "smoothL1",
            (x, t, over) -> Losses.smoothL1(x, t, 0.8, over),
            (x, t, over) -> torch.smooth_l1_loss(x, t, over, 0.8),
            Chance::real,
            Chance::real),
        pair(
            "binaryCrossEntropy",
            Losses::binaryCrossEntropy,
            (x, t, over) -> torch.binary_cross_entropy(x, t, new TensorOptional(), over),
            LossPairs::probabilities,
            LossPairs::probabilities),
        pair(
            "klDivergence",
            Losses::klDivergence,
            (x, t, over) -> torch.kl_div(x, t, over, false),
            (chance, sizes) -> chance.within(-4, 0, sizes),
            LossPairs::probabilities),
        pair(
            "binaryCrossEntropyWithLogits",
            (x, t, over) -> Losses.binaryCrossEntropyWithLogits(x, t, null, over),
            (x, t, over) ->
                torch.binary_cross_entropy_with_logits(
                    x, t, new TensorOptional(), new TensorOptional(), over),
            (chance, sizes) -> chance.within(-5, 5, sizes),
            LossPairs::probabilities),
        Pair.of("binaryCrossEntropyWithLogits, weighed", LossPairs::weighed),
        Pair.of("crossEntropy", chance -> classes(chance, true)),
        Pair.of("crossEntropy, of probabilities", LossPairs::soft),
        Pair.of("nll", chance -> classes(chance, false)));
  }

  private static Pair pair(
      String name,
      Ours ours,
      Theirs theirs,
      BiFunction<Chance, long[], Input> values,
      BiFunction<Chance, long[], Input> targets) {
    return Pair.of(
        name,
        chance -> {
          long[] sizes = chance.sizes(0, 3);
          Over over = over(chance);
          return Trial.of(
                  xs -> ours.of(xs[0], xs[1], over),
                  xs -> theirs.of(xs[0], xs[1], number(over)),
                  values.apply(chance, sizes),
                  targets.apply(chance, sizes))
              .with("over " + over);
        });
  }

  private static Input probabilities(Chance chance, long... sizes) {
    return chance.within(0.05, 0.95, sizes);
  }

  private static Over over(Chance chance) {
    return List.of(Over.values()).get(chance.between(0, 2));
  }

  /** Their name for it. */
  private static long number(Over over) {
    return switch (over) {
      case NONE -> 0;
      case MEAN -> 1;
      case SUM -> 2;
    };
  }

  private static Trial weighed(Chance chance) {
    long[] sizes = chance.sizes(1, 3);
    Over over = over(chance);
    return Trial.of(
            xs -> Losses.binaryCrossEntropyWithLogits(xs[0], xs[1], xs[2].detach(), over),
            xs ->
                torch.binary_cross_entropy_with_logits(
                    xs[0],
                    xs[1],
                    new TensorOptional(),
                    new TensorOptional(xs[2].detach()),
                    number(over)),
            chance.within(-5, 5, sizes),
            probabilities(chance, sizes),
            chance.positive(sizes[sizes.length - 1]))
        .with("over " + over);
  }

  /** With a weight a class, or a class that is left out, or neither. */
  private static Trial classes(Chance chance, boolean logits) {
    int samples = chance.between(1, 4);
    int classes = chance.between(2, 5);
    long[] space = chance.sizes(0, 2);
    Over over = over(chance);
    boolean weights = chance.coin();
    @Nullable Long ignore = chance.coin() ? 0L : null;
    long[] target = ProductPairs.with(new long[] {samples}, space);
    Input places = chance.integers(classes, target);
    // A mean over none is no number.
    places.values()[0] = 1;
    return Trial.of(
            xs -> {
              Tensor weight = weights ? xs[2].detach() : null;
              return logits
                  ? Losses.crossEntropy(xs[0], xs[1], weight, ignore, over)
                  : Losses.nll(xs[0], xs[1], weight, ignore, over);
            },
            xs -> {
              TensorOptional weight =
                  weights ? new TensorOptional(xs[2].detach()) : new TensorOptional();
              long ignored = ignore == null ? NO_CLASS : ignore;
              return logits
                  ? torch.cross_entropy_loss(xs[0], xs[1], weight, number(over), ignored, 0)
                  : torch.nll_loss_nd(xs[0], xs[1], weight, number(over), ignored);
            },
            chance.real(ConvolutionPairs.with(space, samples, classes)),
            places,
            chance.positive(classes))
        .with(
            "over "
                + over
                + (weights ? " weights" : "")
                + (ignore == null ? "" : " without class 0"));
  }

  private static Trial soft(Chance chance) {
    long[] sizes = chance.sizes(2, 4);
    Over over = over(chance);
    return Trial.of(
            xs -> Losses.crossEntropy(xs[0], xs[1], over),
            xs ->
                torch.cross_entropy_loss(
                    xs[0], xs[1], new TensorOptional(), number(over), NO_CLASS, 0),
            chance.real(sizes),
            probabilities(chance, sizes))
        .with("over " + over + " of " + Arrays.toString(sizes));
  }
}
