package scoria.engine.tensor;

import scoria.engine.exec.Execute;
import scoria.engine.exec.Feed;
import scoria.engine.op.RandomOp;

/**
 * A stream of random numbers: Philox4x32-10 keyed by a seed, read from a place that moves on with
 * every call. Seed, stream and place are all its state; element i of a stream is the same number on
 * every machine, whatever the number of threads and however the stream is cut into calls.
 *
 * <p>A {@link scoria.engine.exec.Program} keeps the stream itself: every run takes the stream's
 * next numbers, as a call would.
 *
 * <p>Not thread-safe; give each thread a stream of its own.
 */
public final class Rng {
  private final long seed;
  private final long stream;
  private long place;

  private Rng(long seed, long stream, long place) {
    this.seed = seed;
    this.stream = stream;
    this.place = place;
  }

  /** Stream 0 of a seed, from its beginning. */
  public static Rng of(long seed) {
    return new Rng(seed, 0, 0);
  }

  /** A stream taken up at a place, as a checkpoint records it. */
  public static Rng of(long seed, long stream, long place) {
    if (place < 0) {
      throw new IllegalArgumentException(
          "place " + place + " in a random stream; it is at least 0");
    }
    return new Rng(seed, stream, place);
  }

  /** Another stream of the same seed, from its beginning. */
  public Rng stream(long number) {
    return new Rng(seed, number, 0);
  }

  /** The seed. */
  public long seed() {
    return seed;
  }

  /** Number of the stream. */
  public long stream() {
    return stream;
  }

  /** Place of the next element. */
  public long place() {
    return place;
  }

  /** Even numbers on [0, 1), float32. */
  public Tensor uniform(long... shape) {
    return uniform(DType.FLOAT32, shape);
  }

  /** Even numbers on [0, 1). */
  public Tensor uniform(DType dtype, long... shape) {
    return draw(RandomOp.Kind.UNIFORM, 0, dtype, shape);
  }

  /** Normal numbers of mean 0 and variance 1, float32. */
  public Tensor normal(long... shape) {
    return normal(DType.FLOAT32, shape);
  }

  /** Normal numbers of mean 0 and variance 1. */
  public Tensor normal(DType dtype, long... shape) {
    return draw(RandomOp.Kind.NORMAL, 0, dtype, shape);
  }

  /** -1 or 1, each with probability 1/2. */
  public Tensor rademacher(DType dtype, long... shape) {
    return draw(RandomOp.Kind.RADEMACHER, 0, dtype, shape);
  }

  /**
   * Whole numbers from 0 to {@code bound - 1}, int64.
   *
   * @param bound at least 1
   */
  public Tensor integers(long bound, long... shape) {
    return draw(RandomOp.Kind.INTEGERS, bound, DType.INT64, shape);
  }

  private Tensor draw(RandomOp.Kind kind, long bound, DType dtype, long... sizes) {
    Shape shape = Shape.of(sizes);
    RandomOp op = new RandomOp(kind, bound, shape, dtype);
    long count = shape.elements();
    return Execute.run(op, Feed.int64(RandomOp.NUMBERS, state -> next(state, count)));
  }

  private void next(long[] state, long count) {
    state[0] = seed;
    state[1] = stream;
    state[2] = place;
    place += count;
  }
}
