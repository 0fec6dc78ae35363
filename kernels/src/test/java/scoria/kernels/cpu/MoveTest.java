package scoria.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Copies, gathers, scatters and casts. */
@Tag("width")
class MoveTest {
  private static long read(MemorySegment m, int bytes, long i) {
    return switch (bytes) {
      case 1 -> m.get(ValueLayout.JAVA_BYTE, i);
      case 4 -> m.getAtIndex(ValueLayout.JAVA_INT, i);
      default -> m.getAtIndex(ValueLayout.JAVA_LONG, i);
    };
  }

  private static MemorySegment noise(Arena arena, long bytes) {
    MemorySegment m = AlignedMemory.allocate(arena, bytes);
    SplittableRandom random = new SplittableRandom(bytes);
    for (long i = 0; i < bytes; i++) {
      m.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
    }
    return m;
  }

  private static MemorySegment indices(Arena arena, long seed, int n, int bound) {
    MemorySegment m = AlignedMemory.allocate(arena, 8L * n);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < n; i++) {
      m.setAtIndex(ValueLayout.JAVA_LONG, i, random.nextInt(bound));
    }
    return m;
  }

  private static long[] dense(long[] shape) {
    long[] strides = new long[shape.length];
    long step = 1;
    for (int k = shape.length - 1; k >= 0; k--) {
      strides[k] = step;
      step *= shape[k];
    }
    return strides;
  }

  private static void checkCopy(
      WorkerPool pool, int bytes, long[] shape, long[] srcStrides, long[] dstStrides) {
    long size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    long srcAt = 5;
    long srcEnd = 6;
    long dstAt = 3;
    long dstEnd = 4;
    for (int k = 0; k < shape.length; k++) {
      long s = Math.max(0, shape[k] - 1) * srcStrides[k];
      long d = Math.max(0, shape[k] - 1) * dstStrides[k];
      srcAt -= Math.min(0, s);
      srcEnd += Math.abs(s);
      dstAt -= Math.min(0, d);
      dstEnd += Math.abs(d);
    }
    try (Arena arena = Arena.ofShared()) {
      MemorySegment src = noise(arena, srcEnd * bytes);
      MemorySegment dst = noise(arena, (dstEnd + 3) * bytes);
      MemorySegment expected = AlignedMemory.allocate(arena, dst.byteSize()).copyFrom(dst);
      long[] strides = dense(shape);
      for (long t = 0; t < size; t++) {
        long s = srcAt;
        long d = dstAt;
        for (int k = 0; k < shape.length; k++) {
          long i = t / strides[k] % shape[k];
          s += i * srcStrides[k];
          d += i * dstStrides[k];
        }
        MemorySegment.copy(src, s * bytes, expected, d * bytes, bytes);
      }
      StridedCopy.copy(pool, bytes, src, srcAt, shape, srcStrides, dst, dstAt, dstStrides);
      assertEquals(
          -1,
          expected.mismatch(dst),
          () ->
              bytes
                  + " bytes, shape "
                  + Arrays.toString(shape)
                  + " from "
                  + Arrays.toString(srcStrides)
                  + " to "
                  + Arrays.toString(dstStrides));
    }
  }

  @Test
  void copiesOfRandomShapesAndStrides() {
    SplittableRandom random = new SplittableRandom(4);
    try (WorkerPool one = WorkerPool.of(1);
        WorkerPool many = WorkerPool.of(3)) {
      for (int trial = 0; trial < 600; trial++) {
        int rank = random.nextInt(6);
        long[] shape = new long[rank];
        for (int k = 0; k < rank; k++) {
          shape[k] = random.nextInt(10) == 0 ? random.nextInt(2) : 1 + random.nextInt(7);
        }
        long[][] strides = new long[2][];
        for (int side = 0; side < 2; side++) {
          // Strides of a dense array with its axes permuted, some spread out, reversed or repeated.
          long[] order = new long[rank];
          for (int k = 0; k < rank; k++) {
            order[k] = random.nextBoolean() ? k : random.nextLong(1000);
          }
          Integer[] axes = new Integer[rank];
          Arrays.setAll(axes, k -> k);
          Arrays.sort(axes, (a, b) -> Long.compare(order[b], order[a]));
          strides[side] = new long[rank];
          long step = random.nextInt(4) == 0 ? 2 : 1;
          for (int k : axes) {
            strides[side][k] = random.nextInt(5) == 0 ? -step : step;
            step *= Math.max(1, shape[k]) + (random.nextInt(4) == 0 ? 1 : 0);
            if (side == 0 && random.nextInt(6) == 0) {
              strides[side][k] = 0;
            }
          }
        }
        int bytes = new int[] {1, 4, 8}[trial % 3];
        checkCopy(trial % 2 == 0 ? one : many, bytes, shape, strides[0], strides[1]);
      }
    }
  }

  @Test
  void transposesOfMatricesAndOfAxes() {
    try (WorkerPool one = WorkerPool.of(1);
        WorkerPool many = WorkerPool.of(3)) {
      for (long[] s :
          new long[][] {
            {512, 128}, {2, 1000}, {1000, 3}, {65, 63}, {33, 129}, {16, 16}, {700, 301}
          }) {
        for (int bytes : new int[] {1, 4, 8}) {
          for (WorkerPool pool : new WorkerPool[] {one, many}) {
            checkCopy(pool, bytes, s, new long[] {1, s[0]}, new long[] {s[1], 1});
            checkCopy(pool, bytes, s, new long[] {s[1] + 3, 1}, new long[] {1, s[0] + 5});
          }
        }
      }
      long[] heads = {8, 50, 4, 16};
      checkCopy(many, 4, heads, dense(heads), new long[] {3200, 16, 800, 1});
      checkCopy(many, 4, heads, new long[] {3200, 1, 800, 50}, dense(heads));
      long[] big = {300, 2, 401};
      checkCopy(many, 4, big, dense(big), new long[] {1, 300, 600});
      checkCopy(many, 8, big, new long[] {0, 0, 1}, dense(big));
      checkCopy(many, 1, big, new long[] {1, 0, 0}, dense(big));
      checkCopy(many, 4, big, new long[] {2, 0, -7}, dense(big));
    }
  }

  @Test
  void takeAndTakeAlong() {
    int[][] shapes = {
      {1, 10, 1, 7},
      {3, 5, 4, 9},
      {2, 1000, 1, 40_000},
      {2, 30, 128, 300},
      {4, 3, 0, 2},
      {2, 3, 5, 0}
    };
    try (Arena arena = Arena.ofShared();
        WorkerPool pool = WorkerPool.of(3)) {
      for (int[] s : shapes) {
        int outer = s[0];
        int n = s[1];
        int inner = s[2];
        int m = s[3];
        for (int bytes : new int[] {1, 4, 8}) {
          MemorySegment src = noise(arena, (long) bytes * outer * n * inner + bytes);
          MemorySegment dst = AlignedMemory.allocate(arena, (long) bytes * (outer * m * inner + 2));
          MemorySegment idx = indices(arena, 1, m, n);
          Gather.take(pool, bytes, src, 1, outer, n, inner, idx, 0, m, dst, 2);
          for (int t = 0; t < outer * m * inner; t++) {
            int o = t / (m * inner);
            long k = idx.getAtIndex(ValueLayout.JAVA_LONG, t / inner % m);
            long from = 1 + (o * n + k) * inner + t % inner;
            assertEquals(read(src, bytes, from), read(dst, bytes, 2 + t));
          }
          MemorySegment each = indices(arena, 2, outer * m * inner, n);
          Gather.takeAlong(pool, bytes, src, 1, outer, n, inner, each, 0, m, dst, 2);
          for (int t = 0; t < outer * m * inner; t++) {
            int o = t / (m * inner);
            long k = each.getAtIndex(ValueLayout.JAVA_LONG, t);
            long from = 1 + (o * n + k) * inner + t % inner;
            assertEquals(read(src, bytes, from), read(dst, bytes, 2 + t));
          }
        }
      }
    }
  }

  @Test
  void scatterAddsInTheOrderOfTheIndices() {
    int[][] shapes = {
      {1, 10, 1, 7}, {3, 5, 4, 90}, {2, 50, 1, 40_000}, {2, 30, 300, 300}, {2, 7, 33, 50}
    };
    for (int threads : new int[] {1, 2, 7}) {
      try (Arena arena = Arena.ofShared();
          WorkerPool pool = WorkerPool.of(threads)) {
        for (int[] s : shapes) {
          int outer = s[0];
          int n = s[1];
          int inner = s[2];
          int m = s[3];
          SplittableRandom random = new SplittableRandom(m);
          MemorySegment src = AlignedMemory.floats(arena, (long) outer * m * inner);
          for (int i = 0; i < outer * m * inner; i++) {
            src.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) Math.exp(20 * random.nextDouble()));
          }
          MemorySegment idx = indices(arena, 1, m, n);
          MemorySegment each = indices(arena, 2, outer * m * inner, n);
          MemorySegment dst = AlignedMemory.floats(arena, (long) outer * n * inner + 2);
          MemorySegment along = AlignedMemory.floats(arena, (long) outer * n * inner + 2);
          dst.asSlice(8).copyFrom(src.asSlice(0, 4));
          ScatterF32.add(pool, dst, 2, outer, n, inner, idx, 0, m, src, 0);
          ScatterF32.addAlong(pool, along, 2, outer, n, inner, each, 0, m, src, 0);
          float[] expected = new float[outer * n * inner];
          float[] expectedAlong = new float[outer * n * inner];
          expected[0] = src.getAtIndex(ValueLayout.JAVA_FLOAT, 0);
          for (int t = 0; t < outer * m * inner; t++) {
            int o = t / (m * inner);
            float v = src.getAtIndex(ValueLayout.JAVA_FLOAT, t);
            int k = (int) idx.getAtIndex(ValueLayout.JAVA_LONG, t / inner % m);
            expected[(o * n + k) * inner + t % inner] += v;
            int e = (int) each.getAtIndex(ValueLayout.JAVA_LONG, t);
            expectedAlong[(o * n + e) * inner + t % inner] += v;
          }
          for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], dst.getAtIndex(ValueLayout.JAVA_FLOAT, 2 + i));
            assertEquals(expectedAlong[i], along.getAtIndex(ValueLayout.JAVA_FLOAT, 2 + i));
          }
        }
      }
    }
  }

  @Test
  void aBadIndexIsNamedBeforeAnythingIsWritten() {
    try (Arena arena = Arena.ofShared();
        WorkerPool pool = WorkerPool.of(1)) {
      MemorySegment idx = indices(arena, 1, 20, 6);
      MemorySegment src = noise(arena, 6 * 4);
      MemorySegment dst = AlignedMemory.floats(arena, 20);
      for (long bad : new long[] {6, -7}) {
        idx.setAtIndex(ValueLayout.JAVA_LONG, 17, bad);
        IndexOutOfBoundsException e =
            assertThrows(
                IndexOutOfBoundsException.class,
                () -> Gather.take(pool, 4, src, 0, 1, 6, 1, idx, 0, 20, dst, 0));
        assertEquals(
            "index " + bad + " at position 17 is outside -6 .. 5 (an axis of length 6)",
            e.getMessage());
        assertThrows(
            IndexOutOfBoundsException.class,
            () -> ScatterF32.add(pool, dst, 0, 1, 6, 1, idx, 0, 20, dst, 0));
        for (int i = 0; i < 20; i++) {
          assertEquals(0, read(dst, 4, i));
        }
      }
    }
  }

  @Test
  void casts() {
    double[] values = {
      0,
      -0.0,
      1,
      -1,
      0.6,
      -0.6,
      1.5,
      -2.5,
      255,
      256,
      300,
      -300,
      3e9,
      -3e9,
      1e19,
      -1e19,
      1e300,
      16777217,
      9007199254740993.0,
      0.1,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.MIN_VALUE,
      1e-40
    };
    for (int n : new int[] {1, 7, 8, 9, 25, 1500}) {
      for (ElementType from : ElementType.values()) {
        for (ElementType to : ElementType.values()) {
          try (Arena arena = Arena.ofShared()) {
            MemorySegment x = AlignedMemory.allocate(arena, (n + 2L) * from.bytes());
            for (int i = 0; i < n; i++) {
              double v = values[(i * 7 + n) % values.length];
              switch (from) {
                case F64 -> x.setAtIndex(ValueLayout.JAVA_DOUBLE, 2 + i, v);
                case F32 -> x.setAtIndex(ValueLayout.JAVA_FLOAT, 2 + i, (float) v);
                case I64 -> x.setAtIndex(ValueLayout.JAVA_LONG, 2 + i, (long) v + i);
                case I32 -> x.setAtIndex(ValueLayout.JAVA_INT, 2 + i, (int) v);
                case U8 -> x.set(ValueLayout.JAVA_BYTE, 2 + i, (byte) (long) v);
                case BOOL -> x.set(ValueLayout.JAVA_BYTE, 2 + i, (byte) (v > 0 ? 1 : 0));
              }
            }
            MemorySegment y = AlignedMemory.allocate(arena, (n + 4L) * to.bytes()).fill((byte) 7);
            Cast.run(from, x, 2, to, y, 3, n);
            for (int i = 0; i < n; i++) {
              assertEquals(
                  expected(from, x, 2 + i, to),
                  read(y, to.bytes(), 3 + i),
                  from + " to " + to + " of number " + i);
            }
            assertEquals(7, y.get(ValueLayout.JAVA_BYTE, (n + 3L) * to.bytes()));
          }
        }
      }
    }
  }

  /** The bits that Java's own conversions give. */
  private static long expected(ElementType from, MemorySegment x, long i, ElementType to) {
    if (from == ElementType.F32 || from == ElementType.F64) {
      double v =
          from == ElementType.F32
              ? x.getAtIndex(ValueLayout.JAVA_FLOAT, i)
              : x.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
      return switch (to) {
        case F32 -> Float.floatToIntBits((float) v);
        case F64 -> Double.doubleToLongBits(v);
        case I64 -> (long) v;
        case I32 -> (int) v;
        case U8 -> (byte) Math.max(0, Math.min(255, (int) v));
        case BOOL -> v == 0 ? 0 : 1;
      };
    }
    long v =
        switch (from) {
          case I64 -> x.getAtIndex(ValueLayout.JAVA_LONG, i);
          case I32 -> x.getAtIndex(ValueLayout.JAVA_INT, i);
          default -> x.get(ValueLayout.JAVA_BYTE, i) & 255;
        };
    return switch (to) {
      case F32 -> Float.floatToIntBits((float) v);
      case F64 -> Double.doubleToLongBits((double) v);
      case I64 -> v;
      case I32 -> (int) v;
      case U8 -> (byte) v;
      case BOOL -> v == 0 ? 0 : 1;
    };
  }
}
