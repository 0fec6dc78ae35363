package scoria.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scoria.kernels.cpu.ElementType;

/** Compiling, and what is kept of it. */
class KernelCacheTest {
  @TempDir Path folder;

  private static KernelSource writing(int value) {
    return new KernelSource(
        "writes.cu",
        "#include \"common.cuh\"\nextern \"C\" __global__ void write(int64* y) { y[0] = "
            + value
            + "; }\n");
  }

  private static long run(Gpu gpu, CudaModule module) {
    Gpu.Block y = gpu.zeros(ElementType.I64, 1);
    module.function("write").launch(gpu.stream, 1, 1, y.device());
    MemorySegment read = gpu.down(y);
    return read.getAtIndex(ValueLayout.JAVA_LONG, 0);
  }

  @Test
  void whatIsKeptIsUsedAgainAndWhatIsDamagedIsNot() throws IOException {
    try (Gpu gpu = Gpu.open()) {
      KernelCompiler compiler = KernelCompiler.of(gpu.stream.context().device(), folder);
      assertEquals(3, run(gpu, CudaModule.load(gpu.stream.context(), compiler, writing(3))));
      assertEquals(4, run(gpu, CudaModule.load(gpu.stream.context(), compiler, writing(4))));
      KernelCache cache = new KernelCache(folder);
      String three = compiler.key(writing(3));
      String four = compiler.key(writing(4));
      assertNotEquals(three, four);
      // Passing one off as the other shows which was loaded.
      cache.write(three, String.valueOf(cache.read(four)));
      assertEquals(4, run(gpu, CudaModule.load(gpu.stream.context(), compiler, writing(3))));
      byte[] bytes = Files.readAllBytes(cache.file(three));
      bytes[bytes.length / 2] ^= 1;
      Files.write(cache.file(three), bytes);
      assertNull(cache.read(three));
      assertEquals(3, run(gpu, CudaModule.load(gpu.stream.context(), compiler, writing(3))));
      assertEquals(3, run(gpu, CudaModule.load(gpu.stream.context(), compiler, writing(3))));
      // Whole, but nothing that the driver takes.
      cache.write(four, "// no code at all");
      assertEquals(4, run(gpu, CudaModule.load(gpu.stream.context(), compiler, writing(4))));
      try (Stream<Path> files = Files.list(folder)) {
        assertEquals(2, files.count(), "no parts are left behind");
      }
    }
  }

  @Test
  void aFolderThatCannotBeWrittenOnlyCostsTime() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    try (Gpu gpu = Gpu.open()) {
      KernelCompiler compiler = KernelCompiler.of(gpu.stream.context().device(), file);
      assertEquals(5, run(gpu, CudaModule.load(gpu.stream.context(), compiler, writing(5))));
    }
  }

  @Test
  void anErrorComesWithTheCompilersLog() {
    try (Gpu gpu = Gpu.open()) {
      KernelSource broken =
          new KernelSource(
              "broken.cu", "extern \"C\" __global__ void f(float* x) {\n  x[0] = wrong;\n}\n");
      CudaFailure failure =
          assertThrows(CudaFailure.class, () -> CudaModule.compile(gpu.stream.context(), broken));
      String message = String.valueOf(failure.getMessage());
      assertTrue(message.startsWith("NVRTC_ERROR_COMPILATION while compiling broken.cu"), message);
      assertTrue(message.contains("wrong"), message);
    }
  }
}
