package scoria.bench.peers;

/** One side of a contest, ready to run in this process. Used by one thread. */
public interface Contender {
  /**
   * Works the contest's fixed problem by the code that {@link #step} runs, and gives results that
   * both sides must agree on. Called once, before any step.
   */
  double[] check();

  /** Does once what is measured. */
  void step();
}
