package scoria.kernels.cuda;

import java.util.Arrays;

/** Copies between arrays of any strides, as {@link scoria.kernels.cpu.StridedCopy}. */
public final class CudaMove {
  /** Axes that a kernel can step through, after those that run on have been joined. */
  public static final int MOST_AXES = 8;

  private CudaMove() {}

  /**
   * {@code dst[dstAt + sum_k i_k dstStrides[k]] = src[srcAt + sum_k i_k srcStrides[k]]} for every
   * index {@code i} below {@code shape}.
   *
   * @param stream where it is queued
   * @param elementBytes 1, 4 or 8
   * @param src where elements come from
   * @param srcAt the element of index 0
   * @param shape extent of each axis, at least 0; rank 0 copies one element
   * @param srcStrides elements from one index to the next on each axis; 0 repeats an element, and
   *     negative ones read backwards
   * @param dst where they go; must not overlap {@code src}
   * @param dstAt the element of index 0
   * @param dstStrides as for {@code src}; no two indices may share an element
   * @throws IllegalArgumentException if the ranks differ, if the element size is another one, or if
   *     more than {@value #MOST_AXES} axes are left when those of extent 1 are dropped and those
   *     that run on are joined
   */
  public static void copy(
      CudaStream stream,
      int elementBytes,
      long src,
      long srcAt,
      long[] shape,
      long[] srcStrides,
      long dst,
      long dstAt,
      long[] dstStrides) {
    checked(elementBytes);
    if (srcStrides.length != shape.length || dstStrides.length != shape.length) {
      throw new IllegalArgumentException(
          "shape "
              + Arrays.toString(shape)
              + " needs as many strides, got "
              + Arrays.toString(srcStrides)
              + " and "
              + Arrays.toString(dstStrides));
    }
    long[] sizes = new long[shape.length];
    long[] from = new long[shape.length];
    long[] to = new long[shape.length];
    int axes = 0;
    long n = 1;
    for (int k = 0; k < shape.length; k++) {
      n *= shape[k];
      if (shape[k] == 1) {
        continue;
      }
      boolean runsOn =
          axes > 0
              && from[axes - 1] == shape[k] * srcStrides[k]
              && to[axes - 1] == shape[k] * dstStrides[k];
      if (runsOn) {
        sizes[axes - 1] *= shape[k];
      } else {
        axes++;
        sizes[axes - 1] = shape[k];
      }
      from[axes - 1] = srcStrides[k];
      to[axes - 1] = dstStrides[k];
    }
    if (n == 0) {
      return;
    }
    long source = src + srcAt * elementBytes;
    long target = dst + dstAt * elementBytes;
    if (axes == 0 || (axes == 1 && from[0] == 1 && to[0] == 1)) {
      stream.copy(source, target, n * elementBytes);
      return;
    }
    if (axes > MOST_AXES) {
      throw new IllegalArgumentException(
          "a copy of shape "
              + Arrays.toString(shape)
              + " steps through "
              + axes
              + " axes; on the GPU at most "
              + MOST_AXES
              + " can");
    }
    long[] arguments = new long[4 + 3 * MOST_AXES];
    arguments[0] = source;
    arguments[1] = target;
    arguments[2] = n;
    arguments[3] = axes;
    for (int k = 0; k < MOST_AXES; k++) {
      // The last axis first: the kernel divides it off first.
      int axis = axes - 1 - k;
      arguments[4 + k] = axis < 0 ? 1 : sizes[axis];
      arguments[4 + MOST_AXES + k] = axis < 0 ? 0 : from[axis];
      arguments[4 + 2 * MOST_AXES + k] = axis < 0 ? 0 : to[axis];
    }
    stream
        .context()
        .module("move")
        .function("copy" + elementBytes)
        .launch(stream, Grid.blocks(n), Grid.THREADS, arguments);
  }

  static int checked(int elementBytes) {
    if (elementBytes != 1 && elementBytes != 4 && elementBytes != 8) {
      throw new IllegalArgumentException("elements have 1, 4 or 8 bytes, not " + elementBytes);
    }
    return elementBytes;
  }
}
