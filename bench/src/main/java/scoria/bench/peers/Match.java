package scoria.bench.peers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets the sides of a contest run in turn.
 *
 * <p>Each entry has a process of its own. In one process the sides would share what is not theirs:
 * a compiler that still works for one while the other is timed, threads of two pools, the
 * collector. Processes that wait for their turn sleep, so that one runs at a time, and short turns
 * in alternating order give all of them the same share of whatever else the machine does.
 */
public final class Match {
  private final Contest contest;
  private final List<Entry> entries = new ArrayList<>();
  private final @Nullable Path peers;
  private final Timing timing;
  private final List<Double> peaks = new ArrayList<>();
  private final Map<Entry, List<double[]>> rounds = new LinkedHashMap<>();

  /**
   * @param threads numbers of threads to try
   * @param peers folder of the peers' jars; null to measure our side alone
   */
  public Match(Contest contest, List<Integer> threads, @Nullable Path peers, Timing timing) {
    this.contest = contest;
    this.peers = peers;
    this.timing = timing;
    for (int count : threads) {
      entries.addAll(Side.SCORIA.entries(count));
      if (peers != null) {
        entries.addAll(Side.LIBTORCH.entries(count));
      }
    }
  }

  /**
   * Runs it.
   *
   * @param out takes lines of text for the reader
   * @throws IllegalStateException if the sides do not compute the same, or a process fails
   */
  public Row run(Consumer<String> out) {
    for (int i = 0; i < timing.starts(); i++) {
      start();
    }
    double peak = median(peaks.stream().mapToDouble(Double::doubleValue).sorted().toArray());
    List<Standing> ours = standings(Side.SCORIA);
    List<Standing> theirs = standings(Side.LIBTORCH);
    Row row =
        Row.of(contest, Standing.best(ours), theirs.isEmpty() ? null : Standing.best(theirs), peak);
    out.accept(contest.name() + ", microseconds a step: median (least to most of the rounds)");
    ours.forEach(standing -> out.accept(standing.line()));
    theirs.forEach(standing -> out.accept(standing.line()));
    out.accept(
        String.format(
            Locale.ROOT,
            "  ours: %.1f%% of the peak of fused multiply-adds (%.1f GFLOP/s a core, measured),"
                + " %.0f bytes of heap a step",
            row.percentOfLimit(),
            peak,
            row.bytesPerStep()));
    Double ratio = row.ratio();
    if (ratio != null) {
      out.accept(
          String.format(
              Locale.ROOT,
              "  the peer's best over ours: %.2f; it must be %.2f%s",
              ratio,
              row.must(),
              ratio < row.must() ? ", so it is too slow" : ""));
    }
    return row;
  }

  private List<Standing> standings(Side side) {
    return entries.stream()
        .filter(entry -> entry.side() == side)
        .map(entry -> Standing.of(entry, rounds.getOrDefault(entry, List.of())))
        .toList();
  }

  private void start() {
    Map<Entry, Child> children = new LinkedHashMap<>();
    try {
      double[] expected = {};
      for (Entry entry : entries) {
        Child child =
            Child.start(entry, contest.name(), entry.side() == Side.SCORIA ? null : peers);
        children.put(entry, child);
        // One after the other: the first of libtorch's processes unpacks the native libraries.
        double[] results = child.ask(Server.CHECK);
        if (children.size() == 1) {
          expected = results;
        }
        agree(contest, entries.getFirst().label(), expected, entry.label(), results);
      }
      String warm = Server.WARM + " " + timing.warmMilliseconds() + " " + timing.warmSteps();
      children.values().forEach(child -> child.ask(warm));
      List<Map.Entry<Entry, Child>> order = new ArrayList<>(children.entrySet());
      for (int i = 0; i < timing.rounds(); i++) {
        peaks.add(order.getFirst().getValue().ask(Server.PEAK)[0]);
        for (Map.Entry<Entry, Child> turn : i % 2 == 0 ? order : order.reversed()) {
          rounds
              .computeIfAbsent(turn.getKey(), entry -> new ArrayList<>())
              .add(turn.getValue().ask(Server.ROUND + " " + timing.roundMilliseconds()));
        }
      }
    } finally {
      children.values().forEach(Child::close);
    }
  }

  /** Throws if results differ by more than the contest's tolerance. */
  static void agree(Contest contest, String a, double[] ofA, String b, double[] ofB) {
    boolean same = ofA.length == ofB.length && ofA.length > 0;
    for (int i = 0; same && i < ofA.length; i++) {
      same = Math.abs(ofA[i] - ofB[i]) <= contest.tolerance() * Math.abs(ofA[i]);
    }
    if (!same) {
      throw new IllegalStateException(
          contest.name()
              + " is not the same on both sides, so times cannot be compared: "
              + a
              + " gives "
              + Arrays.toString(ofA)
              + ", "
              + b
              + " gives "
              + Arrays.toString(ofB)
              + "; they must agree to "
              + contest.tolerance());
    }
  }

  /** The middle of numbers in order, the mean of two if there are two. */
  static double median(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
