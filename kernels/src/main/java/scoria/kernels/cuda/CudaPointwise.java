package scoria.kernels.cuda;

import scoria.kernels.cpu.ElementType;

/**
 * Functions of one element, with the bits of {@link scoria.kernels.cpu.PointwiseF32} and its kin:
 * by the same polynomials in the same order. Not bit-equal is only the payload of NaNs.
 */
public final class CudaPointwise {
  private CudaPointwise() {}

  /**
   * {@code y[yAt + i] = f(x[xAt + i])} for {@code 0 <= i < n}.
   *
   * @param stream where it is queued
   * @param function name of the method of {@link scoria.kernels.cpu.PointwiseF32} (for integers
   *     {@link scoria.kernels.cpu.PointwiseI32}): {@code "silu"}, {@code "neg"}, ...
   * @param type of the elements: F32, F64, I32 or I64
   * @param x input, contiguous from element {@code xAt}
   * @param xAt first element read
   * @param y output; may be exactly {@code x} at {@code xAt}
   * @param yAt first element written
   * @param n number of elements, at least 0
   * @throws IllegalArgumentException if there is no such function of such elements
   */
  public static void run(
      CudaStream stream,
      String function,
      ElementType type,
      long x,
      long xAt,
      long y,
      long yAt,
      long n) {
    function(stream, function + Grid.suffix(type))
        .launch(
            stream, Grid.blocks(n), Grid.THREADS, Grid.at(x, xAt, type), Grid.at(y, yAt, type), n);
  }

  /**
   * {@code y[yAt + i] = f(x[xAt + i], c)} for {@code 0 <= i < n}.
   *
   * @param stream where it is queued
   * @param function {@code "addScalar"}, {@code "mulScalar"}, {@code "minScalar"}, {@code
   *     "maxScalar"}, or for F32 and F64 {@code "powScalar"}
   * @param type of the elements: F32, F64, I32 or I64
   * @param x input, contiguous from element {@code xAt}
   * @param xAt first element read
   * @param c the scalar, rounded to the element type
   * @param y output; may be exactly {@code x} at {@code xAt}
   * @param yAt first element written
   * @param n number of elements, at least 0
   * @throws IllegalArgumentException if there is no such function of such elements
   */
  public static void scalar(
      CudaStream stream,
      String function,
      ElementType type,
      long x,
      long xAt,
      double c,
      long y,
      long yAt,
      long n) {
    function(stream, function + Grid.suffix(type))
        .launch(
            stream,
            Grid.blocks(n),
            Grid.THREADS,
            Grid.at(x, xAt, type),
            Double.doubleToRawLongBits(c),
            Grid.at(y, yAt, type),
            n);
  }

  /**
   * Sets elements to one value.
   *
   * @param stream where it is queued
   * @param elementBytes 1, 4 or 8
   * @param y output
   * @param yAt first element written
   * @param bits the value: its lowest bytes are what is written
   * @param n number of elements, at least 0
   */
  public static void fill(
      CudaStream stream, int elementBytes, long y, long yAt, long bits, long n) {
    function(stream, "fill" + CudaMove.checked(elementBytes))
        .launch(stream, Grid.blocks(n), Grid.THREADS, y + yAt * elementBytes, bits, n);
  }

  private static CudaFunction function(CudaStream stream, String name) {
    return stream.context().module("pointwise").function(name);
  }
}
