package scoria.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchTest {
  @ParameterizedTest
  @CsvSource({
    "bench gemm --peers, 'gemm has no peers; --peers goes with dsm-small, product and parity'",
    "bench --peers, --peers needs a benchmark",
    "bench gem, there is no benchmark 'gem'; there are ",
    "bench dsm-small --shapes 1x2x3, the benchmark dsm-small has no choice of shape",
    "bench parity, parity compares with libtorch",
    "bench parity --peers --threads 2, the benchmark parity has no choice of threads",
    "bench dsm-small --threads 0, --threads",
    "bench derivatives --shapes 1x2x3, the benchmark derivatives has no choice of shape",
    "bench gemm --shapes 1x2, a shape is MxKxN",
  })
  void wrongUseIsOneLine(String args, String expected) {
    Run run = Run.of(args.split(" "));
    assertEquals(2, run.status(), run.toString());
    assertEquals(1, run.err().size(), run.toString());
    assertTrue(run.err().getFirst().contains(expected), run.toString());
  }

  @Test
  void allThatCanBeMeasuredIsListed() {
    Run run = Run.of("bench");
    assertEquals(0, run.status(), run.toString());
    assertTrue(run.out().contains("dsm-small: alone, or with --peers"), run.toString());
    assertTrue(run.out().stream().anyMatch(line -> line.startsWith("gemm: ")), run.toString());
    assertTrue(
        run.out().stream().anyMatch(line -> line.startsWith("derivatives: ")), run.toString());
  }

  @Test
  void peersThatAreNotBuiltAreASentence() {
    // Tests run without the folder that the launcher names.
    for (String name : List.of("dsm-small", "parity")) {
      Run run = Run.of("bench", name, "--peers");
      assertEquals(2, run.status(), run.toString());
      assertTrue(run.err().getFirst().startsWith("scoria: --peers "), run.toString());
    }
  }

  @Test
  void theNormalBuildHasNoPeers() throws IOException {
    assertThrows(
        ClassNotFoundException.class, () -> Class.forName("org.bytedeco.pytorch.global.torch"));
    String pom = Files.readString(Path.of("..", "pom.xml"));
    assertTrue(pom.contains("<id>peers</id>"));
    assertFalse(pom.contains("<activation>"));
  }

  @Test
  void aCheckOfTheWordsMeasuresNothing() {
    Run run = Run.of("bench", "dsm-small", "--check");
    assertEquals(0, run.status(), run.toString());
    assertTrue(run.out().isEmpty(), run.toString());
  }
}
