/**
 * Loops over off-heap memory: what a tensor engine calls when it computes. Usable on its own.
 *
 * <p>Nothing here knows of tensors, shapes or gradients; a kernel takes segments, offsets in
 * elements and sizes.
 */
module scoria.kernels {
  requires jcublas;
  requires jcuda;
  requires jdk.incubator.vector;
  requires static transitive org.jspecify;

  exports scoria.kernels.cpu;
  exports scoria.kernels.cuda;
}
