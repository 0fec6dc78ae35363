package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/** Copies between arrays of any rank and any strides. */
public final class StridedCopy {
  /** Elements that are worth a task of their own. */
  private static final long GRAIN = 64 * 1024;

  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

  private StridedCopy() {}

  /**
   * {@code dst[dstAt + sum_k i_k dstStrides[k]] = src[srcAt + sum_k i_k srcStrides[k]]} for every
   * index {@code i} below {@code shape}.
   *
   * @param pool threads to share the work
   * @param elementBytes 1, 4 or 8
   * @param src where elements come from
   * @param srcAt the element of index 0
   * @param shape extent of each axis, at least 0; rank 0 copies one element
   * @param srcStrides elements from one index to the next on each axis; 0 repeats an element, and
   *     negative ones read backwards
   * @param dst where they go; must not overlap {@code src}
   * @param dstAt the element of index 0
   * @param dstStrides as for {@code src}; no two indices may share an element
   * @throws IllegalArgumentException if the ranks differ, or if the element size is another one
   */
  public static void copy(
      WorkerPool pool,
      int elementBytes,
      MemorySegment src,
      long srcAt,
      long[] shape,
      long[] srcStrides,
      MemorySegment dst,
      long dstAt,
      long[] dstStrides) {
    checkElementBytes(elementBytes);
    if (srcStrides.length != shape.length || dstStrides.length != shape.length) {
      throw new IllegalArgumentException(
          "shape "
              + Arrays.toString(shape)
              + " needs as many strides, got "
              + Arrays.toString(srcStrides)
              + " and "
              + Arrays.toString(dstStrides));
    }
    for (long extent : shape) {
      if (extent < 0) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(shape) + " has a negative extent");
      }
      if (extent == 0) {
        return;
      }
    }
    Axes axes = Axes.of(shape, srcStrides, dstStrides);
    new Loops(elementBytes, src, dst, axes).run(pool, srcAt, dstAt);
  }

  static void checkElementBytes(int elementBytes) {
    if (elementBytes != 1 && elementBytes != 4 && elementBytes != 8) {
      throw new IllegalArgumentException("elements have 1, 4 or 8 bytes, not " + elementBytes);
    }
  }

  /**
   * The axes of a copy, brought to the fewest that say the same: those of extent 1 left out, the
   * rest from the widest step of the destination to the narrowest, and neighbours that make one
   * long axis in both arrays merged.
   */
  private record Axes(int rank, long[] shape, long[] src, long[] dst) {
    static Axes of(long[] shape, long[] srcStrides, long[] dstStrides) {
      int rank = 0;
      long[] n = new long[shape.length];
      long[] s = new long[shape.length];
      long[] d = new long[shape.length];
      for (int k = 0; k < shape.length; k++) {
        if (shape[k] == 1) {
          continue;
        }
        int at = rank++;
        for (; at > 0 && Math.abs(d[at - 1]) < Math.abs(dstStrides[k]); at--) {
          n[at] = n[at - 1];
          s[at] = s[at - 1];
          d[at] = d[at - 1];
        }
        n[at] = shape[k];
        s[at] = srcStrides[k];
        d[at] = dstStrides[k];
      }
      int last = -1;
      for (int k = 0; k < rank; k++) {
        if (last >= 0 && s[last] == s[k] * n[k] && d[last] == d[k] * n[k]) {
          n[last] *= n[k];
          s[last] = s[k];
          d[last] = d[k];
        } else {
          last++;
          n[last] = n[k];
          s[last] = s[k];
          d[last] = d[k];
        }
      }
      return new Axes(last + 1, n, s, d);
    }

    /** The innermost axis that is not the last and on which the source is contiguous; or -1. */
    int contiguousInSource() {
      for (int k = rank - 2; k >= 0; k--) {
        if (src[k] == 1) {
          return k;
        }
      }
      return -1;
    }
  }

  /** The kinds of innermost loop, and the walk over the axes around it. */
  private static final class Loops {
    private final int bytes;
    private final MemorySegment src;
    private final MemorySegment dst;
    private final Axes axes;

    /** Axes that the innermost loop takes care of; -1 for none. */
    private final int row;

    private final int column;

    Loops(int bytes, MemorySegment src, MemorySegment dst, Axes axes) {
      this.bytes = bytes;
      this.src = src;
      this.dst = dst;
      this.axes = axes;
      int last = axes.rank - 1;
      boolean turn = last > 0 && axes.dst[last] == 1 && axes.src[last] != 1 && axes.src[last] != 0;
      this.row = turn ? axes.contiguousInSource() : -1;
      this.column = last;
    }

    void run(WorkerPool pool, long srcAt, long dstAt) {
      long total = 1;
      for (int k = 0; k < axes.rank; k++) {
        total *= axes.shape[k];
      }
      if (total <= GRAIN || pool.threads() == 1) {
        walk(0, srcAt, dstAt, -1, 0, 0);
        return;
      }
      // Cutting the longest axis leaves the others whole.
      int cut = 0;
      for (int k = 1; k < axes.rank; k++) {
        if (axes.shape[k] > axes.shape[cut]) {
          cut = k;
        }
      }
      int axis = cut;
      long each = Math.max(1, GRAIN / (total / axes.shape[axis]));
      // Whole tiles, so that no two threads turn parts of one cache line.
      each = (each + 63) / 64 * 64;
      pool.forRanges(
          axes.shape[axis],
          each,
          (from, to) ->
              walk(
                  0, srcAt + from * axes.src[axis], dstAt + from * axes.dst[axis], axis, from, to));
    }

    private long extent(int k, int cut, long from, long to) {
      return k == cut ? to - from : axes.shape[k];
    }

    private void walk(int k, long s, long d, int cut, long from, long to) {
      if (k == row) {
        walk(k + 1, s, d, cut, from, to);
        return;
      }
      if (k >= column) {
        innermost(s, d, cut, from, to);
        return;
      }
      long n = extent(k, cut, from, to);
      for (long i = 0; i < n; i++) {
        walk(k + 1, s + i * axes.src[k], d + i * axes.dst[k], cut, from, to);
      }
    }

    private void innermost(long s, long d, int cut, long from, long to) {
      if (axes.rank == 0) {
        MemorySegment.copy(src, s * bytes, dst, d * bytes, bytes);
        return;
      }
      long n = extent(column, cut, from, to);
      long sStep = axes.src[column];
      long dStep = axes.dst[column];
      if (row >= 0) {
        long m = extent(row, cut, from, to);
        Transpose.run(bytes, src, s, sStep, dst, d, axes.dst[row], n, m);
      } else if (sStep == 1 && dStep == 1) {
        MemorySegment.copy(src, s * bytes, dst, d * bytes, n * bytes);
      } else if (sStep == 0 && dStep == 1) {
        switch (bytes) {
          case 1 -> dst.asSlice(d, n).fill(src.get(ValueLayout.JAVA_BYTE, s));
          case 4 -> fill(src.get(ValueLayout.JAVA_INT, s * Integer.BYTES), d, n);
          default -> fill(src.get(ValueLayout.JAVA_LONG, s * Long.BYTES), d, n);
        }
      } else {
        switch (bytes) {
          case 1 -> bytes(s, sStep, d, dStep, n);
          case 4 -> ints(s, sStep, d, dStep, n);
          default -> longs(s, sStep, d, dStep, n);
        }
      }
    }

    private void fill(int value, long d, long n) {
      IntVector v = IntVector.broadcast(INTS, value);
      long i = 0;
      for (; i + INTS.length() <= n; i += INTS.length()) {
        v.intoMemorySegment(dst, (d + i) * Integer.BYTES, NATIVE);
      }
      if (i < n) {
        v.intoMemorySegment(dst, (d + i) * Integer.BYTES, NATIVE, INTS.indexInRange(i, n));
      }
    }

    private void fill(long value, long d, long n) {
      LongVector v = LongVector.broadcast(LONGS, value);
      long i = 0;
      for (; i + LONGS.length() <= n; i += LONGS.length()) {
        v.intoMemorySegment(dst, (d + i) * Long.BYTES, NATIVE);
      }
      if (i < n) {
        v.intoMemorySegment(dst, (d + i) * Long.BYTES, NATIVE, LONGS.indexInRange(i, n));
      }
    }

    private void bytes(long s, long sStep, long d, long dStep, long n) {
      for (long i = 0; i < n; i++) {
        byte v = src.get(ValueLayout.JAVA_BYTE, s + i * sStep);
        dst.set(ValueLayout.JAVA_BYTE, d + i * dStep, v);
      }
    }

    private void ints(long s, long sStep, long d, long dStep, long n) {
      for (long i = 0; i < n; i++) {
        int v = src.get(ValueLayout.JAVA_INT, (s + i * sStep) * Integer.BYTES);
        dst.set(ValueLayout.JAVA_INT, (d + i * dStep) * Integer.BYTES, v);
      }
    }

    private void longs(long s, long sStep, long d, long dStep, long n) {
      for (long i = 0; i < n; i++) {
        long v = src.get(ValueLayout.JAVA_LONG, (s + i * sStep) * Long.BYTES);
        dst.set(ValueLayout.JAVA_LONG, (d + i * dStep) * Long.BYTES, v);
      }
    }
  }
}
