package scoria.kernels.cuda;

import scoria.kernels.cpu.ElementType;

/** Converts between element types by the rules of {@link scoria.kernels.cpu.Cast}, to the bit. */
public final class CudaCast {
  private CudaCast() {}

  /**
   * {@code y[yAt + i] = (to) x[xAt + i]} for {@code 0 <= i < n}.
   *
   * @param stream where it is queued
   * @param from type of {@code x}
   * @param x input, contiguous
   * @param xAt first element read
   * @param to type of {@code y}
   * @param y output, contiguous; must not overlap {@code x}
   * @param yAt first element written
   * @param n number of elements, at least 0
   */
  public static void run(
      CudaStream stream,
      ElementType from,
      long x,
      long xAt,
      ElementType to,
      long y,
      long yAt,
      long n) {
    long source = Grid.at(x, xAt, from);
    long target = Grid.at(y, yAt, to);
    if (from == to) {
      stream.copy(source, target, n * to.bytes());
    } else {
      stream
          .context()
          .module("cast")
          .function("cast" + Grid.suffix(from) + Grid.suffix(to))
          .launch(stream, Grid.blocks(n), Grid.THREADS, source, target, n);
    }
  }
}
