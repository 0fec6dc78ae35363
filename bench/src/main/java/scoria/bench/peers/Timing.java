package scoria.bench.peers;

/**
 * How long is measured.
 *
 * @param starts how often every process is started anew: what a JVM makes of the same code differs
 * @param warmMilliseconds least time before the first round, for either side; vector code is slow
 *     until the second compiler has been at it
 * @param warmSteps least number of steps before the first round: on a busy machine time alone does
 *     not mean that the compiler got to its work
 * @param rounds of all entries in turn, after each start
 * @param roundMilliseconds time of one entry in a round
 */
public record Timing(
    int starts, long warmMilliseconds, long warmSteps, int rounds, long roundMilliseconds) {
  /** For figures that are written down: about two minutes with five entries. */
  public static final Timing FULL = new Timing(3, 4000, 1500, 15, 200);

  /** For a first look. */
  public static final Timing QUICK = new Timing(1, 3000, 1000, 7, 150);
}
