package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Adds float32 windows up where they overlap. What meets in one place is added in the order of the
 * places within the windows, from +0, whatever the number of threads.
 */
// float64: generated
public final class OverlapF32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int BYTES = Float.BYTES;

  /** Elements of windows that are worth a task of their own. */
  private static final long GRAIN = 32 * 1024;

  /** Elements of a row that are added up in an array. */
  private static final int MOST = 1 << 20;

  private OverlapF32() {}

  /**
   * {@code y[o, j, c]} is the sum of all {@code x[o, i, k, c]} with {@code i stride + k dilation =
   * j}.
   *
   * @param pool threads to share the work
   * @param x where windows come from
   * @param xAt the element of index 0
   * @param outer extents of the axes before the windows
   * @param outerStrides elements of {@code x} from one index to the next on each of them
   * @param windows number of windows
   * @param windowStride elements of {@code x} from one window to the next
   * @param size elements of a window
   * @param elementStride elements of {@code x} from one of them to the next
   * @param stride distance of two windows in {@code y}
   * @param dilation distance of two elements of a window in {@code y}
   * @param y dense [outer, n, inner]; must not overlap {@code x}
   * @param yAt its first element
   * @param n extent of the axis of {@code y} that the windows lie on; all of them lie within
   * @param inner extent of the axes behind the windows, which are dense in {@code x}
   */
  public static void add(
      WorkerPool pool,
      MemorySegment x,
      long xAt,
      long[] outer,
      long[] outerStrides,
      long windows,
      long windowStride,
      long size,
      long elementStride,
      long stride,
      long dilation,
      MemorySegment y,
      long yAt,
      long n,
      long inner) {
    long rows = 1;
    for (long extent : outer) {
      rows *= extent;
    }
    if (rows * n * inner == 0) {
      return;
    }
    Windows w = new Windows(windows, windowStride, size, elementStride, stride, dilation, n, inner);
    if (inner == 1 && n <= MOST) {
      pool.forRanges(
          rows,
          Math.max(1, GRAIN / Math.max(n, windows * size)),
          (from, to) -> {
            float[] sum = new float[(int) n];
            float[] part = new float[(int) windows];
            for (long row = from; row < to; row++) {
              w.addRow(x, xAt + place(row, outer, outerStrides), y, yAt + row * n, sum, part);
            }
          });
      return;
    }
    long width = Math.min(inner, Math.max(64, GRAIN / Math.max(1, n) / 64 * 64));
    long tiles = (inner + width - 1) / width;
    pool.forRanges(
        rows * tiles,
        Math.max(1, GRAIN / (Math.max(n, windows * size) * width)),
        (from, to) -> {
          for (long t = from; t < to; t++) {
            long row = t / tiles;
            long column = t % tiles * width;
            w.addColumns(
                x,
                xAt + place(row, outer, outerStrides) + column,
                y,
                yAt + row * n * inner + column,
                Math.min(width, inner - column));
          }
        });
  }

  /** Where the axes before the windows lead for a row-major index. */
  private static long place(long index, long[] sizes, long[] strides) {
    long at = 0;
    long rest = index;
    for (int k = sizes.length - 1; k >= 0 && rest > 0; k--) {
      at += rest % sizes[k] * strides[k];
      rest /= sizes[k];
    }
    return at;
  }

  private record Windows(
      long windows,
      long windowStride,
      long size,
      long elementStride,
      long stride,
      long dilation,
      long n,
      long inner) {
    /** One row with nothing behind the windows. */
    void addRow(MemorySegment x, long xAt, MemorySegment y, long yAt, float[] sum, float[] part) {
      Arrays.fill(sum, 0);
      int step = (int) stride;
      // Without windows there may be nothing to read.
      for (long k = 0; k < size && windows > 0; k++) {
        read(x, xAt + k * elementStride, part);
        int at = (int) (k * dilation);
        if (step == 1) {
          for (int i = 0; i < part.length; i++) {
            sum[at + i] += part[i];
          }
        } else {
          for (int i = 0; i < part.length; i++) {
            sum[at + i * step] += part[i];
          }
        }
      }
      MemorySegment.copy(sum, 0, y, ValueLayout.JAVA_FLOAT, yAt * BYTES, sum.length);
    }

    private void read(MemorySegment x, long xAt, float[] part) {
      if (windowStride == 1) {
        MemorySegment.copy(x, ValueLayout.JAVA_FLOAT, xAt * BYTES, part, 0, part.length);
        return;
      }
      for (int i = 0; i < part.length; i++) {
        part[i] = x.get(ValueLayout.JAVA_FLOAT, (xAt + i * windowStride) * BYTES);
      }
    }

    /** Some neighbouring columns of all that lies behind the windows. */
    void addColumns(MemorySegment x, long xAt, MemorySegment y, long yAt, long width) {
      for (long j = 0; j < n; j++) {
        y.asSlice((yAt + j * inner) * BYTES, width * BYTES).fill((byte) 0);
      }
      for (long k = 0; k < size; k++) {
        for (long i = 0; i < windows; i++) {
          addRun(
              x,
              xAt + i * windowStride + k * elementStride,
              y,
              yAt + (i * stride + k * dilation) * inner,
              width);
        }
      }
    }

    private static void addRun(MemorySegment x, long xAt, MemorySegment y, long yAt, long count) {
      long i = 0;
      for (; i + S.length() <= count; i += S.length()) {
        FloatVector v =
            FloatVector.fromMemorySegment(S, y, (yAt + i) * BYTES, ByteOrder.nativeOrder());
        v.add(FloatVector.fromMemorySegment(S, x, (xAt + i) * BYTES, ByteOrder.nativeOrder()))
            .intoMemorySegment(y, (yAt + i) * BYTES, ByteOrder.nativeOrder());
      }
      if (i < count) {
        VectorMask<Float> m = S.indexInRange(i, count);
        FloatVector v =
            FloatVector.fromMemorySegment(S, y, (yAt + i) * BYTES, ByteOrder.nativeOrder(), m);
        v.add(FloatVector.fromMemorySegment(S, x, (xAt + i) * BYTES, ByteOrder.nativeOrder(), m))
            .intoMemorySegment(y, (yAt + i) * BYTES, ByteOrder.nativeOrder(), m);
      }
    }
  }
}
