/**
 * CPU kernels on the Vector API over {@link java.lang.foreign.MemorySegment}.
 *
 * <p>All offsets, strides and lengths are in elements unless a name says bytes. Results obey one
 * contract: the bits of an element depend on its inputs alone, never on the vector width, the
 * number of threads, or how many other elements are computed beside it.
 */
@NullMarked
package scoria.kernels.cpu;

import org.jspecify.annotations.NullMarked;
