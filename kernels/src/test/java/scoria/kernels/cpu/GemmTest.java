package scoria.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every product must have, bit for bit, the sums that the doc comment of GemmF32 defines. */
@Tag("width")
class GemmTest {
  private static final WorkerPool ONE = WorkerPool.of(1);
  private static final WorkerPool SEVEN = WorkerPool.of(7);

  private static final double[][] FACTORS = {{1, 0}, {1, 1}, {-0.3, 0}, {0.7, -1.3}, {0, 0.5}};

  /** One precision behind one face, so that each test is written once. */
  private enum Type {
    FLOAT32 {
      @Override
      MemorySegment allocate(Arena arena, long n) {
        return AlignedMemory.floats(arena, n);
      }

      @Override
      double get(MemorySegment s, long i) {
        return s.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      }

      @Override
      void set(MemorySegment s, long i, double x) {
        s.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) x);
      }

      @Override
      double fma(double a, double b, double c) {
        return Math.fma((float) a, (float) b, (float) c);
      }
    },
    FLOAT64 {
      @Override
      MemorySegment allocate(Arena arena, long n) {
        return AlignedMemory.doubles(arena, n);
      }

      @Override
      double get(MemorySegment s, long i) {
        return s.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
      }

      @Override
      void set(MemorySegment s, long i, double x) {
        s.setAtIndex(ValueLayout.JAVA_DOUBLE, i, x);
      }

      @Override
      double fma(double a, double b, double c) {
        return Math.fma(a, b, c);
      }
    };

    abstract MemorySegment allocate(Arena arena, long n);

    abstract double get(MemorySegment s, long i);

    abstract void set(MemorySegment s, long i, double x);

    abstract double fma(double a, double b, double c);

    void batched(WorkerPool pool, long batch, Case x, Data d) {
      if (this == FLOAT32) {
        GemmF32.batched(
            pool, batch, x.transA, x.transB, x.m, x.n, x.k, x.alpha, d.a, x.aAt, x.lda, x.aStep,
            d.b, x.bAt, x.ldb, x.bStep, x.beta, d.c, x.cAt, x.ldc, x.cStep);
      } else {
        GemmF64.batched(
            pool, batch, x.transA, x.transB, x.m, x.n, x.k, x.alpha, d.a, x.aAt, x.lda, x.aStep,
            d.b, x.bAt, x.ldb, x.bStep, x.beta, d.c, x.cAt, x.ldc, x.cStep);
      }
    }
  }

  private record Case(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      double alpha,
      double beta,
      long aAt,
      long lda,
      long aStep,
      long bAt,
      long ldb,
      long bStep,
      long cAt,
      long ldc,
      long cStep) {

    /** Packed matrices one after the other, with some room around rows and matrices. */
    static Case of(
        boolean transA, boolean transB, int m, int n, int k, double[] factors, int room) {
      long lda = (transA ? m : k) + room;
      long ldb = (transB ? n == 0 ? 0 : k : n) + 2L * room;
      long ldc = n + 3L * room;
      return new Case(
          transA,
          transB,
          m,
          n,
          k,
          factors[0],
          factors[1],
          room,
          lda,
          lda * (transA ? k : m) + room,
          3L * room,
          ldb,
          ldb * (transB ? n : k) + room,
          room,
          ldc,
          ldc * m + room);
    }

    @Override
    public String toString() {
      return "%d x %d x %d%s%s alpha=%s beta=%s lda=%d ldb=%d ldc=%d"
          .formatted(m, n, k, transA ? " A'" : "", transB ? " B'" : "", alpha, beta, lda, ldb, ldc);
    }
  }

  private record Data(MemorySegment a, MemorySegment b, MemorySegment c) {
    static Data random(Type type, Arena arena, Case x, long batch, SplittableRandom random) {
      return new Data(
          fill(type, arena, x.aAt + batch * x.aStep + x.lda * (x.transA ? x.k : x.m), random),
          fill(type, arena, x.bAt + batch * x.bStep + x.ldb * (x.transB ? x.n : x.k), random),
          fill(type, arena, x.cAt + batch * x.cStep + x.ldc * x.m, random));
    }

    private static MemorySegment fill(Type type, Arena arena, long n, SplittableRandom random) {
      MemorySegment s = type.allocate(arena, n);
      for (long i = 0; i < n; i++) {
        type.set(s, i, random.nextDouble(-1, 1));
      }
      return s;
    }

    Data withCopyOfC(Type type, Arena arena) {
      MemorySegment copy = type.allocate(arena, c.byteSize() / type.allocate(arena, 1).byteSize());
      return new Data(a, b, copy.copyFrom(c));
    }
  }

  /** The definition, one element after the other; what is not C's stays as it was. */
  private static void reference(Type type, long batch, Case x, Data d) {
    for (long t = 0; t < batch; t++) {
      for (int i = 0; i < x.m; i++) {
        for (int j = 0; j < x.n; j++) {
          long at = x.cAt + t * x.cStep + i * x.ldc + j;
          double c = type.get(d.c, at);
          if (x.k == 0) {
            c = x.beta == 0 ? 0 : type.fma(x.beta, c, -0.0);
          }
          for (int block = 0; block < x.k; block += 256) {
            double s = 0;
            for (int p = block; p < Math.min(x.k, block + 256); p++) {
              long ai = x.aAt + t * x.aStep + (x.transA ? p * x.lda + i : i * x.lda + p);
              long bi = x.bAt + t * x.bStep + (x.transB ? j * x.ldb + p : p * x.ldb + j);
              s = type.fma(type.get(d.a, ai), type.get(d.b, bi), s);
            }
            if (block > 0) {
              c = type.fma(x.alpha, s, c);
            } else if (x.beta == 0) {
              c = type.fma(x.alpha, s, -0.0);
            } else {
              c = type.fma(x.beta, c, type.fma(x.alpha, s, -0.0));
            }
          }
          type.set(d.c, at, c);
        }
      }
    }
  }

  private static void check(Type type, Case x, long batch, long seed, WorkerPool... pools) {
    try (Arena arena = Arena.ofShared()) {
      Data data = Data.random(type, arena, x, batch, new SplittableRandom(seed));
      Data expected = data.withCopyOfC(type, arena);
      reference(type, batch, x, expected);
      for (WorkerPool pool : pools) {
        Data actual = data.withCopyOfC(type, arena);
        type.batched(pool, batch, x, actual);
        long at = expected.c.mismatch(actual.c);
        if (at >= 0) {
          long i = at / (type == Type.FLOAT32 ? 4 : 8);
          assertEquals(
              type.get(expected.c, i),
              type.get(actual.c, i),
              type + " " + x + " batch " + batch + " threads " + pool.threads() + " element " + i);
        }
      }
    }
  }

  @Test
  void smallSizesInAllForms() {
    int[] sizes = {0, 1, 2, 3, 5, 8, 15, 17, 31, 33};
    int seed = 0;
    for (Type type : Type.values()) {
      for (int m : sizes) {
        for (int n : sizes) {
          for (int k : sizes) {
            // All forms for each triple in turn, all triples for each form: 4 and 1000 share no
            // pattern with 5 kinds of factors and 3 of room.
            int form = seed++;
            check(
                type,
                Case.of((form & 1) != 0, (form & 2) != 0, m, n, k, FACTORS[form % 5], form % 3),
                1,
                form,
                ONE);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tileEdgesAndSkinnyShapes(boolean transA) {
    int[][] shapes = {
      {512, 128, 2}, {512, 2, 128}, {512, 1, 70}, {128, 2, 512}, {2, 128, 512}, {1, 200, 300},
      {300, 1, 3}, {1, 1, 1000}, {7, 65, 257}, {9, 64, 256}, {8, 32, 255}, {16, 96, 513},
      {65, 63, 40}, {33, 129, 31}, {193, 40, 20}, {3, 1030, 5}, {1030, 3, 5}, {23, 15, 300},
      {40, 16, 12}, {4, 4, 600}, {6, 100, 1}, {100, 100, 1}, {9, 70, 2300}
    };
    int seed = 0;
    for (Type type : Type.values()) {
      for (int[] s : shapes) {
        for (int form = 0; form < 4; form++) {
          Case x =
              Case.of(transA, form % 2 != 0, s[0], s[1], s[2], FACTORS[seed % 5], form < 2 ? 0 : 5);
          check(type, x, 1, seed++, ONE);
        }
      }
    }
  }

  @Test
  void threadsDoNotChangeBits() {
    int[][] shapes = {{512, 128, 128}, {130, 2100, 20}, {3000, 2, 200}, {2000, 130, 257}};
    int seed = 0;
    for (Type type : Type.values()) {
      for (int[] s : shapes) {
        int form = seed++;
        Case x =
            Case.of(
                (form & 1) != 0, (form & 2) != 0, s[0], s[1], s[2], FACTORS[form % 5], form % 2);
        check(type, x, 1, form, ONE, SEVEN);
      }
    }
  }

  @Test
  void batchesAndRepeatedMatrices() {
    int seed = 0;
    for (Type type : Type.values()) {
      for (int[] s : new int[][] {{5, 7, 9}, {64, 48, 32}, {1, 40, 3}, {40, 2, 11}, {3, 3, 0}}) {
        for (int form = 0; form < 4; form++) {
          Case x =
              Case.of((form & 1) != 0, (form & 2) != 0, s[0], s[1], s[2], FACTORS[seed % 5], form);
          long aStep = form == 1 || form == 3 ? 0 : x.aStep;
          long bStep = form == 2 || form == 3 ? 0 : x.bStep;
          Case repeated =
              new Case(
                  x.transA, x.transB, x.m, x.n, x.k, x.alpha, x.beta, x.aAt, x.lda, aStep, x.bAt,
                  x.ldb, bStep, x.cAt, x.ldc, x.cStep);
          check(type, repeated, 30, seed++, ONE, SEVEN);
        }
      }
    }
  }

  /** Packed rows of A with one B for all are one tall product. */
  @Test
  void batchOfRowsWithOneRightSide() {
    for (Type type : Type.values()) {
      Case x = new Case(false, false, 4, 40, 20, 1, 0.5, 0, 20, 80, 0, 40, 0, 0, 40, 160);
      check(type, x, 50, 1, ONE, SEVEN);
    }
  }

  @Test
  void aRowAloneEqualsTheRowInABatch() {
    try (Arena arena = Arena.ofConfined()) {
      Case all = Case.of(false, false, 300, 130, 300, FACTORS[0], 0);
      Data data = Data.random(Type.FLOAT32, arena, all, 1, new SplittableRandom(3));
      Type.FLOAT32.batched(ONE, 1, all, data);
      MemorySegment row = AlignedMemory.floats(arena, 130);
      for (int i = 0; i < 300; i += 7) {
        GemmF32.gemm(
            ONE, false, false, 1, 130, 300, 1, data.a, i * 300L, 300, data.b, 0, 130, 0, row, 0,
            130);
        assertEquals(-1, data.c.asSlice(i * 130L * 4, 130 * 4).mismatch(row), "row " + i);
      }
    }
  }

  @Test
  void withBetaZeroCIsNotRead() {
    try (Arena arena = Arena.ofConfined()) {
      for (int k : new int[] {0, 3, 300}) {
        for (int n : new int[] {2, 40}) {
          MemorySegment a = AlignedMemory.floats(arena, 20L * k);
          MemorySegment b = AlignedMemory.floats(arena, (long) n * k);
          MemorySegment c = AlignedMemory.floats(arena, 20L * n);
          for (long i = 0; i < 20L * n; i++) {
            c.setAtIndex(ValueLayout.JAVA_FLOAT, i, Float.NaN);
          }
          GemmF32.gemm(ONE, false, false, 20, n, k, 1, a, 0, k, b, 0, n, 0, c, 0, n);
          for (long i = 0; i < 20L * n; i++) {
            assertEquals(0f, c.getAtIndex(ValueLayout.JAVA_FLOAT, i));
          }
        }
      }
    }
  }

  @Test
  void badSizesAreNamed() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment s = AlignedMemory.floats(arena, 100);
      assertMessage(
          "A of 10 x 11",
          () -> GemmF32.gemm(ONE, false, false, 10, 5, 11, 1, s, 0, 11, s, 0, 5, 0, s, 0, 5));
      assertMessage(
          "m=-1", () -> GemmF32.gemm(ONE, false, false, -1, 5, 2, 1, s, 0, 2, s, 0, 5, 0, s, 0, 5));
      assertMessage(
          "ldc is 4",
          () -> GemmF32.gemm(ONE, false, false, 2, 5, 2, 1, s, 0, 2, s, 0, 5, 0, s, 0, 4));
    }
  }

  private static void assertMessage(String part, Executable call) {
    String message =
        String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
    assertTrue(message.contains(part), message);
  }
}
