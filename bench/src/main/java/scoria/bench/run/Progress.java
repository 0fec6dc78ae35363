package scoria.bench.run;

/** Who watches training. */
public interface Progress extends AutoCloseable {
  /**
   * Called after every step.
   *
   * @param step steps taken
   * @param loss a recent mean
   */
  void at(long step, double loss);

  @Override
  void close();
}
