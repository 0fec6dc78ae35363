package scoria.engine.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import scoria.engine.op.Signature;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;
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

  /**
   * What was fed during a stretch of work, so that the work can be done again with the same
   * numbers: random ones, for instance. For one thread at a time.
   */
  public static final class Tape {
    private static final ThreadLocal<@Nullable Tape> CURRENT = new ThreadLocal<>();

    private final List<Tensor> fed = new ArrayList<>();

    /** The next to be fed again; -1 while the work is done for the first time. */
    private int next = -1;

    private @Nullable Tape outer;

    private Tape() {}

    /** Work that has not been done yet. */
    public static Tape blank() {
      return new Tape();
    }

    /** Does the work for the first time. */
    public <T> T note(Supplier<T> work) {
      return run(work, -1);
    }

    /**
     * Does the work again.
     *
     * @throws IllegalStateException if it asks for other numbers than the first time
     */
    public <T> T again(Supplier<T> work) {
      return run(work, 0);
    }

    private <T> T run(Supplier<T> work, int from) {
      Tape before = CURRENT.get();
      int place = next;
      outer = before;
      next = from;
      CURRENT.set(this);
      try {
        return work.get();
      } finally {
        CURRENT.set(before);
        next = place;
      }
    }

    /** All that was fed. */
    public List<Tensor> fed() {
      return List.copyOf(fed);
    }

    private Tensor take(Signature wanted, Supplier<Tensor> fresh) {
      if (next < 0) {
        Tensor made = Feed.take(outer, wanted, fresh);
        fed.add(made);
        return made;
      }
      if (next == fed.size() || !fed.get(next).signature().equals(wanted)) {
        throw new IllegalStateException(
            "work that is done again asks for "
                + wanted
                + " as number "
                + (next + 1)
                + " of what the host feeds, and did not the first time; it must not depend on what"
                + " changes in between");
      }
      return fed.get(next++);
    }
  }

  private static Tensor take(@Nullable Tape tape, Signature wanted, Supplier<Tensor> fresh) {
    return tape == null ? fresh.get() : tape.take(wanted, fresh);
  }

  /** An int64 vector of {@code n} numbers. */
  public static Tensor int64(int n, Longs filler) {
    return take(
        Tape.CURRENT.get(),
        new Signature(Shape.of(n), DType.INT64),
        () -> {
          long[] values = new long[n];
          Recording recording = Recording.current();
          if (recording != null) {
            return recording.feed(values, filler);
          }
          filler.fill(values);
          return Tensor.of(values);
        });
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
    return take(
        Tape.CURRENT.get(),
        new Signature(Shape.of(n), dtype),
        () -> {
          double[] values = new double[n];
          Recording recording = Recording.current();
          if (recording != null) {
            return recording.feed(dtype, values, filler);
          }
          filler.fill(values);
          return Tensor.of(values).to(dtype);
        });
  }
}
