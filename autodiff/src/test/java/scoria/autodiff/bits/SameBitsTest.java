package scoria.autodiff.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The numerics contract: one job, the same bits for every vector width and number of threads. */
class SameBitsTest {
  @Test
  void sameBitsForEveryWidthAndThreadCount() throws IOException, InterruptedException {
    List<String> first = List.of();
    for (int bytes : new int[] {16, 32, 64}) {
      List<String> lines = run(bytes, "1", "2", "7");
      int one = lines.size() / 3;
      assertTrue(one > 100, "only " + one + " results");
      for (int threads = 0; threads < 3; threads++) {
        List<String> got = lines.subList(threads * one, (threads + 1) * one);
        if (first.isEmpty()) {
          first = List.copyOf(got);
        }
        for (int i = 0; i < one; i++) {
          assertEquals(
              first.get(i), got.get(i), "vectors of " + bytes + " bytes, thread count " + threads);
        }
      }
    }
  }

  /**
   * Runs the job in a machine of its own on the class path, with vectors of at most so many bytes.
   */
  private static List<String> run(int vectorBytes, String... threads)
      throws IOException, InterruptedException {
    String path =
        Stream.of(
                System.getProperty("jdk.module.path"),
                System.getProperty("java.class.path"),
                "target/test-classes",
                "target/classes")
            .filter(Objects::nonNull)
            .reduce((a, b) -> a + File.pathSeparator + b)
            .orElseThrow();
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        List.of(
            "--add-modules",
            "jdk.incubator.vector",
            "-XX:MaxVectorSize=" + vectorBytes,
            "-Xmx1g",
            "-Dscoria.poison=true",
            "-cp",
            path,
            BitsJob.class.getName()));
    command.addAll(List.of(threads));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), "the job failed: " + command);
    return out.lines().toList();
  }
}
