package scoria.kernels.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The CUDA of the tests: C++ that answers the driver's calls, compiles kernels with g++ and watches
 * them run. Loaded before any class of JCuda, its libraries are the ones that JCuda's natives find.
 */
final class StandIn {
  private static final Linker LINKER = Linker.nativeLinker();

  static {
    Path folder = Path.of("..", "kernels", "target", "standin").toAbsolutePath().normalize();
    for (String library : new String[] {"libcuda.so.1", "libnvrtc.so.12", "libcublas.so.12"}) {
      System.load(folder.resolve(library).toString());
    }
  }

  private static final MethodHandle REPORT =
      function("scoriaStandinReport", FunctionDescriptor.of(ValueLayout.ADDRESS));
  private static final MethodHandle WATCH =
      function("scoriaStandinWatch", FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
  private static final MethodHandle CLEAR =
      function("scoriaStandinClear", FunctionDescriptor.ofVoid());

  private StandIn() {}

  /** Makes sure that it is loaded. */
  static void load() {}

  /** What the watch found since the process began, or since it was cleared: a line a finding. */
  static String report() {
    try {
      MemorySegment text = (MemorySegment) REPORT.invokeExact();
      return text.reinterpret(Long.MAX_VALUE).getString(0);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** Forgets what was found. */
  static void clear() {
    try {
      CLEAR.invokeExact();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** Whether kernels that are loaded from now on are watched, as they are unless told otherwise. */
  static void watch(boolean on) {
    try {
      WATCH.invokeExact(on ? 1 : 0);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static MethodHandle function(String name, FunctionDescriptor type) {
    MemorySegment found =
        SymbolLookup.libraryLookup(
                Path.of("..", "kernels", "target", "standin", "libcuda.so.1")
                    .toAbsolutePath()
                    .normalize(),
                Arena.global())
            .find(name)
            .orElseThrow();
    return LINKER.downcallHandle(found, type);
  }
}
