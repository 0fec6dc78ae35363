package scoria.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import jcuda.driver.JCudaDriver;
import jcuda.jcublas.JCublas2;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scoria.kernels.cuda.CudaDriver.Found;

/** What the probe says, in this process on the stand-in and in others without it. */
class CudaDriverTest {
  private static final Path CLASSES = Path.of("target", "classes").toAbsolutePath();
  private static final Path TESTS = Path.of("target", "test-classes").toAbsolutePath();
  private static final Path STANDIN = Path.of("target", "standin").toAbsolutePath();

  @TempDir Path empty;

  @Test
  void theStandInIsADevice() {
    Found found = Gpu.context().device();
    assertInstanceOf(Found.class, CudaDriver.probe());
    assertSame(CudaDriver.probe(), CudaDriver.probe());
    assertTrue(found.memoryBytes() > 0);
    assertTrue(found.driverVersion() >= CudaDriver.OLDEST_DRIVER);
    assertTrue(!found.device().isBlank());
  }

  @Test
  void withoutADriverTheReasonIsOneLine() throws Exception {
    List<String> lines = probe(false, true, false);
    // A machine that has a driver says what it finds there.
    if (lines.getFirst().startsWith("Missing")) {
      assertTrue(
          lines.getFirst().equals("Missing[reason=no NVIDIA driver: libcuda.so.1 was not found]")
              || lines.getFirst().contains("finds no GPU"),
          lines.toString());
      assertEquals(List.of("true"), lines.subList(1, lines.size()));
    }
  }

  @Test
  void withoutTheNativesTheReasonNamesTheJars() throws Exception {
    List<String> lines = probe(false, false, false);
    assertTrue(lines.getFirst().contains("jcuda-natives"), lines.toString());
    assertEquals(List.of("true"), lines.subList(1, lines.size()));
  }

  /** From the module path and from the class path, each with nothing in java.io.tmpdir. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theNativesAreFound(boolean modules) throws Exception {
    List<String> lines = probe(modules, true, true);
    assertTrue(lines.getFirst().startsWith("Found"), lines.toString());
    assertEquals(List.of("compiled"), lines.subList(1, lines.size()));
    try (Stream<Path> left = Files.list(Files.createDirectories(empty.resolve("tmp")))) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void reasonsOfTheLinkerAreShort() {
    assertEquals(
        "the CUDA bindings need libnvrtc.so.12, which was not found: it comes with a CUDA toolkit"
            + " of version 12",
        DriverProbe.linkage(
            new UnsatisfiedLinkError(
                "Error while loading native library\n x.so: libnvrtc.so.12: cannot open shared"
                    + " object file: No such file or directory\n at ...")));
    assertEquals(
        "the NVIDIA driver is too old: it has no cuGraphNew",
        DriverProbe.linkage(new UnsatisfiedLinkError("x.so: undefined symbol: cuGraphNew")));
    assertEquals(
        "the CUDA bindings did not load: wrong ELF class",
        DriverProbe.linkage(new UnsatisfiedLinkError("wrong ELF class\nand more")));
  }

  private List<String> probe(boolean modules, boolean natives, boolean standin)
      throws IOException, InterruptedException, URISyntaxException {
    List<Path> jars = new ArrayList<>();
    jars.add(jar(JCudaDriver.class));
    jars.add(jar(JCublas2.class));
    if (natives) {
      jars.add(jarOf("libJCudaDriver"));
      jars.add(jarOf("libJCublas2"));
    }
    String path = String.join(File.pathSeparator, jars.stream().map(Path::toString).toList());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(empty.resolve("tmp")));
    command.add("-Dscoria.cuda.cache=" + empty.resolve("cache"));
    String main = ProbeMain.class.getName();
    if (modules) {
      command.add("--enable-native-access=jcuda,jcublas");
      command.addAll(List.of("--module-path", CLASSES + File.pathSeparator + path));
      command.addAll(List.of("--patch-module", "scoria.kernels=" + TESTS));
      command.addAll(List.of("-m", "scoria.kernels/" + main));
    } else {
      command.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
      command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
      command.addAll(List.of("-cp", CLASSES + File.pathSeparator + TESTS));
      int last = command.size() - 1;
      command.set(last, command.get(last) + File.pathSeparator + path);
      command.add(main);
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("LD_LIBRARY_PATH");
    if (standin) {
      builder.environment().put("LD_LIBRARY_PATH", STANDIN.toString());
    }
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    // The JVM's own line about incubator modules.
    return output.lines().filter(line -> !line.contains("incubator")).toList();
  }

  private static Path jar(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static Path jarOf(String library) {
    String file = "lib/" + library + "-12.6.0-linux-x86_64.so";
    String place =
        Objects.requireNonNull(CudaDriverTest.class.getClassLoader().getResource(file)).toString();
    return Path.of(URI.create(place.substring("jar:".length(), place.indexOf('!'))));
  }
}
