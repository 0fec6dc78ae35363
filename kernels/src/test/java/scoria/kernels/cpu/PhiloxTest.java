package scoria.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("width")
class PhiloxTest {
  private static final long SEED = 0x299f31d0a4093822L;
  private static final long STREAM = 0x0370734413198a2eL;

  /** The block function, one counter at a time, as the paper states it. */
  private static int[] block(long counter, long stream, long seed) {
    int[] x = {(int) counter, (int) (counter >>> 32), (int) stream, (int) (stream >>> 32)};
    int k0 = (int) seed;
    int k1 = (int) (seed >>> 32);
    for (int round = 0; round < 10; round++) {
      long p0 = (x[0] & 0xFFFFFFFFL) * 0xD2511F53L;
      long p1 = (x[2] & 0xFFFFFFFFL) * 0xCD9E8D57L;
      x =
          new int[] {
            (int) (p1 >>> 32) ^ x[1] ^ k0, (int) p1, (int) (p0 >>> 32) ^ x[3] ^ k1, (int) p0
          };
      k0 += 0x9E3779B9;
      k1 += 0xBB67AE85;
    }
    return x;
  }

  private static int word(long seed, long stream, long i) {
    return block(i / 64 * 16 + i % 16, stream, seed)[(int) (i % 64 / 16)];
  }

  private static long number64(long seed, long stream, long i) {
    int[] x = block(i / 32 * 16 + i % 16, stream, seed);
    int w = 2 * (int) (i % 32 / 16);
    return (long) x[w] << 32 | x[w + 1] & 0xFFFFFFFFL;
  }

  /** What a kind of number must be, and how it is made. */
  private enum Kind {
    WORDS(4) {
      @Override
      void make(long seed, long stream, long start, MemorySegment out, long at, long n) {
        Philox.words(seed, stream, start, out, at, n);
      }

      @Override
      double expected(long i) {
        return word(SEED, STREAM, i);
      }

      @Override
      double get(MemorySegment s, long i) {
        return s.getAtIndex(ValueLayout.JAVA_INT, i);
      }
    },
    UNIFORM_F32(4) {
      @Override
      void make(long seed, long stream, long start, MemorySegment out, long at, long n) {
        Philox.uniformF32(seed, stream, start, out, at, n);
      }

      @Override
      double expected(long i) {
        return (word(SEED, STREAM, i) >>> 8) * 0x1p-24;
      }
    },
    UNIFORM_F64(8) {
      @Override
      void make(long seed, long stream, long start, MemorySegment out, long at, long n) {
        Philox.uniformF64(seed, stream, start, out, at, n);
      }

      @Override
      double expected(long i) {
        return (number64(SEED, STREAM, i) >>> 11) * 0x1p-53;
      }
    },
    NORMAL_F32(4) {
      @Override
      void make(long seed, long stream, long start, MemorySegment out, long at, long n) {
        Philox.normalF32(seed, stream, start, out, at, n);
      }

      @Override
      double expected(long i) {
        long first = i - i % 32 + i % 16;
        double u = (float) (((float) (word(SEED, STREAM, first) >>> 1) + 0.5) * 0x1p-31);
        double t = word(SEED, STREAM, first + 16) * (2 * Math.PI * 0x1p-32);
        return Math.sqrt(-2 * Math.log(u)) * (i == first ? Math.cos(t) : Math.sin(t));
      }

      @Override
      double tolerance() {
        return 2e-6;
      }
    },
    NORMAL_F64(8) {
      @Override
      void make(long seed, long stream, long start, MemorySegment out, long at, long n) {
        Philox.normalF64(seed, stream, start, out, at, n);
      }

      @Override
      double expected(long i) {
        long first = i - i % 32 + i % 16;
        double u = ((number64(SEED, STREAM, first) >>> 11) + 1) * 0x1p-53;
        double t = (number64(SEED, STREAM, first + 16) >> 12) * (2 * Math.PI * 0x1p-52);
        return Math.sqrt(-2 * Math.log(u)) * (i == first ? Math.cos(t) : Math.sin(t));
      }

      @Override
      double tolerance() {
        return 4e-15;
      }
    },
    RADEMACHER_F32(4) {
      @Override
      void make(long seed, long stream, long start, MemorySegment out, long at, long n) {
        Philox.rademacherF32(seed, stream, start, out, at, n);
      }

      @Override
      double expected(long i) {
        return word(SEED, STREAM, i) < 0 ? -1 : 1;
      }
    },
    RADEMACHER_F64(8) {
      @Override
      void make(long seed, long stream, long start, MemorySegment out, long at, long n) {
        Philox.rademacherF64(seed, stream, start, out, at, n);
      }

      @Override
      double expected(long i) {
        return word(SEED, STREAM, i) < 0 ? -1 : 1;
      }
    },
    SMALL_INTEGERS(8) {
      @Override
      void make(long seed, long stream, long start, MemorySegment out, long at, long n) {
        Philox.integers(seed, stream, start, 1000, out, at, n);
      }

      @Override
      double expected(long i) {
        return highProduct(i, 1000);
      }

      @Override
      double get(MemorySegment s, long i) {
        return s.getAtIndex(ValueLayout.JAVA_LONG, i);
      }
    },
    LARGE_INTEGERS(8) {
      @Override
      void make(long seed, long stream, long start, MemorySegment out, long at, long n) {
        Philox.integers(seed, stream, start, (1L << 50) - 1, out, at, n);
      }

      @Override
      double expected(long i) {
        return highProduct(i, (1L << 50) - 1);
      }

      @Override
      double get(MemorySegment s, long i) {
        return s.getAtIndex(ValueLayout.JAVA_LONG, i);
      }
    };

    final int bytes;

    Kind(int bytes) {
      this.bytes = bytes;
    }

    abstract void make(long seed, long stream, long start, MemorySegment out, long at, long n);

    /** Number i of (SEED, STREAM). */
    abstract double expected(long i);

    double get(MemorySegment s, long i) {
      return bytes == 4
          ? s.getAtIndex(ValueLayout.JAVA_FLOAT, i)
          : s.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
    }

    double tolerance() {
      return 0;
    }

    private static double highProduct(long i, long bound) {
      return new BigInteger(Long.toUnsignedString(number64(SEED, STREAM, i)))
          .multiply(BigInteger.valueOf(bound))
          .shiftRight(64)
          .doubleValue();
    }
  }

  /** The published known answers, through the vector path. */
  @Test
  void knownAnswers() {
    assertKnown(0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    assertKnown(-1, -1, -1, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    assertKnown(0x85a308d3243f6a88L, STREAM, SEED, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
  }

  private static void assertKnown(long counter, long stream, long seed, int... known) {
    int[] words = new int[PhiloxWords.GROUP];
    PhiloxWords.fill(seed, stream, counter >>> 4, 1, words);
    int lane = (int) (counter & 15);
    int[] actual = {words[lane], words[lane + 16], words[lane + 32], words[lane + 48]};
    assertArrayEquals(known, actual);
    assertArrayEquals(known, block(counter, stream, seed));
  }

  @Test
  void everyKindFollowsItsDefinition() {
    try (Arena arena = Arena.ofConfined()) {
      for (Kind kind : Kind.values()) {
        for (long start : new long[] {0, 37, (1L << 36) - 100, (1L << 60) + 5}) {
          int n = 2500;
          MemorySegment out = AlignedMemory.allocate(arena, (long) n * kind.bytes);
          kind.make(SEED, STREAM, start, out, 0, n);
          for (int i = 0; i < n; i++) {
            double expected = kind.expected(start + i);
            assertEquals(
                expected,
                kind.get(out, i),
                kind.tolerance() * Math.max(1, Math.abs(expected)),
                kind + " number " + start + " + " + i);
          }
        }
      }
    }
  }

  @Test
  void anyRangeHasTheBitsOfTheWhole() {
    try (Arena arena = Arena.ofConfined()) {
      for (Kind kind : Kind.values()) {
        long total = 3000;
        MemorySegment whole = AlignedMemory.allocate(arena, total * kind.bytes);
        kind.make(5, 6, 0, whole, 0, total);
        for (long from : new long[] {0, 1, 15, 16, 31, 63, 64, 65, 1000}) {
          for (long n : new long[] {0, 1, 2, 17, 64, 1023, 1024, 1025, 1999}) {
            // The room around the range must stay as it is.
            MemorySegment part = AlignedMemory.allocate(arena, (n + 6) * kind.bytes);
            part.fill((byte) 0x55);
            kind.make(5, 6, from, part, 3, n);
            long side = 3L * kind.bytes;
            assertEquals(
                -1,
                part.asSlice(side, n * kind.bytes)
                    .mismatch(whole.asSlice(from * kind.bytes, n * kind.bytes)),
                kind + " from " + from + " n " + n);
            for (long i = 0; i < side; i++) {
              assertEquals(0x55, part.get(ValueLayout.JAVA_BYTE, i));
              assertEquals(0x55, part.get(ValueLayout.JAVA_BYTE, side + n * kind.bytes + i));
            }
          }
        }
      }
    }
  }

  /** One number for many bits: the same at every vector width this test is run with. */
  @Test
  void bitsOfNormalsStay() {
    try (Arena arena = Arena.ofConfined()) {
      int n = 100_000;
      MemorySegment floats = AlignedMemory.floats(arena, n);
      MemorySegment doubles = AlignedMemory.doubles(arena, n);
      Philox.normalF32(1, 2, 3, floats, 0, n);
      Philox.normalF64(1, 2, 3, doubles, 0, n);
      assertEquals(-75023819, Arrays.hashCode(floats.toArray(ValueLayout.JAVA_INT)));
      assertEquals(-317931644, Arrays.hashCode(doubles.toArray(ValueLayout.JAVA_LONG)));
    }
  }

  @Test
  void momentsTailsAndDistribution() {
    int n = 1_000_000;
    for (Kind kind : new Kind[] {Kind.NORMAL_F32, Kind.NORMAL_F64}) {
      double[] z = sample(kind, 1, 0, n);
      double mean = Arrays.stream(z).average().orElseThrow();
      double second = Arrays.stream(z).map(x -> x * x).average().orElseThrow();
      double third = Arrays.stream(z).map(x -> x * x * x).average().orElseThrow();
      double fourth = Arrays.stream(z).map(x -> x * x * x * x).average().orElseThrow();
      double tail = Arrays.stream(z).filter(x -> Math.abs(x) > 3).count() / (double) n;
      // Four standard errors each: variances 1, 2, 15, 96 and p (1 - p).
      assertEquals(0, mean, 4e-3);
      assertEquals(1, second, 4 * Math.sqrt(2) * 1e-3);
      assertEquals(0, third, 4 * Math.sqrt(15) * 1e-3);
      assertEquals(3, fourth, 4 * Math.sqrt(96) * 1e-3);
      assertEquals(0.0026998, tail, 4 * Math.sqrt(0.0027) * 1e-3);
      int few = n / 10;
      double[] sorted = Arrays.copyOf(z, few);
      Arrays.sort(sorted);
      double distance = 0;
      for (int i = 0; i < few; i++) {
        double p = normalCdf(sorted[i]);
        distance = Math.max(distance, Math.max(p - (double) i / few, (i + 1.0) / few - p));
      }
      // The Kolmogorov-Smirnov statistic exceeds 2 / sqrt(n) once in 1500 samples.
      assertTrue(distance < 2 / Math.sqrt(few), kind + " distance " + distance);
    }
    for (Kind kind : new Kind[] {Kind.UNIFORM_F32, Kind.UNIFORM_F64}) {
      double[] u = sample(kind, 1, 0, n);
      assertEquals(0.5, Arrays.stream(u).average().orElseThrow(), 4 * Math.sqrt(1 / 12.0) * 1e-3);
      assertTrue(Arrays.stream(u).allMatch(x -> x >= 0 && x < 1));
    }
    double[] signs = sample(Kind.RADEMACHER_F32, 1, 0, n);
    assertEquals(0, Arrays.stream(signs).average().orElseThrow(), 4e-3);
  }

  @Test
  void neighboursAndStreamsAreUncorrelated() {
    int n = 500_000;
    for (Kind kind : new Kind[] {Kind.NORMAL_F32, Kind.NORMAL_F64}) {
      double[] z = sample(kind, 7, 0, n + 64);
      for (int lag : new int[] {1, 2, 15, 16, 17, 32, 64}) {
        assertEquals(0, product(z, z, lag, n), 4 / Math.sqrt(n), kind + " lag " + lag);
      }
      assertEquals(0, product(z, sample(kind, 7, 1, n), 0, n), 4 / Math.sqrt(n), "stream 1");
      assertEquals(0, product(z, sample(kind, 8, 0, n), 0, n), 4 / Math.sqrt(n), "seed 8");
      // The partners of Box and Muller share a radius, so their squares are where a mistake shows.
      double[] squares = Arrays.stream(z).map(x -> (x * x - 1) / Math.sqrt(2)).toArray();
      assertEquals(0, product(squares, squares, 16, n), 4 / Math.sqrt(n), kind + " squares");
    }
  }

  private static double[] sample(Kind kind, long seed, long stream, int n) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = AlignedMemory.allocate(arena, (long) n * kind.bytes);
      kind.make(seed, stream, 0, out, 0, n);
      double[] z = new double[n];
      for (int i = 0; i < n; i++) {
        z[i] = kind.get(out, i);
      }
      return z;
    }
  }

  private static double product(double[] x, double[] y, int lag, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[i + lag] * y[i];
    }
    return sum / n;
  }

  /** Standard normal distribution function by Simpson's rule from 0; good to 1e-9. */
  private static double normalCdf(double x) {
    double end = Math.min(Math.abs(x), 8);
    int steps = 64;
    double h = end / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double t = i * h;
      sum += (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.exp(-t * t / 2);
    }
    double half = sum * h / 3 / Math.sqrt(2 * Math.PI);
    return x < 0 ? 0.5 - half : 0.5 + half;
  }

  @Test
  void badArgumentsAreNamed() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = AlignedMemory.doubles(arena, 4);
      String message =
          String.valueOf(
              assertThrows(
                      IllegalArgumentException.class, () -> Philox.integers(1, 2, 0, 0, out, 0, 4))
                  .getMessage());
      assertTrue(message.contains("bound is 0"), message);
      assertThrows(IllegalArgumentException.class, () -> Philox.uniformF64(1, 2, -1, out, 0, 4));
      assertThrows(IndexOutOfBoundsException.class, () -> Philox.uniformF64(1, 2, 0, out, 0, 5));
    }
  }
}
