package scoria.bench.peers;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What an entry reached.
 *
 * @param microseconds median over the rounds of a step's time, which is the median over the round
 * @param least of the rounds, in microseconds
 * @param most of the rounds, in microseconds
 * @param bytes median over the rounds of what a step allocates on Java's heap
 */
record Standing(Entry entry, double microseconds, double least, double most, double bytes) {
  /** From the answers of {@link Server#ROUND}. */
  static Standing of(Entry entry, List<double[]> rounds) {
    double[] times = rounds.stream().mapToDouble(round -> round[0]).sorted().toArray();
    double[] bytes = rounds.stream().mapToDouble(round -> round[1]).sorted().toArray();
    return new Standing(
        entry, Match.median(times), times[0], times[times.length - 1], Match.median(bytes));
  }

  static Standing best(List<Standing> all) {
    return all.stream().min(Comparator.comparingDouble(Standing::microseconds)).orElseThrow();
  }

  String line() {
    return String.format(
        Locale.ROOT, "  %-44s %9.1f   (%.1f to %.1f)", entry.label(), microseconds, least, most);
  }
}
