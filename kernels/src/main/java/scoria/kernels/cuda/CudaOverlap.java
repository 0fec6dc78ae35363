package scoria.kernels.cuda;

import java.util.Arrays;
import scoria.kernels.cpu.ElementType;

/** Adds windows up where they overlap, as {@link scoria.kernels.cpu.OverlapF32}, to the bit. */
public final class CudaOverlap {
  private CudaOverlap() {}

  /**
   * {@code y[o, j, c]} is the sum of all {@code x[o, i, k, c]} with {@code i stride + k dilation =
   * j}, in the order of k. A thread owns an element of {@code y}.
   *
   * @param stream where it is queued
   * @param type of the elements: F32 or F64
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
   * @throws IllegalArgumentException if more than {@value CudaMove#MOST_AXES} axes are before the
   *     windows when those of extent 1 are dropped and those that run on are joined
   */
  public static void add(
      CudaStream stream,
      ElementType type,
      long x,
      long xAt,
      long[] outer,
      long[] outerStrides,
      long windows,
      long windowStride,
      long size,
      long elementStride,
      long stride,
      long dilation,
      long y,
      long yAt,
      long n,
      long inner) {
    long[] sizes = new long[outer.length];
    long[] steps = new long[outer.length];
    int axes = 0;
    long total = n * inner;
    for (int k = 0; k < outer.length; k++) {
      total *= outer[k];
      if (outer[k] == 1) {
        continue;
      }
      if (axes > 0 && steps[axes - 1] == outer[k] * outerStrides[k]) {
        sizes[axes - 1] *= outer[k];
      } else {
        axes++;
        sizes[axes - 1] = outer[k];
      }
      steps[axes - 1] = outerStrides[k];
    }
    if (total == 0) {
      return;
    }
    if (axes > CudaMove.MOST_AXES) {
      throw new IllegalArgumentException(
          "windows behind "
              + Arrays.toString(outer)
              + " step through "
              + axes
              + " axes; on the GPU at most "
              + CudaMove.MOST_AXES
              + " can");
    }
    long[] arguments = new long[11 + 2 * CudaMove.MOST_AXES];
    arguments[0] = Grid.at(x, xAt, type);
    arguments[1] = Grid.at(y, yAt, type);
    arguments[2] = total;
    arguments[3] = windows;
    arguments[4] = windowStride;
    arguments[5] = size;
    arguments[6] = elementStride;
    arguments[7] = stride;
    arguments[8] = dilation;
    arguments[9] = n;
    arguments[10] = inner;
    for (int k = 0; k < CudaMove.MOST_AXES; k++) {
      // The last axis first: the kernel divides it off first.
      int axis = axes - 1 - k;
      arguments[11 + k] = axis < 0 ? 1 : sizes[axis];
      arguments[11 + CudaMove.MOST_AXES + k] = axis < 0 ? 0 : steps[axis];
    }
    stream
        .context()
        .module("overlap")
        .function("overlapAdd" + Grid.floating(type))
        .launch(stream, Grid.blocks(total), Grid.THREADS, arguments);
  }
}
