package scoria.bench.peers.parity;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.DType;

/** Compares the sides of a pair on shapes drawn at random. */
final class Comparison {
  private final Pair pair;
  private final List<Failure> failures = new ArrayList<>();
  private final Set<String> labels = new LinkedHashSet<>();
  private int compared;

  Comparison(Pair pair) {
    this.pair = pair;
  }

  /** How many results were compared. */
  int compared() {
    return compared;
  }

  /** What differed. */
  List<Failure> failures() {
    return failures;
  }

  /** The engine's operations that took part, as far as derivatives know them. */
  Set<String> labels() {
    return labels;
  }

  /** Draws a number of trials and compares each in both float types. */
  void run(int trials) {
    for (int i = 0; i < trials; i++) {
      // The shapes of a pair do not depend on which other pairs there are.
      long seed = 31L * pair.name().hashCode() + i;
      Trial trial;
      try {
        trial = pair.draw().apply(new Chance(seed));
      } catch (RuntimeException e) {
        failures.add(new Failure(pair, "drawing", "", "" + e));
        return;
      }
      compare(trial, seed, true);
      compare(trial, seed, false);
    }
  }

  private void compare(Trial drawn, long seed, boolean float32) {
    String type = (float32 ? DType.FLOAT32 : DType.FLOAT64).toString();
    Trial trial = drawn.rounded(float32);
    Orders orders = Orders.of(float32, pair.twice());
    Weights weights = new Weights(seed, false);
    List<Numbers> ours;
    List<Numbers> theirs;
    @Nullable List<Numbers> terms = null;
    try {
      OurSide side = new OurSide(trial, float32 ? DType.FLOAT32 : DType.FLOAT64, weights);
      ours = side.results(orders);
      labels.addAll(side.labels());
    } catch (RuntimeException e) {
      failures.add(new Failure(pair, type, drawn.toString(), "ours: " + e));
      return;
    }
    try {
      theirs =
          new TheirSide(trial, float32 ? torch.kFloat() : torch.kDouble(), weights).results(orders);
      if (pair.sums()) {
        terms =
            new TheirSide(trial.sizes(), torch.kDouble(), new Weights(seed, true)).results(orders);
      }
    } catch (RuntimeException e) {
      failures.add(new Failure(pair, type, drawn.toString(), "theirs: " + firstLine(e)));
      return;
    }
    if (ours.size() != theirs.size()) {
      failures.add(
          new Failure(
              pair,
              type,
              drawn.toString(),
              "has " + ours.size() + " results, theirs has " + theirs.size()));
      return;
    }
    for (int i = 0; i < ours.size(); i++) {
      compared++;
      Tolerance tolerance = float32 ? Tolerance.FLOAT32 : Tolerance.FLOAT64;
      String difference =
          ours.get(i).difference(theirs.get(i), terms == null ? null : terms.get(i), tolerance);
      if (difference != null) {
        failures.add(
            new Failure(pair, type, drawn.toString(), ours.get(i).what() + ": " + difference));
      }
    }
  }

  /** What libtorch says of an error goes on for a page. */
  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("")
        + " ("
        + e.getClass()
        + ")";
  }
}
