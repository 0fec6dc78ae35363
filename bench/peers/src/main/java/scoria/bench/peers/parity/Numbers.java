package scoria.bench.peers.parity;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A result of one side.
 *
 * @param what which result
 * @param exact whether there is nothing to round: whole numbers and truth values
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by tolerance.
record Numbers(String what, boolean exact, long[] sizes, double[] values) {
  /**
   * How this differs from another library's result.
   *
   * @param terms sums of the sizes of the terms that the results are made of; null if the results
   *     are not such sums
   * @return null if all is within the tolerance, else what differs most
   */
  @Nullable String difference(Numbers other, @Nullable Numbers terms, Tolerance tolerance) {
    if (!Arrays.equals(sizes, other.sizes) || exact != other.exact) {
      return "is " + kind() + ", theirs is " + other.kind();
    }
    int worst = -1;
    double most = 1;
    for (int i = 0; i < values.length; i++) {
      double a = values[i];
      double b = other.values[i];
      if (!Double.isFinite(a) || !Double.isFinite(b)) {
        // A trial is drawn where both are finite: what is not would hide all behind it.
        return String.format(Locale.ROOT, "element %d is %s, theirs is %s", i, a, b);
      }
      double allowed =
          exact
              ? 0
              : tolerance.absolute() * (terms == null ? 1 : Math.max(1, terms.values[i]))
                  + tolerance.relative() * Math.abs(b);
      double excess = Math.abs(a - b) / allowed;
      if (excess > most) {
        most = excess;
        worst = i;
      }
    }
    return worst < 0
        ? null
        : String.format(
            Locale.ROOT,
            "element %d is %.17g, theirs is %.17g: %.3g times what is allowed",
            worst,
            values[worst],
            other.values[worst],
            most);
  }

  private String kind() {
    return (exact ? "exact" : "float") + Arrays.toString(sizes);
  }
}
