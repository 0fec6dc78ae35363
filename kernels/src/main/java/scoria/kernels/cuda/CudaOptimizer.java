package scoria.kernels.cuda;

import scoria.kernels.cpu.ElementType;

/**
 * Fused updates of parameters with the bits of {@link scoria.kernels.cpu.OptimizerF32} and its
 * twin. Numbers that change from step to step are read from device memory, as float64, so that a
 * graph that is launched again can be given others. Arrays must not overlap.
 */
public final class CudaOptimizer {
  private CudaOptimizer() {}

  /**
   * One step of Adam or AdamW, as {@link scoria.kernels.cpu.OptimizerF32#adam}.
   *
   * @param stream where it is queued
   * @param type of the elements: F32 or F64
   * @param numbers float64[4]: the learning rate, {@code 1 - rate decay}, {@code 1 / (1 - beta1^t)}
   *     and {@code 1 / (1 - beta2^t)}
   * @param numbersAt the first of them
   * @param beta1 decay of m
   * @param beta2 decay of v
   * @param eps added to the root
   * @param param the parameters
   * @param pAt their first element
   * @param grad the gradient
   * @param gAt its first element
   * @param m running mean of the gradient
   * @param mAt its first element
   * @param v running mean of its square
   * @param vAt its first element
   * @param n number of elements, at least 0
   */
  public static void adam(
      CudaStream stream,
      ElementType type,
      long numbers,
      long numbersAt,
      double beta1,
      double beta2,
      double eps,
      long param,
      long pAt,
      long grad,
      long gAt,
      long m,
      long mAt,
      long v,
      long vAt,
      long n) {
    function(stream, "adam", type)
        .launch(
            stream,
            Grid.blocks(n),
            Grid.THREADS,
            numbers + numbersAt * Double.BYTES,
            Double.doubleToRawLongBits(beta1),
            Double.doubleToRawLongBits(beta2),
            Double.doubleToRawLongBits(eps),
            Grid.at(param, pAt, type),
            Grid.at(grad, gAt, type),
            Grid.at(m, mAt, type),
            Grid.at(v, vAt, type),
            n);
  }

  /**
   * One step of gradient descent with momentum: {@code u = momentum u + g}, {@code p = p - rate u}.
   *
   * @param stream where it is queued
   * @param type of the elements: F32 or F64
   * @param numbers float64[1]: the learning rate
   * @param numbersAt its element
   * @param momentum 0 for plain descent
   * @param param the parameters p
   * @param pAt their first element
   * @param grad the gradient g
   * @param gAt its first element
   * @param velocity the velocity u
   * @param uAt its first element
   * @param n number of elements, at least 0
   */
  public static void sgdMomentum(
      CudaStream stream,
      ElementType type,
      long numbers,
      long numbersAt,
      double momentum,
      long param,
      long pAt,
      long grad,
      long gAt,
      long velocity,
      long uAt,
      long n) {
    function(stream, "sgdMomentum", type)
        .launch(
            stream,
            Grid.blocks(n),
            Grid.THREADS,
            numbers + numbersAt * Double.BYTES,
            Double.doubleToRawLongBits(momentum),
            Grid.at(param, pAt, type),
            Grid.at(grad, gAt, type),
            Grid.at(velocity, uAt, type),
            n);
  }

  /**
   * Moves an array towards another: {@code target = target + weight (source - target)}.
   *
   * @param stream where it is queued
   * @param type of the elements: F32 or F64
   * @param numbers float64[1]: the weight, 0 to stay, 1 to arrive
   * @param numbersAt its element
   * @param target what moves
   * @param tAt its first element
   * @param source where to
   * @param sAt its first element
   * @param n number of elements, at least 0
   */
  public static void lerp(
      CudaStream stream,
      ElementType type,
      long numbers,
      long numbersAt,
      long target,
      long tAt,
      long source,
      long sAt,
      long n) {
    function(stream, "lerp", type)
        .launch(
            stream,
            Grid.blocks(n),
            Grid.THREADS,
            numbers + numbersAt * Double.BYTES,
            Grid.at(target, tAt, type),
            Grid.at(source, sAt, type),
            n);
  }

  private static CudaFunction function(CudaStream stream, String name, ElementType type) {
    return stream.context().module("optimizer").function(name + Grid.floating(type));
  }
}
