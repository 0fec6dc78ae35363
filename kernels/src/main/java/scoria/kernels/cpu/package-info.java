/**
 * CPU kernels on the Vector API over {@link java.lang.foreign.MemorySegment}.
 *
 * <p>All offsets, strides and lengths are in elements unless a name says bytes. Results obey one
 * contract: the bits of an element depend on its inputs alone, never on the vector width, the
 * number of threads, or how many other elements are computed beside it. Segments are native:
 * functions of elements throw a {@link ClassCastException} for one on the heap.
 */
@NullMarked
package scoria.kernels.cpu;

import org.jspecify.annotations.NullMarked;
