package scoria.engine.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scoria.kernels.cpu.ElementType;

/**
 * Files to and from the numpy of this machine. Where there is none the tests are skipped, but for
 * {@code CI=true}, where they fail.
 */
class NumpyTest {
  private static String python = "";

  @TempDir private Path folder;

  @BeforeAll
  static void findNumpy() throws IOException, InterruptedException {
    for (String candidate : List.of("python3", "/usr/bin/python3")) {
      if (hasNumpy(candidate)) {
        python = candidate;
        return;
      }
    }
  }

  private static boolean hasNumpy(String candidate) throws InterruptedException {
    try {
      return run(candidate, "-c", "import numpy").status() == 0;
    } catch (IOException e) {
      return false; // There is no such program.
    }
  }

  @BeforeEach
  void needNumpy() {
    String missing = "no python3 with numpy (apt-get install python3-numpy)";
    if (python.isEmpty() && "true".equals(System.getenv("CI"))) {
      fail(missing);
    }
    assumeFalse(python.isEmpty(), missing);
  }

  @Test
  void numpyReadsWhatScoriaWrites() throws IOException, InterruptedException {
    SequencedMap<String, ArrayData> arrays = new LinkedHashMap<>();
    for (String dtype : List.of("f4", "f8", "i8", "i4", "u1", "b1")) {
      ElementType type = TestArrays.dtype(dtype);
      arrays.put(dtype, TestArrays.of(type, TestArrays.SHAPE));
      write(dtype + "_array", arrays.get(dtype));
      write(dtype + "_vector", TestArrays.of(type, 5));
      write(dtype + "_number", TestArrays.of(type));
      write(dtype + "_empty", TestArrays.of(type, 3, 0));
    }
    for (NpzFormat.Compression compression : NpzFormat.Compression.values()) {
      NpzFormat.write(folder.resolve(compression + ".npz"), arrays, compression);
    }
    SafetensorsFormat.write(folder.resolve("all.safetensors"), arrays, Map.of("seed", "7"));
    script("check_files.py", "all right");
  }

  /** That the checked-in files are what this numpy writes too. */
  @Test
  void numpyWritesTheFilesOfTheOtherTests() throws IOException, InterruptedException {
    script("make_files.py", "");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".npy")).toList()) {
        byte[] checkedIn = TestArrays.resource(file.getFileName().toString());
        assertArrayEquals(checkedIn, Files.readAllBytes(file), file.toString());
      }
    }
    assertEquals(
        NpzFormat.read(folder.resolve("stored.npz"), Arena.ofAuto()),
        NpzFormat.read(folder.resolve("deflated.npz"), Arena.ofAuto()));
  }

  private void write(String name, ArrayData array) throws IOException {
    NpyFormat.write(folder.resolve(name + ".npy"), array);
  }

  private void script(String name, String expected) throws IOException, InterruptedException {
    Path scripts = Files.createDirectory(folder.resolve("scripts"));
    TestArrays.file(scripts, "make_files.py");
    Path script = TestArrays.file(scripts, name);
    Output output = run(python, script.toString(), folder.toString());
    assertEquals(0, output.status(), output.text());
    assertEquals(expected, output.text().strip());
  }

  private record Output(int status, String text) {}

  private static Output run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Output(process.waitFor(), text);
  }
}
