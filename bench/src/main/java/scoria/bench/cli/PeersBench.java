package scoria.bench.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import scoria.bench.UserError;
import scoria.bench.peers.Contest;
import scoria.bench.peers.Match;
import scoria.bench.peers.ParityRun;
import scoria.bench.peers.Row;
import scoria.bench.peers.Timing;

/** The part of {@code bench} that measures beside other libraries. */
final class PeersBench {
  /** Set by the launcher: where it builds the peers' jars. */
  static final String FOLDER = "scoria.peers";

  private PeersBench() {}

  /** Throws if peers are asked for where they cannot be had. */
  static void check(@Nullable String benchmark) {
    if (benchmark == null
        || (Contest.of(benchmark).isEmpty() && !benchmark.equals(ParityRun.NAME))) {
      throw new UserError(
          (benchmark == null ? "--peers needs a benchmark" : benchmark + " has no peers")
              + "; --peers goes with "
              + String.join(", ", Contest.benchmarks())
              + " and "
              + ParityRun.NAME);
    }
    String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!machine.equals("Linux amd64")) {
      throw new UserError("--peers: libtorch is built for Linux on x86-64, and this is " + machine);
    }
  }

  /** Measures the contests of a benchmark. */
  static void run(
      PrintWriter out,
      String benchmark,
      List<Integer> threads,
      boolean peers,
      boolean quick,
      boolean json) {
    @Nullable Path folder = peers ? folder() : null;
    List<Row> rows = new ArrayList<>();
    for (Contest contest : Contest.of(benchmark)) {
      Timing timing = quick ? Timing.QUICK : Timing.FULL;
      Match match = new Match(contest, threads.isEmpty() ? oneAndTwo() : threads, folder, timing);
      rows.add(
          match.run(
              line -> {
                out.println(line);
                out.flush();
              }));
    }
    if (json) {
      JsonLine.print(out, Map.of("rows", rows));
    }
  }

  /** Compares results; fails if they differ. */
  static void parity(PrintWriter out, boolean quick, boolean json) {
    ParityRun run = new ParityRun(folder(), quick);
    run.run(
        line -> {
          out.println(line);
          out.flush();
        });
    if (json) {
      JsonLine.copy(out, run.report());
    }
  }

  private static List<Integer> oneAndTwo() {
    int all = Runtime.getRuntime().availableProcessors();
    return Stream.of(1, 2).filter(count -> count <= all).toList();
  }

  private static Path folder() {
    String folder = System.getProperty(FOLDER);
    if (folder == null || !Files.isDirectory(Path.of(folder))) {
      throw new UserError(
          "--peers needs the peers' jars, which the launcher builds: run ./scoria bench ... --peers");
    }
    return Path.of(folder);
  }
}
