package scoria.kernels.cuda;

import scoria.kernels.cpu.ElementType;

/**
 * Random numbers with the bits of {@link scoria.kernels.cpu.Philox}. Where they start is read from
 * device memory, so that a graph that is launched again can draw others: three int64, the seed, the
 * stream, and the place of the first number, at least 0.
 */
public final class CudaRandom {
  private CudaRandom() {}

  /**
   * Numbers uniform in [0, 1).
   *
   * @param stream where it is queued
   * @param type of the numbers: F32 or F64
   * @param state seed, stream and place
   * @param stateAt the element of the seed
   * @param y output, contiguous
   * @param yAt first element written
   * @param n how many, at least 0
   */
  public static void uniform(
      CudaStream stream, ElementType type, long state, long stateAt, long y, long yAt, long n) {
    run(stream, "uniform" + Grid.floating(type), type, state, stateAt, y, yAt, n);
  }

  /** Standard normal numbers. Arguments are those of {@link #uniform}. */
  public static void normal(
      CudaStream stream, ElementType type, long state, long stateAt, long y, long yAt, long n) {
    run(stream, "normal" + Grid.floating(type), type, state, stateAt, y, yAt, n);
  }

  /** Numbers that are -1 or 1, equally often. Arguments are those of {@link #uniform}. */
  public static void rademacher(
      CudaStream stream, ElementType type, long state, long stateAt, long y, long yAt, long n) {
    run(stream, "rademacher" + Grid.floating(type), type, state, stateAt, y, yAt, n);
  }

  /** The words themselves, as int32. Arguments are those of {@link #uniform}. */
  public static void words(CudaStream stream, long state, long stateAt, long y, long yAt, long n) {
    run(stream, "words", ElementType.I32, state, stateAt, y, yAt, n);
  }

  /**
   * Integers in [0, bound), as int64.
   *
   * @param stream where it is queued
   * @param state seed, stream and place
   * @param stateAt the element of the seed
   * @param bound number of values, at least 1
   * @param y output, contiguous
   * @param yAt first element written
   * @param n how many, at least 0
   * @throws IllegalArgumentException if {@code bound} is below 1
   */
  public static void integers(
      CudaStream stream, long state, long stateAt, long bound, long y, long yAt, long n) {
    if (bound < 1) {
      throw new IllegalArgumentException(
          "bound is " + bound + "; random integers need at least one value, 0");
    }
    stream
        .context()
        .module("philox")
        .function("integers")
        .launch(
            stream,
            Grid.blocks(counters(ElementType.I64, n)),
            Grid.THREADS,
            state + stateAt * Long.BYTES,
            y + yAt * Long.BYTES,
            n,
            bound);
  }

  private static void run(
      CudaStream stream,
      String name,
      ElementType type,
      long state,
      long stateAt,
      long y,
      long yAt,
      long n) {
    // The signs of float64 take one word each, as those of float32 do.
    ElementType words = name.startsWith("rademacher") ? ElementType.F32 : type;
    stream
        .context()
        .module("philox")
        .function(name)
        .launch(
            stream,
            Grid.blocks(counters(words, n)),
            Grid.THREADS,
            state + stateAt * Long.BYTES,
            Grid.at(y, yAt, type),
            n);
  }

  /** Counters of all the groups of 64 words that n numbers may touch, wherever they start. */
  private static long counters(ElementType type, long n) {
    long perGroup = type.bytes() == Long.BYTES ? 32 : 64;
    return n == 0 ? 0 : 16 * (Math.ceilDiv(n, perGroup) + 1);
  }
}
