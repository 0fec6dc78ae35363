package scoria.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fused loops have the bits of the single ones that they stand for. */
@Tag("width")
class FusedTest {
  private static final int MOST = 1200;
  private static final float[] ENDS = {
    0,
    -0.0f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    1e-30f,
    -1e-40f,
    103.9f,
    -103.97f,
    104.2f,
    -110,
    119.9f,
    -120,
    500,
    -745,
    759,
    -1e30f
  };

  /** Operands, results of single loops and of fused ones, in both types. */
  private static final class Memory {
    final MemorySegment[] floats = new MemorySegment[12];
    final MemorySegment[] doubles = new MemorySegment[12];

    Memory(Arena arena) {
      for (int k = 0; k < 12; k++) {
        floats[k] = AlignedMemory.floats(arena, MOST);
        doubles[k] = AlignedMemory.doubles(arena, MOST);
        for (int i = 0; i < MOST; i++) {
          double x = i < ENDS.length ? ENDS[i] : StrictMath.sin(i * (k + 1.7)) * (i % 7 * 4 + 1);
          floats[k].setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) x);
          doubles[k].setAtIndex(ValueLayout.JAVA_DOUBLE, i, x);
        }
      }
    }

    void assertSame(String name, int wanted, int got) {
      // Which NaN a function gives depends on the compiler's order of operands.
      for (int i = 0; i < MOST; i++) {
        assertEquals(
            Float.floatToIntBits(floats[wanted].getAtIndex(ValueLayout.JAVA_FLOAT, i)),
            Float.floatToIntBits(floats[got].getAtIndex(ValueLayout.JAVA_FLOAT, i)),
            name + " in float32, " + i);
        assertEquals(
            Double.doubleToLongBits(doubles[wanted].getAtIndex(ValueLayout.JAVA_DOUBLE, i)),
            Double.doubleToLongBits(doubles[got].getAtIndex(ValueLayout.JAVA_DOUBLE, i)),
            name + " in float64, " + i);
      }
    }
  }

  private static void pair(PairwiseKernel kernel, MemorySegment[] m, int a, int b, int y, long n) {
    kernel.run(m[a], a, n, 1, m[b], b, n, 1, m[y], 0, n, 1, n);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 64, 100, 1001})
  void sumsOfProducts(int n) {
    try (Arena arena = Arena.ofConfined()) {
      Memory memory = new Memory(arena);
      MemorySegment[] f = memory.floats;
      pair(PairwiseF32::mul, f, 0, 1, 6, n);
      f[7].copyFrom(f[6]);
      PairwiseF32.mul(f[7], 0, n, 1, f[2], 2, n, 1, f[7], 0, n, 1, n);
      pair(PairwiseF32::mul, f, 3, 4, 8, n);
      pair(PairwiseF32::add, f, 4, 5, 9, n);
      PairwiseF32.mul(f[9], 0, n, 1, f[3], 3, n, 1, f[9], 0, n, 1, n);
      pairs(PairwiseF32::add, f, n);
      MemorySegment[] d = memory.doubles;
      pair(PairwiseF64::mul, d, 0, 1, 6, n);
      d[7].copyFrom(d[6]);
      PairwiseF64.mul(d[7], 0, n, 1, d[2], 2, n, 1, d[7], 0, n, 1, n);
      pair(PairwiseF64::mul, d, 3, 4, 8, n);
      pair(PairwiseF64::add, d, 4, 5, 9, n);
      PairwiseF64.mul(d[9], 0, n, 1, d[3], 3, n, 1, d[9], 0, n, 1, n);
      pairs(PairwiseF64::add, d, n);

      memory.floats[11].copyFrom(memory.floats[10]);
      memory.doubles[11].copyFrom(memory.doubles[10]);
      FusedF32.mulAddMul(f[0], 0, f[1], 1, f[3], 3, f[4], 4, f[11], 0, n);
      FusedF64.mulAddMul(d[0], 0, d[1], 1, d[3], 3, d[4], 4, d[11], 0, n);
      assertPrefix("a b + d e", memory, n, 6);
      FusedF32.mulMulAddMul(f[0], 0, f[1], 1, f[2], 2, f[3], 3, f[4], 4, f[11], 0, n);
      FusedF64.mulMulAddMul(d[0], 0, d[1], 1, d[2], 2, d[3], 3, d[4], 4, d[11], 0, n);
      assertPrefix("a b c + d e", memory, n, 7);
      FusedF32.mulMulAddMulSum(f[0], 0, f[1], 1, f[2], 2, f[3], 3, f[4], 4, f[5], 5, f[11], 0, n);
      FusedF64.mulMulAddMulSum(d[0], 0, d[1], 1, d[2], 2, d[3], 3, d[4], 4, d[5], 5, d[11], 0, n);
      assertPrefix("a b c + d (e + f)", memory, n, 9);
    }
  }

  /** The sums: 6 = ab + de, 7 = abc + de, 9 = abc + d(e + f). */
  private static void pairs(PairwiseKernel add, MemorySegment[] m, long n) {
    add.run(m[7], 0, n, 1, m[9], 0, n, 1, m[9], 0, n, 1, n);
    add.run(m[7], 0, n, 1, m[8], 0, n, 1, m[7], 0, n, 1, n);
    add.run(m[6], 0, n, 1, m[8], 0, n, 1, m[6], 0, n, 1, n);
  }

  /** The first elements are those wanted, and beyond them nothing is written. */
  private static void assertPrefix(String name, Memory memory, int n, int wanted) {
    MemorySegment f = memory.floats[10];
    MemorySegment d = memory.doubles[10];
    for (int i = n; i < MOST; i++) {
      memory.floats[wanted].setAtIndex(
          ValueLayout.JAVA_FLOAT, i, f.getAtIndex(ValueLayout.JAVA_FLOAT, i));
      memory.doubles[wanted].setAtIndex(
          ValueLayout.JAVA_DOUBLE, i, d.getAtIndex(ValueLayout.JAVA_DOUBLE, i));
    }
    memory.assertSame(name, wanted, 11);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 4, 7, 8, 16, 31, 64, 65, 128, 200})
  void sumsWithARow(int columns) {
    int rows = 5;
    try (Arena arena = Arena.ofConfined()) {
      Memory memory = new Memory(arena);
      MemorySegment[] f = memory.floats;
      MemorySegment[] d = memory.doubles;
      f[7].copyFrom(f[6]);
      d[7].copyFrom(d[6]);
      PairwiseF32.add(f[0], 1, columns, 1, f[2], 3, 0, 1, f[6], 2, columns, rows, columns);
      PairwiseF64.add(d[0], 1, columns, 1, d[2], 3, 0, 1, d[6], 2, columns, rows, columns);
      FusedF32.addRow(f[0], 1, f[2], 3, f[7], 2, rows, columns);
      FusedF64.addRow(d[0], 1, d[2], 3, d[7], 2, rows, columns);
      memory.assertSame("a + c", 6, 7);
      f[9].copyFrom(f[6]);
      d[9].copyFrom(d[6]);
      f[8].copyFrom(f[6]);
      d[8].copyFrom(d[6]);
      long n = (long) rows * columns;
      PairwiseF32.add(f[0], 1, n, 1, f[1], 4, n, 1, f[8], 2, n, 1, n);
      PairwiseF64.add(d[0], 1, n, 1, d[1], 4, n, 1, d[8], 2, n, 1, n);
      PairwiseF32.add(f[8], 2, columns, 1, f[2], 3, 0, 1, f[8], 2, columns, rows, columns);
      PairwiseF64.add(d[8], 2, columns, 1, d[2], 3, 0, 1, d[8], 2, columns, rows, columns);
      FusedF32.addAddRow(f[0], 1, f[1], 4, f[2], 3, f[9], 2, rows, columns);
      FusedF64.addAddRow(d[0], 1, d[1], 4, d[2], 3, d[9], 2, rows, columns);
      memory.assertSame("a + b + c", 8, 9);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 64, 1001})
  void siluWithItsDerivatives(int n) {
    try (Arena arena = Arena.ofConfined()) {
      Memory memory = new Memory(arena);
      MemorySegment[] f = memory.floats;
      MemorySegment[] d = memory.doubles;
      PointwiseF32.silu(f[0], 0, f[6], 1, n);
      PairwiseF32.siluGrad(f[0], 0, n, 1, f[1], 40, 0, 0, f[7], 2, n, 1, n);
      PairwiseF32.siluCurve(f[0], 0, n, 1, f[1], 40, 0, 0, f[8], 3, n, 1, n);
      PointwiseF64.silu(d[0], 0, d[6], 1, n);
      PairwiseF64.siluGrad(d[0], 0, n, 1, d[1], 40, 0, 0, d[7], 2, n, 1, n);
      PairwiseF64.siluCurve(d[0], 0, n, 1, d[1], 40, 0, 0, d[8], 3, n, 1, n);
      for (int k = 6; k < 9; k++) {
        f[k + 3].copyFrom(f[k]).asSlice(4L * (k - 5), 4L * n).fill((byte) 0);
        d[k + 3].copyFrom(d[k]).asSlice(8L * (k - 5), 8L * n).fill((byte) 0);
      }
      FusedF32.siluCurves(f[0], 0, f[1], 40, f[9], 1, f[10], 2, f[11], 3, n);
      FusedF64.siluCurves(d[0], 0, d[1], 40, d[9], 1, d[10], 2, d[11], 3, n);
      memory.assertSame("silu", 6, 9);
      memory.assertSame("silu'", 7, 10);
      memory.assertSame("silu''", 8, 11);
    }
  }
}
