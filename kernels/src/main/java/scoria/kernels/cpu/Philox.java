package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Random numbers as a pure function of (seed, stream, i): Philox4x32-10. Element i of a stream is
 * the same whatever range it is asked for in, at any vector width.
 *
 * <p>Word i of a stream: with group {@code g = i / 64}, word {@code w = (i % 64) / 16} and lane
 * {@code l = i % 16} it is word w of the block function at counter {@code (c, stream)}, {@code c =
 * 16 g + l}, and key {@code seed}; 64-bit numbers are (low, high) pairs of words. Numbers that need
 * 64 bits take two words of one counter: number i has {@code g = i / 32}, {@code l = i % 16}, its
 * high half is word {@code 2 ((i % 32) / 16)} and its low half the word after that.
 *
 * <p>Streams are independent; the numbers of different kinds from one stream at one place are not.
 */
public final class Philox {
  /** Words computed at a time: whole groups that stay in the first-level cache. */
  private static final int CHUNK = 1024;

  private static final int GROUP = PhiloxWords.GROUP;
  private static final int COUNTERS = PhiloxWords.COUNTERS;

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;

  private static final float TURN32 = 0x1.921fb6p2f;
  private static final double TURN64 = 0x1.921fb54442d18p2;
  private static final long TWO52_BITS = 0x4330000000000000L;

  private static final ThreadLocal<Buffers> LOCAL = ThreadLocal.withInitial(Buffers::new);

  /** A thread's room for one chunk: words, and what is made of them. */
  private static final class Buffers {
    final int[] words = new int[CHUNK];
    final float[] floats = new float[CHUNK];
    final double[] doubles = new double[CHUNK];
    final long[] longs = new long[CHUNK / 2];
  }

  /** Turns the words of whole groups into numbers and copies a range of them out. */
  private interface Chunk {
    // All that it needs comes as an argument: a lambda that keeps nothing is made once.
    void run(
        Buffers buffers, int groups, int from, int count, MemorySegment out, long at, long bound);
  }

  private Philox() {}

  /**
   * Writes words {@code start} to {@code start + n - 1}.
   *
   * @param seed key of the generator
   * @param stream number of the stream
   * @param start first number, at least 0
   * @param out int32 elements
   * @param outAt first element written
   * @param n how many, at least 0
   */
  public static void words(
      long seed, long stream, long start, MemorySegment out, long outAt, long n) {
    chunks(
        seed,
        stream,
        start,
        n,
        GROUP,
        0,
        out,
        outAt,
        (buffers, groups, from, count, into, at, unused) ->
            MemorySegment.copy(
                buffers.words,
                from,
                into,
                ValueLayout.JAVA_INT_UNALIGNED,
                at * Integer.BYTES,
                count));
  }

  /**
   * Writes float32 numbers uniform in [0, 1): the upper 24 bits of word i, times 2^-24.
   *
   * @param seed key of the generator
   * @param stream number of the stream
   * @param start first number, at least 0
   * @param out float32 elements
   * @param outAt first element written
   * @param n how many, at least 0
   */
  public static void uniformF32(
      long seed, long stream, long start, MemorySegment out, long outAt, long n) {
    chunks(
        seed,
        stream,
        start,
        n,
        GROUP,
        0,
        out,
        outAt,
        (buffers, groups, from, count, into, at, unused) -> {
          uniforms(buffers.words, buffers.floats, groups * GROUP);
          copy(buffers.floats, from, into, at, count);
        });
  }

  /**
   * Writes float64 numbers uniform in [0, 1): the upper 53 bits of 64-bit number i, times 2^-53.
   *
   * @param seed key of the generator
   * @param stream number of the stream
   * @param start first number, at least 0
   * @param out float64 elements
   * @param outAt first element written
   * @param n how many, at least 0
   */
  public static void uniformF64(
      long seed, long stream, long start, MemorySegment out, long outAt, long n) {
    chunks(
        seed,
        stream,
        start,
        n,
        GROUP / 2,
        0,
        out,
        outAt,
        (buffers, groups, from, count, into, at, unused) -> {
          uniforms(buffers.words, buffers.doubles, groups);
          copy(buffers.doubles, from, into, at, count);
        });
  }

  /**
   * Writes standard normal float32 numbers by the method of Box and Muller. Numbers i and i + 16,
   * where {@code i % 32 < 16}, are {@code r cos t} and {@code r sin t} with {@code r = sqrt(-2 ln
   * u)}, u being the upper 31 bits of word i, plus a half, times 2^-31, and t being word i + 16 as
   * a signed number times 2 pi 2^-32. No value is beyond 6.67 in size.
   *
   * @param seed key of the generator
   * @param stream number of the stream
   * @param start first number, at least 0
   * @param out float32 elements
   * @param outAt first element written
   * @param n how many, at least 0
   */
  public static void normalF32(
      long seed, long stream, long start, MemorySegment out, long outAt, long n) {
    chunks(
        seed,
        stream,
        start,
        n,
        GROUP,
        0,
        out,
        outAt,
        (buffers, groups, from, count, into, at, unused) -> {
          radii(buffers.words, buffers.floats, groups);
          turns(buffers.words, buffers.floats, groups);
          copy(buffers.floats, from, into, at, count);
        });
  }

  /**
   * Writes standard normal float64 numbers by the method of Box and Muller. Numbers i and i + 16,
   * where {@code i % 32 < 16}, are {@code r cos t} and {@code r sin t} with {@code r = sqrt(-2 ln
   * u)}, u being the upper 53 bits of 64-bit number i, plus one, times 2^-53, and t being the upper
   * 52 bits of 64-bit number i + 16 as a signed number times 2 pi 2^-52. No value is beyond 8.58 in
   * size.
   *
   * @param seed key of the generator
   * @param stream number of the stream
   * @param start first number, at least 0
   * @param out float64 elements
   * @param outAt first element written
   * @param n how many, at least 0
   */
  public static void normalF64(
      long seed, long stream, long start, MemorySegment out, long outAt, long n) {
    chunks(
        seed,
        stream,
        start,
        n,
        GROUP / 2,
        0,
        out,
        outAt,
        (buffers, groups, from, count, into, at, unused) -> {
          uniforms(buffers.words, buffers.doubles, groups);
          radii(buffers.doubles, groups);
          turns(buffers.words, buffers.doubles, groups);
          copy(buffers.doubles, from, into, at, count);
        });
  }

  /**
   * Writes float32 numbers that are -1 where the top bit of word i is set, and 1 elsewhere.
   *
   * @param seed key of the generator
   * @param stream number of the stream
   * @param start first number, at least 0
   * @param out float32 elements
   * @param outAt first element written
   * @param n how many, at least 0
   */
  public static void rademacherF32(
      long seed, long stream, long start, MemorySegment out, long outAt, long n) {
    chunks(
        seed,
        stream,
        start,
        n,
        GROUP,
        0,
        out,
        outAt,
        (buffers, groups, from, count, into, at, unused) -> {
          signs(buffers.words, buffers.floats, groups * GROUP);
          copy(buffers.floats, from, into, at, count);
        });
  }

  /**
   * Writes float64 numbers that are -1 where the top bit of word i is set, and 1 elsewhere: the
   * signs of {@link #rademacherF32}.
   *
   * @param seed key of the generator
   * @param stream number of the stream
   * @param start first number, at least 0
   * @param out float64 elements
   * @param outAt first element written
   * @param n how many, at least 0
   */
  public static void rademacherF64(
      long seed, long stream, long start, MemorySegment out, long outAt, long n) {
    chunks(
        seed,
        stream,
        start,
        n,
        GROUP,
        0,
        out,
        outAt,
        (buffers, groups, from, count, into, at, unused) -> {
          signs(buffers.words, buffers.doubles, groups * GROUP);
          copy(buffers.doubles, from, into, at, count);
        });
  }

  /**
   * Writes integers in [0, bound): the upper half of 64-bit number i times {@code bound}. No value
   * is likelier than another by more than a factor of {@code 1 + bound 2^-64}.
   *
   * @param seed key of the generator
   * @param stream number of the stream
   * @param start first number, at least 0
   * @param bound number of values, at least 1
   * @param out int64 elements
   * @param outAt first element written
   * @param n how many, at least 0
   * @throws IllegalArgumentException if {@code bound} is below 1
   */
  public static void integers(
      long seed, long stream, long start, long bound, MemorySegment out, long outAt, long n) {
    if (bound < 1) {
      throw new IllegalArgumentException(
          "bound is " + bound + "; random integers need at least one value, 0");
    }
    chunks(
        seed,
        stream,
        start,
        n,
        GROUP / 2,
        bound,
        out,
        outAt,
        (buffers, groups, from, count, into, at, limit) -> {
          products(buffers.words, limit, buffers.longs, groups);
          MemorySegment.copy(
              buffers.longs, from, into, ValueLayout.JAVA_LONG_UNALIGNED, at * Long.BYTES, count);
        });
  }

  private static void copy(float[] from, int at, MemorySegment out, long to, int count) {
    MemorySegment.copy(from, at, out, ValueLayout.JAVA_FLOAT_UNALIGNED, to * Float.BYTES, count);
  }

  private static void copy(double[] from, int at, MemorySegment out, long to, int count) {
    MemorySegment.copy(from, at, out, ValueLayout.JAVA_DOUBLE_UNALIGNED, to * Double.BYTES, count);
  }

  /** Cuts a range into chunks of whole groups, each giving {@code perGroup} numbers. */
  private static void chunks(
      long seed,
      long stream,
      long start,
      long n,
      int perGroup,
      long bound,
      MemorySegment out,
      long outAt,
      Chunk chunk) {
    if (start < 0 || n < 0 || start + n < 0) {
      throw new IllegalArgumentException(
          "random numbers " + start + " to " + start + " + " + n + "; both must be at least 0");
    }
    Buffers buffers = LOCAL.get();
    int most = CHUNK / GROUP;
    for (long done = 0; done < n; ) {
      long group = (start + done) / perGroup;
      int from = (int) (start + done - group * perGroup);
      int count = (int) Math.min(n - done, (long) most * perGroup - from);
      int groups = (from + count + perGroup - 1) / perGroup;
      PhiloxWords.fill(seed, stream, group, groups, buffers.words);
      chunk.run(buffers, groups, from, count, out, outAt + done, bound);
      done += count;
    }
  }

  // Loops over whole groups; their sizes are multiples of every vector length.

  private static void uniforms(int[] words, float[] out, int n) {
    for (int i = 0; i < n; i += FLOATS.length()) {
      IntVector w = IntVector.fromArray(INTS, words, i).lanewise(VectorOperators.LSHR, 8);
      toFloats(w).mul(0x1p-24f).intoArray(out, i);
    }
  }

  private static void uniforms(int[] words, double[] out, int groups) {
    for (int half = 0; half < 2 * groups; half++) {
      for (int lane = 0; lane < COUNTERS; lane += LONGS.length()) {
        int at = half * 2 * COUNTERS + lane;
        uniform53(wide(words, at), wide(words, at + COUNTERS))
            .intoArray(out, half * COUNTERS + lane);
      }
    }
  }

  private static void signs(int[] words, float[] out, int n) {
    for (int i = 0; i < n; i += FLOATS.length()) {
      IntVector.fromArray(INTS, words, i)
          .and(Integer.MIN_VALUE)
          .or(Float.floatToRawIntBits(1))
          .reinterpretAsFloats()
          .intoArray(out, i);
    }
  }

  private static void signs(int[] words, double[] out, int n) {
    for (int i = 0; i < n; i += LONGS.length()) {
      wide(words, i)
          .lanewise(VectorOperators.LSHL, 32)
          .and(Long.MIN_VALUE)
          .or(Double.doubleToRawLongBits(1))
          .reinterpretAsDoubles()
          .intoArray(out, i);
    }
  }

  // The steps of Box and Muller are loops of their own: together they are more than the compiler
  // inlines into one method, and a vector that crosses a real call is boxed.

  private static void radii(int[] words, float[] out, int groups) {
    FloatVector scale = FloatVector.broadcast(FLOATS, 0x1p-31f);
    FloatVector half = FloatVector.broadcast(FLOATS, 0x1p-32f);
    for (int block = 0; block < groups * GROUP; block += 2 * COUNTERS) {
      for (int i = block; i < block + COUNTERS; i += FLOATS.length()) {
        IntVector w = IntVector.fromArray(INTS, words, i).lanewise(VectorOperators.LSHR, 1);
        toFloats(w).fma(scale, half).intoArray(out, i);
      }
    }
    BoxMullerF32.radii(out, groups * GROUP, COUNTERS);
  }

  private static void turns(int[] words, float[] out, int groups) {
    int n = groups * GROUP;
    angles(words, out, n);
    BoxMullerF32.turn(out, n, COUNTERS);
    quarters(words, out, n);
  }

  /** What is left of each angle beside the nearest quarter turn. */
  private static void angles(int[] words, float[] out, int n) {
    for (int block = 0; block < n; block += 2 * COUNTERS) {
      for (int i = block; i < block + COUNTERS; i += FLOATS.length()) {
        IntVector t = IntVector.fromArray(INTS, words, i + COUNTERS).add(1 << 29);
        toFloats(t.and((1 << 30) - 1).sub(1 << 29))
            .mul(TURN32 * 0x1p-32f)
            .intoArray(out, i + COUNTERS);
      }
    }
  }

  /** Turns points by whole quarters. */
  private static void quarters(int[] words, float[] out, int n) {
    for (int block = 0; block < n; block += 2 * COUNTERS) {
      for (int i = block; i < block + COUNTERS; i += FLOATS.length()) {
        IntVector quarter =
            IntVector.fromArray(INTS, words, i + COUNTERS)
                .add(1 << 29)
                .lanewise(VectorOperators.LSHR, 30);
        FloatVector cos = FloatVector.fromArray(FLOATS, out, i);
        FloatVector sin = FloatVector.fromArray(FLOATS, out, i + COUNTERS);
        VectorMask<Float> odd = quarter.and(1).compare(VectorOperators.EQ, 1).cast(FLOATS);
        // Bit 1 of the quarter is the sine's sign, that of the next one the cosine's. Written out,
        // since a vector that crosses a call which is not inlined is boxed.
        IntVector cosSign = quarter.add(1).and(2).lanewise(VectorOperators.LSHL, 30);
        IntVector sinSign = quarter.and(2).lanewise(VectorOperators.LSHL, 30);
        cos.blend(sin, odd)
            .reinterpretAsInts()
            .lanewise(VectorOperators.XOR, cosSign)
            .reinterpretAsFloats()
            .intoArray(out, i);
        sin.blend(cos, odd)
            .reinterpretAsInts()
            .lanewise(VectorOperators.XOR, sinSign)
            .reinterpretAsFloats()
            .intoArray(out, i + COUNTERS);
      }
    }
  }

  /** Replaces the uniform numbers from which radii are made. */
  private static void radii(double[] out, int groups) {
    for (int block = 0; block < groups * 2 * COUNTERS; block += 2 * COUNTERS) {
      for (int i = block; i < block + COUNTERS; i += DOUBLES.length()) {
        DoubleVector.fromArray(DOUBLES, out, i).add(0x1p-53).intoArray(out, i);
      }
    }
    BoxMullerF64.radii(out, groups * 2 * COUNTERS, COUNTERS);
  }

  private static void turns(int[] words, double[] out, int groups) {
    angles(words, out, groups);
    BoxMullerF64.turn(out, groups * 2 * COUNTERS, COUNTERS);
    quarters(words, out, groups);
  }

  /** What is left of each angle beside the nearest quarter turn. */
  private static void angles(int[] words, double[] out, int groups) {
    for (int group = 0; group < groups; group++) {
      for (int lane = 0; lane < COUNTERS; lane += LONGS.length()) {
        LongVector rest =
            turns(words, group * GROUP + lane)
                .and((1L << 62) - 1)
                .lanewise(VectorOperators.LSHR, 12);
        rest.or(TWO52_BITS)
            .reinterpretAsDoubles()
            .sub(0x1p52 + 0x1p49)
            .mul(TURN64 * 0x1p-52)
            .intoArray(out, group * 2 * COUNTERS + lane + COUNTERS);
      }
    }
  }

  /** Turns points by whole quarters. */
  private static void quarters(int[] words, double[] out, int groups) {
    for (int group = 0; group < groups; group++) {
      for (int lane = 0; lane < COUNTERS; lane += LONGS.length()) {
        LongVector quarter = turns(words, group * GROUP + lane).lanewise(VectorOperators.LSHR, 62);
        int to = group * 2 * COUNTERS + lane;
        DoubleVector cos = DoubleVector.fromArray(DOUBLES, out, to);
        DoubleVector sin = DoubleVector.fromArray(DOUBLES, out, to + COUNTERS);
        VectorMask<Double> odd = quarter.and(1).compare(VectorOperators.EQ, 1).cast(DOUBLES);
        signed(cos.blend(sin, odd), quarter.add(1)).intoArray(out, to);
        signed(sin.blend(cos, odd), quarter).intoArray(out, to + COUNTERS);
      }
    }
  }

  /** Angles as 64-bit fractions of a turn, an eighth of one added. */
  private static LongVector turns(int[] words, int at) {
    return wide(words, at + 2 * COUNTERS)
        .lanewise(VectorOperators.LSHL, 32)
        .or(wide(words, at + 3 * COUNTERS))
        .add(1L << 61);
  }

  private static void products(int[] words, long bound, long[] out, int groups) {
    for (int half = 0; half < 2 * groups; half++) {
      for (int lane = 0; lane < COUNTERS; lane += LONGS.length()) {
        int at = half * 2 * COUNTERS + lane;
        int to = half * COUNTERS + lane;
        if (bound <= 1L << 32) {
          LongVector high = wide(words, at).mul(bound);
          LongVector low = wide(words, at + COUNTERS).mul(bound);
          high.add(low.lanewise(VectorOperators.LSHR, 32))
              .lanewise(VectorOperators.LSHR, 32)
              .intoArray(out, to);
        } else {
          for (int i = 0; i < LONGS.length(); i++) {
            long x = (long) words[at + i] << 32 | words[at + COUNTERS + i] & 0xFFFFFFFFL;
            out[to + i] = Math.unsignedMultiplyHigh(x, bound);
          }
        }
      }
    }
  }

  private static FloatVector toFloats(IntVector x) {
    return (FloatVector) x.convert(VectorOperators.I2F, 0);
  }

  /** Words as unsigned numbers in 64-bit lanes. */
  private static LongVector wide(int[] words, int at) {
    return (LongVector)
        IntVector.fromArray(PhiloxWords.NARROW, words, at)
            .convertShape(VectorOperators.ZERO_EXTEND_I2L, LONGS, 0);
  }

  /** (2^32 high + low) 2^-64 without its last 11 bits; each step is exact. */
  private static DoubleVector uniform53(LongVector high, LongVector low) {
    DoubleVector h = high.or(TWO52_BITS).reinterpretAsDoubles().sub(0x1p52);
    DoubleVector l =
        low.lanewise(VectorOperators.LSHR, 11).or(TWO52_BITS).reinterpretAsDoubles().sub(0x1p52);
    return h.fma(DoubleVector.broadcast(DOUBLES, 0x1p-32), l.mul(0x1p-53));
  }

  /** Turns the sign where bit 1 of {@code quarter} is set. */
  private static DoubleVector signed(DoubleVector x, LongVector quarter) {
    LongVector sign = quarter.and(2).lanewise(VectorOperators.LSHL, 62);
    return x.reinterpretAsLongs().lanewise(VectorOperators.XOR, sign).reinterpretAsDoubles();
  }
}
