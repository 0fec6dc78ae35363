package scoria.bench.peers;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A process that runs a {@link Contender} by request. */
final class Child implements AutoCloseable {
  private final String name;
  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;

  private Child(String name, Process process) {
    this.name = name;
    this.process = process;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts a process with this one's Java and its {@code -X} flags. */
  static Child start(Entry entry, String contest, List<String> flags, String classPath) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-X"))
        .forEach(command::add);
    command.addAll(flags);
    command.addAll(
        List.of(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--class-path",
            classPath,
            entry.side().mainClass(),
            contest));
    command.addAll(entry.arguments());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    // A choice of kernels that someone made for other programs is not the library's best.
    environment.keySet().removeIf(key -> key.startsWith("OPENBLAS_") || key.startsWith("OMP_"));
    environment.putAll(entry.environment());
    try {
      return new Child(entry.label(), builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Asks for something and waits for the numbers.
   *
   * @throws IllegalStateException with what the process said last, if it ended instead
   */
  double[] ask(String request) {
    String said = "";
    try {
      requests.write(request);
      requests.newLine();
      requests.flush();
    } catch (IOException e) {
      // It has ended; why is in what it printed.
      said = e.getMessage();
    }
    try {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.startsWith(Server.ANSWER)) {
          return Arrays.stream(line.substring(Server.ANSWER.length()).split(" ", -1))
              .mapToDouble(Double::parseDouble)
              .toArray();
        }
        // The cause of a failure stands before its trace.
        said = line.startsWith("\t") || line.startsWith("WARNING") ? said : line;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("the process of " + name + " ended: " + said);
  }

  @Override
  public void close() {
    try {
      requests.close();
    } catch (IOException e) {
      // It has ended already.
    }
    process.destroy();
  }
}
