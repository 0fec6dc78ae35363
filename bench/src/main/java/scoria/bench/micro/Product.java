package scoria.bench.micro;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import scoria.kernels.cpu.GemmF32;

/**
 * C = A B in float32, A of M rows and K columns, B of K rows and N columns, and loops in plain Java
 * beside it. 2 M K N operations: over the time and over {@link FmaPeak#float32}, the share of what
 * the processor can do.
 */
public abstract class Product extends Threaded {
  private int m;
  private int k;
  private int n;
  private boolean transA;
  private boolean transB;
  private float[] arrayA;
  private float[][] arrayB;
  private MemorySegment a;
  private MemorySegment b;
  float[][] arrayOut;
  MemorySegment out;

  /** MxKxN. */
  abstract String shape();

  /** Which of A and B are stored transposed: n or t for each. */
  abstract String form();

  /** Makes the matrices. */
  @Setup
  public void fill() {
    int[] sizes = Arrays.stream(shape().split("x", -1)).mapToInt(Integer::parseInt).toArray();
    m = sizes[0];
    k = sizes[1];
    n = sizes[2];
    transA = form().charAt(0) == 't';
    transB = form().charAt(1) == 't';
    arrayA = Operands.floats(m * k, -1, 1);
    float[] flatB = Operands.floats(k * n, -1, 1);
    arrayB = Operands.rows(flatB, transB ? k : n);
    arrayOut = new float[m][n];
    a = Operands.copy(arrayA);
    b = Operands.copy(flatB);
    out = Operands.zeros((long) m * n);
  }

  /** The kernel. */
  @Benchmark
  public float gemm() {
    GemmF32.gemm(
        pool, transA, transB, m, n, k, 1, a, 0, transA ? m : k, b, 0, transB ? k : n, 0, out, 0, n);
    return out.get(ValueLayout.JAVA_FLOAT, 0);
  }

  /**
   * Three loops over arrays in the order that suits how B is stored. With the innermost along rows
   * of B and C the compiler vectorises it, given rows that are arrays of their own: in one long
   * array it cannot know that they do not overlap. B transposed leaves products of two rows.
   */
  @Benchmark
  public float loops() {
    int aRow = transA ? 1 : k;
    int aColumn = transA ? m : 1;
    for (int i = 0; i < m; i++) {
      float[] row = arrayOut[i];
      if (transB) {
        for (int j = 0; j < n; j++) {
          float[] column = arrayB[j];
          float sum = 0;
          for (int p = 0; p < k; p++) {
            sum = Math.fma(arrayA[i * aRow + p * aColumn], column[p], sum);
          }
          row[j] = sum;
        }
      } else {
        Arrays.fill(row, 0);
        for (int p = 0; p < k; p++) {
          addRow(arrayA[i * aRow + p * aColumn], arrayB[p], row);
        }
      }
    }
    return arrayOut[0][0];
  }

  private static void addRow(float factor, float[] x, float[] y) {
    for (int j = 0; j < y.length; j++) {
      y[j] = Math.fma(factor, x[j], y[j]);
    }
  }
}
