package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;

/** A loop over one input: {@code y[yAt + i] = f(x[xAt + i])} for {@code 0 <= i < n}. */
@FunctionalInterface
public interface PointwiseKernel {
  /**
   * Runs the loop in the calling thread.
   *
   * @param x input, contiguous from element {@code xAt}
   * @param xAt first element read
   * @param y output, contiguous from element {@code yAt}; may be exactly {@code x} at {@code xAt},
   *     but must not overlap it otherwise
   * @param yAt first element written
   * @param n number of elements, at least 0
   */
  void run(MemorySegment x, long xAt, MemorySegment y, long yAt, long n);
}
