package scoria.engine.exec;

import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/**
 * Small tensors that the host fills: numbers that change from step to step and are worked out in
 * Java, such as a learning rate or the place in a random stream.
 *
 * <p>Called in the usual way the filler runs at once. Called while a {@link Program} is recorded it
 * runs before every run of the program instead, in the order in which the feeds were declared; that
 * is how what changes between runs gets into one. It may count up what it reads.
 */
public final class Feed {
  /** Fills an array; what it holds beforehand is undefined. */
  @FunctionalInterface
  public interface Longs {
    /** Fills all of the array. */
    void fill(long[] values);
  }

  /** Fills an array; what it holds beforehand is undefined. */
  @FunctionalInterface
  public interface Doubles {
    /** Fills all of the array. */
    void fill(double[] values);
  }

  private Feed() {}

  /** An int64 vector of {@code n} numbers. */
  public static Tensor int64(int n, Longs filler) {
    long[] values = new long[n];
    filler.fill(values);
    return Tensor.of(values);
  }

  /** A float64 vector of {@code n} numbers. */
  public static Tensor float64(int n, Doubles filler) {
    return of(DType.FLOAT64, n, filler);
  }

  /**
   * A vector of {@code n} numbers, rounded to a float type.
   *
   * @param dtype float32 or float64
   */
  public static Tensor of(DType dtype, int n, Doubles filler) {
    if (!dtype.isFloat()) {
      throw new IllegalArgumentException(
          "a feed of " + dtype + "; float32 and float64 are to be had, and int64 by Feed.int64");
    }
    double[] values = new double[n];
    filler.fill(values);
    return Tensor.of(values).to(dtype);
  }
}
