package scoria.bench.peers.parity;

import java.util.Arrays;
import java.util.List;
import scoria.engine.function.Sliding;

/**
 * How windows slide over one to three axes, as both libraries are told it.
 *
 * @param kernel sizes of a window
 * @param space sizes of the axes
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record Slide(
    long[] kernel, long[] stride, long[] padding, long[] dilation, long[] space, boolean ceil) {
  /**
   * Draws one.
   *
   * @param dilates whether there may be dilation
   * @param ceil whether windows may reach beyond the end
   * @param small whether a window may need the padding to fit
   */
  static Slide draw(Chance chance, boolean dilates, boolean ceil, boolean small) {
    int axes = chance.between(1, 3);
    int most = axes == 3 ? 2 : 3;
    long[] kernel = new long[axes];
    long[] stride = new long[axes];
    long[] padding = new long[axes];
    long[] dilation = new long[axes];
    long[] space = new long[axes];
    for (int i = 0; i < axes; i++) {
      kernel[i] = chance.between(1, most);
      stride[i] = chance.between(1, 3);
      // A window lies in the padding by a half at most: that is libtorch's bound for pools.
      padding[i] = chance.between(0, (int) kernel[i] / 2);
      dilation[i] = dilates ? chance.between(1, 2) : 1;
      long extent = (kernel[i] - 1) * dilation[i] + 1;
      long least = small ? Math.max(1, extent - 2 * padding[i]) : extent;
      space[i] = least + chance.between(0, axes == 3 ? 2 : 4);
    }
    return new Slide(kernel, stride, padding, dilation, space, ceil && chance.coin());
  }

  int axes() {
    return kernel.length;
  }

  /** The same for our side. */
  Sliding sliding() {
    Sliding sliding = Sliding.UNIT.stride(stride).padding(padding).dilation(dilation);
    return ceil ? sliding.ceilMode() : sliding;
  }

  /** Sizes of a window, for our side. */
  List<Long> sizes() {
    return Arrays.stream(kernel).boxed().toList();
  }

  @Override
  public String toString() {
    return "kernel "
        + Arrays.toString(kernel)
        + " stride "
        + Arrays.toString(stride)
        + " padding "
        + Arrays.toString(padding)
        + " dilation "
        + Arrays.toString(dilation)
        + (ceil ? " ceil" : "");
  }
}
