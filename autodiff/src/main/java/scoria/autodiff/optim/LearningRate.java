package scoria.autodiff.optim;

/** A learning rate as a function of the step. */
@FunctionalInterface
public interface LearningRate {
  /**
   * The rate of a step.
   *
   * @param step number of steps taken before, from 0
   */
  double at(long step);

  /** The same rate for ever. */
  static LearningRate constant(double rate) {
    if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("learning rate " + rate + "; it is a number from 0");
    }
    return step -> rate;
  }

  /**
   * This rate times (step + 1) / {@code steps}, until that is 1: a straight line up.
   *
   * @param steps how long it takes; 0 for no warm-up
   */
  default LearningRate warmUp(long steps) {
    if (steps < 0) {
      throw new IllegalArgumentException("a warm-up of " + steps + " steps; it takes at least 0");
    }
    return step -> step + 1 >= steps ? at(step) : at(step) * (step + 1) / steps;
  }

  /** {@link #cosine(long, double)} down to 0. */
  default LearningRate cosine(long total) {
    return cosine(total, 0);
  }

  /**
   * This rate times a factor that falls from 1 at step 0 to {@code last} at step {@code total}, and
   * stays there, along half a cosine: last + (1 - last) (1 + cos(pi step / total)) / 2. Loshchilov
   * and Hutter 2017, "SGDR", eq. 5, without restarts.
   *
   * @param total length of the fall, at least 1
   * @param last the factor at its end, from 0 to 1
   */
  default LearningRate cosine(long total, double last) {
    if (total < 1 || !(last >= 0 && last <= 1)) {
      throw new IllegalArgumentException(
          "a cosine over "
              + total
              + " steps to "
              + last
              + " of the rate; it takes at least 1 step, and a"
              + " factor from 0 to 1");
    }
    return step -> {
      double cos = StrictMath.cos(Math.PI * Math.min(step, total) / total);
      return at(step) * (last + (1 - last) * (1 + cos) / 2);
    };
  }
}
