package scoria.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The processor, as the operating system describes it.
 *
 * @param model its name; where the system gives none, the architecture's
 * @param cores physical cores; where the system does not say, the threads
 */
record Processor(String model, int cores) {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  static Processor here() {
    Processor fallback =
        new Processor(System.getProperty("os.arch"), Runtime.getRuntime().availableProcessors());
    try {
      if (Files.isReadable(CPUINFO)) {
        return parse(Files.readAllLines(CPUINFO, StandardCharsets.ISO_8859_1), fallback);
      }
      return new Processor(
          sysctl("machdep.cpu.brand_string").orElse(fallback.model()),
          sysctl("hw.physicalcpu").map(Integer::parseInt).orElse(fallback.cores()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the text of {@code /proc/cpuinfo}: one paragraph of {@code key : value} a thread. */
  static Processor parse(List<String> lines, Processor fallback) {
    String model = fallback.model();
    Set<String> cores = new HashSet<>();
    Map<String, String> thread = new HashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        thread.clear();
        continue;
      }
      String key = line.substring(0, colon).strip();
      String value = line.substring(colon + 1).strip();
      thread.put(key, value);
      if (key.equals("model name")) {
        model = value;
      } else if (key.equals("core id")) {
        cores.add(thread.get("physical id") + "/" + value);
      }
    }
    return new Processor(model, cores.isEmpty() ? fallback.cores() : cores.size());
  }

  private static Optional<String> sysctl(String name) throws IOException {
    Process process;
    try {
      process = new ProcessBuilder("sysctl", "-n", name).redirectErrorStream(true).start();
    } catch (IOException e) {
      return Optional.empty();
    }
    String answer =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      return process.waitFor() == 0 ? Optional.of(answer) : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
