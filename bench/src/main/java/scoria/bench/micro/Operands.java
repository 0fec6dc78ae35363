package scoria.bench.micro;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import scoria.kernels.cpu.AlignedMemory;

/** What kernels and their rivals compute on: native memory for the ones, arrays for the others. */
final class Operands {
  private Operands() {}

  /** Even numbers in no order, the same ones in every run. */
  static double[] spread(int n, double from, double to) {
    return new Random(1).doubles(n, from, to).toArray();
  }

  static float[] floats(int n, double from, double to) {
    double[] x = spread(n, from, to);
    float[] y = new float[n];
    for (int i = 0; i < n; i++) {
      y[i] = (float) x[i];
    }
    return y;
  }

  /** Cuts a matrix into arrays of {@code columns} elements. */
  static float[][] rows(float[] x, int columns) {
    float[][] rows = new float[x.length / columns][];
    for (int r = 0; r < rows.length; r++) {
      rows[r] = Arrays.copyOfRange(x, r * columns, (r + 1) * columns);
    }
    return rows;
  }

  /** Zeros; freed with the last reference. */
  static MemorySegment zeros(long n) {
    return AlignedMemory.floats(Arena.ofAuto(), n);
  }

  static MemorySegment copy(float[] x) {
    return copy(MemorySegment.ofArray(x));
  }

  static MemorySegment copy(double[] x) {
    return copy(MemorySegment.ofArray(x));
  }

  static MemorySegment copy(long[] x) {
    return copy(MemorySegment.ofArray(x));
  }

  private static MemorySegment copy(MemorySegment heap) {
    return AlignedMemory.allocate(Arena.ofAuto(), heap.byteSize()).copyFrom(heap);
  }
}
