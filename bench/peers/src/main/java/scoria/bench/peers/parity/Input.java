package scoria.bench.peers.parity;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * What both sides are given.
 *
 * @param kind what the values are
 * @param sizes of the axes
 * @param values row-major
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record Input(Kind kind, long[] sizes, double[] values) {
  /** What values are. */
  enum Kind {
    /** Numbers of the float type that is compared; these have derivatives. */
    REAL,
    /** Whole numbers, int64. */
    INTEGER,
    /** 0 and 1, bool. */
    TRUTH
  }

  /** {@code f} of every value. */
  Input map(DoubleUnaryOperator f) {
    return new Input(kind, sizes, Arrays.stream(values).map(f).toArray());
  }

  /** The values as the type holds them: both sides are to be given the same numbers. */
  Input rounded(boolean float32) {
    return float32 && kind == Kind.REAL ? map(v -> (float) v) : this;
  }

  /** Such as {@code [2, 3]}. */
  @Override
  public String toString() {
    return Arrays.toString(sizes);
  }
}
