package scoria.bench.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Compares what operations compute with libtorch, in a process that has both libraries. What is
 * compared is listed in {@code scoria.bench.peers.parity}, among the peers' own classes.
 */
public final class ParityRun {
  /** Name on the command line. */
  public static final String NAME = "parity";

  private static final String MAIN_CLASS = "scoria.bench.peers.parity.Parity";

  /** Shapes drawn for each pair of operations. */
  private static final int QUICK = 2;

  private static final int FULL = 25;

  private final Path peers;
  private final boolean quick;

  /**
   * @param peers folder of the peers' jars
   * @param quick whether a few shapes will do
   */
  public ParityRun(Path peers, boolean quick) {
    this.peers = peers;
    this.quick = quick;
  }

  /** The file that is written: {@code parity-report.json} in the folder {@code bench/target}. */
  public Path report() {
    // The peers' jars are in bench/peers/target/run.
    return peers.resolve("../../../target/parity-report.json").normalize();
  }

  /**
   * Compares.
   *
   * @param out takes lines of text for the reader
   * @throws IllegalStateException if anything differs or the process fails
   */
  public void run(Consumer<String> out) {
    Map<String, String> environment =
        Map.of(
            "OMP_NUM_THREADS", "1",
            "OPENBLAS_NUM_THREADS", "1",
            "OMP_WAIT_POLICY", "PASSIVE");
    List<String> arguments = List.of(report().toString(), "" + (quick ? QUICK : FULL));
    try {
      Files.createDirectories(report().resolveSibling(""));
      Files.deleteIfExists(report());
      Process process = JavaProcess.of(MAIN_CLASS, arguments, environment, peers).start();
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        lines.lines().filter(line -> !line.startsWith("WARNING")).forEach(out);
      }
      int status = process.waitFor();
      if (status != 0) {
        throw new IllegalStateException(
            Files.exists(report())
                ? "Scoria and libtorch differ, as listed above and in " + report()
                : "the process that compares ended with status " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while comparing with libtorch", e);
    }
  }
}
