/**
 * Kernels on an NVIDIA GPU, through the CUDA driver API alone: JCuda for the calls, NVRTC for
 * compiling the {@code .cu} files beside this package, cuBLAS for large float32 products.
 *
 * <p>Ask {@link scoria.kernels.cuda.CudaDriver#probe} whether there is a GPU, then {@link
 * scoria.kernels.cuda.CudaContext#open} it. A context has one {@link
 * scoria.kernels.cuda.CudaStream}, to which kernels are given as to a queue; they are static
 * methods with the names and the arguments of their twins in {@link scoria.kernels.cpu}, with a
 * device address (a {@code long}) where those take a segment, and offsets, strides and lengths in
 * elements.
 *
 * <p>A JVM lets the bindings load their libraries without a warning if it is started with {@code
 * --enable-native-access=jcuda,jcublas} ({@code ALL-UNNAMED} on a class path). Those libraries and
 * compiled kernels are kept in the folder that the system property {@code scoria.cuda.cache} names,
 * by default {@code ~/.cache/scoria}.
 *
 * <p>None of it was ever run on a real GPU: the tests run it on a stand-in for CUDA, which shows
 * that calls, arguments and kernels are right, and nothing about speed or about code that a real
 * driver makes.
 *
 * <p>Integers, random numbers, elementwise functions, sums and the products of our own kernel give
 * the very bits of the CPU's kernels; products by cuBLAS agree within a bound.
 */
@NullMarked
package scoria.kernels.cuda;

import org.jspecify.annotations.NullMarked;
