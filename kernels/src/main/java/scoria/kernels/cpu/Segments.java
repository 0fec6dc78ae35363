package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;

/** What loops over segments need to be compiled well. */
final class Segments {
  /**
   * The class of native segments, which has no name outside the JDK.
   *
   * <p>{@code Segments.NATIVE.cast(segment)} tells the compiler what a segment is, whatever other
   * segments the process has seen: the checks that each access makes then leave the loop. Nothing
   * is allocated, as it would be by a slice, and being intrinsic the call is compiled in at every
   * place, as a method around it is not where the compiler counts few calls.
   */
  static final Class<? extends MemorySegment> NATIVE = MemorySegment.NULL.getClass();

  private Segments() {}
}
