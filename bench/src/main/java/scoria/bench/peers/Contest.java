package scoria.bench.peers;

import java.util.List;

/**
 * Something that Scoria and a peer both do.
 *
 * @param benchmark name on the command line; contests that share it are measured in one run
 * @param name name of the row, by which either side knows what to run
 * @param flops floating-point operations of its matrix products in one step, 2 a multiply-add
 * @param tolerance by how much the results of the sides may differ, relative to their size
 * @param must least ratio of the peer's time to ours
 * @param goal ratio aimed at
 */
public record Contest(
    String benchmark, String name, double flops, double tolerance, double must, double goal) {
  /** All there are. The sides are named in {@link ScoriaSide} and in the peer's own. */
  public static final List<Contest> ALL =
      List.of(
          new Contest("dsm-small", "dsm-small", DsmProblem.flops(), 1e-5, 1.7, 1.7),
          product(1024),
          product(256));

  /** Square matrices; the elements that are compared are sums of as many positive numbers. */
  private static Contest product(int size) {
    return new Contest("product", "product-" + size, 2.0 * size * size * size, 1e-5, 0.95, 1.1);
  }

  /** Those measured under a name on the command line; none if there is no such name. */
  public static List<Contest> of(String benchmark) {
    return ALL.stream().filter(contest -> contest.benchmark().equals(benchmark)).toList();
  }

  /** The names on the command line. */
  public static List<String> benchmarks() {
    return ALL.stream().map(Contest::benchmark).distinct().sorted().toList();
  }
}
